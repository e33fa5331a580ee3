"""One round of visits to a source: find its pages, visit those that are due, then see what is gone.

A round that was cut short is gone on with; so a page is visited once a round, whatever happens in between. Pages of a host
that is left alone for now are passed over: they stay due.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from monitor.errors import Resting, Stopped
from monitor.jobs.finding.discover import Found, discover
from monitor.jobs.finding.sessions import with_session
from monitor.jobs.following.indexing import Indexing
from monitor.jobs.following.judge import Judge
from monitor.jobs.following.stories import Stories
from monitor.judging import verdict
from monitor.judging.campaigns import USUAL, Rule
from monitor.model import Claim, Kind, Outcome, Page, Round, Run, Seen
from monitor.protocols import Archive, Clock, Fetcher, Reader, Store
from monitor.settings import Source
from monitor.telling.structured import fields
from monitor.visit import UNCONDITIONAL_EVERY, Visitor

LEASE = timedelta(hours=1)
_BATCH = 16
_JUMP = timedelta(minutes=1)
_SCOUTS = 3  # pages that are tried in every round of a source that cannot be read
log = logging.getLogger("monitor")

OnVisit = Callable[[Page, Outcome], None]


@dataclass(frozen=True, slots=True)
class Tools:
    """What a round works with. The store handle belongs to the thread that runs the round."""

    store: Store
    fetcher: Fetcher
    reader: Reader
    clock: Clock
    worker: str
    full_read_every: int = 200
    archive: Archive | None = None
    campaigns: Rule = USUAL
    judge: Judge | None = None
    unconditional_every: int = UNCONDITIONAL_EVERY

    def for_round(self, source: Source) -> Tools:
        """The same, with a fetcher that keeps the session of ``source`` for one round, where it needs one."""
        return replace(self, fetcher=with_session(source, self.fetcher, self.reader))

    def visitor(self, source: Source) -> Visitor:
        """A visitor for pages of ``source``."""
        return Visitor(
            source,
            self.fetcher,
            self.reader,
            self.store,
            self.clock,
            self.full_read_every,
            self.store.is_shortcut_off(source.name),
            self.archive,
            self.store.are_validators_off(source.name),
            self.unconditional_every,
        )


@dataclass(slots=True)
class Visited:
    """A round whose pages were visited, and that is still to be closed. ``resting`` says which host was left alone, and why."""

    source: Source
    round: Round
    seen: Counter[Seen] = field(default_factory=Counter)
    changes: int = 0
    problems: dict[Seen, str] = field(default_factory=dict)
    resting: str = ""
    found: Found = field(default=Found())


def run_round(source: Source, tools: Tools, *, everything: bool = False, on_visit: OnVisit | None = None) -> Run:
    """Visit the pages of ``source`` that are due, or every one of them, and see what is gone.

    Raises Stopped (what was visited stays, the rest stays due) and StoreError.
    """
    return close_round(visit_pages(source, tools, everything=everything, on_visit=on_visit), tools)


def visit_pages(
    source: Source, tools: Tools, *, everything: bool = False, on_visit: OnVisit | None = None, under: str = ""
) -> Visited:
    """The first part of :func:`run_round`: open a round, find pages, visit them (those whose address begins ``under``)."""
    tools = tools.for_round(source)
    store, clock = tools.store, tools.clock
    round_ = replace(_opened(source, tools), under=under)
    if everything:
        store.make_due(round_, clock.now())
    found = _listed(source, tools)
    visited = Visited(source, round_, resting=found.resting, found=found)
    visitor = tools.visitor(source)
    try:
        # what falls due before the middle of the interval belongs to this round: else a page visited late in one round
        # would be left out of the next
        while claims := store.claim_due(round_, clock.now(), source.interval / 2, tools.worker, LEASE, _BATCH):
            for claim in claims:
                _visit(visitor, claim, visited, on_visit)
            visitor.flush()
            _settle(visitor, visited, on_visit)
        _settle(visitor, visited, on_visit, everything=True)
    except Stopped:
        visitor.flush()
        raise
    finally:
        store.release(tools.worker)  # also what rests: it was kept until now, for not being handed out again
    if visited.seen:
        _incident(tools, source.name, "reader", visitor.end())
    _see_rest(tools, visited)
    return visited


def _listed(source: Source, tools: Tools) -> Found:
    """What the listings show now. Trouble with them is an incident."""
    found = discover(source, tools.fetcher, tools.reader, tools.store, tools.clock)
    if found.problems or not found.resting:  # a listing that was not asked for is neither well nor not
        _incident(tools, source.name, "listing", "; ".join(found.problems))
    return found


def _opened(source: Source, tools: Tools) -> Round:
    """A round begun, or the one gone on with that was cut short. Raises StoreError."""
    store, now = tools.store, tools.clock.now()
    store.sync_sources([source.name], now)
    with store.atomic(waiting=False):  # what a round left unsealed that was cut short is sealed no later than that is ended
        round_ = store.open_round(source.name, now, source.interval)
        store.seal()
    log.info("round started", extra=fields(source=source.name, round=round_.id, baseline=round_.baseline))
    _check_clock(round_, tools)
    return round_


def _visit(visitor: Visitor, claim: Claim, visited: Visited, on_visit: OnVisit | None) -> None:
    """Visit a page and note what that brought. Raises Stopped, StoreError."""
    try:
        outcome = visitor.visit(claim)
    except Resting as wrong:
        visited.resting = str(wrong)
        return
    if outcome is not None:
        _note(claim.page, outcome, visited, on_visit)


def _settle(visitor: Visitor, visited: Visited, on_visit: OnVisit | None, *, everything: bool = False) -> None:
    """Note what became of visits that were put aside. Raises Stopped, StoreError."""
    for page, outcome in visitor.settle(everything=everything):
        _note(page, outcome, visited, on_visit)


def _note(page: Page, outcome: Outcome, visited: Visited, on_visit: OnVisit | None) -> None:
    visited.seen[outcome.observation.seen] += 1
    visited.changes += _logged(page, outcome)
    visited.problems[outcome.observation.seen] = outcome.observation.detail
    if on_visit is not None:
        on_visit(page, outcome)


def close_round(visited: Visited, tools: Tools) -> Run:
    """The second part of :func:`run_round`: log removals that are proven now, end the round, say so when it was blind, seal.

    Rounds of several sources that share a host are best closed after all of them were visited: a page of one source
    that was read well speaks for its host in the others.
    """
    source, round_, now = visited.source, visited.round, tools.clock.now()
    with tools.store.atomic():
        removals = verdict.removals(tools.store.absences(round_, now), source.removal)
        was_read = tools.store.close_round(round_, now, removals)
        tools.store.seal()  # with its end, so that no change of an ended round is ever seen unsealed
    for absence in removals:
        log.info("change", extra=fields(kind=Kind.REMOVED, source=source.name, url=absence.url, visits=absence.visits))
    _see_blindness(tools, visited, was_read=was_read)
    Stories(tools.store, tools.campaigns).follow()
    if tools.judge is not None:
        tools.judge.judge(tools.store)
    Indexing(tools.store).follow()
    return _ended(visited, now, len(removals))


def check_page(page: int, source: Source, tools: Tools) -> Outcome | None:
    """Visit one page now, out of turn. None when somebody else is visiting it. Raises Stopped, Resting and StoreError."""
    store, now = tools.store, tools.clock.now()
    round_ = store.open_check(source.name, now)
    claim = store.claim_page(page, round_, now, tools.worker, LEASE)
    if claim is None:
        store.close_round(round_, now, [])
        return None
    try:
        visitor = tools.for_round(source).visitor(source)
        outcome = visitor.visit(claim)
        visitor.flush()
        outcome = next((late for _, late in visitor.settle(everything=True)), outcome)
        if outcome is not None:
            _logged(claim.page, outcome)
    finally:
        store.release(tools.worker)
        store.close_round(round_, tools.clock.now(), [])
    store.seal()
    return outcome


def _logged(page: Page, outcome: Outcome) -> int:
    """Log what a visit proved; the number of changes. What was said of the page the last time is no news."""
    observation = outcome.observation
    what = fields(source=page.source, url=page.url, seen=observation.seen)
    if observation.seen.is_well:
        log.debug("visit", extra=what)
    else:
        level = logging.DEBUG if observation.seen is page.seen else logging.WARNING
        log.log(level, "visit", extra=fields(**what["fields"], why=observation.detail))
    for kind in outcome.decision.changes:
        level = logging.DEBUG if page.baseline and kind.is_first else logging.INFO
        log.log(level, "change", extra=fields(kind=kind, source=page.source, url=page.url))
    return len(outcome.decision.changes)


def _see_blindness(tools: Tools, visited: Visited, *, was_read: bool) -> None:
    """Say so when a round read nothing at all, neither now nor before it was cut short."""
    total = sum(visited.seen.values())
    is_redesigned = bool(tools.store.drift(visited.source.name))  # then there is an incident that says more
    if total or was_read:
        blind = "" if was_read or is_redesigned else f"none of {total} pages could be read; {_commonest(visited)}"
        is_news = _incident(tools, visited.source.name, "blind", blind)
        _look_again(tools, visited.source.name, is_blind=bool(blind), is_over=is_news and not blind)


def _look_again(tools: Tools, source: str, *, is_blind: bool, is_over: bool) -> None:
    """Where nothing could be read, some pages are tried in every round, however often they failed: all failed alike, so that says
    nothing of a page. When one is read again, all are due.
    """
    if is_blind:
        tools.store.hurry(source, tools.clock.now(), _SCOUTS)
    elif is_over:
        tools.store.hurry(source, tools.clock.now())


def _commonest(visited: Visited) -> str:
    """What most pages of a round were, with the last one's reason."""
    most, count = visited.seen.most_common(1)[0]
    return f"{count} {most}, like this one: {visited.problems[most]}"


