"""English, and whatever else has capital letters: which words are dates, numbers, names, offices, denials, verbs of saying."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from monitor.judging.edits import dates, numbers
from monitor.judging.edits.lexicon import english, first_of_line, is_known, values
from monitor.judging.edits.tokens import Sort, Token, as_sort, joined

_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_AMBIGUOUS = frozenset({"may", "march", "april", "june", "august", "mar", "jan", "apr", "jun", "dec"})  # names and verbs, too
_YEAR_BEFORE = frozenset(
    "in since until till from by of during before after to between early late mid year and through summer winter spring autumn "
    "fall november".split()
)
_PERIODS = frozenset("week month year weekend quarter night spring summer autumn winter fall season decade century".split())
_WHICH = frozenset({"last", "next", "this", "previous", "coming", "past"})
_TIMES_OF_DAY = frozenset({"morning", "afternoon", "evening", "night"})
_ORDINAL = frozenset({"st", "nd", "rd", "th"})
_ALSO_NAMES = frozenset({"may", "will"})
_BODY_NOUNS = frozenset("staff assembly office secretariat bureau court committee council department court counsel".split())
_LINKS = frozenset(["", " ", "-", "‐", "‑"])
_SENTENCE_START = re.compile(r"[.!?:…\n\"“”‘'«»《》—–(\[]|--")
Here = Sequence[Token]


def read(raw: list[Token], text: str, known: frozenset[str], is_headline: bool) -> list[Token]:
    """The tokens with their kinds; those that are one fact joined."""
    found = _merged(raw, text, _date_at)
    found = _merged(_merged(found, text, _number_at), text, _unit_at)
    found = [_office(token) if token.sort is not Sort.UNIT else _sign(token, found, at) for at, token in enumerate(found)]
    found = _named(found, text, known, is_headline)
    return [_plain(token, found, at) for at, token in enumerate(found)]


def _merged(tokens: list[Token], text: str, take: Callable[[Here, int, str], tuple[Token, int] | None]) -> list[Token]:
    done: list[Token] = []
    at = 0
    while at < len(tokens):
        found = take(tokens, at, text)
        if found is None:
            done.append(tokens[at])
            at += 1
        else:
            done.append(found[0])
            at += found[1]
    return done


# Dates


def _date_at(tokens: Here, at: int, text: str) -> tuple[Token, int] | None:
    token = tokens[at]
    if token.sort is Sort.NUMBER:
        return _day_first(tokens, at, text) or _hour(tokens, at, text) or _year(tokens, at, text)
    if token.sort is not Sort.WORD:
        return None
    lists = english().words
    if token.key in lists["months"] and token.text[0].isupper():
        return _month(tokens, at, text)
    if token.key in lists["weekdays"] and token.text[0].isupper() and (len(token.key) > 5 or token.key in ("tues", "thurs")):
        return _dated([token], text, (("w", token.key[:3]),)), 1
    if token.key in lists["days"] and token.key not in _TIMES_OF_DAY:
        return _dated([token], text, (("rel", token.key),)), 1
    if token.key in _WHICH and at + 1 < len(tokens) and tokens[at + 1].key in _PERIODS:
        return _dated(tokens[at : at + 2], text, (("rel", f"{token.key} {tokens[at + 1].key}"),)), 2
    return None


def _dated(parts: Here, text: str, day: dates.Day) -> Token:
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
        if not is_one or (tokens[at].key in _AMBIGUOUS and _is_capital_next(tokens, at)):
            return None
    return _dated(tokens[at : at + 1 + size + more], text, parts), 1 + size + more


def _is_capital_next(tokens: Here, at: int) -> bool:
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
    if at < len(tokens) and tokens[at].sort is Sort.NUMBER and tokens[at].lead.strip(" ,") == "" and tokens[at].text.isdigit():
        if len(tokens[at].text) == 4 and 1000 <= int(tokens[at].text) <= 2199:
            return int(tokens[at].text), 1
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
    if following is not None or (tokens[month_at].key in _AMBIGUOUS and _is_capital_next(tokens, month_at)):
        return None
    year, more = _year_of(tokens, month_at + 1)
    parts = (*((("y", year),) if year else ()), ("m", _MONTHS[tokens[month_at].key[:3]]), ("d", day))
    return _dated(tokens[at : month_at + 1 + more], text, parts), size + 1 + more


def _hour(tokens: Here, at: int, text: str) -> tuple[Token, int] | None:
    following = [token.key for token in tokens[at + 1 : at + 4]]
    value = tokens[at].value
    if value is None or not 0 <= value <= 24:
        return None
    if following[:1] == ["o'clock"] or following[:1] in (["am"], ["pm"]):
        hour = int(value) % 12 + 12 if following[0] == "pm" else int(value)
        minute = round(value % 1 * 100)  # 7.30 p.m.
        return _dated(tokens[at : at + 2], text, (("h", hour), ("min", minute))), 2
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
    return (_dated([tokens[at]], text, (("y", year),)), 1) if is_one else None


# Numbers


def _number_at(tokens: Here, at: int, text: str) -> tuple[Token, int] | None:
    """Number words and orders of magnitude."""
    token = tokens[at]
    value = token.value if token.sort is Sort.NUMBER else None
    if token.sort is Sort.WORD:
        value = numbers.word(token.key)
        if value is not None and token.key == "second" and at and tokens[at - 1].key in ("a", "per"):
            value = None
    if value is None:
        return None
    size, value = _magnitudes(tokens, at, value)
    hour = _spoken_hour(tokens, at, size)
    if hour and value <= 24:
        return _dated(tokens[at : at + size], text, (("h", int(value)), ("min", 0))), size
    return replace(joined(tokens[at : at + size], text, Sort.NUMBER, numbers.key(value)), value=value), size


def _unit_at(tokens: Here, at: int, text: str) -> tuple[Token, int] | None:
    """What a number before this place counts in."""
    token = tokens[at]
    if token.sort is not Sort.WORD or not at or tokens[at - 1].sort is not Sort.NUMBER or token.lead.strip() not in ("", "-"):
        return None
    if token.key == "per" and at + 1 < len(tokens) and tokens[at + 1].key == "cent":
        return joined(tokens[at : at + 2], text, Sort.UNIT, "unit:percent"), 2
    if token.key in english().words["units"]:
        return joined([token], text, Sort.UNIT, f"unit:{numbers.unit(token.key)}"), 1
    return None


def _magnitudes(tokens: Here, at: int, value: float) -> tuple[int, float]:
    """How many tokens a number takes, and its value: ``2.4 trillion``, ``twenty-five``, ``two hundred and six``."""
    size = 1
    lists = english().words
    while at + size < len(tokens):
        here = tokens[at + size]
        step = numbers.word(here.key) if here.sort is Sort.WORD else None
        if step is None or here.lead not in (" ", "-"):
            break
        if here.key in lists["magnitudes"]:
            value *= step
        elif step < 10 and value % 10 == 0 and 20 <= value % 100 and tokens[at + size - 1].sort is Sort.WORD and here.lead == "-":
            value += step
        else:
            break
        size += 1
    return size, round(value, 6)


def _spoken_hour(tokens: Here, at: int, size: int) -> bool:
    """``at two in the morning``, ``four in the afternoon``."""
    after = [token.key for token in tokens[at + size : at + size + 3]]
    return after[:2] == ["in", "the"] and after[2:3] != [] and after[2] in _TIMES_OF_DAY


# Names and offices


def _sign(token: Token, tokens: Here, at: int) -> Token:
    """A sign or word of a unit is one beside a number only."""
    beside = (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2])
    return token if any(each.sort is Sort.NUMBER for each in beside) else as_sort(token, Sort.FUNCTION)


def _office(token: Token) -> Token:
    if token.sort is Sort.WORD and token.key in english().words["titles"]:
        return as_sort(token, Sort.TITLE)
    return token


def _named(tokens: list[Token], text: str, known: frozenset[str], is_headline: bool) -> list[Token]:
    title_case = is_headline and _is_title_case(tokens)
    least = 2 if len({token.key for token in tokens} & english().words["german"]) > 1 else 1
    done: list[Token] = []
    at = 0
    while at < len(tokens):
        size = _name_size(tokens, at, text, known, title_case)
        if size >= least or (size and tokens[at].text.isupper() and len(tokens[at].text) > 1):
            parts = tokens[at : at + size]
            if parts[-1].text in ("'s", "’s"):
                parts, tail = parts[:-1], parts[-1:]
            else:
                tail = []
            done.append(joined(parts, text, Sort.NAME, "name:" + " ".join(part.key for part in parts if part.text[0] not in "'’")))
            done += tail
            at += size
        else:
            done.append(tokens[at])
            at += 1
    return done


def _is_title_case(tokens: Here) -> bool:
    words = [token for token in tokens if token.sort in (Sort.WORD, Sort.TITLE) and token.key not in english().words["function"]]
    return len(words) > 1 and sum(token.text[0].isupper() for token in words) > 0.6 * len(words)


def _is_capital(tokens: Here, at: int) -> bool:
    """Whether a name may begin or go on here: a capital, and no word of grammar."""
    token = tokens[at]
    if token.sort not in (Sort.WORD, Sort.TITLE) or not token.text[0].isupper():
        return False
    if token.key in english().words["function"] and not (token.text.isupper() and len(token.text) > 1):
        return token.key in _ALSO_NAMES and _is_capital_next(tokens, at)
    return not (token.sort is Sort.TITLE and not _is_body(tokens, at))


def _is_body(tokens: Here, at: int) -> bool:
    """Whether an office is part of a body's name: ``General Staff``."""
    return at + 1 < len(tokens) and tokens[at + 1].key in _BODY_NOUNS and tokens[at + 1].text[0].isupper()


