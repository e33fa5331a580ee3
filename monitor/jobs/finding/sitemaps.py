"""A round's look at feeds and sitemaps. What is said there is second-hand: it says where to look, never what changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from monitor.jobs.finding.sheets import Finder, Sheet, Taken
from monitor.model import ListingState, Request, Validators

MOST_SITEMAPS = 50  # in one round; an index may name 50,000
DEEPEST = 4  # robots.txt, an index of indexes, an index, a sitemap


def read_feed(url: str, finder: Finder) -> None:
    """Take up what a feed lists, or the feeds that a page there names. Raises Resting, Stopped and StoreError."""
    sheet = _feed(url, finder)
    if sheet is None:
        return
    named = sheet.listed.further if sheet.listed.kind == "page" else ()
    if sheet.listed.kind == "page" and not named:
        _complain("feed", url, "it is an HTML page, and names no feed", finder)
    for each in named:
        inner = _feed(each, finder)
        if inner is not None and inner.listed.kind == "page":
            _complain("feed", each, f"it is an HTML page instead of the feed that {url} names", finder)


def _feed(url: str, finder: Finder) -> Sheet | None:
    """One feed, taken in; None where there is no more to be said of it."""
    name = finder.name("feed", url)
    known = finder.store.listing(name)
    sheet = finder.ask(Request(url), known.validators)
    if sheet.is_same:
        finder.tally.wholes.append(known.is_whole)
        return None
    if sheet.problem:
        _complain("feed", url, sheet.problem, finder)
        return None
    if sheet.listed.kind == "page":
        return sheet
    if not sheet.listed.links:
        _complain("feed", url, "no article in it", finder)
        return None
    finder.tally.wholes.append(True)
    state = ListingState(sheet.validators, is_through=True, is_whole=True, read=finder.clock.now())
    finder.take(Taken(sheet.listed.links), name, state, known)
    return sheet


def _complain(what: str, url: str, problem: str, finder: Finder) -> None:
    finder.tally.wholes.append(False)
    finder.tally.problems.append(f"the {what} {url}: {problem}")


@dataclass(frozen=True, slots=True)
class _Below:
    """What became of a sitemap with all below it: whether it was read through, to its end, and whether it lists any article."""

    is_through: bool = False
    is_whole: bool = False
    has_articles: bool = False


_UNTOLD = _Below(has_articles=True)  # nobody can say that it lists none


@dataclass(slots=True)
class Sitemaps:
    """The sitemaps of a source in one round: at most ``left`` of them are asked for, the others in later rounds."""

    finder: Finder
    left: int = MOST_SITEMAPS
    _seen: set[str] = field(default_factory=set)
    _is_through: bool = False  # the index at the top, in an earlier round: a sitemap that is new in it is no old one

    def read(self, url: str) -> None:
        """Take up what a sitemap lists, with all that it names. Raises Resting, Stopped and StoreError."""
        count = len(self.finder.tally.problems)
        self._is_through = self.finder.store.listing(self.finder.name("sitemap", url)).is_through
        below = self._read(url, None, 0)
        self.finder.tally.wholes.append(below.is_whole)
        if not below.has_articles and len(self.finder.tally.problems) == count:
            _complain("sitemap", url, "no article's address in it", self.finder)

    def _read(self, url: str, altered: datetime | None, depth: int) -> _Below:
        name = self.finder.name("sitemap", url)
        known = self.finder.store.listing(name)
        if url in self._seen:
            return _Below(is_through=True, is_whole=True)
        if depth >= DEEPEST or self.left <= 0:
            return _UNTOLD
        self._seen.add(url)
        self.left -= 1
        sheet = self.finder.ask(Request(url), known.validators if known.is_through else Validators())
        if sheet.is_same:
            return _Below(is_through=True, is_whole=known.is_whole, has_articles=True)
        problem = sheet.problem or ("it is an HTML page instead of a sitemap" if sheet.listed.kind == "page" else "")
        if problem:
            _complain("sitemap", url, problem, self.finder)
        if problem and not sheet.listed.links:
            return _UNTOLD
        below = self._children(sheet, depth)
        is_through = below.is_through and not problem
        # an index that does not say when its sitemaps were altered is the same while they are not
        is_vouched = all(sheet.listed.altered) and sheet.listed.kind in ("index", "sitemap", "feed", "addresses")
        given = sheet.validators if is_through and is_vouched else Validators()
        state = ListingState(given, is_through, below.is_whole and not problem, altered, self.finder.clock.now())
        self.finder.take(Taken(sheet.listed.links, is_old=not self._is_through if depth else None), name, state, known)
        return _Below(is_through, state.is_whole, below.has_articles or bool(sheet.listed.links))

    def _children(self, sheet: Sheet, depth: int) -> _Below:
        """The sitemaps that one names: those altered last first, then those that were asked for the longest ago."""
        listed = sheet.listed
        if listed.kind not in ("index", "robots"):
            return _Below(is_through=True, is_whole=not any("beyond" in why for why, _ in listed.skipped))
        said = dict(zip(listed.further, listed.altered or (None,) * len(listed.further), strict=True))
        names = {url: self.finder.name("sitemap", url) for url in said}
        states = self.finder.store.listing_reads(list(names.values()))
        known = {url: states.get(name, ListingState()) for url, name in names.items()}
        same = {url for url, at in said.items() if at and known[url].is_through and known[url].altered == at}
        due = sorted((url for url in said if url not in same), key=lambda url: _urgency(said[url], known[url]))
        found = [_Below(is_through=True, is_whole=known[url].is_whole, has_articles=True) for url in same]
        found += [self._read(url, said[url], depth + 1) for url in due]
        return _Below(
            all(each.is_through for each in found),
            all(each.is_whole for each in found),
            any(each.has_articles for each in found),
        )


def _urgency(altered: datetime | None, known: ListingState) -> tuple[bool, float, float]:
    return altered is None, -altered.timestamp() if altered else 0.0, known.read.timestamp() if known.read else 0.0
