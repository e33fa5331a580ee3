"""A score from 0 to 1, as a sum that can be read: one term a class, one for the extent, for watch words, for the kind.

Each term adds its weight times what the terms before it left free (1 - a)(1 - b)…, so that the sum saturates at 1 and the order
of the terms is from the heaviest to the lightest. The terms add up to the score exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from monitor.article import Article
from monitor.judging.edits import bearing, captions, firmness, pictures, sentences, watching
from monitor.judging.edits.bearing import Bearing
from monitor.judging.edits.classes import edits
from monitor.judging.edits.reason import reason
from monitor.judging.edits.watching import Watch
from monitor.model import Edit, EditClass, Judgement, Kind, Term
from monitor.settings import Weights

_BY_SIZE = frozenset({EditClass.CUT, EditClass.ADDITION, EditClass.WORDING})
_LEAST = 0.3  # which share of its weight a cut of one word has; a cut of half the words has all of it
_LOOKS = (EditClass.TYPOGRAPHY, EditClass.SPELLING)
_QUIET = (Kind.NEW, Kind.COPIED, Kind.SYNDICATED, Kind.MOVED, Kind.IMPORTED)
_DATED = 0.4  # share of a date's weight, and half of a headline's, where a day only came into a headline or went from it
_HALF = 0.5
_ABBREVIATED = 4  # letters of an abbreviation that says only what kind of thing stands there: GP surgery
_LOOKED = 0.1  # share of a headline's weight where only its looks differ
_FURTHER = 0.95  # each further fact of a class takes a twentieth of what is left to 1
_COUNTED = frozenset({
    EditClass.NAME, EditClass.NUMBER, EditClass.DATE, EditClass.NEGATION, EditClass.QUOTE, EditClass.ATTRIBUTION,
    EditClass.TITLE_OF_PERSON, EditClass.PICTURE,
})  # fmt: skip
_CAME, _WENT = 0.4, 0.8  # share of a name's weight where it came or went with a whole sentence
_CAME_ALONE = 0.6  # ... and where it came into a sentence that stays, and none went
_ORDER = 0.4  # ... and where the names of a list only stand in another order
_QUOTED = 0.4  # share of a quotation's weight where the same words stand within quotation marks or without them
_NEUTRAL = 0.3  # share of an attribution's weight where one plain verb of saying stands for another
_BESIDE_GRAVE, _CAME_GRAVE = 0.6, 0.35  # share of the weight of grave words that stand beside a fact, or came
_BESIDE = (*_LOOKS, EditClass.HEADLINE, EditClass.PICTURE)  # their words are no share of the text, or others' too
_WEIGHTY = frozenset({
    EditClass.NAME, EditClass.NUMBER, EditClass.DATE, EditClass.NEGATION, EditClass.QUOTE, EditClass.ATTRIBUTION,
})  # fmt: skip
_SHOWN = 3  # grave words that a term names
_PLACES = 4  # decimal places of a term


def judge(
    kind: Kind,
    before: Article | None,
    after: Article | None,
    weights: Weights,
    watch: Sequence[Watch] = (),
    *,
    other: Article | None = None,
    baseline: bool = False,
    further: Sequence[Edit] = (),
) -> Judgement:
    """How much a change matters, and why.

    ``before`` and ``after`` are the wordings on both sides, None where there is none or it is not known. ``other`` is a text of
    another page that ``after`` may have been swapped for. ``baseline`` is for what a source's first round brings in. ``further``
    are edits of what is beside the wordings: of pictures.
    """
    found: tuple[Edit, ...] = ()
    if before is not None and after is not None and kind not in _QUIET:
        found = edits(captions.apart(before, after, further), after, other)
    found = (*captions.names(further, after), *found, *further)
    terms = _summed(_parts(kind, before, after, found, weights, watch, baseline=baseline))
    score = min(1.0, sum(term.value for term in terms))
    return Judgement(score, reason(kind, found, before, after, weights, watch), found, terms)


Part = tuple[str, float]


def _parts(
    kind: Kind, before: Article | None, after: Article | None, found: Sequence[Edit], weights: Weights, watch: Sequence[Watch],
    *, baseline: bool,
) -> list[Part]:  # fmt: skip
    """What a score is made of: each part with its weight, before they are added up."""
    if baseline:
        return [("baseline", weights.baseline)]
    parts = list(_of_kind(kind, before, weights))
    share = touched(found, before, after)
    parts += _of_classes(found, before, after, weights)
    if share and any(edit.what not in _LOOKS for edit in found):
        parts.append((f"{share:.0%} of the words", weights.extent * share))
    if before is not None and after is not None and found:
        parts += _grave(found, bearing.between(before, after), weights)
    return [*parts, *_watched(kind, before, after, found, weights, watch)]


def _of_kind(kind: Kind, before: Article | None, weights: Weights) -> Iterator[Part]:
    """A part for the kind of change; what was removed follows what it said."""
    value = float(getattr(weights, kind.value, 0.0))
    if kind is not Kind.REMOVED or before is None:
        if kind is not Kind.EDITED:
            yield kind.value, value
        return
    setting = bearing.between(before, before)
    usual = setting.whole()
    yield (f"{kind.value} {usual}", value * (1 + weights.routine) / 2) if usual else (kind.value, value)
    words = sorted(bearing.grave(setting.lead()))
    if words and not usual:
        yield f"of “{', '.join(words[:_SHOWN])}”", weights.grave * _BESIDE_GRAVE


def _of_classes(found: Sequence[Edit], before: Article | None, after: Article | None, weights: Weights) -> Iterator[Part]:
    """A part for each class; where all edits of a class are matters of routine, a share of it, with the reason why."""
    setting = bearing.between(before, after) if before is not None and after is not None and found else None
    usual = {id(edit): setting.routine(edit) for edit in found} if setting else {}
    news = [edit for edit in found if not usual.get(id(edit))]
    for what in dict.fromkeys(edit.what for edit in found):
        if what in _BY_SIZE and all(edit.place == "title" for edit in found if edit.what is what):
            continue  # another headline is that
        if any(edit.what is what for edit in news):
            yield what.value, _class_value(what, news, before, after, weights)
        else:
            why = next(usual[id(edit)] for edit in found if edit.what is what)
            yield f"{what.value} {why}", weights.routine * _class_value(what, found, before, after, weights)


def _grave(found: Sequence[Edit], setting: Bearing, weights: Weights) -> Iterator[Part]:
    """Grave words that went or came, or else those that stand beside a fact that is another now."""
    gone, come = setting.turned(found)
    if gone:
        yield f"without “{', '.join(sorted(gone)[:_SHOWN])}”", weights.grave
    elif come:
        is_within = any(edit.before and bearing.grave(edit.after) for edit in found)
        yield f"with “{', '.join(sorted(come)[:_SHOWN])}”", weights.grave * (1.0 if is_within else _CAME_GRAVE)
    facts = [edit for edit in found if edit.what in _WEIGHTY and edit.before and not bearing.is_order(edit)]
    beside = sorted({word for edit in facts for word in setting.beside(edit)})
    if beside and not gone:
        yield f"beside “{', '.join(beside[:_SHOWN])}”", weights.grave * _BESIDE_GRAVE
    turns = firmness.turns(edit for edit in found if edit.place != "title" and not setting.routine(edit))
    is_threat = not gone and any(setting.is_threat(edit) for edit in found)
    if turns:
        yield f"“{turns[0][0]}” is now “{turns[0][1]}”", weights.grave * (1.0 if is_threat else _BESIDE_GRAVE)
    elif is_threat:
        yield "within a threat", weights.grave * _BESIDE_GRAVE


def _class_value(
    what: EditClass, found: Sequence[Edit], before: Article | None, after: Article | None, weights: Weights
) -> float:
    """A class's weight: less of it for few words, more for each further edit, hardly any for a title that looks otherwise."""
    value = weight(weights, what)
    if what in _BY_SIZE:
        return value * _size(found, what, before, after)
    if what is EditClass.HEADLINE and all(edit.what in (*_LOOKS, what) for edit in found if edit.place == "title"):
        return value * _LOOKED
    if what in (EditClass.HEADLINE, EditClass.DATE) and _is_only_dated(what, found):
        value *= _HALF if what is EditClass.HEADLINE else _DATED
    if what is EditClass.PICTURE:
        value *= pictures.worth(found)
    if what is EditClass.NAME:
        value *= _of_names(found)
    if what is EditClass.QUOTE and all(bearing.is_only_quoted(edit) for edit in found if edit.what is what):
        value *= _QUOTED
    if what is EditClass.ATTRIBUTION and all(bearing.is_neutral(edit) for edit in found if edit.what is what):
        value *= _NEUTRAL
    count = sum(edit.what is what for edit in found) if what in _COUNTED else 1
    return 1 - (1 - value) * _FURTHER ** (count - 1)


