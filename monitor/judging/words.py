"""The words that changed: two articles become parts, each a run of pieces that are kept, cut or added.

Paragraphs are matched first, then words inside those that differ (Levenshtein alignment through rapidfuzz). Joining the
kept and cut pieces of a part gives the text before, joining the kept and added ones the text after.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from monitor.article import Article
from monitor.model import Op, Part, Piece

_WORD = re.compile(r"\n|[^\W_]+(?:[.,'’\-][^\W_]+)*[^\S\n]*|[^\S\n]+|.[^\S\n]*")
Pair = tuple[str, str]  # what stood in a place, and what stands there now: the same text twice where it was kept
_CONFETTI = 2  # so few kept words between two changes are shown as changed with them, as a phrase


def differences(before: Article, after: Article) -> tuple[Part, ...]:
    """What differs between two wordings, in the order of the page; empty when only what is in no digest does."""
    fields = (
        ("publication", before.publication, after.publication),
        ("title", before.title, after.title),
        ("published", _day(before), _day(after)),
    )
    found = [Part(name, words(old, new)) for name, old, new in fields if old != new]
    return (*found, *_paragraphs(before.paragraphs, after.paragraphs))


def _day(article: Article) -> str:
    return article.published.isoformat() if article.published else ""


def _paragraphs(before: Sequence[str], after: Sequence[str]) -> Iterator[Part]:
    """Runs of paragraphs that differ. Neighbouring steps are one run: which paragraph became which, the words tell best."""
    for is_equal, steps in groupby(Levenshtein.opcodes(before, after), key=lambda step: step.tag == "equal"):
        if not is_equal:
            first, *_, last = 2 * list(steps)
            old = "\n".join(before[first.src_start : last.src_end])
            new = "\n".join(after[first.dest_start : last.dest_end])
            yield Part("paragraphs", words(old, new), first.dest_start + 1)


def words(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces that turn one text into the other."""
    phrases = _runs(_phrases(_runs(_pairs(_WORD.findall(before), _WORD.findall(after)))))
    return tuple(piece for run in _runs(_without_shared_space(phrases)) for piece in _pieces(*run))


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    """The words that are the same one by one, the others as runs. A word is the same before a space and before a comma."""
    bare_old, bare_new = ([word.rstrip(" ") or word for word in found] for found in (old, new))
    for step in Levenshtein.opcodes(bare_old, bare_new):
        if step.tag != "equal":
            yield "".join(old[step.src_start : step.src_end]), "".join(new[step.dest_start : step.dest_end])
            continue
        for i, j in zip(range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True):
            if old[i] == new[j]:
                yield old[i], new[j]
            else:
                length = len(bare_old[i])
                yield bare_old[i], bare_new[j]
                yield old[i][length:], new[j][length:]


def _runs(pairs: Iterable[Pair]) -> list[Pair]:
    """Neighbours with the same fate as one pair."""
    groups = ([*group] for _, group in groupby(pairs, key=_is_kept))
    return [("".join(old for old, _ in group), "".join(new for _, new in group)) for group in groups]


def _is_kept(pair: Pair) -> bool:
    return pair[0] == pair[1]


def _phrases(runs: Sequence[Pair]) -> Iterator[Pair]:
    """A kept run too short to read between two changes becomes part of them."""
    for i, (old, new) in enumerate(runs):
        if old == new and 0 < i < len(runs) - 1 and "\n" not in old and len(old.split()) < _CONFETTI:
            yield old, ""
            yield "", new
        else:
            yield old, new


def _without_shared_space(runs: Iterable[Pair]) -> Iterator[Pair]:
    """White space with which both sides of a change end is kept."""
    for old, new in runs:
        end = min(len(old) - len(old.rstrip(" ")), len(new) - len(new.rstrip(" ")))
        yield old[: len(old) - end], new[: len(new) - end]
        yield end * " ", end * " "


def _pieces(old: str, new: str) -> Iterator[Piece]:
    fates = ((Op.KEPT, old),) if old == new else ((Op.CUT, old), (Op.ADDED, new))
    return (Piece(op, text) for op, text in fates if text)
