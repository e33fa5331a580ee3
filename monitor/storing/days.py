"""Days as the counts of the store have them: spans in milliseconds, and numbers of days since 1970."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from monitor.model.statistics import Days
from monitor.storing.values import from_instant

DAY = 86_400_000  # milliseconds
_EPOCH = date(1970, 1, 1)


def ends(days: Days) -> tuple[int, int]:
    """The first millisecond of a span of days, and the one after its last."""
    return _midnight(days.first), _midnight(days.end)


def _midnight(day: date) -> int:
    return from_instant(datetime.combine(day, time(), UTC))


@cache
def day_of(number: int) -> date:
    """The day that lies so many after 1 January 1970."""
    return _EPOCH + timedelta(days=number)


def number_of(published: int) -> int:
    """A day as it is kept of an article, like 20251119, as a number of days since 1970."""
    return number_at(date(published // 10000, published // 100 % 100, published % 100))


def number_at(day: date) -> int:
    """How many days after 1 January 1970 a day lies."""
    return (day - _EPOCH).days


def mondays(days: Days) -> list[date]:
    """The Mondays of the weeks that a span of days touches."""
    monday = days.first - timedelta(days=days.first.weekday())
    return [monday + timedelta(days=at) for at in range(0, (days.end - monday).days, 7)]


def of_sources(sources: Sequence[str], column: str = "source_id") -> tuple[str, tuple[str, ...]]:
    """The condition, and its values, that a row is of one of these sources; of any where there are none."""
    marks = ", ".join("?" * len(sources))
    return (f" AND {column} IN (SELECT id FROM source WHERE name IN ({marks}))" if sources else ""), tuple(sources)