def _is_only_dated(what: EditClass, found: Sequence[Edit]) -> bool:
    """Whether a day only came into a headline or went from it, and nothing else of that class was edited."""
    beside = (*_LOOKS, EditClass.HEADLINE, EditClass.DATE)
    edited = [edit for edit in found if (edit.place == "title" if what is EditClass.HEADLINE else edit.what is what)]
    days = [edit for edit in edited if edit.what is EditClass.DATE]
    is_so = all(edit.place == "title" and not (edit.before and edit.after) for edit in days)
    return bool(days) and is_so and all(edit.what in beside for edit in edited)


def _of_names(found: Sequence[Edit]) -> float:
    """Names that only came, went with whole sentences or changed places are worth less than those that went from one."""
    gone = "\n".join(edit.before for edit in found if edit.what is EditClass.CUT)
    come = "\n".join(edit.after for edit in found if edit.what is EditClass.ADDITION)
    names = [edit for edit in found if edit.what is EditClass.NAME and not bearing.is_order(edit)]
    if not names:
        return _ORDER
    if any(edit.before and edit.after for edit in names):
        return 1.0
    if all(edit.after and (edit.after in come or _is_abbreviation(edit.after)) for edit in names):
        return _CAME
    if all(edit.after for edit in names):
        return _CAME_ALONE
    return _WENT if all((edit.before and edit.before in gone) or (edit.after and edit.after in come) for edit in names) else 1.0


