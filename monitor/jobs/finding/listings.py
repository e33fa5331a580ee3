"""A round's look at listings: page after page, as deep as a round goes, and no deeper than what is known."""

from __future__ import annotations

from dataclasses import replace

from monitor.errors import FetchError, Stopped
from monitor.jobs.finding.paging import Paging
from monitor.jobs.finding.sheets import Finder, Sheet, Taken
from monitor.model import Link, ListingState, Validators


def read(paging: Paging, finder: Finder) -> None:
    """Read a listing's pages up to the first that brings nothing new, and take up what they list.

    What is new to the store counts only when the listing was read through the last time. Else its first pages may be known while
    those behind them are not: a page failed, also the very first when another listing of the source shows what stood there, or
    the config was another. Raises Resting, Stopped and StoreError.
    """
    known = finder.store.listing(paging.name)
    try:
        _read(paging, known, finder)
    except (FetchError, Stopped):
        _read_whole_next_time(paging, finder)
        raise


def _read(paging: Paging, known: ListingState, finder: Finder) -> None:
    first = finder.ask(paging.request(paging.first), known.validators if known.is_through else Validators())
    if first.is_same:
        finder.tally.wholes.append(known.is_whole)
        return
    problem = first.problem or ("" if first.listed.links else finder.no_link())
    if problem:
        _complain(paging, paging.first, problem, finder)
        _read_whole_next_time(paging, finder)
        return
    links, state = _rest(paging, first, known, finder)
    finder.tally.wholes.append(state.is_whole)
    top = {link.url for link in first.listed.links}
    listed = Taken(first.listed.links, [link for url, link in links.items() if url not in top])
    finder.take(listed, paging.name, replace(state, read=finder.clock.now()), known)
    finder.hearing.compare(paging.name, list(links.values()))


def _rest(paging: Paging, first: Sheet, known: ListingState, finder: Finder) -> tuple[dict[str, Link], ListingState]:
    """All links of a listing whose first page is ``first``, and how far it was read."""
    links: dict[str, Link] = {}
    through = ListingState(first.validators, is_through=True)
    sheet, place = first, paging.first
    for number in range(1, paging.most + 1):
        new = [link for link in sheet.listed.links if link.url not in links]
        links.update({link.url: link for link in new})
        following = paging.following(place, sheet.listed) if new else None
        if following is None:
            return links, replace(through, is_whole=True)
        if number == paging.most or (known.is_through and all(finder.is_known(link, known.read) for link in new)):
            break
        place = following
        sheet = finder.ask(paging.request(place))
        if sheet.is_none and paging.is_open:
            return links, replace(through, is_whole=True)
        if sheet.problem:
            _complain(paging, place, sheet.problem, finder)
            return links, ListingState()
    return links, through


def _read_whole_next_time(paging: Paging, finder: Finder) -> None:
    """Have the next round read a listing to its end, which some other listing's pages may hide."""
    known = finder.store.listing(paging.name)
    if known.is_through:
        finder.store.keep_listing(paging.name, replace(known, is_through=False))


def _complain(paging: Paging, place: str, problem: str, finder: Finder) -> None:
    finder.tally.wholes.append(False)
    finder.tally.problems.append(f"the listing {paging.where(place)}: {problem}")
