"""What differs between two wordings, laid out for a page: lines of marked words, inline or side by side, with numbered edits.

The words are as they came; a template makes them harmless and escapes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.article import Article
from monitor.model import Op, Part, Piece
from monitor.telling.diff import joins, place_of, splits

_CONTEXT = 160  # characters of unchanged words shown on each side of an edit
MOST = 60_000  # bytes of words shown of a page, unless all are asked for
MARK = "¶"


@dataclass(frozen=True, slots=True)
class Token:
    """A run of words of one line with one fate. ``edit`` is the number of the edit it is part of, 0 where it was kept.

    ``is_first``: the first of its edit. ``is_gap``: unchanged words are left out here.
    """

    op: Op
    text: str
    edit: int = 0
    is_first: bool = False
    is_gap: bool = False


Line = tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs under one name, or unchanged ones without. ``rows`` are its lines before and after, side by side.

    ``edit`` is the number of the edit where the whole block is one: it moved as it was.
    """

    name: str
    lines: tuple[Line, ...]
    rows: tuple[tuple[tuple[Line, ...], tuple[Line, ...]], ...] = ()
    edit: int = 0
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class Laid:
    """A text laid out: its blocks, how many edits there are, and whether it was cut because it is too long."""

    blocks: tuple[Block, ...]
    edits: int
    is_cut: bool = False


def laid_out(found: Sequence[Part], after: Article | None = None, most: int | None = MOST) -> Laid:
    """What ``found`` says, in the order of the page; with ``after`` between all that was kept of that wording.

    At most so many bytes of words, or all of them.
    """
    numbers = Numbers()
    blocks = [_block(part, numbers, is_whole=after is not None) for part in found]
    woven = list(_woven(found, blocks, after)) if after is not None else blocks
    kept, is_cut = _within(woven, most)
    return Laid(tuple(kept), numbers.last, is_cut)


def plain(article: Article, most: int | None = MOST) -> Laid:
    """A wording as it is, without edits."""
    kept, is_cut = _within([_unchanged(article.title, is_title=True), *map(_unchanged, article.paragraphs)], most)
    return Laid(tuple(kept), 0, is_cut)


@dataclass(slots=True)
class Numbers:
    """Counts edits from 1."""

    last: int = 0

    def next(self) -> int:
        """The number of the next edit."""
        self.last += 1
        return self.last


def _unchanged(text: str, *, is_title: bool = False) -> Block:
    line = (Token(Op.KEPT, text),)
    return Block("", (line,), (((line,), (line,)),), is_title=is_title)


def _woven(found: Sequence[Part], blocks: Sequence[Block], after: Article) -> Iterator[Block]:
    """The blocks, and between them the paragraphs that stayed as they were."""
    fields = {part.name for part in found}
    yield from (block for part, block in zip(found, blocks, strict=True) if part.at is None)
    if "title" not in fields:
        yield _unchanged(after.title, is_title=True)
    done = 0
    for part, block in zip(found, blocks, strict=True):
        if part.at is None:
            continue
        yield from map(_unchanged, after.paragraphs[done : part.at - 1])
        yield block
        done = max(done, part.at - 1 + _height(part))
    yield from map(_unchanged, after.paragraphs[done:])


def _height(part: Part) -> int:
    """How many paragraphs of the wording after a part is."""
    text = "".join(piece.text for piece in part.pieces if piece.op is not Op.CUT)
    return text.count("\n") + 1 if text else 0


def _block(part: Part, numbers: Numbers, *, is_whole: bool) -> Block:
    is_as_it_was = part.is_moved and all(piece.op is Op.KEPT for piece in part.pieces)
    edit = numbers.next() if is_as_it_was else 0
    lines = _lines(_numbered(part.pieces, numbers, is_whole=is_whole))
    return Block(place_of(part), lines, tuple(_rows(lines)), edit, is_title=part.name == "title")


# Lines


