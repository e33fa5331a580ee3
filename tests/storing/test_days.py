"""Days as the store counts them: in UTC, the end not in the span."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.model.statistics import Days
from monitor.storing.days import DAY, day_of, ends, mondays, number_of, of_sources

SOME_DAYS = st.dates(date(1970, 1, 1), date(2200, 1, 1))


@given(SOME_DAYS)
def test_a_day_has_its_number(day: date) -> None:
    first, end = ends(Days(day, day + timedelta(days=1)))
    assert end - first == DAY
    assert day_of(first // DAY) == day
    assert number_of(day.year * 10000 + day.month * 100 + day.day) == first // DAY


@given(SOME_DAYS, st.integers(1, 400))
def test_weeks_hold_all_days_of_a_span_and_begin_on_mondays(first: date, length: int) -> None:
    days = Days(first, first + timedelta(days=length))
    weeks = mondays(days)
    assert len(days) == length
    assert {week.weekday() for week in weeks} == {0}
    assert weeks[0] <= first < weeks[0] + timedelta(days=7)
    assert weeks[-1] < days.end <= weeks[-1] + timedelta(days=7)


def test_without_sources_nothing_is_asked_of_them() -> None:
    assert of_sources([]) == ("", ())
    assert of_sources(["a", "b"])[1] == ("a", "b")
