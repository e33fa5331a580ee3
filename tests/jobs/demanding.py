"""A site that wants a session: a cookie for its articles and its listing, and a token besides for the listing's further pages.

Without them it answers as kcna.kp does since July 2026: 403 to a form, 200 with an empty ``<main>`` to everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from jobs.scene import INTERVAL
from standins import SetClock

from monitor.errors import FetchError
from monitor.jobs.round import Tools, run_round
from monitor.model import Capture, Request, Run
from monitor.parsing.reader import LayoutReader
from monitor.settings import Duration, Fields, Finding, Form, Layout, Politeness, Rule, Session, Source
from monitor.storing.sqlite import SqliteStore

HOST = "http://kcna.example"
COOKIE = "JSESSIONID"
LAYOUT = Layout("detail", title=(Rule(css="main h1"),), paragraphs=(Rule(css="main p"),))
TOKEN = (Rule(css="meta[name='_csrf']", attr="content"),)
EMPTY = "<main></main>"
DAMAGED = "a body that cannot be decoded"
PAGES = (("a", "b"), ("c", "d"), ("e",))


@dataclass
class DemandingSite:
    """``pages`` are those of its listing, the first by GET, the others by POST; ``refused`` are paths that it never gives.

    ``sessions`` counts those it gave, ``over`` are the numbers of those that are no longer good. ``asked`` says what was asked
    for, as method and path, with the page's number. ``past_the_end`` is what a page of the listing that is not there is.
    """

    pages: Sequence[Sequence[str]]
    refused: set[str] = field(default_factory=set)
    sessions: int = 0
    over: set[int] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    past_the_end: tuple[int, str] = (200, "<main><p>Nothing more.</p></main>")
    opening: str = '<meta name="_csrf" content="secret-token-{number}"><main><p>Welcome.</p></main>'

    def answer(self, method: str, path: str, cookies: Mapping[str, str], form: Mapping[str, str]) -> tuple[int, str, str]:
        """Status, page and cookie."""
        self.asked.append(" ".join([method, path, *filter(None, [form.get("page")])]))
        number = int(cookies.get(COOKIE, "-0").rpartition("-")[2])
        is_in = 0 < number <= self.sessions and number not in self.over
        if path in self.refused:
            return 403, "no", ""
        if path == "/en":
            self.sessions += 1
            return 200, self.opening.format(number=self.sessions), f"secret-cookie-{self.sessions}"
        if method == "POST":
            if not is_in or form.get("_csrf") != f"secret-token-{number}":
                return 403, "no token", ""
            return (*self.listing(int(form["page"])), "")
        if not is_in:
            return 200, EMPTY, ""
        return (*self.listing(1), "") if path == "/en/list" else (*self.article(path), "")

    def listing(self, number: int) -> tuple[int, str]:
        if f"page {number}" in self.refused:
            return 503, "no"
        if number > len(self.pages):
            return self.past_the_end
        links = (f'<div class="article"><h5><a href="/en/detail/{name}">{name}</a></h5></div>' for name in self.pages[number - 1])
        return 200, f"<main>{''.join(links)}</main>"

    def article(self, path: str) -> tuple[int, str]:
        name = path.rpartition("/")[2]
        return 200, f"<main><h1>Title of {name}</h1><p>Words of {name}.</p></main>"

    def end_sessions(self) -> None:
        """None that it gave so far is good any longer."""
        self.over = set(range(1, self.sessions + 1))

    def asked_for(self) -> list[str]:
        """What was asked for; forgets it."""
        asked = list(self.asked)
        self.asked.clear()
        return asked


class DemandingFetcher:
    """Implements ``Fetcher``: asks the site, with the jar's cookies; takes up those that it gives."""

    def __init__(self, site: DemandingSite, clock: SetClock) -> None:
        self.site = site
        self.clock = clock
        self.requests: list[Request] = []
        self.before: Callable[[Request], FetchError | None] = lambda request: None

    def fetch(self, request: Request, source: Source) -> Capture:
        self.requests.append(request)
        error = self.before(request)
        if error is not None:
            raise error
        method = "GET" if request.form is None else "POST"
        path = "/" + request.url.split("/", 3)[3]
        status, text, cookie = self.site.answer(method, path, dict(request.jar or {}), dict(request.form or ()))
        if cookie and request.jar is not None:
            request.jar[COOKIE] = cookie
        wire = text.encode()
        damage = "the body is cut short" if text == DAMAGED else ""
        body, headers = b"" if damage else wire, (("Content-Type", "text/html"),)
        return Capture(request.url, request.url, status, headers, wire, body, self.clock.now(), damage=damage)


def source(host: str = HOST, *, in_visits: bool = True, last: int = 9, **settings: object) -> Source:
    """The source that reads the site."""
    fields = Fields((("_csrf", "{token}"), ("page", "{page}")))
    find = Finding(
        listings=(f"{host}/en/list",),
        links=("div.article a[href]",),
        articles=("/en/detail/",),
        forms=(Form(f"{host}/en/list", fields, first=2, last=last),),
        session=Session(f"{host}/en", TOKEN, in_visits),
    )
    given: dict[str, object] = {"publication": "KCNA", "polite": Politeness(gap=Duration(0), robots=False), "find": find}
    return Source("kcna", (LAYOUT,), **{**given, **settings})  # type: ignore[arg-type]


@dataclass
class Watch:
    """The service's hand over one demanding site."""

    store: SqliteStore
    source: Source = field(default_factory=source)
    site: DemandingSite = field(default_factory=lambda: DemandingSite(PAGES))
    clock: SetClock = field(default_factory=SetClock)

    def __post_init__(self) -> None:
        self.fetcher = DemandingFetcher(self.site, self.clock)
        self.tools = Tools(self.store, self.fetcher, LayoutReader(), self.clock, "w", 10_000)

    def round(self) -> Run:
        self.clock.move(INTERVAL)
        return run_round(self.source, self.tools)

    def known(self) -> list[str]:
        return sorted(page.url.rpartition("/")[2] for page in self.store.pages())

    def problem(self) -> str:
        return next((each.detail for each in self.store.incidents() if each.kind == "listing"), "")
