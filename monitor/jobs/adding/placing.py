"""Where a site's articles are found: its listings, feeds and sitemaps, and how its listings go on to their next pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from monitor.jobs.adding.scouting import Scout, Site
from monitor.model import Link
from monitor.parsing.address import is_article
from monitor.parsing.proposing import addresses
from monitor.parsing.proposing.pages import Front, front_of
from monitor.settings import Finding, Series, Source
from monitor.telling.proposal import Place

_FLOOD = 500  # addresses of articles in a sitemap that are too many to begin with
_FEWEST = 3  # links to articles that make a page a listing
_DEPTH = 5  # pages of a listing that a round asks for
_MOST_TRIED = 3  # second pages that are looked at
_SEEN = 3  # pages on all of which a block stands, to be one of the whole site


@dataclass(frozen=True, slots=True)
class Placed:
    """The places, and the settings that find articles there."""

    find: Finding
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Placer:
    """Looks for places on a ``site``. ``articles`` are pages of articles: a link on all of them stands on every page."""

    scout: Scout
    site: Site
    articles: Sequence[Front]

    def placed(self, source: Source) -> Placed:
        """The places of the articles that ``source`` knows by their addresses."""

        def fits(address: str) -> bool:
            return is_article(address, source)

        pages = [_place("listing", url, page.links, fits) for url, page in self.site.pages.items()]
        feeds = [_place("feed", url, links, fits) for url, links in self.site.feeds.items()]
        is_enough = sum(each.articles for each in (*pages, *feeds) if each.is_taken) >= _FEWEST
        sections = self.scout.sections(self.site, fits)
        everywhere = self._everywhere(sections)
        pages += [_section(url, page, fits, everywhere) for url, page in sections.items()]
        sitemaps = [_place("sitemap", url, links, fits) for url, links in self.site.sitemaps.items()]
        if is_enough:
            sitemaps = [_unless_flood(each) for each in sitemaps]
        fronts = {**self.site.pages, **sections}
        find, pages = self._going_on(source.find, pages, fronts, fits)
        places = (*pages, *feeds, *sitemaps)
        return Placed(_with_places(find, places), places)

    def _everywhere(self, sections: dict[str, Front]) -> Counter[str]:
        """How often each address is linked to on every page that was seen."""
        pages = [Counter(page.anchors) for page in (*self.site.pages.values(), *sections.values(), *self.articles)]
        if len(pages) < _SEEN:
            return Counter()
        common = pages[0]
        for page in pages[1:]:
            common &= page
        return common

    # The next pages

    def _going_on(
        self, find: Finding, pages: list[Place], fronts: dict[str, Front], fits: Callable[[str], bool]
    ) -> tuple[Finding, list[Place]]:
        """``find`` with how the listings go on, where their second pages are listings, too; listings within a series left out."""
        series: list[Series] = []
        following: list[str] = []
        left = _MOST_TRIED
        for place in [each for each in pages if each.is_taken]:
            front = fronts[place.url]
            known = next((css for css, _ in front.following if css in following), None)
            if known is not None or any(_holds(each, place.url) for each in series) or left <= 0:
                continue
            for css, address in front.following[:1]:
                left -= 1
                if self._brings(address, front, fits):
                    following.append(css)
            if front.following or front.series is None or front.series in series:
                continue
            left -= 1
            if self._brings(front.series.page(front.series.first + 1), front, fits):
                series.append(replace(front.series, last=front.series.first + min(_DEPTH, front.pages) - 1))
        pages = [_within(each, series) for each in pages]
        depth = _DEPTH if following else find.depth
        return replace(find, next=tuple(following), depth=depth, series=tuple(series)), pages

    def _brings(self, address: str, front: Front, fits: Callable[[str], bool]) -> bool:
        """Whether a listing's second page lists an article that its first does not."""
        if fits(address) or addresses.parts(address).host != addresses.parts(self.site.start.answered).host:
            return False
        capture = self.scout.look(address)
        known = {link.url for link in front.links}
        return capture is not None and any(fits(link.url) and link.url not in known for link in front_of(capture).links)


def _holds(series: Series, url: str) -> bool:
    return any(series.page(number) == url for number in range(series.first, series.last + 1))


def _within(place: Place, series: Sequence[Series]) -> Place:
    """A listing that is one of the pages of a series is left to that."""
    held = next((each for each in series if _holds(each, place.url)), None)
    if held is None or not place.is_taken:
        return place
    return replace(place, is_taken=False, why=f"it is a page of the series {held.address}")


def _place(kind: str, url: str, links: Iterable[Link], fits: Callable[[str], bool]) -> Place:
    named = [link.url for link in links]
    count = sum(map(fits, named))
    least = _FEWEST if kind == "listing" else 1
    return Place(kind, url, len(named), count, count >= least, "" if count >= least else "hardly any article in it")


def _section(url: str, page: Front, fits: Callable[[str], bool], everywhere: Counter[str]) -> Place:
    """A section, whose articles must be others than those that every page links to."""
    place = _place("listing", url, page.links, fits)
    own = sum(1 for each in Counter(page.anchors) - everywhere if fits(each))
    if not place.is_taken or own >= _FEWEST:
        return place
    return replace(place, is_taken=False, why="what it lists stands on every page")


def _unless_flood(place: Place) -> Place:
    if not place.is_taken or place.articles <= _FLOOD:
        return place
    return replace(place, is_taken=False, why=f"{place.articles:,} articles are many to begin with")


def _with_places(find: Finding, places: Sequence[Place]) -> Finding:
    def taken(kind: str) -> tuple[str, ...]:
        return tuple(each.url for each in places if each.kind == kind and each.is_taken)

    return replace(find, listings=taken("listing"), feeds=taken("feed"), sitemaps=taken("sitemap"))