def _name_size(tokens: Here, at: int, text: str, known: frozenset[str], title_case: bool) -> int:
    if not _is_capital(tokens, at) or not _begins(tokens, at, known, title_case):
        return 0
    size = 1
    while at + size < len(tokens):
        here = tokens[at + size]
        if here.text in ("'s", "’s", "'", "’") and _goes_on(tokens, at + size + 1, known, title_case):
            size += 2
        elif here.lead in ("-", "‐", "‑") and here.sort is Sort.WORD and _is_syllable(here):
            size += 1
        elif _goes_on(tokens, at + size, known, title_case):
            size += 1
        else:
            step = _over_link(tokens, at + size, known, title_case)
            if not step:
                break
            size += step
    return size


def _is_syllable(token: Token) -> bool:
    """Whether what stands behind a hyphen is part of a name (``Chang-yong``) and no word (``Juche-based``)."""
    return token.text[0].isupper() or not is_known(token.key) or token.key in english().words["romanized"]


def _goes_on(tokens: Here, at: int, known: frozenset[str], title_case: bool) -> bool:
    if at >= len(tokens) or tokens[at].lead not in (*_LINKS, "' ", "’ ", ". ") or not _is_capital(tokens, at):
        return False
    if tokens[at].lead == ". " and len(tokens[at - 1].text) > 2:
        return False
    return not title_case or _is_own(tokens[at], known)


