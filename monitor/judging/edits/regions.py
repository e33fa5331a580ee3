"""A changed part of an article judged: its sentences paired, their tokens paired, each changed run explained."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz.distance import LCSseq

from monitor.judging.edits import facts, names_alike, nearby, pairing, quotes, sentences, speakers
from monitor.judging.edits.lexicon import english
from monitor.judging.edits.reading import read
from monitor.judging.edits.sentences import Sentence
from monitor.judging.edits.tokens import Sort, Token
from monitor.model import Edit, EditClass

Marks = tuple[list[quotes.Span], list[quotes.Span]]
_DESCRIBED = 2  # words for an office that no list knows, within a list of names
_MOST_LISTS = 12  # lists of names in a sentence
_QUOTES = frozenset("\"'“”„«»《》〈〉「」『』‘’")
_LED = (EditClass.NAME, EditClass.NUMBER, EditClass.CUT, EditClass.ADDITION)
_FOLLOWING = frozenset(["and", "or", "was", "were", "is", "are", "has", "have", "a", "an", "do", "does"])
_LONGEST = 600  # characters of evidence
_LINKS = frozenset({"the", "and", "or", "와", "과", "및", "和", "与"})


@dataclass(frozen=True, slots=True)
class Region:
    """A title, or a run of paragraphs that became another, one a line. ``first`` is the first paragraph's number after."""

    old: str
    new: str
    first: int = 0
    is_headline: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the whole article says: the texts before and after, words of its names, its years."""

    old: str
    new: str
    names: frozenset[str] = frozenset()
    people: tuple[str, ...] = ()
    years: frozenset[int] = frozenset()


def judged(region: Region, known: Known) -> list[Edit]:
    """The edits of a region, in the order in which they stand there."""
    places = _Places(region)
    marks = quotes.quoted(region.old), quotes.quoted(region.new)
    before, after = sentences.split(region.old), sentences.split(region.new)
    became = sentences.pairs(before, after)
    found = list(_breaks(region, places, (before, after), became))
    for old, new in became:
        if old and new:
            found += _edited(region, places, old, new, marks, known)
        else:
            found += _whole(region, places, (old or new)[0], bool(old), marks[0 if old else 1], known)
    return found


class _Places:
    """Where in the article a place of a region is."""

    def __init__(self, region: Region) -> None:
        self._region = region
        self._breaks = tuple(
            [at for at, c in enumerate(text) if c == "\n"] if "\n" in text else [] for text in (region.old, region.new)
        )

    def at(self, at: int, *, is_old: bool) -> str:
        """The place as people call it."""
        if self._region.is_headline:
            return "title"
        return f"paragraph {self._region.first + bisect_left(self._breaks[0 if is_old else 1], at)}"


def _breaks(
    region: Region, places: _Places, sides: tuple[Sequence[Sentence], Sequence[Sentence]], became: Sequence[sentences.Pair]
) -> Iterator[Edit]:
    """Sentences that follow one another in both, with a paragraph's end between them in one only."""
    if region.old.count("\n") == region.new.count("\n"):
        return
    same = sentences.same(*sides, became)
    for (a, one), (b, other) in pairwise(same):
        between = region.old[a.at + len(a.text) : b.at], region.new[one.at + len(one.text) : other.at]
        was, now = ("\n" in text for text in between)
        if was != now and not any(text.strip() for text in between):
            yield Edit(EditClass.TYPOGRAPHY, "¶" if was else "", "¶" if now else "", places.at(other.at, is_old=False))


def _span(text: str, group: Sequence[Sentence]) -> tuple[str, int]:
    start = group[0].at
    return text[start : group[-1].at + len(group[-1].text)], start


# Sentences that came or went


