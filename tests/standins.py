"""Stand-ins and short hands for the tests of storing, judging and visits: a clock that is set, a site that answers, articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from monitor.article import Article
from monitor.errors import ParseError
from monitor.fingerprint import fingerprint, text_digest
from monitor.model import (
    Capture,
    Decision,
    Evidence,
    Hop,
    Kind,
    Link,
    Listed,
    Observation,
    Outcome,
    PageFacts,
    Reading,
    Request,
    Seen,
    Validators,
    Wording,
    milliseconds,
)
from monitor.settings import Duration, Finding, Layout, Rule, Source

START = datetime(2026, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
HOST = "https://a.example"
LAYOUT = Layout(name="plain", title=(Rule(css="h1"),), paragraphs=(Rule(css="p"),))


class SetClock:
    """Implements ``Clock``; it says what it was set to."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def now(self) -> datetime:
        return milliseconds(self.at)

    def move(self, by: timedelta) -> None:
        self.at += by


def url(name: str, host: str = HOST) -> str:
    """The address of the page ``name``."""
    return f"{host}/{name}"


def article(
    title: str = "A title", *paragraphs: str, published: date | None = date(2026, 1, 1), publication: str = "P"
) -> Article:
    """A small article."""
    return Article(publication, title, published, paragraphs or ("Some words.",))


def wording(what: Article, layout: str = "plain") -> Wording:
    """The article with its digests."""
    return Wording(what, fingerprint(what), text_digest(what), layout)


def source(name: str = "a", **settings: object) -> Source:
    """A source of pages like those that :class:`Site` serves."""
    given: dict[str, object] = {"layouts": (LAYOUT,), "interval": Duration(hours=6), "find": Finding(articles=(r"/[a-z0-9]+$",))}
    return Source(name, **{**given, **settings})  # type: ignore[arg-type]


def capture(at: datetime, address: str = HOST, status: int = 200, body: bytes = b"body", **rest: object) -> Capture:
    """What a fetch brought."""
    return Capture(address, address, status, (), body, body, at, **rest)  # type: ignore[arg-type]


def outcome(
    at: datetime,
    seen: Seen = Seen.PARSED,
    *kinds: Kind,
    new: Article | None = None,
    back_to: int | None = None,
    interval: timedelta = HOUR,
    **rest: object,
) -> Outcome:
    """What a visit brought, as a visitor would hand it to the store. ``new`` is a wording the page did not have yet."""
    reading = Reading("plain", b"parts", (), new) if seen is Seen.PARSED else None
    status = {Seen.GONE: 404, Seen.NOT_MODIFIED: 304}.get(seen, 200)
    taken = None if seen is Seen.UNREACHABLE else capture(at, status=status)
    decision = Decision(kinds, wording(new) if new else None, back_to)
    if taken is not None and (kinds or new or not seen.is_well):
        rest.setdefault("evidence", Evidence())
    return Outcome(Observation(seen, at, "" if seen.is_well else "why", taken, reading), decision, at + interval, **rest)  # type: ignore[arg-type]


# A site


@dataclass
class Answer:
    """What a page answers: a status and a body, or a page to go to, or an error to raise."""

    body: bytes = b""
    status: int = 200
    etag: str | None = None
    to: str | None = None
    error: Exception | None = None
    headers: tuple[tuple[str, str], ...] = ()


def said(what: Article, *links: str) -> bytes:
    """The page of an article, as :class:`PlainReader` reads it: publication, day, title, paragraphs; links last."""
    day = what.published.isoformat() if what.published else ""
    return "\n".join([what.publication, day, what.title, *what.paragraphs, *(f"-> {link}" for link in links)]).encode()


