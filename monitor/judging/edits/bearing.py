"""What an edit bears on: a grave sentence, where a figure is a life, or one that is edited all the time, like a table or a match.

Two wordings of an article are one ``Bearing``; it says of an edit which grave words stand beside it, whether it is a matter
of routine, and of all edits together which grave words came and went with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache

from monitor.article import Article
from monitor.judging.edits import sentences
from monitor.judging.edits.lexicon import english, korean
from monitor.judging.edits.tokens import squashed
from monitor.model import Edit, EditClass

FIGURES, SPORT, LIVE, STANDING = "in figures", "in sport", "on a live page", "in a standing line"
_OF_WORDS = frozenset({
    EditClass.CUT, EditClass.ADDITION, EditClass.WORDING, EditClass.QUOTE, EditClass.NEGATION, EditClass.ATTRIBUTION,
    EditClass.NAME,
})  # fmt: skip
_OF_TEXT = _OF_WORDS | {EditClass.NUMBER, EditClass.DATE, EditClass.TITLE_OF_PERSON}
_AFTER = "(?![a-z])"  # an English phrase ends with its word, a Korean one bears particles
_WORD = re.compile(r"(?<![\w-])[a-z]+(?:-[a-z]+)*")
_FIGURE = re.compile(r"\W*\d")
_CLOCK = re.compile(r"\W*(?:[01]?\d|2[0-3])[:.][0-5]\d\b|\W*(?:1[0-2]|0?[1-9])\s?[ap]\.?m\b", re.IGNORECASE)
_ALL, _HERE = 0.14, 0.3  # share of figures among the words of a whole text, or of a sentence, from which it is a table
_FEW = 6  # words that a table has at least
_SPORTING = 3  # words of sport that make a text one about it
_SPARSE = 50  # different words to one of sport at most
_LIVE = 2  # paragraphs that begin with an hour
_LONGEST = 20_000  # characters of a text that are looked at


class Bearing:
    """Two wordings of an article, looked at for what edits bear on."""

    def __init__(self, before: Article, after: Article) -> None:
        self._sides = (*after.paragraphs, after.title), (*before.paragraphs, before.title)

    def routine(self, edit: Edit) -> str:
        """What kind of text an edit stands in that is edited all the time; empty where it is none, or a grave one."""
        if edit.what is EditClass.HEADLINE:
            return SPORT if self._is_sport and not self._grave(f"{edit.before} {edit.after}".casefold()) else ""
        if edit.what not in _OF_TEXT:
            return ""
        around = self._around(edit)
        if self._grave(around):
            return ""
        if is_standing(around):
            return STANDING
        if self._is_live and not edit.before and _CLOCK.match(self._paragraph(edit)):
            return LIVE
        return FIGURES if self._is_table or _figures(around) >= _HERE else SPORT if self._is_sport else ""

    def beside(self, edit: Edit) -> frozenset[str]:
        """The grave words that stand in an edited sentence and stay there."""
        if edit.what not in _OF_TEXT:
            return frozenset()
        old, new = (grave(_sentence(side, text)) for side, text in zip(self._sides, (edit.after, edit.before), strict=True))
        return old & new if edit.before and edit.after else old | new

    def turned(self, found: Iterable[Edit]) -> tuple[frozenset[str], frozenset[str]]:
        """The grave words that went with edits, and those that came; where some came in the place of others, neither."""
        places: dict[str, tuple[set[str], set[str]]] = {}
        for edit in found:
            if edit.what in _OF_WORDS and not self.routine(edit):
                sides = places.setdefault(edit.place, (set(), set()))
                sides[0].update(grave(edit.before))
                sides[1].update(grave(edit.after))
        gone = frozenset(word for old, new in places.values() if not new for word in old)
        come = frozenset(word for old, new in places.values() if not old for word in new)
        return gone - come, come - gone

    def _grave(self, text: str) -> frozenset[str]:
        return grave(text) - english().words["played"] if self._is_sport else grave(text)

    def _around(self, edit: Edit) -> str:
        texts = (_sentence(side, text) for side, text in zip(self._sides, (edit.after, edit.before), strict=True) if text)
        return " ".join(texts)

    def _paragraph(self, edit: Edit) -> str:
        return next((text for text in self._sides[0] if edit.after in text), "")

    @cached_property
    def _text(self) -> str:
        return "\n".join(self._sides[0])[:_LONGEST]

    @cached_property
    def _is_table(self) -> bool:
        return _figures(self._text) >= _ALL

    @cached_property
    def _is_sport(self) -> bool:
        words, of_sport, text = set(_words(self._text)), english().words["sport"], self._text.casefold()
        count = len(words & of_sport) + sum(phrase in text for phrase in of_sport if " " in phrase) + len(_parts("sport", text))
        return count >= _SPORTING and len(words) <= _SPARSE * count

    @cached_property
    def _is_live(self) -> bool:
        return sum(_CLOCK.match(text) is not None for text in self._sides[0]) >= _LIVE


@lru_cache(maxsize=4)
def between(before: Article, after: Article) -> Bearing:
    """The bearing of edits between two wordings."""
    return Bearing(before, after)


@lru_cache(maxsize=256)
def grave(text: str) -> frozenset[str]:
    """The grave words of a text, English and Korean. With a capital they are parts of names: a ministry, a museum, a medal."""
    words = frozenset(_WORD.findall(text[:_LONGEST])) & english().words["grave"] if text else frozenset()
    return words | _parts("grave", text)


def is_standing(text: str) -> bool:
    """Whether a sentence is one that stands under or over articles: an offer, a credit, a link."""
    return _standing().search(text[:_LONGEST]) is not None


def is_order(edit: Edit) -> bool:
    """Whether a list of names stands in another order, and no name came or went."""
    sides = [sorted(squashed(name) for name in text.split(", ")) for text in (edit.before, edit.after)]
    return len(sides[0]) > 1 and sides[0] == sides[1]


def is_only_quoted(edit: Edit) -> bool:
    """Whether the same words stand within quotation marks now, or without them."""
    return bool(edit.before and edit.after) and squashed(edit.before) == squashed(edit.after)


def is_neutral(edit: Edit) -> bool:
    """Whether only one plain verb of saying stands for another."""
    plain = english().words["neutral-sayings"] | korean().words["neutral-sayings"]
    return edit.before.casefold() in plain and edit.after.casefold() in plain


def _words(text: str) -> Iterator[str]:
    return (found[0] for found in _WORD.finditer(text[:_LONGEST].casefold()))


def _parts(name: str, text: str) -> frozenset[str]:
    return frozenset(_korean(name).findall(text[:_LONGEST])) if text and not text.isascii() else frozenset()


@cache
def _korean(name: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(korean().words[name], key=len, reverse=True)))


@cache
def _standing() -> re.Pattern[str]:
    phrases = sorted(english().words["standing"] | korean().words["standing"], key=len, reverse=True)
    return re.compile(
        "|".join(rf"(?<!\w){re.escape(each)}{_AFTER if each[-1].isalpha() else ''}" for each in phrases), re.IGNORECASE
    )


def _figures(text: str) -> float:
    words = [word for word in text.split() if not _CLOCK.fullmatch(word)]
    return sum(_FIGURE.match(word) is not None for word in words) / len(words) if len(words) >= _FEW else 0.0


def _sentence(side: Sequence[str], text: str) -> str:
    """The sentence in which a text stands first, or the whole paragraph where it is more than one."""
    if not text:
        return ""
    text = text[:_LONGEST]
    paragraph = next((each for each in side if text in each), "")
    within = (each for each in _sentences(paragraph[:_LONGEST]) if text in each)
    return next(within, paragraph or text)


@lru_cache(maxsize=256)
def _sentences(paragraph: str) -> tuple[str, ...]:
    return tuple(each.text for each in sentences.split(paragraph))
