"""The filters of the log as the query part of an address: what inbox, feeds, exports, API and saved views share.

``source=kcna&class=name&least=0.5&since=24h&order=top``. A name may come several times where it stands for a set.
:func:`to_address` writes only what differs from a log without filters, in one order, so that equal filters have one address.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from monitor.errors import InputError, WrongFilter
from monitor.model import EditClass, Kind, LogQuery, ReviewState
from monitor.settings import Duration

Named = TypeVar("Named", bound=StrEnum)
NEWEST, TOP = "new", "top"
MOST = 1000  # changes that one page of a log can have
_LONGEST = 500  # characters of a filter
_MOST_FIELDS = 200
_NUMBER = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")  # as JSON has them, and what people write


def parse_instant(text: str, now: datetime) -> datetime:
    """``2026-01-31``, ``2026-01-31T12:00`` (UTC unless it names a zone), or a length of time before ``now``, ``24h``.

    The instant is in UTC. Raises ValueError.
    """
    try:
        return now - Duration.parse(text)
    except (ValueError, OverflowError):
        pass
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as wrong:
        said = f"{text!r} is no time; write 2026-01-31, 2026-01-31T12:00, or a length of time ago like 24h"
        raise ValueError(said) from wrong


def from_address(query: str | Iterable[tuple[str, str]], now: datetime, limit: int = 50) -> LogQuery:
    """The filters that the query part of an address names, ``limit`` changes of them unless it says otherwise.

    Empty values are left out, as a form sends them. Raises InputError, which names the filter: for one that there is not, and
    for a value that it cannot have.
    """
    if isinstance(query, str) and query.count("&") >= _MOST_FIELDS:
        raise InputError(f"an address with more than {_MOST_FIELDS} filters")
    pairs = parse_qsl(query) if isinstance(query, str) else list(query)
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        if value.strip():
            given.setdefault(name, []).append(value.strip())
    found: dict[str, Any] = {"limit": limit}
    for name, values in given.items():
        reader = _READERS.get(name)
        if reader is None:
            said = f"there is no filter {name[:40]!r}{_near(name, _READERS)}; the filters are {', '.join(_READERS)}"
            raise WrongFilter(name[:40], said)
        field, read = reader
        try:
            if any(len(value) > _LONGEST for value in values):
                raise ValueError(f"is longer than {_LONGEST} characters")
            found[field] = read(values, now)
        except ValueError as wrong:
            raise WrongFilter(name, f"the filter {name}: {wrong}") from wrong
    return LogQuery(**found)


def to_address(query: LogQuery, since: str = "", until: str = "") -> str:
    """The query part of an address that stands for these filters; ``since`` and ``until`` as they were given, like ``24h``."""
    plain = LogQuery()
    pairs: list[tuple[str, str]] = []
    for name, values in (("source", query.sources), ("kind", query.kinds), ("class", query.classes), ("state", query.states)):
        pairs += [(name, str(value)) for value in sorted(values)]
    pairs += [("since", since or _iso(query.since)), ("until", until or _iso(query.until))]
    pairs += [("least", _decimal(query.least) if query.least else "")]
    pairs += [("text", query.text or ""), ("changed", query.changed or "")]
    pairs += [("assigned", query.assigned or ""), ("watch", query.watch or "")]
    pairs += [("story", str(query.story or "")), ("above", str(query.above or ""))]
    pairs += [(name, "yes") for name, is_on in (("baseline", query.baseline), ("hidden", query.hidden)) if is_on]
    pairs += [("order", TOP)] if query.is_ranked != plain.is_ranked else []
    pairs += [("after", f"{_decimal(query.start[0])},{query.start[1]}")] if query.start else []
    return urlencode([(name, value) for name, value in pairs if value])


def _decimal(share: float) -> str:
    """A number from 0 to 1 without an exponent, so that it reads back as the same."""
    return f"{Decimal(repr(share)):f}"


def _iso(at: datetime | None) -> str:
    return at.isoformat().replace("+00:00", "Z") if at else ""


# Values


def _near(value: str, known: Iterable[str]) -> str:
    """A question whether what is nearly the same was meant; empty where nothing is."""
    found = get_close_matches(value[:40].casefold(), list(known), n=1)
    return f" (do you mean {found[0]!r}?)" if found else ""


def _names(kind: type[Named]) -> Callable[[Sequence[str], datetime], frozenset[Named]]:
    def read(values: Sequence[str], _now: datetime) -> frozenset[Named]:
        unknown = [value for value in values if value not in {each.value for each in kind}]
        if unknown:
            known = [each.value for each in kind]
            raise ValueError(f"there is no {unknown[0][:40]!r}{_near(unknown[0], known)}; there are {', '.join(known)}")
        return frozenset(kind(value) for value in values)

    return read


def _last(read: Callable[[str, datetime], object]) -> Callable[[Sequence[str], datetime], object]:
    return lambda values, now: read(values[-1], now)


def _text(value: str, _now: datetime) -> str:
    return value


def _is_on(value: str, _now: datetime) -> bool:
    if value.lower() in ("yes", "true", "1", "on"):
        return True
    if value.lower() in ("no", "false", "0", "off"):
        return False
    raise ValueError(f"{value[:40]!r} is neither yes nor no")


def _share(value: str, _now: datetime) -> float:
    found = float(value) if _NUMBER.fullmatch(value) else math.nan
    if not 0 <= found <= 1:
        raise ValueError(f"{value[:40]!r} is no number from 0 to 1")
    return found


def _number(value: str, _now: datetime) -> int:
    if not (value.isdecimal() and value.isascii() and len(value) < 18):
        raise ValueError(f"{value[:40]!r} is no number")
    return int(value)


def _limit(value: str, now: datetime) -> int:
    found = _number(value, now)
    if not 1 <= found <= MOST:
        raise ValueError(f"should be from 1 to {MOST}; it is {found}")
    return found


def _order(value: str, _now: datetime) -> bool:
    if value not in (NEWEST, TOP):
        raise ValueError(f"there is no {value[:40]!r}; there are {NEWEST} and {TOP}")
    return value == TOP


def _start(value: str, now: datetime) -> tuple[float, int]:
    score, _, number = value.partition(",")
    return _share(score, now), _number(number, now)


_READERS: Mapping[str, tuple[str, Callable[[Sequence[str], datetime], object]]] = {
    "source": ("sources", lambda values, _now: frozenset(values)),
    "kind": ("kinds", _names(Kind)),
    "class": ("classes", _names(EditClass)),
    "state": ("states", _names(ReviewState)),
    "least": ("least", _last(_share)),
    "since": ("since", _last(parse_instant)),
    "until": ("until", _last(parse_instant)),
    "text": ("text", _last(_text)),
    "changed": ("changed", _last(_text)),
    "watch": ("watch", _last(_text)),
    "assigned": ("assigned", _last(_text)),
    "story": ("story", _last(_number)),
    "above": ("above", _last(_number)),
    "baseline": ("baseline", _last(_is_on)),
    "hidden": ("hidden", _last(_is_on)),
    "order": ("is_ranked", _last(_order)),
    "after": ("start", _last(_start)),
    "limit": ("limit", _last(_limit)),
}
FILTERS = tuple(_READERS)