def _see_rest(tools: Tools, visited: Visited) -> None:
    """Say so when a host was left alone, anew in every round, with the new end; it is over when a page was read again."""
    source = visited.source.name
    if visited.resting and any((each.source, each.detail) == (source, visited.resting) for each in tools.store.incidents()):
        return
    if visited.resting:
        tools.store.close_incident(visited.source.name, "resting", tools.clock.now())
        _incident(tools, visited.source.name, "resting", visited.resting)
    elif any(seen.is_well for seen in visited.seen):
        _incident(tools, visited.source.name, "resting", "")


def _check_clock(round_: Round, tools: Tools) -> None:
    now, previous = tools.clock.now(), round_.previous
    back = previous is not None and previous - now > _JUMP
    detail = f"the clock went back: the last round was at {previous}, now it is {now}; all pages are due" if back else ""
    _incident(tools, round_.source, "clock", detail)


def _incident(tools: Tools, source: str, kind: str, detail: str) -> bool:
    """Open the incident when there is a ``detail``, close it when there is none; log it, and say so, when that is news."""
    now = tools.clock.now()
    if detail and tools.store.open_incident(source, kind, now, detail):
        log.warning("incident", extra=fields(source=source, kind=kind, detail=detail))
        return True
    if not detail and tools.store.close_incident(source, kind, now):
        log.info("incident over", extra=fields(source=source, kind=kind))
        return True
    return False


def _finds(found: Found) -> dict[str, object]:
    """What a round's look at the listings amounted to, as far as there is anything to say."""
    skipped = "; ".join(f"{count} {why}" for why, count in found.skipped)
    said = {"new_pages": found.added, "brought_forward": found.forward, "links_skipped": skipped}
    return {name: value for name, value in said.items() if value}


def _ended(visited: Visited, now: datetime, removals: int) -> Run:
    counts = {str(what).replace(" ", "_"): count for what, count in sorted(visited.seen.items())}
    changes, source, round_ = visited.changes + removals, visited.source.name, visited.round
    log.info("round ended", extra=fields(source=source, round=round_.id, changes=changes, **counts, **_finds(visited.found)))
    return Run(source, round_.started, now, tuple(sorted(visited.seen.items())), changes, visited.resting)
