"""A source's life by days: a gap is never read as calm."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Incident
from monitor.model.statistics import DayCount, Days, Known, RoundDays
from monitor.telling.life import MEANS, State, each_day, life

FIRST = date(2026, 1, 1)
DAYS = Days(FIRST, date(2026, 1, 11))
KNOWN = [Known("a", datetime(2026, 1, 1, 6, tzinfo=UTC))]


def day(number: int) -> date:
    return FIRST + timedelta(days=number - 1)


def rounds(*numbers: int) -> list[RoundDays]:
    return [RoundDays("a", day(number), day(number), 4) for number in numbers]


def incident(kind: str, first: int, last: int | None) -> Incident:
    ends = datetime.combine(day(last), datetime.min.time(), UTC) + timedelta(hours=5) if last else None
    return Incident("a", kind, "why", datetime.combine(day(first), datetime.min.time(), UTC) + timedelta(hours=3), ends)


def changed(*numbers: int) -> list[DayCount]:
    return [DayCount(day(number), 2, source="a") for number in numbers]


def states(*runs: object) -> list[tuple[State, int, int]]:
    return [(run.state, run.first.day, run.last.day) for run in runs]  # type: ignore[attr-defined]


def test_days_without_a_round_are_not_calm() -> None:
    found = life("a", DAYS, rounds(1, 2, 3, 7, 8, 9, 10), [], [], KNOWN)
    assert states(*found) == [(State.CALM, 1, 3), (State.UNVISITED, 4, 6), (State.CALM, 7, 10)]
    assert [run.rounds for run in found] == [12, 0, 16]


def test_a_day_on_which_no_page_could_be_read_is_blind_though_rounds_took_place() -> None:
    found = life("a", DAYS, rounds(*range(1, 11)), [incident("blind", 3, 5)], changed(2, 4), KNOWN)
    assert states(*found) == [
        (State.CALM, 1, 1), (State.CHANGED, 2, 2), (State.BLIND, 3, 5), (State.CALM, 6, 10),
    ]  # fmt: skip
    assert found[2].incidents == ("blind",)
    assert found[2].changes == 2


def test_the_worst_of_several_incidents_is_shown_and_all_are_named() -> None:
    found = life("a", DAYS, rounds(*range(1, 11)), [incident("listing", 2, None), incident("layout", 4, 5)], [], KNOWN)
    assert states(*found) == [(State.CALM, 1, 1), (State.PART, 2, 3), (State.HELD, 4, 5), (State.PART, 6, 10)]
    assert found[2].incidents == ("listing", "layout")


def test_what_hides_nothing_alters_no_state_and_what_was_over_at_once_is_a_note() -> None:
    at = datetime(2026, 1, 4, tzinfo=UTC)
    found = life("a", DAYS, rounds(*range(1, 11)), [Incident("a", "blind", "", at, at), incident("clock", 6, 6)], [], KNOWN)
    assert {run.state for run in found} == {State.CALM}


def test_before_a_source_is_known_it_is_not_watched_and_a_long_round_is_a_visit_on_all_its_days() -> None:
    known = [Known("a", datetime(2026, 1, 4, tzinfo=UTC))]
    found = life("a", DAYS, [RoundDays("a", day(4), day(7), 1)], [], [], known)
    assert states(*found) == [(State.BEFORE, 1, 3), (State.CALM, 4, 7), (State.UNVISITED, 8, 10)]


def test_a_round_that_never_ended_counts_for_the_day_it_began() -> None:
    found = life("a", DAYS, [RoundDays("a", day(2), None, 1)], [], [], KNOWN)
    assert states(*found) == [(State.UNVISITED, 1, 1), (State.CALM, 2, 2), (State.UNVISITED, 3, 10)]


def test_what_concerns_other_sources_is_left_out() -> None:
    other = [RoundDays("b", day(1), day(10), 9)]
    assert states(*life("a", DAYS, other, [Incident("b", "blind", "", datetime(2026, 1, 1, tzinfo=UTC))], [], KNOWN)) == [
        (State.UNVISITED, 1, 10)
    ]


@given(
    visited=st.sets(st.integers(1, 10)),
    ill=st.lists(st.tuples(st.sampled_from(["blind", "layout", "listing", "what"]), st.integers(1, 10), st.integers(1, 10))),
    edits=st.sets(st.integers(1, 10)),
)
def test_every_day_is_in_one_run_and_none_is_calm_without_a_round(
    visited: set[int], ill: list[tuple[str, int, int]], edits: set[int]
) -> None:
    incidents = [incident(kind, min(a, b), max(a, b)) for kind, a, b in ill]
    found = life("a", DAYS, rounds(*sorted(visited)), incidents, changed(*sorted(edits)), KNOWN)
    told = [each for run in found for each in each_day(Days(run.first, run.last + timedelta(days=1)))]
    assert told == each_day(DAYS)
    runs = [Days(run.first, run.last + timedelta(days=1)) for run in found if run.state is State.CALM]
    calm = {each.day for run in runs for each in each_day(run)}
    assert calm <= visited - edits
    assert calm.isdisjoint(number for _, a, b in ill for number in range(min(a, b), max(a, b) + 1))


def test_every_state_is_explained() -> None:
    assert set(MEANS) == set(State)