def _numbered(pieces: Sequence[Piece], numbers: Numbers, *, is_whole: bool) -> Iterator[Token]:
    """Tokens with their edits; line breaks are tokens of their own."""
    has_kept = any(piece.op is Op.KEPT for piece in pieces)
    edit, is_open, is_first = 0, False, False
    for at, piece in enumerate(pieces):
        if piece.op is Op.KEPT:
            is_open = False
            yield from _kept((piece.text,) if is_whole else _ends(piece.text, at, len(pieces)))
            continue
        if not is_open:  # a piece may leave no token, so the first of an edit can come with a later one
            edit, is_open, is_first = numbers.next(), True, True
        for token in _edited(pieces, at, marked=has_kept):
            yield replace(token, edit=edit, is_first=is_first) if token.op is not Op.KEPT else token
            is_first = is_first and (token.op is Op.KEPT or token.text == "\n")


def _edited(pieces: Sequence[Piece], at: int, *, marked: bool) -> Iterator[Token]:
    """The tokens of a piece that was cut or added. A pilcrow stands for the end of a paragraph that came or went."""
    piece = pieces[at]
    if joins(pieces, at):
        yield Token(Op.CUT, MARK)
    elif joins(pieces, at - 1):
        yield Token(Op.KEPT, " ")
    elif not splits(pieces, at + 1):
        for number, text in enumerate(piece.text.split("\n")):
            if number:
                if marked:
                    yield Token(piece.op, MARK)
                yield Token(piece.op, "\n")
            if text:
                yield Token(piece.op, text)


def _kept(texts: Sequence[str]) -> Iterator[Token]:
    """Unchanged words line by line, and a gap between two runs of them."""
    for number, text in enumerate(texts):
        if number:
            yield Token(Op.KEPT, " … ", is_gap=True)
        for line_number, line in enumerate(text.split("\n")):
            if line_number:
                yield Token(Op.KEPT, "\n")
            if line:
                yield Token(Op.KEPT, line)


def _ends(text: str, at: int, count: int) -> tuple[str, ...]:
    """Unchanged words cut to their ends beside edits, at a word; what is unchanged altogether to its beginning.

    An empty text stands for what is left out before or after them.
    """
    before = head(text, _CONTEXT) if at or count == 1 else ""
    after = tail(text, _CONTEXT) if at < count - 1 else ""
    return (text,) if len(text) <= len(before) + len(after) + 20 else (before, after)


def _lines(tokens: Iterable[Token]) -> tuple[Line, ...]:
    """Tokens divided where a line ends. The break itself stays as the last token of its line, so that sides can be told."""
    lines: list[list[Token]] = [[]]
    for token in tokens:
        lines[-1].append(token)
        if token.text == "\n":
            lines.append([])
    return tuple(tuple(line) for line in lines if line)


def _rows(lines: Sequence[Line]) -> Iterator[tuple[tuple[Line, ...], tuple[Line, ...]]]:
    """The lines before and after, in rows that end where a paragraph ends on both sides."""
    run: list[Token] = []
    for line in lines:
        run += line
        if line[-1].text == "\n" and line[-1].op is Op.KEPT:
            yield _side(run, Op.ADDED), _side(run, Op.CUT)
            run = []
    if run:
        yield _side(run, Op.ADDED), _side(run, Op.CUT)


def _side(tokens: Sequence[Token], without: Op) -> tuple[Line, ...]:
    return _lines(token for token in tokens if token.op is not without)


# Bounds


def _within(blocks: Sequence[Block], most: int | None) -> tuple[list[Block], bool]:
    """As many blocks as fit, the last of them cut."""
    if most is None:
        return list(blocks), False
    kept: list[Block] = []
    for block in blocks:
        size = sum(len(token.text.encode("utf-8", "replace")) for line in block.lines for token in line)
        if size > most:
            cut = tuple(_cut(block.lines, most))
            return [*kept, replace(block, lines=cut, rows=tuple(_rows(cut)))], True
        most -= size
        kept.append(block)
    return kept, False


def _cut(lines: Iterable[Line], most: int) -> Iterator[Line]:
    for line in lines:
        shown: list[Token] = []
        for token in line:
            shown.append(replace(token, text=token.text[:most]))
            most -= len(token.text.encode("utf-8", "replace"))
            if most <= 0:
                break
        yield tuple(shown)
        if most <= 0:
            return


def head(text: str, most: int) -> str:
    """The beginning of a text, cut at a word."""
    return text if len(text) <= most else text[:most].rpartition(" ")[0] or text[:most]


def tail(text: str, most: int) -> str:
    """The end of a text, cut at a word."""
    return text if len(text) <= most else text[-most:].partition(" ")[2] or text[-most:]
