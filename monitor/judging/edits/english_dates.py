"""English dates and hours: days before and after their month, years, weekdays, hours, words that say when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from monitor.judging.edits import dates
from monitor.judging.edits.lexicon import english
from monitor.judging.edits.tokens import Sort, Token, joined

_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_AMBIGUOUS = frozenset({"may", "march", "april", "june", "august", "mar", "jan", "apr", "jun", "dec"})  # names and verbs, too
_YEAR_BEFORE = frozenset(
    [
        "in",
        "since",
        "until",
        "till",
        "from",
        "by",
        "of",
        "during",
        "before",
        "after",
        "to",
        "between",
        "early",
        "late",
        "mid",
        "year",
        "and",
        "through",
        "summer",
        "winter",
        "spring",
        "autumn",
        "fall",
        "november",
    ]
)
_PERIODS = frozenset(
    [
        "week",
        "month",
        "year",
        "weekend",
        "quarter",
        "night",
        "spring",
        "summer",
        "autumn",
        "winter",
        "fall",
        "season",
        "decade",
        "century",
    ]
)
_WHICH = frozenset({"last", "next", "this", "previous", "coming", "past"})
_ORDINAL = frozenset({"st", "nd", "rd", "th"})
_FOUR = re.compile("1[0-9]{3}|2[01][0-9]{2}")
Here = Sequence[Token]


def date_at(tokens: Here, at: int, text: str) -> tuple[Token, int] | None:
    """The date that begins at a token, and how many tokens it takes."""
    token = tokens[at]
    if token.sort is Sort.NUMBER:
        return _day_first(tokens, at, text) or _hour(tokens, at, text) or _year(tokens, at, text)
    if token.day and token.day[0][0] == "h" and at + 1 < len(tokens) and tokens[at + 1].key in ("am", "pm"):
        hour, minute = (int(value) for _, value in token.day[:2])
        late = 12 if tokens[at + 1].key == "pm" and hour < 12 else 0
        return dated(tokens[at : at + 2], text, (("h", hour + late), ("min", minute))), 2
    if token.sort is not Sort.WORD:
        return None
    lists = english().words
    if token.key in lists["months"] and token.text[0].isupper():
        return _month(tokens, at, text)
    if token.key in lists["weekdays"] and token.text[0].isupper() and (len(token.key) > 5 or token.key in ("tues", "thurs")):
        return dated([token], text, (("w", token.key[:3]),)), 1
    if token.key in lists["days"]:
        return dated([token], text, (("rel", token.key),)), 1
    if token.key in _WHICH and at + 1 < len(tokens) and tokens[at + 1].key in _PERIODS:
        return dated(tokens[at : at + 2], text, (("rel", f"{token.key} {tokens[at + 1].key}"),)), 2
    return None


def dated(parts: Here, text: str, day: dates.Day) -> Token:
    """Tokens as one date."""
    return replace(joined(parts, text, Sort.DATE, dates.key(day)), day=day)


def _month(tokens: Here, at: int, text: str) -> tuple[Token, int] | None:
    """A month with its day and year, or alone where a word before it says that it is one."""
    month = ("m", _MONTHS[tokens[at].key[:3]])
    day, size = _day_of(tokens, at + 1)
    year, more = _year_of(tokens, at + 1 + size)
    parts: dates.Day = (*((("y", year),) if year else ()), month, *((("d", day),) if day else ()))
    if len(parts) == 1:
        before = tokens[at - 1].key if at else ""
        is_one = before in english().words["before-a-month"] or (tokens[at].key not in _AMBIGUOUS and len(tokens[at].key) > 2)
        if not is_one or (tokens[at].key in _AMBIGUOUS and is_capital_next(tokens, at)):
            return None
    return dated(tokens[at : at + 1 + size + more], text, parts), 1 + size + more


def is_capital_next(tokens: Here, at: int) -> bool:
    """Whether a word with a capital follows."""
    return at + 1 < len(tokens) and tokens[at + 1].text[:1].isupper() and tokens[at + 1].lead == " "


def _day_of(tokens: Here, at: int) -> tuple[int | None, int]:
    """A day of the month at this place, and how many tokens it takes."""
    if at < len(tokens) and tokens[at].sort is Sort.NUMBER and tokens[at].lead.strip(" .") == "" and len(tokens[at].text) <= 2:
        value = tokens[at].value
        if value is not None and value.is_integer() and 1 <= value <= 31:
            ordinal = at + 1 < len(tokens) and tokens[at + 1].key in _ORDINAL and tokens[at + 1].lead == ""
            return int(value), 2 if ordinal else 1
    return None, 0


def _year_of(tokens: Here, at: int) -> tuple[int | None, int]:
    if (
        at < len(tokens)
        and tokens[at].sort is Sort.NUMBER
        and tokens[at].lead.strip(" ,") == ""
        and _FOUR.fullmatch(tokens[at].text)
    ):
        return int(tokens[at].text), 1
    if (
        at < len(tokens) and [part for part, _ in tokens[at].day] == ["y"] and tokens[at].lead.strip(" ,") == ""
    ):  # Juche 110 (2021)
        year = int(tokens[at].day[0][1])
        again = at + 1 < len(tokens) and tokens[at + 1].text == str(year) and tokens[at + 1].lead.strip(" ") == "("
        return year, 2 if again else 1
    return None, 0


def _day_first(tokens: Here, at: int, text: str) -> tuple[Token, int] | None:
    """``8 April 2021``, ``8th of April``."""
    day, size = _day_of(tokens, at)
    if day is None:
        return None
    if at + size < len(tokens) and tokens[at + size].key == "of":
        size += 1
    month_at = at + size
    if month_at >= len(tokens) or tokens[month_at].key not in english().words["months"] or not tokens[month_at].text[0].isupper():
        return None
    following, _ = _day_of(tokens, month_at + 1)
    if following is not None or (tokens[month_at].key in _AMBIGUOUS and is_capital_next(tokens, month_at)):
        return None
    year, more = _year_of(tokens, month_at + 1)
    parts = (*((("y", year),) if year else ()), ("m", _MONTHS[tokens[month_at].key[:3]]), ("d", day))
    return dated(tokens[at : month_at + 1 + more], text, parts), size + 1 + more


def _hour(tokens: Here, at: int, text: str) -> tuple[Token, int] | None:
    following = [token.key for token in tokens[at + 1 : at + 4]]
    value = tokens[at].value
    if value is None or not 0 <= value <= 24:
        return None
    if following[:1] == ["o'clock"] or following[:1] in (["am"], ["pm"]):
        hour = int(value) % 12 + 12 if following[0] == "pm" else int(value)
        minute = round(value % 1 * 100)  # 7.30 p.m.
        return dated(tokens[at : at + 2], text, (("h", hour), ("min", minute))), 2
    return None


def _year(tokens: Here, at: int, text: str) -> tuple[Token, int] | None:
    year, _ = _year_of(tokens, at)
    before, after = tokens[at - 1] if at else None, tokens[at + 1] if at + 1 < len(tokens) else None
    if year is None or year < 1400 or tokens[at].lead.endswith("#"):
        return None
    if after is not None and (after.sort is Sort.UNIT or after.key in english().words["units"]):
        return None
    is_one = before is not None and (before.key in _YEAR_BEFORE or (before.sort is Sort.DATE and "-" in tokens[at].lead))
    is_one = is_one or "(" in tokens[at].lead or (before is not None and before.key.startswith("juche"))
    return (dated([tokens[at]], text, (("y", year),)), 1) if is_one else None
