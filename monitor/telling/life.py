"""A source's life by days: calm, changed, or not seen, and why. A day without a visit or a sight of its pages is never calm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from monitor.model import Incident
from monitor.model.statistics import DayCount, Days, Known, RoundDays
from monitor.telling.advice import Sight, advice


class State(StrEnum):
    """What a source's day was, at its worst."""

    CALM = "calm"
    CHANGED = "changed"
    PART = "seen in part"
    HELD = "held back"
    BLIND = "nothing seen"
    UNVISITED = "not visited"
    BEFORE = "not watched yet"


MEANS = {
    State.CALM: "visited, and nothing changed",
    State.CHANGED: "visited, with changes in the log",
    State.PART: "a listing without articles, a host that was left alone or the like",
    State.HELD: "it looked redesigned, and what differed was held back",
    State.BLIND: "no page could be read: what happened is not known",
    State.UNVISITED: "no round took place: what happened is not known",
    State.BEFORE: "before the source came under watch",
}
_OF_SIGHT = {Sight.NOTHING: State.BLIND, Sight.HELD: State.HELD, Sight.PART: State.PART}
_WORST = (State.BLIND, State.HELD, State.PART)


@dataclass(frozen=True, slots=True)
class Run:
    """Days of one state in a row, the ``last`` included: rounds that began in them, changes, and the kinds of incidents."""

    state: State
    first: date
    last: date
    rounds: int
    changes: int
    incidents: tuple[str, ...] = ()


def life(
    source: str,
    days: Days,
    rounds: Iterable[RoundDays],
    incidents: Iterable[Incident],
    counts: Iterable[DayCount],
    known: Iterable[Known],
) -> list[Run]:
    """What the days of ``source`` were, one after the other, as runs. What concerns other sources is left out."""
    began = next((each.added.date() for each in known if each.source == source), days.end)
    visited, started = _visited(source, days, rounds)
    changed: dict[date, int] = {}
    for each in counts:
        if each.source == source:
            changed[each.day] = changed.get(each.day, 0) + each.count
    began = min([began, *visited, *changed])
    ill = _ill(source, days, incidents)
    found = []
    for day in each_day(days):
        kinds = ill.get(day, ())
        state = _state(kinds, is_visited=day in visited, is_changed=day in changed, is_before=day < began)
        found.append(Run(state, day, day, started.get(day, 0), changed.get(day, 0), kinds))
    return _joined(found)


def _state(kinds: Sequence[str], *, is_visited: bool, is_changed: bool, is_before: bool) -> State:
    states = {_OF_SIGHT[sight] for sight in (advice(kind).sight for kind in kinds) if sight in _OF_SIGHT} if kinds else ()
    worst = next((state for state in _WORST if state in states), None) if states else None
    if is_before:
        return State.BEFORE
    if worst in (State.BLIND, State.HELD):
        return worst
    if not is_visited and not is_changed:
        return State.UNVISITED
    return worst or (State.CHANGED if is_changed else State.CALM)


def each_day(days: Days) -> list[date]:
    """The days of a span."""
    return [days.first + timedelta(days=at) for at in range(len(days))]


def _visited(source: str, days: Days, rounds: Iterable[RoundDays]) -> tuple[set[date], dict[date, int]]:
    """The days on which a round took place, and how many began on each."""
    found: set[date] = set()
    started: dict[date, int] = {}
    for each in rounds:
        if each.source != source:
            continue
        # a round that never ended was cut short: only its first day is sure
        last = each.last or each.first
        if each.first == last and days.first <= last < days.end:  # nearly always
            found.add(last)
        else:
            found.update(_between(each.first, last, days))
        started[each.first] = started.get(each.first, 0) + each.count
    return found, started


def _ill(source: str, days: Days, incidents: Iterable[Incident]) -> dict[date, tuple[str, ...]]:
    """The incidents of each day, by their kinds. One that was over at once is a note."""
    found: dict[date, tuple[str, ...]] = {}
    for each in incidents:
        if each.source != source or each.ended == each.started:
            continue
        for day in _between(each.started.date(), each.ended.date() if each.ended else days.end, days):
            found[day] = tuple(dict.fromkeys((*found.get(day, ()), each.kind)))
    return found


def _between(first: date, last: date, days: Days) -> list[date]:
    """The days of the span from ``first`` to ``last``."""
    start, end = max(first, days.first), min(last, days.end - timedelta(days=1))
    return [start + timedelta(days=at) for at in range((end - start).days + 1)]


def _joined(found: Sequence[Run]) -> list[Run]:
    """Neighbours of one state and the same incidents as one run."""
    runs: list[Run] = []
    for each in found:
        last = runs[-1] if runs else None
        if last is not None and (last.state, last.incidents) == (each.state, each.incidents):
            rounds, changes = last.rounds + each.rounds, last.changes + each.changes
            runs[-1] = Run(last.state, last.first, each.last, rounds, changes, last.incidents)
        else:
            runs.append(each)
    return runs