def _whole(
    region: Region, places: _Places, sentence: Sentence, is_old: bool, marks: Sequence[quotes.Span], known: Known
) -> Iterator[Edit]:
    """A sentence that came or went as a whole: its quotation, and the names that stand nowhere else."""
    place = places.at(sentence.at, is_old=is_old)
    tokens = read(sentence.text, known.names, is_headline=region.is_headline)
    if not tokens:
        yield _edit(EditClass.TYPOGRAPHY, sentence.text, is_old, place)
        return
    yield _edit(EditClass.CUT if is_old else EditClass.ADDITION, sentence.text, is_old, place)
    other = known.new if is_old else known.old
    for token in {token.key: token for token in tokens if token.sort is Sort.NAME}.values():
        if not stands(token, other):
            yield _edit(EditClass.NAME, token.text, is_old, place)
    quoted = next((span for span in marks if span[0] < sentence.at + len(sentence.text) and sentence.at < span[1]), None)
    if quoted:
        text = (region.old if is_old else region.new)[slice(*quoted)]
        yield _edit(EditClass.QUOTE, text, is_old, place)


def _edit(what: EditClass, text: str, is_old: bool, place: str) -> Edit:
    text = text[:_LONGEST]
    return Edit(what, text if is_old else "", "" if is_old else text, place)


def stands(token: Token, text: str) -> bool:
    """Whether a name stands in a text, in any case of letters."""
    name, is_word = token.key.removeprefix("name:"), token.text.isascii()
    at = text.find(name)
    while at >= 0:  # a pattern would look at every letter, find only at those that may begin it
        before, after = text[at - 1] if at else " ", text[at + len(name) : at + len(name) + 1]
        if not (before.isalnum() or before == "_" or (is_word and "a" <= after <= "z")):
            return True
        at = text.find(name, at + 1)
    return False


# Sentences that were edited


def _edited(
    region: Region, places: _Places, old: Sequence[Sentence], new: Sequence[Sentence], marks: Marks, known: Known
) -> Iterator[Edit]:
    (old_text, old_at), (new_text, new_at) = _span(region.old, old), _span(region.new, new)
    one = read(old_text, known.names, is_headline=region.is_headline)
    other = read(new_text, known.names, is_headline=region.is_headline)
    one, other = names_alike.unglued(one, known.people), names_alike.unglued(other, known.people)
    one, other = names_alike.named(one, other), names_alike.named(other, one)
    place = places.at(new_at, is_old=False)
    result = pairing.paired(one, other)
    changed = [[*run.old, *run.new] for run in result.runs]
    _say(result.runs, (one, other), (old_text, new_text))
    orders = list(_orders(one, other))
    settled = list(pairing.settled(result.runs, known.years))
    looks = list(pairing.looks(result.same, old_text, new_text))
    turned = list(_turned_quotes(result.same, (old_text, new_text), (old_at, new_at), marks))
    if any(not (run.old and run.new) and _has_comma(run) for run in result.runs):  # a comma goes with the words between two
        looks = [edit for edit in looks if edit.before.replace(",", "") != edit.after.replace(",", "")]
    if turned:
        looks = [
            edit for edit in looks if edit.what is not EditClass.TYPOGRAPHY or _unquoted(edit.before) != _unquoted(edit.after)
        ]
    _explain(result.runs, old_text, new_text, (old_at, new_at), marks, bool(orders))
    explained = nearby.together(result.runs, other)
    if any(edit.what is EditClass.NAME for edit in explained):  # the Prime Minister, without the name behind it
        looks = [edit for edit in looks if edit.before.casefold() != edit.after.casefold() or not _is_office(edit.before)]
    if any(edit.what in _LED for edit in explained):
        explained = [edit for edit in explained if not _is_led(edit)]
    explained = [edit for edit in explained if edit.what is not EditClass.WORDING or edit.before != edit.after]
    found = [*orders, *looks, *settled, *turned, *explained]
    if not found and old_text != new_text:
        found = [_turned_about((one, other), changed, (old_text, new_text))]
    yield from (replace(edit, before=edit.before[:_LONGEST], after=edit.after[:_LONGEST], place=place) for edit in found)


def _say(runs: Sequence[pairing.Run], sides: tuple[list[Token], list[Token]], texts: tuple[str, str]) -> None:
    """Notes in each run which of its tokens name who says it."""
    if not runs:
        return
    old, new = (frozenset(side[at].at for at in speakers.speakers(side, text)) for side, text in zip(sides, texts, strict=True))
    for run in runs:
        run.says = old & {token.at for token in run.old}, new & {token.at for token in run.new}


