"""The words that changed as a person sees them: ``[-cut-]`` and ``{+added+}``, coloured where there is colour.

A pilcrow stands for the end of a paragraph that was split there, or merged with the next. What came from a site goes through
:func:`harmless`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rich.text import Text

from monitor.model import Op, Part, Piece
from monitor.telling.harmless import harmless

_MARKS = {Op.CUT: ("[-", "-]", "red strike"), Op.ADDED: ("{+", "+}", "green"), Op.KEPT: ("", "", "")}
_MOVED = "cyan"
_GLANCE = 70  # characters of changed words shown in the log
_CONTEXT = 60  # characters of unchanged text shown on each side of a change


def glance(found: Sequence[Part]) -> Text:
    """The first changed words in one short line, and how many more there are."""
    pieces = list(apart(list(changed(found)), _GLANCE))
    text = Text()
    shown = 0
    for piece in pieces:
        words = piece.text.replace("\n", " ").strip()
        if shown and len(text.plain) + len(words) > _GLANCE:
            break
        if len(words) > _GLANCE:
            words = (words[:_GLANCE].rpartition(" ")[0] or words[:_GLANCE]) + " …"
        if piece.op is Op.KEPT:
            text.append("moved: ", _MOVED)
        _append(text, piece.op, words)
        text.append(" ")
        shown += 1
    if shown < len(pieces):
        text.append(f"and {len(pieces) - shown} more", "dim")
    return text


def changed(found: Sequence[Part]) -> Iterator[Piece]:
    """The pieces that were cut or added, and of what moved as it was, the whole."""
    for part in found:
        is_as_it_was = part.is_moved and all(piece.op is Op.KEPT for piece in part.pieces)
        yield from (piece for piece in part.pieces if (piece.op is not Op.KEPT or is_as_it_was) and piece.text.strip())


def apart(pieces: Sequence[Piece], longest: int) -> Iterator[Piece]:
    """``pieces``; one of more than ``longest`` characters begins near where it differs from the piece that replaced it."""
    for at, piece in enumerate(pieces):
        beside = pieces[max(0, at - 1) : at] if piece.op is Op.ADDED else pieces[at + 1 : at + 2]
        others = [each for each in beside if {each.op, piece.op} == {Op.CUT, Op.ADDED}]
        same = _same(piece.text, others[0].text) if others and len(piece.text) > longest else 0
        yield replace(piece, text=f"…{piece.text[same - longest // 4 :]}") if same > longest // 2 else piece


def _same(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    most = min(len(one), len(other))
    return next((at for at in range(most) if one[at] != other[at]), most)


def parts(found: Sequence[Part], *, whole: bool = False) -> Text:
    """Every part under its name; unchanged words far from a change are left out unless ``whole``."""
    text = Text()
    for part in found:
        text.append(f"\n{place_of(part)}\n", "bold cyan")
        has_kept = any(piece.op is Op.KEPT for piece in part.pieces)
        for i, piece in enumerate(part.pieces):
            if joins(part.pieces, i):
                text.append("[-¶-]", _MARKS[Op.CUT][2])
            elif piece.op is Op.KEPT:
                _append(text, piece.op, _kept(piece.text, i, len(part.pieces), whole))
            elif not splits(part.pieces, i + 1):
                text.append(" ") if joins(part.pieces, i - 1) else _append(text, piece.op, piece.text, "¶" if has_kept else "")
        text.append("\n")
    return text


def splits(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a piece is the break between two paragraphs that were one: it stands where a space stood."""
    return 0 < at < len(pieces) and (pieces[at - 1], pieces[at]) == (Piece(Op.CUT, " "), Piece(Op.ADDED, "\n"))


def joins(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a piece is the break between two paragraphs that are one now: a space stands there."""
    return 0 <= at < len(pieces) - 1 and (pieces[at], pieces[at + 1]) == (Piece(Op.CUT, "\n"), Piece(Op.ADDED, " "))


def place_of(part: Part) -> str:
    """``paragraph 7``, ``paragraphs 7 to 9, moved from 3 to 5``, ``paragraph 4, cut`` (by its number before)."""
    if part.at is None or part.was is None:
        return part.name if part.at is None else f"paragraph {part.at}"
    ops = {piece.op for piece in part.pieces}
    if ops == {Op.CUT}:
        return f"{_numbers(part, part.was, Op.CUT)}, cut"
    name = _numbers(part, part.at, Op.ADDED)
    if ops == {Op.ADDED}:
        return f"{name}, added"
    return f"{name}, moved from {_numbers(part, part.was, Op.CUT).partition(' ')[2]}" if part.is_moved else name


def _numbers(part: Part, first: int, op: Op) -> str:
    count = sum(piece.text.count("\n") for piece in part.pieces if piece.op in (Op.KEPT, op))
    return f"paragraphs {first} to {first + count}" if count else f"paragraph {first}"


def _append(text: Text, op: Op, shown: str, end: str = "") -> None:
    """Each line of a piece in its own marks, those that it ends with ``end`` before the break."""
    opening, closing, style = _MARKS[op]
    lines = shown.split("\n")
    for i, line in enumerate(lines):
        if i:
            text.append("\n")
        words = line.rstrip(" ") or line
        mark = end if i < len(lines) - 1 else ""
        if line or mark:
            text.append(opening + harmless(words + mark) + closing + line[len(words) :], style)


def _kept(kept: str, at: int, count: int, whole: bool) -> str:
    """Unchanged text cut to its ends, at a word; what is unchanged altogether to its beginning."""
    before = kept[:_CONTEXT] if at or count == 1 else ""
    after = kept[-_CONTEXT:] if at < count - 1 else ""
    if whole or len(kept) <= len(before) + len(after) + 20:
        return kept
    if before:
        before = before.rpartition(" ")[0] or before
    if after:
        after = after.partition(" ")[2] or after
    return f"{before} … {after}" if before and after else (f"{before} …" if before else f"… {after}")
