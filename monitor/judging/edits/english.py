"""English, and whatever else has capital letters: which words are dates, numbers, names, offices, denials, verbs of saying."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from monitor.judging.edits import numbers
from monitor.judging.edits.english_dates import date_at, dated
from monitor.judging.edits.lexicon import english, first_of_line
from monitor.judging.edits.names import named
from monitor.judging.edits.tokens import Sort, Token, as_sort, joined

_MERE = frozenset({("not", "only"), ("not", "just"), ("not", "merely"), ("nothing", "but")})  # they deny nothing
_TIMES_OF_DAY = frozenset({"morning", "afternoon", "evening", "night"})
_HONORIFICS = frozenset({"miss", "sir", "lord", "lady", "dame"})  # offices with a capital only
_ORDINAL_WORDS = frozenset({"first", "second", "third"})
_COUNTED = frozenset(["dozen", "hundred", "thousand", "million", "billion", "trillion"])  # a dozen, a million
_CURRENCIES = frozenset(["euros", "euro", "dollars", "pounds", "won", "yen", "francs", "rubles", "yuan", "rupees", "people"])
_ORDINAL = frozenset({"st", "nd", "rd", "th"})
_ADJECTIVES = frozenset(["estimated", "stated", "reported", "declared", "noted", "quoted", "added"])
_TAKEN_IN = frozenset(["hospital", "clinic", "intensive", "ward", "university", "college", "school", "prison"])
_WITH_OBJECT = frozenset(["claim", "claims", "claimed", "add", "adds", "added", "report", "reports", "reported", "state", "note"])
Here = Sequence[Token]


def read(raw: list[Token], text: str, known: frozenset[str], is_headline: bool) -> list[Token]:
    """The tokens with their kinds; those that are one fact joined."""
    found = _merged(raw, text, date_at)
    found = _merged(_merged(found, text, _number_at), text, _unit_at)
    found = _merged(found, text, _hyphened)
    found = [_office(token) if token.sort is not Sort.UNIT else _sign(token, found, at) for at, token in enumerate(found)]
    found = named(found, text, known, is_headline)
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


# Numbers


def _number_at(tokens: Here, at: int, text: str) -> tuple[Token, int] | None:
    """Number words and orders of magnitude."""
    token = tokens[at]
    value = token.value if token.sort is Sort.NUMBER else None
    if token.key in ("a", "an") and at + 1 < len(tokens) and tokens[at + 1].key in _COUNTED and tokens[at + 1].lead == " ":
        size, value = _magnitudes(tokens, at, 1)
        return replace(joined(tokens[at : at + size], text, Sort.NUMBER, numbers.key(value)), value=value), size
    if token.sort is Sort.WORD:
        value = numbers.word(token.key)
        if value is not None and token.key == "second" and at and tokens[at - 1].key in ("a", "per"):
            value = None
    if value is None:
        return None
    if token.sort is Sort.NUMBER and at + 1 < len(tokens) and tokens[at + 1].key in _ORDINAL and tokens[at + 1].lead == "":
        return replace(joined(tokens[at : at + 2], text, Sort.NUMBER, numbers.key(value)), value=value), 2
    size, value = _magnitudes(tokens, at, value)
    hour = _spoken_hour(tokens, at, size)
    if hour and value <= 24:
        return dated(tokens[at : at + size], text, (("h", int(value)), ("min", 0))), size
    return replace(joined(tokens[at : at + size], text, Sort.NUMBER, numbers.key(value)), value=value), size


def _unit_at(tokens: Here, at: int, text: str) -> tuple[Token, int] | None:
    """What a number before this place counts in."""
    token = tokens[at]
    if at and tokens[at - 1].text.casefold() in _ORDINAL_WORDS:
        return None  # the first day
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
        is_counted = at + size + 1 < len(tokens) and tokens[at + size + 1].key in _CURRENCIES
        if here.key == "m" and here.lead == "" and (is_counted or (at and tokens[at - 1].sort is Sort.UNIT)):
            return size + 1, round(value * 1e6, 6)  # $20m
        if step is None or here.lead not in (" ", "-", ""):
            break
        if here.key in lists["magnitudes"] or (here.key == "dozen" and here.lead == " "):
            value *= step
        elif step < 10 and value % 10 == 0 and value % 100 >= 20 and tokens[at + size - 1].sort is Sort.WORD and here.lead == "-":
            value += step
        else:
            break
        size += 1
    return size, round(value, 6)


def _spoken_hour(tokens: Here, at: int, size: int) -> bool:
    """``at two in the morning``, ``four in the afternoon``."""
    after = [token.text.casefold() for token in tokens[at + size : at + size + 3]]
    return after[:2] == ["in", "the"] and after[2:3] != [] and after[2] in _TIMES_OF_DAY


# Names and offices


def _sign(token: Token, tokens: Here, at: int) -> Token:
    """A sign or word of a unit is one beside a number only."""
    beside = (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2])
    return token if any(each.sort is Sort.NUMBER for each in beside) else as_sort(token, Sort.FUNCTION)


def _hyphened(tokens: Here, at: int, text: str) -> tuple[Token, int] | None:
    """``Vice-Minister``, ``Major-General``: one office."""
    lists = english().words
    first, following = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
    if (
        following is None
        or following.lead not in ("-", "‐", "‑")
        or Sort.WORD not in (first.sort,)
        or following.sort is not Sort.WORD
    ):
        return None
    if following.key not in lists["titles"] or first.key not in lists["ranks"] | lists["titles"]:
        return None
    return joined([first, following], text, Sort.TITLE, f"{first.key}-{following.key}"), 2


def _office(token: Token) -> Token:
    is_verb = token.key in _HONORIFICS and token.text.islower()
    if token.sort is Sort.WORD and token.key in english().words["titles"] and not is_verb:
        return as_sort(token, Sort.TITLE)
    return token


# What is left


def _plain(token: Token, tokens: Here, at: int) -> Token:
    if token.sort is not Sort.WORD:
        return token
    lists = english().words
    if token.key == "longer" and at and tokens[at - 1].key == "no":
        return as_sort(token, Sort.FUNCTION)
    if at + 1 < len(tokens) and (token.key, tokens[at + 1].key) in _MERE:
        return as_sort(token, Sort.FUNCTION)
    if token.key in ("only", "just", "merely") and at and tokens[at - 1].text.casefold() == "not":
        return as_sort(token, Sort.FUNCTION)
    if token.key in lists["denials"] or (token.key == "non" and at + 1 < len(tokens) and tokens[at + 1].lead == "-"):
        return as_sort(token, Sort.DENIAL)
    saying = first_of_line("english", "sayings").get(token.key)
    if saying is not None and _does_not_say(tokens, at):
        saying = None
    if token.key == "according" and any(each.key in lists["rules"] for each in tokens[at + 2 : at + 6]):
        return as_sort(token, Sort.FUNCTION)
    if token.text.isascii() and (saying == token.key or token.key == f"{saying}s"):  # the claim, his reports: nouns
        saying = None if at and tokens[at - 1].key in lists["determiners"] else saying
    if saying is not None:
        return as_sort(token, Sort.SAYING)
    return as_sort(token, Sort.FUNCTION) if token.key in lists["function"] else token


def _does_not_say(tokens: Here, at: int) -> bool:
    """``claimed three lives``, ``was admitted to hospital``, ``the estimated cost``."""
    key, before, following = tokens[at].key, tokens[at - 1] if at else None, tokens[at + 1 : at + 3]
    if key in _ADJECTIVES and before is not None and before.key in english().words["determiners"]:
        return True
    if not following or following[0].lead.strip():
        return False
    if key in _WITH_OBJECT and following[0].sort is Sort.NUMBER:
        return True
    return key == "admitted" and following[0].key == "to" and any(each.key in _TAKEN_IN for each in tokens[at + 2 : at + 5])


def is_weak(token: Token) -> bool:
    """Whether a number word counts only against another number: ``one``, ``first``."""
    return token.text.casefold() in english().words["weak-numbers"]
