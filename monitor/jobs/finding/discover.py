"""Find a source's pages: the addresses its config names, and the articles its listings, feeds and sitemaps name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from monitor.errors import Resting
from monitor.jobs.finding import listings
from monitor.jobs.finding.paging import listings as listings_of
from monitor.jobs.finding.sheets import Finder
from monitor.jobs.finding.sitemaps import Sitemaps, read_feed
from monitor.protocols import Clock, Fetcher, Reader, Store
from monitor.settings import Source
from monitor.visit import new_pages
from monitor.visiting.hearing import Hearing

_TOLD = 5


@dataclass(frozen=True, slots=True)
class Found:
    """What looking for pages brought: how many were new, what is wrong with listings, why some were not asked for.

    ``forward`` counts the pages that a listing says were altered since their last visit, ``skipped`` the links left out, by why.
    """

    added: int = 0
    problems: tuple[str, ...] = ()
    resting: str = ""
    forward: int = 0
    skipped: tuple[tuple[str, int], ...] = ()


def discover(source: Source, fetcher: Fetcher, reader: Reader, store: Store, clock: Clock) -> Found:
    """Take up the source's pages that are not known yet. Raises Stopped and StoreError.

    ``fetcher`` carries the session of a source that needs one.
    """
    finder = Finder(source, fetcher, reader, store, clock, Hearing(source, store))
    tally = finder.tally
    tally.added += store.add_pages(source.name, new_pages(source.find.pages, source), clock.now())
    for look in _looks(finder):
        try:
            look()
        except Resting as wrong:
            tally.resting = str(wrong)
            tally.wholes.append(False)
    tally.forward += finder.hearing.act(clock.now())
    store.keep_listings_whole(source.name, clock.now(), whole=bool(tally.wholes) and all(tally.wholes))
    return Found(tally.added, _some(tally.problems), tally.resting, tally.forward, tuple(tally.skipped.most_common()))


def _some(problems: list[str]) -> tuple[str, ...]:
    """The first problems, and how many there are besides: an index may name fifty sitemaps that all fail alike."""
    more = len(problems) - _TOLD
    return tuple(problems) if more <= 0 else (*problems[:_TOLD], f"and {more} more")


def _looks(finder: Finder) -> Iterator[Callable[[], None]]:
    """What there is to look at, in its order."""
    for paging in listings_of(finder):
        yield partial(listings.read, paging, finder)
    for url in finder.source.find.feeds:
        yield partial(read_feed, url, finder)
    sitemaps = Sitemaps(finder)
    for url in finder.source.find.sitemaps:
        yield partial(sitemaps.read, url)
