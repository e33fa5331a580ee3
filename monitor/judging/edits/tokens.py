"""Words as values: a sentence becomes tokens, each with the kind of fact it is and a key that says what it amounts to.

Numbers, dates and names of several words are one token. Signs are no tokens: each token bears what stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum


class Sort(Enum):
    """What a token is to a reader who looks for facts."""

    WORD = "word"
    FUNCTION = "function"
    NUMBER = "number"
    UNIT = "unit"
    DATE = "date"
    NAME = "name"
    TITLE = "title"
    DENIAL = "denial"
    SAYING = "saying"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or words that are one fact. ``key`` is the same for what amounts to the same; ``lead`` stands before it.

    ``at`` is where it begins in its text; ``value`` is a number's; ``day`` what a date says, part by part.
    """

    sort: Sort
    text: str
    key: str
    lead: str
    at: int
    value: float | None = None
    day: tuple[tuple[str, int | str], ...] = ()

    @property
    def end(self) -> int:
        """Where it ends in its text."""
        return self.at + len(self.text)


def joined(parts: Sequence[Token], text: str, sort: Sort, key: str) -> Token:
    """Neighbouring tokens of ``text`` as one."""
    first, last = parts[0], parts[-1]
    return Token(sort, text[first.at : last.end], key, first.lead, first.at)


def as_sort(token: Token, sort: Sort, key: str | None = None) -> Token:
    """The token as one of another sort."""
    return replace(token, sort=sort, key=token.key if key is None else key)


def squashed(text: str) -> str:
    """``text`` without all that is typography: signs, spaces, case, width."""
    return _SIGNS.sub("", narrow(text).casefold())


def narrow(text: str) -> str:
    """``text`` with the full-width forms of ASCII (Unicode block FF00) as their narrow ones."""
    return text if text.isascii() else text.translate(_NARROW)


_SIGNS = re.compile(r"[\W_]+")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x2009: 0x20, 0x202F: 0x20}
