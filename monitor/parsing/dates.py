"""Days and instants as pages write them, in exact patterns: what a format does not say is never guessed.

A format is the name of a way (``iso``, ``juche`` ...) or a pattern of strptime's directives, with months in English whatever
the machine's locale, or in the language that stands before it (``ru: %d %B %Y``). A format must fit the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from monitor.parsing.calendars import NAMED_READERS
from monitor.parsing.months import WEEKDAYS, full, short
from monitor.settings.formats import divided, steps

_LONGEST = 200  # characters; what is longer is no date
_NUMBERS = {
    "Y": r"\d{4}", "y": r"\d\d", "m": r"1[0-2]|0[1-9]|[1-9]", "d": r"3[01]|[12]\d|0[1-9]|[1-9]| [1-9]", "j": r"\d{1,3}",
    "H": r"2[0-3]|[01]\d|\d", "I": r"1[0-2]|0[1-9]|[1-9]", "M": r"[0-5]\d|\d", "S": r"6[01]|[0-5]\d|\d", "f": r"\d{1,9}",
}  # fmt: skip
_OFFSET = r"Z|(?:GMT|UTC)|[+-]\d\d(?::?[0-5]\d(?::?[0-5]\d)?)?"
_CENTURY_TURN = 69  # POSIX: 69 to 99 are of the 20th century, 00 to 68 of the 21st
_HALVES = {
    "en": ("a.?m.?", "p.?m.?"), "ko": ("오전", "오후"), "zh": ("上午", "下午"), "ja": ("午前", "午後"),
    "es": ("a.? ?m.?", "p.? ?m.?"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """A day as it is written, the time of day where it is, and the distance from UTC where that is."""

    day: date
    at: time | None = None
    offset: timedelta | None = None

    def day_in(self, zone: ZoneInfo | None) -> date | None:
        """The day in ``zone``; without a zone, or without an offset, the day as written. None beyond the calendar."""
        if zone is None or self.at is None or self.offset is None:
            return self.day
        try:
            return datetime.combine(self.day, self.at, timezone(self.offset)).astimezone(zone).date()
        except (OverflowError, ValueError):
            return None


def read_day(text: str, formats: tuple[str, ...], time_zone: str | None = None) -> date | None:
    """The day that ``text`` names in the first of ``formats`` that fits all of it; never a guess.

    An instant with an offset is of the day that it is in ``time_zone`` (an IANA name); everything else, of the day as written.
    """
    moment = read_moment(text, formats)
    return None if moment is None else moment.day_in(ZoneInfo(time_zone) if time_zone else None)


def read_moment(text: str, formats: tuple[str, ...]) -> Moment | None:
    """What ``text`` says in the first of ``formats`` that fits all of it. An impossible day or time fits none."""
    if not text or len(text) > _LONGEST:
        return None
    for each in formats:
        moment = moment_of(_reader(each)(text))
        if moment is not None:
            return moment
    return None


Parts = dict[str, str]


def moment_of(parts: Parts | None) -> Moment | None:
    """A moment of its parts in numbers (``Y m d``, or ``Y j``, with ``H M S``); None where they are none of the calendar."""
    if parts is None:
        return None
    try:
        day, at, offset = _day(parts), _time(parts), _offset(parts.get("z"))
    except (ValueError, OverflowError):
        return None
    return Moment(day, at, offset)


def _day(parts: Parts) -> date:
    year = int(parts["Y"]) if "Y" in parts else _of_century(int(parts["y"]))
    if "j" in parts:
        day = date(year, 1, 1) + timedelta(days=int(parts["j"]) - 1)
        if day.year != year:
            raise ValueError("no such day of the year")
        return day
    return date(year, int(parts["m"]), int(parts["d"]))


def _of_century(year: int) -> int:
    return year + (1900 if year >= _CENTURY_TURN else 2000)


def _time(parts: Parts) -> time | None:
    if "H" not in parts and "I" not in parts:
        return None
    hour = int(parts.get("H") or parts["I"])
    half = parts.get("p")
    if "H" not in parts or half:
        if half and not 1 <= hour <= 12:
            raise ValueError("no hour of half a day")
        hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    # A leap second (60) is of the day of the second before it.
    return time(hour, int(parts.get("M") or 0), min(int(parts.get("S") or 0), 59))


def _offset(text: str | None) -> timedelta | None:
    if not text:
        return None
    digits = re.sub(r"\D", "", text)
    hours, minutes, seconds = (int(digits[at : at + 2] or 0) for at in (0, 2, 4))
    if hours > 23:
        raise ValueError("no offset from UTC")
    length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -length if text.startswith("-") else length


@lru_cache(maxsize=256)
def _reader(format_: str) -> Callable[[str], Parts | None]:
    """What reads the parts of a date that is written so. Formats are checked with the configuration."""
    return NAMED_READERS[format_] if format_ in NAMED_READERS else _Pattern(format_)


class _Pattern:
    """A pattern of directives as a regular expression. White space in it stands for any."""

    def __init__(self, pattern: str) -> None:
        self._language, rest = divided(pattern)
        self._names = {"B": full(self._language), "b": short(self._language)}
        plain = steps(" ".join(rest.split()))
        parts = (self._directive(each) if is_directive else _literal(each) for each, is_directive in plain)
        self._expression = re.compile("".join(parts), re.IGNORECASE)

    def __call__(self, text: str) -> Parts | None:
        found = self._expression.fullmatch(text)
        if found is None:
            return None
        parts = {name: value.strip() for name, value in found.groupdict().items() if value is not None}
        for name in ("B", "b"):
            if name in parts:
                parts["m"] = str(self._names[name][parts.pop(name).rstrip(".").lower()])
        if "e" in parts:
            parts["d"] = parts.pop("e")
        if "p" in parts:
            parts["p"] = "p" if re.fullmatch(self._halves()[1], parts["p"], re.IGNORECASE) else "a"
        return parts

    def _directive(self, letter: str) -> str:
        if letter == "%":
            return "%"
        if letter in "Bb":
            names = sorted(self._names[letter], key=len, reverse=True)
            return f"(?P<{letter}>(?:{'|'.join(map(re.escape, names))}){'[.]?' if letter == 'b' else ''})"
        if letter in "Aa":
            return self._weekday(letter)
        if letter == "p":
            return f"(?P<p>{'|'.join(self._halves())})"
        if letter in "zZ":
            return f"(?P<z>{_OFFSET})"
        return f"(?P<{letter}>{_NUMBERS['d' if letter == 'e' else letter]})"

    def _halves(self) -> tuple[str, str]:
        return _HALVES.get(self._language, _HALVES["en"])

    def _weekday(self, letter: str) -> str:
        """A weekday is read over: English ones by name, those of other languages as a word."""
        if self._language != "en":
            return r"[^\W\d_]+\.?"
        names = "|".join(day if letter == "A" else f"{day[:3]}[.]?" for day in WEEKDAYS)
        return f"(?:{names})"


def _literal(letter: str) -> str:
    return r"\s+" if letter == " " else re.escape(letter)


def day_reader(formats: tuple[str, ...], time_zone: str | None = None) -> Callable[[str], date | None]:
    """A function that reads a day in one of ``formats``, and gives None for anything else."""
    return lambda text: read_day(text, formats, time_zone)
