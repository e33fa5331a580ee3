"""How firmly a text speaks: what must and will be against what may and could, certainly against perhaps; Korean endings alike.

A threat that is softened loses no word that stands for it alone. It is seen by the words of obligation, certainty and degree that
gave way to weaker ones (the scale of modality in M. A. K. Halliday, "An Introduction to Functional Grammar", chapter 10).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from monitor.judging.edits.lexicon import english, korean
from monitor.model import Edit, EditClass

_OF_WORDS = frozenset({EditClass.WORDING, EditClass.QUOTE, EditClass.CUT, EditClass.ADDITION, EditClass.NEGATION})
_WORD = re.compile(r"(?<![\w-])[a-z]+(?:-[a-z]+)*")
_LONGEST = 2_000  # characters of a text that are looked at
Turn = tuple[str, str]


def turns(found: Iterable[Edit]) -> list[Turn]:
    """Where firm words gave way to loose ones, or these to firm ones: one of each, as they stood before and stand after."""
    pairs = [_turn(edit.before, edit.after) for edit in found if edit.what in _OF_WORDS and edit.before and edit.after]
    return [pair for pair in dict.fromkeys(pairs) if pair is not None]


def is_threat(sentence: str) -> bool:
    """Whether a sentence says what will be done to somebody, or that they were warned of it."""
    words = _words(sentence)
    is_english = not words.isdisjoint(english().words["threats"]) and not words.isdisjoint(english().words["modals"])
    return is_english or (bool(_parts("threats", sentence)) and bool(_parts("firm", sentence)))


def _turn(before: str, after: str) -> Turn | None:
    old, new = _sides(before), _sides(after)
    for was, now in ((0, 1), (1, 0)):  # firm, loose
        gone, come = old[was] - new[was], new[now] - old[now]
        if gone and come and not (new[was] - old[was]) and not (old[now] - new[now]):
            return min(gone), min(come)
    return None


def _sides(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The firm words of a text, and the loose ones."""
    words, lists = _words(text), english().words
    loose = _parts("loose", text)
    return (words & lists["firm"]) | _parts("firm", text), (words & lists["loose"]) | loose


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text[:_LONGEST].casefold()))


def _parts(name: str, text: str) -> frozenset[str]:
    return frozenset(_korean(name).findall(text[:_LONGEST])) if text and not text.isascii() else frozenset()


@cache
def _korean(name: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(korean().words[name], key=len, reverse=True)))
