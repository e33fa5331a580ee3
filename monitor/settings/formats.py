"""How dates may be written in a layout: the names of ways, the languages of months, and the directives of patterns."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

NAMED = ("iso", "rfc2822", "juche", "korean", "chinese", "japanese")
LANGUAGES = ("en", "ko", "ru", "es", "fr", "de", "zh", "ja")
DIRECTIVES = "YymdeBbjHIMSfpAazZ%"
_PARTS = ("Yy", "mBb", "de", "j", "HI", "M", "S", "f", "p", "zZ")
_SPOKEN = re.compile(r"([a-z]{2}):\s*(.*)", re.DOTALL)


def divided(pattern: str) -> tuple[str, str]:
    """The language of a pattern and the rest of it: ``ru: %d %B %Y`` is Russian. English where it names none."""
    found = _SPOKEN.fullmatch(pattern)
    return (found[1], found[2]) if found else ("en", pattern)


def steps(pattern: str) -> Iterator[tuple[str, bool]]:
    """The characters of a pattern, each with whether it is a directive's letter."""
    at = 0
    while at < len(pattern):
        is_directive = pattern[at] == "%"
        at += is_directive
        yield pattern[at : at + 1], is_directive
        at += 1


def format_problem(pattern: str) -> str | None:
    """Why ``pattern`` is no way in which a whole day is written, or None."""
    if "%" not in pattern:
        return None if pattern in NAMED else _unknown(pattern)
    language, rest = divided(pattern)
    if language not in LANGUAGES:
        return f"names the language {language!r}; those with month names here are {', '.join(LANGUAGES)}"
    letters = [letter for letter, is_directive in steps(rest) if is_directive]
    wrong = next((letter for letter in letters if not letter or letter not in DIRECTIVES), None)
    if wrong is not None:
        return f"holds %{wrong}, which is no directive here; there are %{' %'.join(DIRECTIVES)}"
    twice = next((part for part in _PARTS if sum(letter in part for letter in letters) > 1), None)
    if twice is not None:
        return f"says the same twice (%{' %'.join(each for each in letters if each in twice)}); cut the other out with `match`"
    return None if _is_whole(set(letters)) else "does not write a whole day; use strptime's codes, like %d/%m/%Y"


def _is_whole(letters: set[str]) -> bool:
    has_day = bool(letters & set("de")) and bool(letters & set("mBb"))
    return bool(letters & set("Yy")) and (has_day or "j" in letters)


def _unknown(pattern: str) -> str:
    close = difflib.get_close_matches(pattern, NAMED, 1)
    hint = f"did you mean {close[0]!r}? " if close else ""
    return f"is no way to write a date; {hint}there are {', '.join(NAMED)}, and patterns like %d/%m/%Y"
