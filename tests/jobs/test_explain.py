"""One address looked at as a visit would: what is asked, what is said, and that nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from jobs.scene import Scene
from standins import Answer, PlainReader, SetClock, Site, article, source, url

from monitor.errors import Disallowed, FetchError, Forbidden, ParseError, Resting, Unreachable
from monitor.jobs.explain import Explainer
from monitor.jobs.round import check_page
from monitor.model import Capture, Link, Reading, Request, Seen
from monitor.protocols import Store
from monitor.settings import Duration, Finding, Politeness, Rule, Source
from monitor.telling.explanation import Attempt, Explanation, Times

P1 = url("p1")
SOURCE = source(find=Finding(articles=("/p",)))


class PoliteSite(Site):
    """Implements ``PoliteFetcher``: robots.txt takes a second to come, the page's body another."""

    refusal: FetchError | None = None
    gap = timedelta(0)

    def permitted(self, url: str, source: Source) -> timedelta:
        self.clock.move(timedelta(seconds=1))
        if self.refusal is not None:
            raise self.refusal
        return self.gap

    def fetch(self, request: Request, source: Source) -> Capture:
        self.clock.move(timedelta(seconds=5))
        came = replace(super().fetch(request, source), took=1.25)
        self.clock.move(timedelta(seconds=1))
        return came


@dataclass
class Look:
    """An explainer and the site that it looks at."""

    store: Store | None = None
    sources: tuple[Source, ...] = (SOURCE,)
    reader: PlainReader = field(default_factory=PlainReader)

    def __post_init__(self) -> None:
        self.clock = SetClock()
        self.site = PoliteSite(self.clock)
        self.site.put("p1", article("T", "Some words.", "More of them."))

    def explain(self, address: str = P1) -> Explanation:
        return Explainer(self.sources, self.site, self.reader, self.clock, self.store).explain(address)


def test_an_article_is_read_and_its_road_told() -> None:
    look = Look()
    look.site.gap = timedelta(seconds=3)
    seen = look.explain()
    assert (seen.seen, seen.why, seen.source, seen.failed) == (Seen.PARSED, "", "a", ())
    assert seen.robots == "no rule for us is against it; it wants 3 s between requests"
    assert seen.times == Times(robots=1.0, waited=4.75, head=0.25, whole=1.25)
    assert seen.charset == ("utf-8", "its bytes are all ASCII; nothing is declared")
    assert seen.article == article("T", "Some words.", "More of them.")
    assert [request.etag for request in look.site.asked] == [None]


def test_where_robots_is_not_to_be_read_that_is_said() -> None:
    look = Look(sources=(replace(SOURCE, polite=Politeness(robots=False)),))
    assert look.explain().robots == "not read: the source says `polite.robots = false`"


@pytest.mark.parametrize(
    ("refusal", "seen"),
    [
        (Disallowed("line 2: Disallow: /"), Seen.BLOCKED),
        (Unreachable("robots.txt answered 503"), Seen.UNREACHABLE),
        (Forbidden("127.0.0.1 is loopback"), Seen.BROKEN),
        (Resting(host="a.example", until=SetClock().now(), why="it answered 503"), None),
    ],
)
def test_what_may_not_be_fetched_is_not(refusal: FetchError, seen: Seen | None) -> None:
    look = Look()
    look.site.refusal = refusal
    said = look.explain()
    assert (said.seen, said.why, said.capture) == (seen, str(refusal), None)
    assert look.site.asked == []


def test_a_host_that_the_service_leaves_alone_is_left_alone(scene: Scene) -> None:
    look = Look(scene.store)
    scene.store.sync_sources(["a"], look.clock.now())
    rest = Resting(host="a.example", until=look.clock.now() + timedelta(hours=1), why="it answered 503")
    scene.store.open_incident("a", "resting", look.clock.now(), str(rest))
    assert (look.explain().seen, look.explain().why, look.site.asked) == (None, str(rest), [])
    look.clock.move(timedelta(hours=1))
    assert look.explain().seen is Seen.PARSED


