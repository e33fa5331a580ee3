"""Back to a day or a count: old listings are walked page by page, and what they list is taken in as baseline, then visited.

Where a walk stands is kept with what it took up, in one transaction; so one that was stopped goes on there. Nothing of it is
news. What was visited already is not asked for again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from monitor.jobs.finding.paging import Paging, listings
from monitor.jobs.finding.sheets import Finder
from monitor.jobs.finding.sitemaps import DEEPEST
from monitor.jobs.round import LEASE, OnVisit, Tools
from monitor.model import BackfillState, Claim, Link, Outcome, Page, Request, Round, Seen
from monitor.settings import Source
from monitor.visit import Visitor, new_pages
from monitor.visiting.hearing import Hearing

_BATCH = 16
_MOST_PAGES = 100_000  # of one listing, which may link to ever new ones
OnPage = Callable[[str, int], None]


@dataclass(slots=True)
class Filled:
    """What a backfill brought: pages of listings that were read, pages taken up, visits by what they proved, problems."""

    read: int = 0
    taken: int = 0
    seen: Counter[Seen] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Backfill:
    """A walk through what a source's listings and sitemaps list, back to the day ``since`` or until ``most`` pages are taken up.

    ``filled`` says what it brought so far. Methods raise Resting (a host is left alone for now), Stopped and StoreError; called
    again later, they go on.
    """

    source: Source
    tools: Tools
    since: date | None = None
    most: int | None = None
    filled: Filled = field(default_factory=Filled)
    _finder: Finder = field(init=False)
    _task: str = field(init=False)
    _marks: dict[str, BackfillState] = field(init=False)

    def __post_init__(self) -> None:
        tools = self.tools = self.tools.for_round(self.source)
        tools.store.sync_sources([self.source.name], tools.clock.now())
        hearing = Hearing(self.source, tools.store)
        self._finder = Finder(self.source, tools.fetcher, tools.reader, tools.store, tools.clock, hearing)
        asked = repr((self.since, self.source.find, self.source.identity))
        self._task = hashlib.sha256(asked.encode()).hexdigest()[:16]
        self._marks = tools.store.backfill(self.source.name, self._task)
        self.filled.taken = sum(mark.taken for mark in self._marks.values())

    # What there is

    def find(self, on_page: OnPage = lambda _where, _taken: None) -> bool:
        """Take up what the listings list. ``on_page`` is told of every page that was read. Whether all of them were walked."""
        for paging in listings(self._finder):
            self._walk(paging, on_page)
        for url in self.source.find.sitemaps:
            self._sitemap(url, 0, set(), on_page)
        return not self.filled.problems

    def _walk(self, paging: Paging, on_page: OnPage) -> None:
        mark = self._marks.get(paging.name, BackfillState(paging.first))
        seen: set[str] = set()
        for _ in range(_MOST_PAGES):
            if not mark.next or self._is_full():
                return
            place = mark.next
            sheet = self._finder.ask(paging.request(place))
            is_end = sheet.is_none and paging.is_open and place != paging.first
            if sheet.problem and not is_end:
                self.filled.problems.append(f"{paging.where(place)}: {sheet.problem}")
                return
            new = [link for link in sheet.listed.links if link.url not in seen]
            seen.update(link.url for link in new)
            following = paging.following(place, sheet.listed) if new and not self._is_past(new) else None
            mark = self._keep(paging.name, place, new, following)
            on_page(paging.where(place), self.filled.taken)

    def _sitemap(self, url: str, depth: int, seen: set[str], on_page: OnPage) -> bool:
        """Take up what a sitemap lists, with all below it. Whether that is done."""
        name = self._finder.name("sitemap", url)
        if url in seen or (name in self._marks and not self._marks[name].next):
            return True
        if depth >= DEEPEST or self._is_full():
            return False
        seen.add(url)
        sheet = self._finder.ask(Request(url))
        problem = sheet.problem or ("it is an HTML page instead of a sitemap" if sheet.listed.kind == "page" else "")
        if problem:
            self.filled.problems.append(f"{url}: {problem}")
            return False
        said = dict(zip(sheet.listed.further, sheet.listed.altered or (None,) * len(sheet.listed.further), strict=True))
        if sheet.listed.kind not in ("index", "robots"):
            said = {}
        late = [each for each, altered in said.items() if altered is None or self.since is None or altered.date() >= self.since]
        done = [self._sitemap(each, depth + 1, seen, on_page) for each in late]
        if not all(done):
            return False
        mark = self._keep(name, url, sheet.listed.links, None)
        on_page(url, self.filled.taken)
        return not mark.next

    def _is_full(self) -> bool:
        return self.most is not None and self.filled.taken >= self.most

    def _is_past(self, links: Iterable[Link]) -> bool:
        """Whether a page of a listing is from before the day: of those links that have a date, all are older."""
        dated = [link.published for link in links if link.published is not None]
        return self.since is not None and bool(dated) and max(dated) < self.since

    def _is_wanted(self, link: Link) -> bool:
        day = link.published or (link.altered.date() if link.altered else None)
        return self.since is None or day is None or day >= self.since

    def _keep(self, name: str, place: str, links: Iterable[Link], following: str | None) -> BackfillState:
        """Take up the links of the page at ``place``, and note where the walk goes on, in one transaction.

        That is there again, where the count does not suffice for all of them.
        """
        store, now = self.tools.store, self.tools.clock.now()
        taken, rest = 0, following or ""
        with store.atomic():
            for page in new_pages([link.url for link in links if self._is_wanted(link)], self.source):
                if self.most is not None and self.filled.taken + taken >= self.most:
                    rest = place
                    break
                taken += store.take_up(self.source.name, page, now)
            mark = BackfillState(rest, taken + self._marks.get(name, BackfillState()).taken)
            store.keep_backfill(self.source.name, self._task, name, mark)
        self._marks[name] = mark
        self.filled.taken += taken
        self.filled.read += 1
        return mark

    # What it says

    def left(self) -> int:
        """How many pages of the baseline were never visited."""
        return self.tools.store.unvisited_size(self.source.name)

    def time_left(self, pages: int) -> timedelta:
        """How long that many pages take at the source's pace, at least."""
        return self.source.polite.gap * pages

    def visit(self, on_visit: OnVisit) -> None:
        """Visit the pages of the baseline that were never visited, in a round of their own. ``on_visit`` is told of each."""
        store, clock = self.tools.store, self.tools.clock
        round_ = store.open_check(self.source.name, clock.now())
        visitor = self.tools.visitor(self.source)
        after = 0
        try:
            while pages := store.unvisited(self.source.name, _BATCH, after):
                after = pages[-1].id
                for page in pages:
                    self._visit(page, round_, visitor, on_visit)
                visitor.flush()
                self._settle(visitor, on_visit)
            self._settle(visitor, on_visit, everything=True)
        finally:
            visitor.flush()
            store.release(self.tools.worker)
            store.close_round(round_, clock.now(), [])
            store.seal()

    def _visit(self, page: Page, round_: Round, visitor: Visitor, on_visit: OnVisit) -> None:
        now = self.tools.clock.now()
        claim: Claim | None = self.tools.store.claim_page(page.id, round_, now, self.tools.worker, LEASE)
        outcome = visitor.visit(claim) if claim is not None else None
        if claim is not None and outcome is not None:
            self._note(claim.page, outcome, on_visit)

    def _settle(self, visitor: Visitor, on_visit: OnVisit, *, everything: bool = False) -> None:
        for page, outcome in visitor.settle(everything=everything):
            self._note(page, outcome, on_visit)

    def _note(self, page: Page, outcome: Outcome, on_visit: OnVisit) -> None:
        self.filled.seen[outcome.observation.seen] += 1
        on_visit(page, outcome)

    def end(self) -> None:
        """Forget where the walk stands: all of it was done."""
        self.tools.store.end_backfill(self.source.name)
