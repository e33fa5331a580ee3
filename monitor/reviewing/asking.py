"""What addresses ask for beside the filters of the log: a search, a span of days, a list of pages. Pages and API share it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from monitor.errors import UnknownName, WrongFilter
from monitor.filters import parse_instant
from monitor.jobs.asked import none_such
from monitor.model import SearchQuery, Seen
from monitor.model.statistics import Days
from monitor.telling.harmless import harmless

Given = Mapping[str, list[str]]
SEARCH = ("q", "source", "since", "until", "stands", "order", "after", "limit")
SPAN = ("since", "until", "source", "term")
PAGES = ("source", "stand", "after", "limit")
STANDS = (*(seen.value for seen in Seen), "not yet visited", "paused", "forgotten")
USUAL = "90d"
_LONGEST_DAYS = 20 * 366
LONGEST_QUERY = 20_000  # characters of the query part of an address, which stands in its page again
_LONGEST = 500  # characters
_MOST = 200  # hits or pages at once
_DIGITS = 18


def given(args: Iterable[tuple[str, str]], known: tuple[str, ...]) -> Given:
    """The values of an address by their names; empty ones are left out, as a form sends them. Raises WrongFilter."""
    found: dict[str, list[str]] = {}
    for name, value in args:
        if name not in known:
            there = ", ".join(known) or "none"
            raise WrongFilter(name[:40], f"there is no parameter {harmless(name[:40])!r} here; there are {there}")
        if len(value) > _LONGEST:
            raise WrongFilter(name, f"the parameter {name} is longer than {_LONGEST} characters")
        if value.strip():
            found.setdefault(name, []).append(value.strip())
    return found


def search_of(asked: Given, now: datetime, limit: int) -> SearchQuery:
    """The search that was asked for. Raises WrongFilter, which names the field."""
    start = _one(asked, "after")
    return SearchQuery(
        words=_one(asked, "q"),
        sources=frozenset(asked.get("source", ())),
        since=_instant(asked, "since", now),
        until=_instant(asked, "until", now),
        past=choice(asked, "stands", ("ever", "now")) == "ever",
        is_ranked=choice(asked, "order", ("new", "best")) == "best",
        limit=number(asked, "limit", 1, _MOST, limit),
        start=_pair(start) if start else None,
    )


def days_of(asked: Given, now: datetime) -> Days:
    """The days that were asked for, or the usual ones: ``since`` and ``until``, as the log's filters have them, both days in it.

    Nothing in the future, and of more than twenty years the last twenty. Raises WrongFilter; UnknownName where there are no
    days between the two.
    """
    until = min(_instant(asked, "until", now) or now, now)
    since = _instant(asked, "since", now) or _before(until)
    first, end = since.date(), until.date() + timedelta(days=1)
    if first >= end:
        raise UnknownName("since", "the parameter since is later than until; there are no days between them")
    return Days(max(first, end - timedelta(days=min(_LONGEST_DAYS, (end - first).days))), end)


def _before(until: datetime) -> datetime:
    """Where the usual span begins that ends then; the first day there is where that would be earlier."""
    try:
        return parse_instant(USUAL, until)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


def number(asked: Given, name: str, least: int, most: int, usual: int) -> int:
    """A number from ``least`` to ``most``. Raises WrongFilter."""
    value = _one(asked, name)
    if not value:
        return usual
    if not (value.isascii() and value.isdecimal() and len(value) < _DIGITS and least <= int(value) <= most):
        raise WrongFilter(name, f"the parameter {name} should be a number from {least} to {most}; it is {harmless(value[:40])!r}")
    return int(value)


def choice(asked: Given, name: str, known: tuple[str, ...]) -> str:
    """One of some words, the first where none was asked for. Raises WrongFilter."""
    value = _one(asked, name) or known[0]
    if value not in known:
        raise WrongFilter(name, f"the parameter {name} is one of {', '.join(known)}; it is {harmless(value[:40])!r}")
    return value


def stand_of(asked: Given) -> str | None:
    """How the pages that were asked for stand. Raises WrongFilter."""
    value = _one(asked, "stand")
    return choice(asked, "stand", STANDS) if value else None


def one_source(asked: Given) -> str | None:
    """The one source that was asked for."""
    return _one(asked, "source") or None


def check_sources(wanted: Iterable[str], known: Iterable[str]) -> None:
    """Raises UnknownName for a source that there is not."""
    names = [*known]
    for name in sorted({*wanted} - {*names}):
        raise UnknownName("source", none_such("source", harmless(name), names))


def address(asked: Given, **altered: str) -> str:
    """The query part of the address that asks for the same, some of it altered; what is empty is left out."""
    kept = [(name, value) for name, values in asked.items() if name not in altered for value in values]
    return urlencode([*kept, *((name, value) for name, value in altered.items() if value)])


def _one(asked: Given, name: str) -> str:
    return asked.get(name, [""])[-1]


def _instant(asked: Given, name: str, now: datetime) -> datetime | None:
    value = _one(asked, name)
    try:
        return parse_instant(value, now) if value else None
    except ValueError as wrong:
        raise WrongFilter(name, f"the parameter {name}: {wrong}") from wrong


def _pair(value: str) -> tuple[int, int]:
    parts = value.split(",")
    if len(parts) != 2 or not all(part.isascii() and part.isdecimal() and 0 < len(part) < _DIGITS for part in parts):
        raise WrongFilter("after", "the parameter after is what the link to the next page has; begin with the first one again")
    return int(parts[0]), int(parts[1])