def _has_comma(run: pairing.Run) -> bool:
    return any("," in token.lead for token in (*run.old, *run.new, *run.after) if token is not None)


def _turned_about(sides: tuple[list[Token], list[Token]], changed: Sequence[Sequence[Token]], texts: tuple[str, str]) -> Edit:
    """The same facts in another order: who did it to whom, figures, or words."""
    names = [", ".join(token.text for token in side if token.sort is Sort.NAME) for side in sides]
    if names[0].casefold() != names[1].casefold():
        return Edit(EditClass.NAME, *names)
    figures = all(token.sort in (Sort.NUMBER, Sort.UNIT, Sort.FUNCTION) for run in changed for token in run)
    return Edit(EditClass.TYPOGRAPHY if figures else EditClass.WORDING, *texts)


def _unquoted(text: str) -> str:
    return "".join(c for c in text if c not in _QUOTES)


def _is_office(text: str) -> bool:
    return text.casefold() in english().words["titles"]


def _is_led(edit: Edit) -> bool:
    """Whether words of grammar only follow another edit: ``were`` for ``was``, an ``and`` of a list."""
    return edit.what is EditClass.WORDING and {*edit.before.casefold().split(), *edit.after.casefold().split()} <= _FOLLOWING


def _explain(
    runs: Sequence[pairing.Run], old_text: str, new_text: str, starts: tuple[int, int],
    marks: Marks, has_order: bool,
) -> None:  # fmt: skip
    for run in runs:
        if not (run.old or run.new) or (has_order and all(token.sort is Sort.FUNCTION for token in (*run.old, *run.new))):
            continue
        is_in_quote = any(quotes.is_within(starts[0] + token.at, marks[0]) for token in run.old) or any(
            quotes.is_within(starts[1] + token.at, marks[1]) for token in run.new
        )
        run.original = tuple(run.old), tuple(run.new)
        facts.explain(run, old_text, new_text, is_in_quote)


def _turned_quotes(
    same: Sequence[tuple[Token, Token]], texts: tuple[str, str], starts: tuple[int, int], marks: Marks
) -> Iterator[Edit]:
    """Words that came to stand within quotation marks, or without them."""
    turned = [
        (old, new)
        for old, new in same
        if new.sort is not Sort.FUNCTION
        and quotes.is_within(starts[0] + old.at, marks[0]) != quotes.is_within(starts[1] + new.at, marks[1])
    ]
    if turned:
        first, last = turned[0], turned[-1]
        words = texts[0][first[0].at : last[0].end], texts[1][first[1].at : last[1].end]
        was_quoted = quotes.is_within(starts[0] + turned[0][0].at, marks[0])
        yield Edit(EditClass.QUOTE, f"“{words[0]}”" if was_quoted else words[0], words[1] if was_quoted else f"“{words[1]}”")


def _orders(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Edit]:
    """A list of names in another order."""
    before, after = _lists(old), _lists(new)
    for one in before:
        for other in after:
            keys, turned = [t.key for t in one], [t.key for t in other]
            common = Counter(keys) & Counter(turned)  # a body that several of them belong to stands there more than once
            if len(common) > 1 and LCSseq.similarity(keys, turned) < common.total():
                yield Edit(EditClass.NAME, ", ".join(t.text for t in one), ", ".join(t.text for t in other))
                return


def _lists(tokens: Sequence[Token]) -> list[list[Token]]:
    """The names that stand side by side with nothing but commas, offices and "and" between them."""
    found: list[list[Token]] = []
    here: list[Token] = []
    described = 0
    for token in tokens:
        if token.sort is Sort.NAME:
            here.append(token)
            described = 0
        elif token.sort is Sort.WORD and (here or described) and described < _DESCRIBED:
            described += 1  # the Lao charge d'affaires Somphone Keo
        elif not (token.sort is Sort.TITLE or (token.text in _LINKS and here)):
            found.append(here)
            here = []
    return [names for names in (*found, here) if len(names) > 1][:_MOST_LISTS]
