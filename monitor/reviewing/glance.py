"""The first changed words of a change in their place, as one line: what a row of the inbox shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from monitor.model import Op, Part
from monitor.reviewing.wording import MARK, Line, Numbers, Token, head, tail
from monitor.telling.diff import place_of

_GLANCE = 220  # characters of a row of the inbox
_BESIDE = 48  # of them unchanged ones beside an edit
_BEHIND = 24  # and behind the last one of a part, before those of the next
_MOST_EDITS = 4


@dataclass(frozen=True, slots=True)
class Glance:
    """The first edits in their place, as one line, and how many more there are."""

    tokens: Line = ()
    more: int = 0


def glance(found: Sequence[Part]) -> Glance:
    """The first changed words with some of what stands around them."""
    numbers = Numbers()
    tokens: list[Token] = []
    behind = ""
    shown, size = 0, 0
    for part in found:
        for before, run, after in _glanced(part, numbers):
            between = (*_ending(behind, _BEHIND), _SPACE) if tokens and run[0].is_first else ()
            further = (*between, *before, *run)
            text = sum(len(token.text) for token in further)
            if shown and (size + text > _GLANCE or shown >= _MOST_EDITS or shown < numbers.last - 1):
                continue  # one that is left out ends it; the others are counted all the same
            tokens += further
            shown, size = shown + 1, size + text
            behind = after
    return Glance((*tokens, *_ending(behind, _BESIDE)) if shown else (), numbers.last - shown)


_SPACE = Token(Op.KEPT, " · ", is_gap=True)  # between words of two parts
_Glanced = tuple[Line, Line, str]


def _glanced(part: Part, numbers: Numbers) -> Iterator[_Glanced]:
    """Each edit of a part: what stands between it and the one before, its words, and what follows should it be the last."""
    if part.is_moved and all(piece.op is Op.KEPT for piece in part.pieces):
        text = _short("".join(piece.text for piece in part.pieces), 80)
        yield (Token(Op.KEPT, f"{place_of(part)}: ", is_gap=True),), (Token(Op.KEPT, text, numbers.next(), is_first=True),), ""
        return
    groups = [(is_kept, [*some]) for is_kept, some in groupby(part.pieces, key=lambda piece: piece.op is Op.KEPT)]
    kept = {at: "".join(piece.text for piece in some) for at, (is_kept, some) in enumerate(groups) if is_kept}
    first = min((at for at in range(len(groups)) if at not in kept), default=0)
    for at, (is_kept, some) in enumerate(groups):
        if is_kept:
            continue
        number = numbers.next()
        run = [Token(piece.op, _short(piece.text, 90), number) for piece in some]
        run[0] = replace(run[0], is_first=at == first)
        yield _between(kept.get(at - 1, ""), is_first=at == first), tuple(run), kept.get(at + 1, "")


def _between(text: str, *, is_first: bool) -> Line:
    """The words before an edit: the end of them, or all between two edits where these are close."""
    end = tail(text.rsplit("\n", 1)[-1], _BESIDE)
    if is_first or "\n" in text or len(text) > 2 * _BESIDE:
        return _said(("… " if len(end) < len(text) else "") + end if is_first else f"{_start(text)} … {end}")
    return _said(text)


def _ending(text: str, most: int) -> Line:
    start = head(text.split("\n", 1)[0], most)
    return _said(start + (" …" if len(start) < len(text) else ""))


def _start(text: str) -> str:
    return head(text.split("\n", 1)[0], _BESIDE)


def _said(text: str) -> Line:
    return (Token(Op.KEPT, text),) if text else ()


def _short(text: str, most: int) -> str:
    text = text.replace("\n", f"{MARK} ")
    return text if len(text) <= most else head(text, most) + " …"
