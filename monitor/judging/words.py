"""The words that changed: two articles become parts, each a run of pieces that are kept, cut or added.

Paragraphs are matched first, then words inside those that differ (Levenshtein alignment through rapidfuzz). Joining the
kept and cut pieces of a part gives the text before, joining the kept and added ones the text after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Levenshtein

from monitor.article import Article

_WORD = re.compile(r"\n|[^\W_]+(?:[.,'’\-][^\W_]+)*[^\S\n]*|[^\S\n]+|.[^\S\n]*")
_CONFETTI = 2  # so few kept words between two changes are shown as changed with them, as a phrase


class Op(StrEnum):
    """What happened to a piece of text."""

    KEPT = "kept"
    CUT = "cut"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with one fate. A line break in it is a paragraph's end."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A field, or a run of paragraphs, that differs. ``at`` is the first paragraph's number after the edit, from 1."""

    name: str
    pieces: tuple[Piece, ...]
    at: int | None = None


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
    for step in Levenshtein.opcodes(list(before), list(after)):
        if step.tag == "equal":
            continue
        old = "\n".join(before[step.src_start : step.src_end])
        new = "\n".join(after[step.dest_start : step.dest_end])
        yield Part("paragraphs", words(old, new), step.dest_start + 1)


def words(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces that turn one text into the other."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    raw: list[Piece] = []
    for step in Levenshtein.opcodes([_bare(word) for word in old], [_bare(word) for word in new]):
        cut, added = "".join(old[step.src_start : step.src_end]), "".join(new[step.dest_start : step.dest_end])
        if step.tag == "equal" and cut == added:
            raw.append(Piece(Op.KEPT, cut))
        else:
            raw += [Piece(Op.CUT, cut), Piece(Op.ADDED, added)]
    return tuple(_joined(_phrases(raw)))


def _bare(word: str) -> str:
    """A word is the same before a space and before a full stop; white space alone is a word of its own."""
    return word.rstrip(" ") or word


def _phrases(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Kept pieces too short to read between two changes become part of them."""
    for i, piece in enumerate(pieces):
        is_inner = 0 < i < len(pieces) - 1
        if piece.op is Op.KEPT and is_inner and len(piece.text.split()) < _CONFETTI and "\n" not in piece.text:
            yield Piece(Op.CUT, piece.text)
            yield Piece(Op.ADDED, piece.text)
        else:
            yield piece


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbouring changes as one cut and one added piece."""
    kept, cut, added = "", "", ""
    for piece in (*pieces, Piece(Op.KEPT, "")):
        if piece.op is Op.CUT:
            cut += piece.text
        elif piece.op is Op.ADDED:
            added += piece.text
        else:
            for each in _changed(cut, added):
                if each.op is Op.KEPT:
                    kept += each.text
                    continue
                if kept:
                    yield Piece(Op.KEPT, kept)
                kept = ""
                yield each
            kept, cut, added = kept + piece.text, "", ""
    if kept:
        yield Piece(Op.KEPT, kept)


def _changed(cut: str, added: str) -> Iterator[Piece]:
    """A change as pieces; white space that both sides end with is no part of it."""
    end = 0
    while end < min(len(cut), len(added)) and cut[-1 - end] == added[-1 - end] == " ":
        end += 1
    kept = cut[len(cut) - end :] if cut != added else cut
    cut, added = (cut[: len(cut) - end], added[: len(added) - end]) if cut != added else ("", "")
    for op, text in ((Op.CUT, cut), (Op.ADDED, added), (Op.KEPT, kept)):
        if text:
            yield Piece(op, text)
