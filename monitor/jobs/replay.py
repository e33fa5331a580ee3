"""Replay: folders of saved pages, each what a site held at one moment, go the whole road on a clock that moves a day.

The visits, the parsing, the judging and the storing are the real ones; only fetcher and clock are others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from monitor.article import Article
from monitor.errors import FetchError, ParseError
from monitor.fetching.made import TITLE_OF_MADE
from monitor.fetching.replay import SITE, Moment, ReplayFetcher, address_of
from monitor.jobs.round import OnVisit, Tools, close_round, visit_pages
from monitor.model import Capture, Reading, Request
from monitor.parsing.address import key
from monitor.parsing.reader import LayoutReader
from monitor.protocols import Store
from monitor.settings import Duration, Finding, Layout, Politeness, Source
from monitor.visit import new_pages

START = datetime(2026, 1, 1, tzinfo=UTC)
STEP = timedelta(days=1)
UNREAD = "replay"


class ReplayClock:
    """Implements the protocol ``Clock``; it stands still until it is set."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        """The present moment."""
        return self._now

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        self._now += by


class _Reader(LayoutReader):
    """Reads pages made from article texts by the layout ``made``, whatever their source is, and saved pages as ever."""

    def __init__(self, made: Layout) -> None:
        self._made = made

    def read(self, capture: Capture, source: Source, known: bytes | None = None) -> Reading:
        """The article in ``capture``. Raises ParseError."""
        return super().read(capture, self._as_read(capture, source), known)

    def read_whole(self, capture: Capture, source: Source, known: bytes | None = None) -> Reading:
        """The same, read from the whole page. Raises ParseError."""
        return super().read_whole(capture, self._as_read(capture, source), known)

    def _as_read(self, capture: Capture, source: Source) -> Source:
        return replace(source, layouts=(self._made,)) if TITLE_OF_MADE in capture.body else source


@dataclass(frozen=True, slots=True)
class Replay:
    """What a replay works with. ``made`` is the layout that reads pages made from article texts."""

    sources: Sequence[Source]
    made: Layout
    fetcher: ReplayFetcher
    clock: ReplayClock
    tools: Tools
    on_visit: OnVisit | None = None

    def run(self, moments: Sequence[Moment], after_each: Callable[[Moment], None] | None = None) -> None:
        """Play the moments, a day apart, each as one round over every page known by then. Raises StoreError."""
        homes = self._homes(moments)
        for number, moment in enumerate(moments):
            if number:
                self.clock.move(STEP)
            self.fetcher.show(moment)
            self._round(moment, homes)
            if after_each is not None:
                after_each(moment)

    @property
    def _tools(self) -> Tools:
        return replace(self.tools, reader=_Reader(self.made))

    def _round(self, moment: Moment, homes: dict[str, Source]) -> None:
        store, now = self.tools.store, self.clock.now()
        for name in moment.pages:
            home = homes[name]
            store.sync_sources([home.name], now)
            store.add_pages(home.name, new_pages([address_of(name)], home), now)
        by_name = {home.name: home for home in homes.values()}
        known = {page.source for page in store.pages() if page.url.startswith(SITE)}
        rounds = [by_name.get(name) or self._source(name) for name in sorted(known)]
        visited = [visit_pages(source, self._tools, everything=True, on_visit=self.on_visit, under=SITE) for source in rounds]
        for each in visited:
            close_round(each, self._tools)

    def _homes(self, moments: Sequence[Moment]) -> dict[str, Source]:
        """The source of every NAME: that of the earliest moment which tells, or that which the store knows already."""
        homes: dict[str, Source] = {}
        undecided: dict[str, None] = {}
        for moment in moments:
            for name in moment.pages:
                if name not in homes:
                    home = self._known_home(name) or self._home(moment, name)
                    if home is None:
                        undecided[name] = None
                    else:
                        homes[name] = home
        return {name: homes.get(name) or self._made_up(UNREAD, None) for name in (*homes, *undecided)}

    def _known_home(self, name: str) -> Source | None:
        page = self.tools.store.page(key(address_of(name), None))
        return self._source(page.source) if page else None

    def _source(self, name: str, publication: str | None = None) -> Source:
        """The source of that name, as the replay visits it; one made up where the config has none."""
        known = next((source for source in self.sources if source.name == name), None)
        return self._offline(known) if known else self._made_up(name, publication)

    def _home(self, moment: Moment, name: str) -> Source | None:
        article = moment.pages[name].article
        if article is not None:
            return self._naming(article) or self._source(_slug(article.publication), article.publication)
        self.fetcher.show(moment)
        request = Request(address_of(name))
        first_those_with_layouts = sorted(self.sources, key=lambda source: not source.layouts)
        found = [(source, read) for source in first_those_with_layouts if (read := self._read(request, source))]
        named = (source for source, read in found if source.publication in (None, read.publication))
        first = next(named, found[0][0] if found else None)
        return self._offline(first) if first else None

    def _read(self, request: Request, source: Source) -> Article | None:
        try:
            return self._tools.reader.read(self.fetcher.fetch(request, source), source).article
        except (FetchError, ParseError):
            return None

    def _naming(self, article: Article) -> Source | None:
        found = next((source for source in self.sources if source.publication == article.publication), None)
        return self._offline(found) if found else None

    def _offline(self, source: Source) -> Source:
        """``source`` as the replay visits it: no listings, no waiting."""
        return replace(source, find=Finding(), polite=_at_once(source), identity=None)

    def _made_up(self, name: str, publication: str | None) -> Source:
        """A source that the config does not have. The one of pages that nothing read yet tries every layout there is.

        Where there is no layout at all, its pages are read as those of any site.
        """
        layouts = (layout for source in self.sources for layout in source.layouts)
        source = Source(name=name, layouts=tuple(dict.fromkeys(layouts)), publication=publication)
        return replace(source, polite=_at_once(source))


def _at_once(source: Source) -> Politeness:
    return replace(source.polite, gap=Duration(0))


def _slug(publication: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", publication.lower()).strip("-")[:64] or "source"


def start_of(store: Store) -> datetime:
    """When a replay into ``store`` begins: a day after its last visit, or at START when there was none."""
    last = store.last_visit()
    return START if last is None else last + STEP