@pytest.mark.parametrize(
    ("answer", "seen", "why"),
    [
        (Answer(status=404), Seen.GONE, "the server answered 404"),
        (Answer(status=403), Seen.BLOCKED, "the server refused with 403"),
        (Answer(b""), Seen.BROKEN, "the page is empty (0 bytes of text)"),
        (Answer(to="https://a.example/"), Seen.BROKEN, "another page: it was sent to the front page, https://a.example/"),
        (Answer(error=Unreachable("no answer")), Seen.UNREACHABLE, "no answer"),
        (Answer(b"checking your browser"), Seen.BLOCKED, "a challenge page: it holds 'checking your browser'"),
        (Answer(b"x"), Seen.BROKEN, f"a: {P1}: no title: nothing matched (tried: h1)"),
    ],
)
def test_what_is_no_article_is_named_as_a_visit_would(answer: Answer, seen: Seen, why: str) -> None:
    look = Look()
    look.site.pages |= {P1: answer, "https://a.example/": Answer(b"front")}
    said = look.explain()
    assert (said.seen, said.why, said.article) == (seen, why, None)


def test_selectors_that_were_tried_and_found_nothing_are_told() -> None:
    class Second(PlainReader):
        """Reads nothing by the first layout, and by the second no day."""

        def read(self, capture: Capture, source: Source, known: bytes | None = None) -> Reading:
            if source.layouts[0].name == "first":
                raise ParseError(source=source.name, url=capture.url, field="title", tried=["h1"])
            return replace(super().read(capture, source, known), layout=source.layouts[0].name)

    (plain,) = SOURCE.layouts
    layouts = (replace(plain, name="first"), replace(plain, name="second", published=(Rule(css="time"),)))
    look = Look(sources=(replace(SOURCE, layouts=layouts),), reader=Second())
    look.site.put("p1", article(published=None))
    said = look.explain()
    assert said.reading is not None
    assert said.reading.layout == "second"
    assert said.failed == (Attempt("first", "title", "nothing matched", ("h1",)),)
    assert said.missing == (Attempt("second", "published", "nothing matched", ("time",)),)


def test_an_address_of_no_source_is_read_by_every_layout_there_is() -> None:
    look = Look(sources=(replace(SOURCE, find=Finding(articles=("nothing",)), interval=Duration(hours=1)),))
    said = look.explain()
    assert (said.seen, said.source.partition(":")[0]) == (Seen.PARSED, "none")
    assert Look(sources=()).explain().seen is Seen.PARSED


def test_a_listing_shows_the_articles_it_links_to() -> None:
    listing = "https://a.example/list"
    look = Look(sources=(replace(SOURCE, find=Finding(listings=(listing,), articles=("/p",))),))
    look.site.pages[listing] = Answer(f"{P1}\n{url('p2')}".encode())
    said = look.explain(listing)
    assert (said.source, said.seen) == ("a, of which it is a listing", Seen.BROKEN)
    assert said.listed == (Link(P1), Link(url("p2")))


# With a database


def test_which_version_it_is_and_that_nothing_is_kept(known: Scene) -> None:
    look = Look(known.store, (known.source,))
    look.site.pages |= known.site.pages
    before = known.store.status()
    said = look.explain()
    assert (said.watch, said.known) == ("page 1 of a, active", "version 1 of the page, the current one")
    look.site.put("p1", article("T", "Other words."))
    assert look.explain().known == "a wording not known of this page, which has 1"
    look.site.pages[url("p3")] = known.site.pages[url("p2")]
    assert look.explain(url("p3")).known == "not read before; another page bears or bore its text"
    assert look.explain(url("p3")).watch == "this page is not under watch"
    assert known.store.status() == before


def test_an_earlier_version_is_told_from_the_current_one(known: Scene) -> None:
    look = Look(known.store, (known.source,))
    look.site.pages |= known.site.pages
    known.put("p1", word="other")
    known.round()
    assert look.explain().known == "version 1 of the page, which it does not bear now"


def test_what_is_paused_says_so(known: Scene) -> None:
    known.store.set_page_state(1, "paused")
    known.store.set_source_state("a", "retired")
    assert Look(known.store, (known.source,)).explain().watch == "page 1 of a, paused; the source is retired"


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"P\n\nTitle\nno day any more"),
        Answer(to=url("p2")),
        Answer(b"P\n2026-01-01\nTitle\nchecking your browser"),
        Answer(b"P\n2026-01-01\nTitle of p1\nother p1"),
        Answer(status=500),
    ],
)
def test_it_says_what_a_visit_would_have_said(known: Scene, answer: Answer) -> None:
    known.site.pages[P1] = answer
    look = Look(known.store, (known.source,))
    look.site.pages |= known.site.pages
    said = look.explain()
    outcome = check_page(1, known.source, known.tools)
    assert outcome is not None
    assert (said.seen, said.why) == (outcome.observation.seen, outcome.observation.detail)
