"""English dates and hours: days before and after their month, years, weekdays, hours, words that say when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from monitor.judging.edits import dates
from monitor.judging.edits.lexicon import english, first_of_line
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
        "around",
        "about",
        "circa",
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
_PARTS = frozenset({"early", "mid", "late"})
_HOURS = {"noon": 12, "midnight": 0}
_ORDINAL = frozenset({"st", "nd", "rd", "th"})
_SPAN = frozenset(["-", "–", "/"])
_TWO = re.compile(r"\d\d")
_RECENT = (1900, 2100)
_OF_A_YEAR = frozenset(["the", "its", "his", "her", "their", "our", "this", "fiscal", "season", "year"])
_FOUR = re.compile("1[0-9]{3}|2[01][0-9]{2}")
Here = Sequence[Token]


def date_at(tokens: Here, at: int, text: str) -> tuple[Token, int] | None:
    """The date that begins at a token, and how many tokens it takes."""
    token = tokens[at]
    if token.sort is Sort.NUMBER:
        return _day_first(tokens, at, text) or _hour(tokens, at, text) or _century(tokens, at, text) or _year(tokens, at, text)
    if token.day and token.day[0][0] == "h" and at + 1 < len(tokens) and tokens[at + 1].key in ("am", "pm"):
        hour, minute = (int(value) for _, value in token.day[:2])
        late = 12 if tokens[at + 1].key == "pm" and hour < 12 else 0
        return dated(tokens[at : at + 2], text, (("h", hour + late), ("min", minute))), 2
    if token.sort is not Sort.WORD:
        return None
    if _is_month(token):
        return _month(tokens, at, text)
    return _day_alone(token, text) or _with_period(tokens, at, text)


def _day_alone(token: Token, text: str) -> tuple[Token, int] | None:
    """A weekday, an hour or a day in one word."""
    lists = english().words
    if token.key in lists["weekdays"] and token.text[0].isupper() and (len(token.key) > 5 or token.key in ("tues", "thurs")):
        return dated([token], text, (("w", token.key[:3]),)), 1
    if token.key in lists["foreign-weekdays"]:
        return dated([token], text, (("w", first_of_line("english", "foreign-weekdays")[token.key][:3]),)), 1
    if token.key in _HOURS:
        return dated([token], text, (("h", _HOURS[token.key]), ("min", 0))), 1
    if token.key in lists["days"]:
        return dated([token], text, (("rel", token.key),)), 1
    return None


def _with_period(tokens: Here, at: int, text: str) -> tuple[Token, int] | None:
    """``early May``, ``last week``."""
    token = tokens[at]
    month = _month(tokens, at + 1, text) if token.key in _PARTS and at + 1 < len(tokens) and _is_month(tokens[at + 1]) else None
    if month is not None:
        size = month[1] + 1
        return dated(tokens[at : at + size], text, (*month[0].day, ("part", token.key))), size
    if token.key in _WHICH and at + 1 < len(tokens) and tokens[at + 1].key in _PERIODS:
        return dated(tokens[at : at + 2], text, (("rel", f"{token.key} {tokens[at + 1].key}"),)), 2
    return None


def _is_month(token: Token) -> bool:
    return token.key in english().words["months"] and token.text[0].isupper()


def dated(parts: Here, text: str, day: dates.Day) -> Token:
    """Tokens as one date."""
    return replace(joined(parts, text, Sort.DATE, dates.key(day)), day=day)


def _month(tokens: Here, at: int, text: str) -> tuple[Token, int] | None:
    """A month with its day and year, or alone where a word before it says that it is one."""
    month = ("m", _MONTHS[tokens[at].key[:3]])
    day, size = _day_of(tokens, at + 1)
    year, more = _year_of(tokens, at + 1 + size, is_short=not size and len(tokens[at].key) < 5)
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


def _century(tokens: Here, at: int, text: str) -> tuple[Token, int] | None:
    """``the 18th century``, ``the 1990s``."""
    value, following = tokens[at].value, tokens[at + 1 : at + 3]
    if value is None or not following:
        return None
    if following[0].key in _ORDINAL and following[1:] and following[1].key in ("century", "centuries"):
        return dated(tokens[at : at + 3], text, (("century", int(value)),)), 3
    if following[0].key == "s" and following[0].lead == "" and tokens[at].lead[-1:] in ("'", "’") and 9 < value < 100:
        return dated(tokens[at : at + 2], text, (("decade", 1900 + int(value)),)), 2
    if following[0].key == "s" and following[0].lead in ("", "'", "’") and _FOUR.fullmatch(tokens[at].text):
        return dated(tokens[at : at + 2], text, (("decade", int(value)),)), 2
    return None


def _year_of(tokens: Here, at: int, *, is_short: bool = False) -> tuple[int | None, int]:
    """A year at this place, and how many tokens it takes; after a month cut ``is_short`` a full stop may stand before it."""
    if (
        at < len(tokens)
        and tokens[at].sort is Sort.NUMBER
        and tokens[at].lead.strip(" ,." if is_short else " ,") == ""
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
    year, more = _year_of(tokens, month_at + 1, is_short=len(tokens[month_at].key) < 5)
    parts = (*((("y", year),) if year else ()), ("m", _MONTHS[tokens[month_at].key[:3]]), ("d", day))
    return dated(tokens[at : month_at + 1 + more], text, parts), size + 1 + more


def _hour(tokens: Here, at: int, text: str) -> tuple[Token, int] | None:
    following = [token.key for token in tokens[at + 1 : at + 4]]
    value = tokens[at].value
    if value is None or not 0 <= value <= 24:
        return None
    if _is_alone_after_at(tokens, at):
        return dated([tokens[at]], text, (("h", int(value)), ("min", 0))), 1
    if following[:1] == ["o'clock"] or following[:1] in (["am"], ["pm"]):
        hour = int(value) % 12 + 12 if following[0] == "pm" else int(value)
        minute = round(value % 1 * 100)  # 7.30 p.m.
        return dated(tokens[at : at + 2], text, (("h", hour), ("min", minute))), 2
    return None


def _is_alone_after_at(tokens: Here, at: int) -> bool:
    """``It starts at 9.``, ``at 10 on Friday``."""
    value, following = tokens[at].value, tokens[at + 1] if at + 1 < len(tokens) else None
    if not at or tokens[at - 1].key != "at" or tokens[at].lead != " " or value not in range(1, 13):
        return False
    return following is None or following.lead[:1] in (",", ".", ";") or following.key in ("on", "this", "tomorrow", "every")


def _year(tokens: Here, at: int, text: str) -> tuple[Token, int] | None:
    span = _second_year(tokens, at, text)
    if span is not None:
        return span, 1
    year = int(tokens[at].text) if _FOUR.fullmatch(tokens[at].text) else None
    before, after = tokens[at - 1] if at else None, tokens[at + 1] if at + 1 < len(tokens) else None
    if year is None or year < 1400 or tokens[at].lead.endswith("#"):
        return None
    if after is not None and (after.sort is Sort.UNIT or after.key in english().words["units"]):
        return None
    is_span = tokens[at].lead in ("-", "–") and before is not None and _FOUR.fullmatch(before.text) is not None
    is_one = is_span or (before is not None and before.key in _YEAR_BEFORE and not tokens[at].lead.strip(" ,"))
    is_one = is_one or _is_of_a_year(tokens, at, year)
    is_one = is_one or "(" in tokens[at].lead or (before is not None and before.key.startswith("juche"))
    return (dated([tokens[at]], text, (("y", year),)), 1) if is_one else None


def _is_of_a_year(tokens: Here, at: int, year: int) -> bool:
    """``The 2024 budget``, ``Paris 2024``, ``2022/23``: a figure without separators before what is somebody's or something's."""
    before, after = tokens[at - 1] if at else None, tokens[at + 1] if at + 1 < len(tokens) else None
    if after is not None and after.lead in _SPAN and _TWO.fullmatch(after.text) and after.sort is Sort.NUMBER:
        return True
    if before is None or tokens[at].lead != " " or not _RECENT[0] <= year < _RECENT[1] or year % 100 == 0:
        return False
    is_name = before.text[0].isupper() and before.sort is Sort.WORD and before.key not in english().words["function"]
    return before.key in _OF_A_YEAR or (is_name and not before.text.isupper())


def _second_year(tokens: Here, at: int, text: str) -> Token | None:
    """The second year of ``1870-71``."""
    before = tokens[at - 1] if at else None
    if before is None or tokens[at].lead not in _SPAN or not _TWO.fullmatch(tokens[at].text):
        return None
    if _FOUR.fullmatch(before.text) is None or int(before.text) < _RECENT[0] - 500:
        return None
    return dated([tokens[at]], text, (("y", int(before.text[:2] + tokens[at].text)),))
