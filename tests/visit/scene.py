"""A site with a page or two, what is known of it, and somebody who visits its pages one by one."""

from __future__ import annotations

from dataclasses import dataclass, field

from standins import HOUR, PlainReader, SetClock, Site, article, source, url
from storing.steps import EVERYTHING, LEASE

from monitor.article import Article
from monitor.model import NewPage, Outcome, Page, Seen
from monitor.protocols import Archive
from monitor.settings import Source
from monitor.storing.sqlite import SqliteStore
from monitor.visit import Visitor

NEVER = 10_000  # so seldom is a page read in full that it does not happen in a test
FIRST, SECOND = article("First", "The first wording."), article("Second", "The second wording.")


@dataclass
class Scene:
    """A site, what is known of it, and somebody who visits its pages one by one, an hour apart."""

    store: SqliteStore
    clock: SetClock = field(default_factory=SetClock)
    source: Source = field(default_factory=source)
    reader: PlainReader = field(default_factory=PlainReader)
    full_read_every: int = NEVER
    unconditional_every: int = NEVER
    archive: Archive | None = None

    def __post_init__(self) -> None:
        self.site = Site(self.clock)
        self.store.sync_sources([self.source.name], self.clock.now())
        self.know("one")

    def know(self, *names: str) -> None:
        self.store.add_pages(self.source.name, [NewPage(page_key(name), url(name)) for name in names], self.clock.now())

    def page(self, name: str = "one") -> Page:
        found = self.store.page(page_key(name))
        assert found is not None
        return found

    def visit(self, name: str = "one", *, full: bool = False) -> Outcome:
        """Visit a page in a round of its own, an hour after the last visit."""
        self.clock.move(HOUR)
        round_ = self.store.open_check(self.source.name, self.clock.now())
        claim = self.store.claim_page(self.page(name).id, round_, self.clock.now(), "w", LEASE)
        assert claim is not None
        visitor = self.visitor(full=full)
        try:
            outcome = visitor.visit(claim)
            outcome = next((late for _, late in visitor.settle(everything=True)), outcome)
        finally:
            visitor.flush()
            self.store.release("w")
        assert outcome is not None
        return outcome

    def visitor(self, *, full: bool = False) -> Visitor:
        every = 1 if full else self.full_read_every
        name, archive = self.source.name, self.archive
        off = self.store.is_shortcut_off(name), archive, self.store.are_validators_off(name)
        return Visitor(self.source, self.site, self.reader, self.store, self.clock, every, *off, self.unconditional_every)

    def seen(self, name: str = "one", *, full: bool = False) -> Seen:
        return self.visit(name, full=full).observation.seen

    def put(self, what: Article, *links: str, name: str = "one", etag: str | None = None) -> None:
        self.site.put(name, what, *links, etag=etag)

    def log(self, name: str | None = None) -> list[str]:
        """Kinds of change, oldest first, of one page or all."""
        changes = reversed(list(self.store.changes(EVERYTHING)))
        return [change.kind.value for change in changes if name is None or change.page == self.page(name).id]

    def incidents(self) -> list[str]:
        return [incident.kind for incident in self.store.incidents(open_only=False)]

    def bears(self, name: str = "one") -> Article | None:
        version = self.store.version(self.page(name).id)
        return version.article if version else None


def page_key(name: str) -> str:
    """What the page ``name`` is known by."""
    return f"a.example/{name}"
