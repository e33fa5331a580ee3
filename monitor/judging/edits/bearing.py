"""What an edit bears on: a grave sentence, where a figure is a life, or one that is edited all the time, like a table or a match.

Two wordings of an article are one ``Bearing``; it says of an edit which grave words stand beside it, whether it is a matter
of routine, and of all edits together which grave words came and went with them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache, cached_property, lru_cache

from monitor.article import Article
from monitor.judging.edits import clip, firmness, sentences
from monitor.judging.edits.lexicon import english, korean
from monitor.judging.edits.sentences import Sentence
from monitor.judging.edits.tokens import squashed
from monitor.model import Edit, EditClass

FIGURES, SPORT, LIVE, STANDING, PRICES = "in figures", "in sport", "on a live page", "in a standing line", "of prices"
_OF_WORDS = frozenset({
    EditClass.CUT, EditClass.ADDITION, EditClass.WORDING, EditClass.QUOTE, EditClass.NEGATION, EditClass.ATTRIBUTION,
    EditClass.NAME,
})  # fmt: skip
_OF_THREATS = frozenset({EditClass.CUT, EditClass.WORDING, EditClass.QUOTE})
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
_SMALL = re.compile(r"[$£€¥]?\s?\d{1,3}(?:\.\d{1,2})?(?:\s?(?:p|pence|cents?|euros?|dollars?|pounds?))?")
_ALIKE = 2  # times an amount of money that is another price of the same
_SIGNS = re.compile(r"^[^\d]+|[^\d]+$")
_COINS = r"(?:p|pence|cents?|euros?|dollars?|pounds?)\b"
_MORE = "(?:hundred|thousand|million|billion|trillion|[mb]n?|k)\\b"
_LEAD = 2  # paragraphs that say what an article is about
_END = "\0"  # between two paragraphs
_MANY = 200  # sentences of a paragraph that are looked through for a text which is not within one where it stands first


class Bearing:
    """Two wordings of an article, looked at for what edits bear on."""

    def __init__(self, before: Article, after: Article) -> None:
        self._now = (*after.paragraphs, after.title)
        judged = clip.clipped(before, after)
        self._sides = tuple(_END.join([*filter(None, side.paragraphs), side.title]) for side in (judged[1], judged[0]))
        self._routine: dict[Edit, str] = {}

    def routine(self, edit: Edit) -> str:
        """What kind of text an edit stands in that is edited all the time; empty where it is none, or a grave one."""
        if edit not in self._routine:
            self._routine[edit] = self._routine_of(edit)
        return self._routine[edit]

    def _routine_of(self, edit: Edit) -> str:
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
        if self._is_table or _figures(around) >= _HERE:
            return FIGURES
        return SPORT if self._is_sport else PRICES if self._is_price(edit) else ""

    def whole(self) -> str:
        """What kind of text the later wording is throughout, of those that are edited all the time; empty where it is none."""
        if self._grave(self.lead().casefold()):
            return ""
        if self._is_table:
            return FIGURES
        return SPORT if self._is_sport else LIVE if self._is_live else ""

    def lead(self) -> str:
        """Headline and first paragraphs of the later wording: what it is about."""
        return "\n".join((self._now[-1], *self._now[: min(_LEAD, len(self._now) - 1)]))[:_LONGEST]

    def _is_price(self, edit: Edit) -> bool:
        """Whether one small amount of money stands for another like it: what something costs a reader."""
        values = [float(_SIGNS.sub("", text)) for text in (edit.before, edit.after) if _SMALL.fullmatch(text)]
        if edit.what is not EditClass.NUMBER or len(values) < 2 or not min(values) < max(values) <= _ALIKE * min(values):
            return False
        sides = zip(self._sides, (edit.after, edit.before), strict=True)
        return all(_is_money(_sentence(side, text), text) for side, text in sides)

    def beside(self, edit: Edit) -> frozenset[str]:
        """The grave words that stand in an edited sentence and stay there."""
        if edit.what not in _OF_TEXT:
            return frozenset()
        old, new = (grave(_sentence(side, text)) for side, text in zip(self._sides, (edit.after, edit.before), strict=True))
        return old & new if edit.before and edit.after else old | new

    def is_threat(self, edit: Edit) -> bool:
        """Whether words were edited within a threat, or were one."""
        return edit.what in _OF_THREATS and bool(edit.before) and firmness.is_threat(_sentence(self._sides[1], edit.before))

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
        found, played = grave(text), english().words["played"]
        return found if found.isdisjoint(played) or not self._is_sport else found - played

    def _around(self, edit: Edit) -> str:
        texts = (_sentence(side, text) for side, text in zip(self._sides, (edit.after, edit.before), strict=True) if text)
        return " ".join(texts)

    def _paragraph(self, edit: Edit) -> str:
        return _paragraph(self._sides[0], edit.after)[0]

    @cached_property
    def _text(self) -> str:
        return "\n".join(self._now)[:_LONGEST]

    @cached_property
    def _is_table(self) -> bool:
        return _figures(self._text) >= _ALL

    @cached_property
    def _is_sport(self) -> bool:
        text = self._text.casefold()
        words = set(_WORD.findall(text[:_LONGEST]))
        count = len(words & english().words["sport"]) + sum(phrase in text for phrase in _sports()) + len(_parts("sport", text))
        return count >= _SPORTING and len(words) <= _SPARSE * count

    @cached_property
    def _is_live(self) -> bool:
        return sum(_CLOCK.match(text) is not None for text in self._now) >= _LIVE


@lru_cache(maxsize=4)
def between(before: Article, after: Article) -> Bearing:
    """The bearing of edits between two wordings."""
    return Bearing(before, after)


@lru_cache(maxsize=256)
def grave(text: str) -> frozenset[str]:
    """The grave words of a text, English and Korean. With a capital they are parts of names: a ministry, a museum, a medal."""
    words = frozenset(_WORD.findall(text[:_LONGEST])) & english().words["grave"] if text else frozenset()
    return words | _parts("grave", text)


@lru_cache(maxsize=16)
def is_standing(text: str) -> bool:
    """Whether a sentence is one that stands under or over articles: an offer, a credit, a link."""
    text, (phrases, pattern) = text[:_LONGEST], _standing()
    small = text.casefold()
    return any(phrase in small for phrase in phrases) and pattern.search(text) is not None


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


def _parts(name: str, text: str) -> frozenset[str]:
    return frozenset(_korean(name).findall(text[:_LONGEST])) if text and not text.isascii() else frozenset()


@cache
def _korean(name: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(korean().words[name], key=len, reverse=True)))


@cache
def _sports() -> tuple[str, ...]:
    return tuple(phrase for phrase in english().words["sport"] if " " in phrase)


@cache
def _standing() -> tuple[Sequence[str], re.Pattern[str]]:
    """The phrases of standing lines, and a pattern that tells them from parts of words."""
    phrases = sorted(english().words["standing"] | korean().words["standing"], key=len, reverse=True)
    pattern = "|".join(rf"(?<!\w){re.escape(each)}{_AFTER if each[-1].isalpha() else ''}" for each in phrases)
    return phrases, re.compile(pattern, re.IGNORECASE)


@lru_cache(maxsize=16)
def _figures(text: str) -> float:
    """Which share of the words of a text are figures; hours aside."""
    words = text.split()
    found = [word for word in words if not word.isalpha() and _FIGURE.match(word)]
    hours = sum(_CLOCK.fullmatch(word) is not None for word in found)
    count = len(words) - hours
    return (len(found) - hours) / count if count >= _FEW else 0.0


def _is_money(sentence: str, text: str) -> bool:
    figure = re.escape(_SIGNS.sub("", text))
    return re.search(rf"[$£€¥]\s?{figure}(?![\d,.]*\d|\s?{_MORE})|(?<![\d,.]){figure}\s?{_COINS}", sentence) is not None


def _sentence(side: str, text: str) -> str:
    """The sentence in which a text stands first, or the whole paragraph where it is more than one."""
    if not text:
        return ""
    text = text[:_LONGEST]
    paragraph, at = _paragraph(side, text)
    found = _sentences(paragraph[:_LONGEST])
    place = bisect_right(found, at, key=lambda each: each.at) - 1
    if place >= 0 and text in found[place].text:
        return found[place].text
    within = (each.text for each in found[:_MANY] if text in each.text)
    return next(within, paragraph or text)


def _paragraph(side: str, text: str) -> tuple[str, int]:
    """The paragraph in which a text stands first, and where in it."""
    at = side.find(text) if _END not in text else -1
    if at < 0:
        return "", 0
    start, end = side.rfind(_END, 0, at) + 1, side.find(_END, at)
    return side[start : end if end >= 0 else len(side)], at - start


@lru_cache(maxsize=256)
def _sentences(paragraph: str) -> Sequence[Sentence]:
    return sentences.split(paragraph)
