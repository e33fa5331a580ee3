"""Days as the text format writes them: with English months, whatever the locale."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_LONG_DATE = re.compile(r"([A-Z][a-z]+) (\d\d), (\d{4})", re.ASCII)


def long_date(day: date) -> str:
    """``November 19, 2025``, whatever the locale."""
    return f"{_MONTHS[day.month - 1]} {day.day:02}, {day.year:04}"


def short_date(day: date) -> str:
    """``Nov 19, 2025``."""
    return f"{_MONTHS[day.month - 1][:3]} {day.day:02}, {day.year:04}"


def parse_long_date(text: str) -> date | None:
    """The day that ``November 19, 2025`` (English month, two-digit day) names; None for any other text."""
    found = _LONG_DATE.fullmatch(text)
    if found is None or found[1] not in _MONTHS:
        return None
    return day_of(int(found[3]), _MONTHS.index(found[1]) + 1, int(found[2]))


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
