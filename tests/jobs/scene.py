"""A source with a listing, and the service's hand: it makes rounds, an interval apart."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

from standins import Answer, PlainReader, SetClock, Site, article, source, url
from storing.steps import EVERYTHING

from monitor.errors import Stopped, Unreachable
from monitor.jobs.round import Tools, run_round
from monitor.model import Request, Run
from monitor.settings import Duration, Finding, Source
from monitor.storing.sqlite import SqliteStore

LISTING = "https://a.example/list"
INTERVAL = Duration(hours=6)


@dataclass
class Scene:
    """A source with a listing, and the service's hand: it makes rounds, an interval apart."""

    store: SqliteStore
    clock: SetClock = field(default_factory=SetClock)
    source: Source = field(default_factory=lambda: source(find=Finding(listings=(LISTING,), articles=("/p",)), interval=INTERVAL))

    def __post_init__(self) -> None:
        self.site = Site(self.clock)
        self.tools = Tools(self.store, self.site, PlainReader(), self.clock, "w", 10_000)

    def put(self, *names: str, word: str = "word", links: tuple[str, ...] = ()) -> None:
        """Have the site hold articles, each of its own wording."""
        for name in names:
            self.site.put(name, article(f"Title of {name}", f"{word} {name}"), *links)

    def list(self, *names: str, etag: str | None = None) -> None:
        """Have the listing link to pages."""
        self.site.pages[LISTING] = Answer("\n".join(map(url, names)).encode(), etag=etag)

    def drop(self, *names: str) -> None:
        for name in names:
            del self.site.pages[url(name)]

    def fail(self, *names: str) -> None:
        for name in names:
            self.site.pages[url(name)] = Answer(error=Unreachable("down"))

    def round(self, after: timedelta = INTERVAL, *, everything: bool = False) -> Run:
        self.clock.move(after)
        return run_round(self.source, self.tools, everything=everything)

    def stop_at(self, name: str) -> None:
        """Have the service stop when it comes to that page."""
        self.site.before = lambda request: _stop(request, url(name))

    def go_on(self) -> None:
        self.site.before = lambda request: None

    def log(self, *, baseline: bool = False) -> list[tuple[str, str]]:
        """The log, oldest first."""
        changes = self.store.changes(replace(EVERYTHING, baseline=baseline))
        return [(change.kind.value, change.url.rpartition("/")[2]) for change in reversed(list(changes))]

    def open(self) -> dict[str, str]:
        """The open incidents, by kind."""
        return {incident.kind: incident.detail for incident in self.store.incidents()}

    def pages(self) -> list[str]:
        return [page.url.rpartition("/")[2] for page in self.store.pages()]


def _stop(request: Request, address: str) -> None:
    if request.url == address:
        raise Stopped("told to stop")