def _over_link(tokens: Here, at: int, known: frozenset[str], title_case: bool) -> int:
    """``Ministry of Foreign Affairs``: how many tokens lead to where the name goes on."""
    links = english().words["bodies"] - {"and", "for", "on"}
    size = 0
    while at + size < len(tokens) and size < 3 and tokens[at + size].key in links and tokens[at + size].lead == " ":
        size += 1
    if size and tokens[at].key != "the" and _goes_on(tokens, at + size, known, title_case) and tokens[at + size].lead == " ":
        return size + 1
    return 0


def _begins(tokens: Here, at: int, known: frozenset[str], title_case: bool) -> bool:
    token = tokens[at]
    if title_case:
        return _is_own(token, known)
    is_first = at == 0 or _SENTENCE_START.search(token.lead) is not None
    if not is_first or not is_known(token.key):
        return True
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return following is not None and following.lead in _LINKS and _is_capital(tokens, at + 1)


def _is_own(token: Token, known: frozenset[str]) -> bool:
    """Whether a word of a headline is part of a name: no common word, or one that names in the text hold."""
    return token.key in known or not is_known(token.key) or (token.text.isupper() and 1 < len(token.text) < 6)


# What is left


def _plain(token: Token, tokens: Here, at: int) -> Token:
    if token.sort is not Sort.WORD:
        return token
    lists = english().words
    if token.key == "not" and at + 1 < len(tokens) and tokens[at + 1].key in ("only", "just", "merely"):
        return as_sort(token, Sort.FUNCTION)
    if token.key in lists["denials"]:
        return as_sort(token, Sort.DENIAL)
    saying = first_of_line("english", "sayings").get(token.key)
    if token.key == "according" and any(each.key in lists["rules"] for each in tokens[at + 2 : at + 6]):
        return as_sort(token, Sort.FUNCTION)
    if saying is not None:
        return as_sort(token, Sort.SAYING)
    return as_sort(token, Sort.FUNCTION) if token.key in lists["function"] else token


def is_weak(token: Token) -> bool:
    """Whether a number word counts only against another number: ``one``, ``first``."""
    return token.text.casefold() in english().words["weak-numbers"]


def value_of(word: str) -> float | None:
    """The value of a number word."""
    return values("english", "numbers").get(word)
