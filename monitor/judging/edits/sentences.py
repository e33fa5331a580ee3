"""Which sentence became which: the same, edited, moved, cut, added; a pair of groups is edited as a whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from monitor.judging.aligning import blocks, encoded
from monitor.judging.edits.lexicon import english
from monitor.judging.edits.tokens import squashed
from monitor.judging.likeness import dice

_END = re.compile(r"\n|[.!?…]+[\"'”’»》」』)\]]*(?=\s)|[。！？]+[」』”’）》]*|(?<=다)\.(?=[가-힣])")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[가-힣]{1,2}|[^\W_\u3040-\u30ff\u3400-\u9fff가-힣]+")
_BLANKS = {code: " " for code in range(128) if not chr(code).isalnum()}
_LAST_WORD = re.compile(r"([\w.]+)\.$")
_SAME = 0.34  # likeness (Dice) from which a sentence is the old one edited
_CELLS = 900  # sentences by sentences that are paired by likeness; more are paired in their order
_TWO = 2  # one sentence cut and one added are no regrouping
_MOSTLY = 0.8  # ... or which share of what came to that one must be from the sentence that went
_INSIDE = 0.6  # which share of a sentence's words must stand in another one for the two to be merged or split


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where it begins in its text."""

    text: str
    at: int


Pair = tuple[Sequence[Sentence], Sequence[Sentence]]


def split(text: str) -> list[Sentence]:
    """The sentences of a text; a line break ends one, too."""
    found, start = [], 0
    for hit in _END.finditer(text):
        end = hit.end()
        if hit[0] != "\n" and not _ends(text, start, end):
            continue
        if text[start:end].strip():
            found.append(_stripped(text, start, end))
        start = end
    if text[start:].strip():
        found.append(_stripped(text, start, len(text)))
    return found


def _stripped(text: str, start: int, end: int) -> Sentence:
    piece = text[start:end]
    return Sentence(piece.strip(), start + len(piece) - len(piece.lstrip()))


def _ends(text: str, start: int, end: int) -> bool:
    """Whether a full stop ends a sentence: not after an abbreviation or one letter, not before a small letter or figure."""
    following = text[end : end + 2].strip()
    if following and (following[0].islower() or (following[0].isdigit() and text[end - 1] == "." and end - start < 200)):
        return not following[0].islower() and not _is_abbreviation(text, start, end)
    return not _is_abbreviation(text, start, end)


def _is_abbreviation(text: str, start: int, end: int) -> bool:
    last = _LAST_WORD.search(text[max(start, end - 15) : end])
    if last is None:
        return False
    word = last[1].casefold()
    return word in english().words["abbreviations"] or (len(word) == 1 and word.isalpha() and last[1].isupper())


def pairs(old: Sequence[Sentence], new: Sequence[Sentence]) -> list[Pair]:
    """What became what, in order: groups of sentences that differ. An empty group: cut or added as a whole."""
    found: list[Pair] = []
    i = j = 0
    one, other = encoded([each.text for each in old], [each.text for each in new])
    for i_next, j_next, size in [*blocks(one, other), (len(old), len(new), 0)]:
        found += _gap(old[i:i_next], new[j:j_next])
        i, j = i_next + size, j_next + size
    return found


def same(old: Sequence[Sentence], new: Sequence[Sentence], became: Sequence[Pair]) -> Iterator[tuple[Sentence, Sentence]]:
    """The sentences that stayed or were edited one by one, in order, each with what it became."""
    gone = {each.at for pair in became for each in pair[0]}, {each.at for pair in became for each in pair[1]}
    stayed = zip((each for each in old if each.at not in gone[0]), (each for each in new if each.at not in gone[1]), strict=False)
    edited = [(a[0], b[0]) for a, b in became if len(a) == len(b) == 1]
    yield from sorted([*stayed, *edited], key=lambda pair: pair[1].at)


def _gap(old: Sequence[Sentence], new: Sequence[Sentence]) -> list[Pair]:
    if not old or not new:
        return [((each,), ()) for each in old] + [((), (each,)) for each in new]
    if len(old) == len(new) == 1:
        return [(old, new)]
    if len(old) * len(new) > _CELLS:
        return [(old, new)]
    return _merged(_regrouped(_paired(old, new)))


def _paired(old: Sequence[Sentence], new: Sequence[Sentence]) -> list[Pair]:
    """The best pairs in order, by likeness (Needleman and Wunsch's alignment)."""
    bags, others = [frozenset(words(each.text)) for each in old], [frozenset(words(each.text)) for each in new]
    like = [[dice(bag, other) for other in others] for bag in bags]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            both = like[i][j] + best[i + 1][j + 1] if like[i][j] >= _SAME else 0.0
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    found: list[Pair] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if like[i][j] >= _SAME and best[i][j] == like[i][j] + best[i + 1][j + 1]:
            found.append((old[i : i + 1], new[j : j + 1]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            found.append((old[i : i + 1], ()))
            i += 1
        else:
            found.append(((), new[j : j + 1]))
            j += 1
    return found + [((each,), ()) for each in old[i:]] + [((), (each,)) for each in new[j:]]


def _regrouped(found: Sequence[Pair]) -> Iterator[Pair]:
    """Sentences cut side by side that are one now, or one that is several: the items of a list that was one line."""
    for is_one_sided, group in groupby(found, key=lambda pair: not (pair[0] and pair[1])):
        pairs = list(group)
        old, new = (tuple(each for pair in pairs for each in pair[side]) for side in (0, 1))
        if is_one_sided and old and new and len(pairs) > _TWO and _letters(old) == _letters(new):
            yield old, new
        else:
            yield from pairs


def _letters(group: Sequence[Sentence]) -> str:
    return "".join(squashed(each.text) for each in group)


def _merged(found: Iterable[Pair]) -> list[Pair]:
    """Sentences that were split or joined go together; so do as many cut as added ones that stand side by side."""
    done: list[Pair] = []
    for old, new in found:
        last = done[-1] if done else None
        if last and (_is_part(last, (old, new)) or _is_part((old, new), last) or _are_replaced(last, (old, new))):
            done[-1] = ((*last[0], *old), (*last[1], *new))
        else:
            done.append((old, new))
    return done


def _is_part(whole: Pair, part: Pair) -> bool:
    """Whether a sentence that was cut or added stands, for the most part, in what its neighbour became."""
    if bool(part[0]) == bool(part[1]) or not (whole[0] and whole[1]):
        return False
    side = 0 if part[0] else 1
    piece = words(" ".join(each.text for each in part[side]))
    had = words(" ".join(each.text for each in whole[side]))
    became = words(" ".join(each.text for each in whole[1 - side])) - had
    shared = (piece & became).total()
    is_all_that_came = became.total() > _TWO and shared >= _MOSTLY * became.total()
    return piece.total() > 1 and (shared >= _INSIDE * piece.total() or is_all_that_came)


def _are_replaced(one: Pair, other: Pair) -> bool:
    """Whether a sentence was cut where another was added: one took the place of the other."""
    return (not one[0] and not other[1] and len(one[1]) == 1) or (not one[1] and not other[0] and len(one[0]) == 1)


def words(text: str) -> Counter[str]:
    """The words of a sentence with how often they stand there; Korean in pairs of syllables."""
    return Counter(tokens(text.casefold()))


def tokens(text: str) -> list[str]:
    """The words as they stand there."""
    return _WORD.findall(text)


def count(text: str) -> int:
    """How many words a text has."""
    return len(text.translate(_BLANKS).split()) if text.isascii() else len(tokens(text.casefold()))


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """Dice's coefficient of two bags of words."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0