class Site:
    """Implements ``Fetcher``: pages by address. What it does not have answers 404. ``asked`` holds the requests."""

    def __init__(self, clock: SetClock) -> None:
        self.clock = clock
        self.pages: dict[str, Answer] = {}
        self.asked: list[Request] = []
        self.before: Callable[[Request], None] = lambda request: None

    def put(self, name: str, what: Article, *links: str, etag: str | None = None) -> None:
        """Have the page ``name`` bear an article, and links."""
        self.pages[url(name)] = Answer(said(what, *links), etag=etag)

    def fetch(self, request: Request, source: Source) -> Capture:
        self.asked.append(request)
        self.before(request)
        address, hops = request.url, ()
        answer = self._answer(address)
        while answer.to is not None:
            hops = (*hops, Hop(address, 301, answer.to))
            address = answer.to
            answer = self._answer(address)
        status, body = answer.status, answer.body
        if answer.etag is not None and request.etag == answer.etag and not hops:
            status, body = 304, b""
        headers = (("ETag", answer.etag), *answer.headers) if answer.etag else answer.headers
        return Capture(request.url, address, status, headers, body, body, self.clock.now(), hops=hops)

    def _answer(self, address: str) -> Answer:
        answer = self.pages.get(address, Answer(b"not found", 404))
        if answer.error is not None:
            raise answer.error
        return answer

    def visited(self) -> list[str]:
        """The names of the pages asked for so far, in order; forgets them."""
        names = [request.url.rpartition("/")[2] for request in self.asked]
        self.asked.clear()
        return names


@dataclass
class PlainReader:
    """Implements ``Reader`` for the pages of :class:`Site`.

    ``blind`` paragraphs are those that only the whole reading sees, ``invented`` those that only it adds. ``looked_at`` counts
    how often it was asked for facts.
    """

    blind: Iterable[str] = ()
    invented: Sequence[str] = ()
    calls: list[str] = field(default_factory=list)
    looked_at: int = 0
    layout: str = "plain"

    def read(self, capture: Capture, source: Source, known: bytes | None = None) -> Reading:
        self.calls.append("matched")
        found, links = self._taken(capture, source)
        found = _with_paragraphs(found, tuple(p for p in found.paragraphs if p not in self.blind))
        parts = b"m" + self.layout.encode() + fingerprint(found)
        return Reading(self.layout, parts, links, None if parts == known else found, self.layout.encode())

    def read_whole(self, capture: Capture, source: Source, known: bytes | None = None) -> Reading:
        self.calls.append("whole")
        found, links = self._taken(capture, source)
        found = _with_paragraphs(found, (*found.paragraphs, *self.invented))
        digest = fingerprint(found)
        name = self.layout + ", whole"
        return Reading(name, digest, () if digest == known else links, None if digest == known else found, name.encode())

    def listed(self, capture: Capture, source: Source) -> Listed:
        return Listed(tuple(Link(line) for line in capture.body.decode().splitlines() if line.startswith("http")))

    def value(self, capture: Capture, tried: tuple[Rule, ...]) -> str | None:
        return next((line for line in capture.body.decode().splitlines() if line in {rule.text for rule in tried}), None)

    def facts(self, capture: Capture) -> PageFacts:
        self.looked_at += 1
        return PageFacts(capture.body.decode(), text=capture.body.decode().replace("\n", " "))

    def _taken(self, capture: Capture, source: Source) -> tuple[Article, tuple[Link, ...]]:
        lines = capture.body.decode().split("\n")
        links = tuple(Link(line[3:]) for line in lines if line.startswith("-> "))
        lines = [line for line in lines if not line.startswith("-> ")]
        if len(lines) < 4:
            raise ParseError(source=source.name, url=capture.url, field="title", tried=["h1"])
        publication, day, title, *paragraphs = lines
        return Article(publication, title, date.fromisoformat(day) if day else None, tuple(paragraphs)), links


def _with_paragraphs(what: Article, paragraphs: tuple[str, ...]) -> Article:
    return Article(what.publication, what.title, what.published, paragraphs)


def taken_of(known: Validators) -> tuple[str | None, str | None]:
    """The validators as a pair."""
    return known.etag, known.last_modified