def _is_abbreviation(name: str) -> bool:
    return len(name) <= _ABBREVIATED and name.isupper() and name.isascii()


def weight(weights: Weights, what: EditClass) -> float:
    """The weight of a class."""
    return float(getattr(weights, what.value.replace(" ", "_").replace("-", "_")))


def _watched(
    kind: Kind, before: Article | None, after: Article | None, found: Sequence[Edit], weights: Weights, watch: Sequence[Watch]
) -> Iterator[Part]:
    """Watch words, each once: where it came or went among edits, where it stands in one, where the whole article came or went."""
    if not watch:
        return
    if before is None or after is None or kind in _QUIET or kind in (Kind.REMOVED, Kind.RESTORED):
        text = watching.whole(after or before)
        there = dict.fromkeys(watching.name_of(word) for word in watch if watching.counted(word, text))
        by = weights.watch if kind is Kind.REMOVED else weights.watch_near
        yield from ((f"watch word {name}", by) for name in there)
        return
    moved = dict(watching.changed(watch, before, after))
    for word, by in moved.items():
        yield f"watch word {word} {'comes' if by > 0 else 'goes'}", weights.watch
    yield from ((f"watch word {word}", weights.watch_near) for word in watching.near(watch, found) if word not in moved)


def _summed(parts: Sequence[Part]) -> tuple[Term, ...]:
    """The parts as terms, the heaviest first; each adds its weight times what is left to 1."""
    terms: list[Term] = []
    left = 1.0
    for what, value in sorted(parts, key=lambda part: (-part[1], part[0])):
        added = round(min(1.0, max(0.0, value)) * left, _PLACES)
        if added > 0:
            terms.append(Term(what, added))
            left = max(0.0, left - added)
    return tuple(terms)


# How much


def touched(found: Sequence[Edit], before: Article | None, after: Article | None) -> float:
    """Which share of the words of both wordings, title and paragraphs, stand in edits; typography and spelling aside."""
    if not found:
        return 0.0
    total = _many(before) + _many(after)
    if any(edit.what in (EditClass.REWRITTEN, EditClass.SWAPPED, EditClass.EMPTIED) for edit in found):
        return 1.0
    texts = {(edit.before, edit.after, edit.place) for edit in found if edit.what not in _BESIDE}
    count = sum(_words(old) + _words(new) for old, new, _ in texts)
    return min(1.0, count / total) if total else 0.0


@lru_cache(maxsize=8)
def _many(article: Article | None) -> int:
    return _words(watching.whole(article))


def _words(text: str) -> int:
    return sentences.count(text)


def _size(found: Sequence[Edit], what: EditClass, before: Article | None, after: Article | None) -> float:
    """From ``_LEAST`` for a word to 1 for half of the article or more."""
    share = touched([edit for edit in found if edit.what is what], before, after)
    return _LEAST + (1 - _LEAST) * min(1.0, 4 * share)
