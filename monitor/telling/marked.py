"""The words that changed as HTML: additions as ``<ins>``, cuts as ``<del>``, everything from a site escaped and harmless.

The marks ``[-`` and ``{+`` stay, so that nobody needs colours, and a reader that drops the tags still tells cut from added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import urlsplit

from monitor.model import Op, Part, Piece
from monitor.telling.diff import apart, changed, place_of
from monitor.telling.harmless import harmless

MOST = 40  # runs of words shown of a change
_LONGEST = 600  # characters of a run
_BESIDE = 80  # characters of unchanged text beside a change
_UNFIT = re.compile("[\ufffe\uffff]")  # no characters of XML 1.0; harmless() has written out the others


def clean(text: str) -> str:
    """Text from outside, fit to stand in XML and HTML, and of which nothing is markup."""
    return escape(plain(text))


def plain(text: str, most: int = 0) -> str:
    """Text from outside as one harmless line, cut to ``most`` characters."""
    text = text if not most or len(text) <= most else text[:most] + " …"
    return _UNFIT.sub("\ufffd", harmless(text.replace("\n", " ¶ ")))


def link(address: str) -> str:
    """An address of the web as the value of an attribute; empty for any other, so that nothing leads to a script."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return clean(address) if parts.scheme in ("http", "https") and parts.netloc else ""


def marked(parts: Sequence[Part]) -> Iterator[str]:
    """Each part that differs as a paragraph of HTML, the first :data:`MOST` runs of words."""
    shown = 0
    for at, part in enumerate(parts):
        if shown >= MOST:
            yield f"<p>… and {len(parts) - at} more places</p>"
            return
        pieces = [*_pieces(part)]
        shown += sum(piece.op is not Op.KEPT for piece in part.pieces)
        yield f"<p><b>{clean(place_of(part))}</b>: {''.join(pieces)}</p>"


def in_words(parts: Sequence[Part]) -> str:
    """The first words that changed in a line of plain text: ``[-cut-]`` and ``{+added+}``."""
    runs = [_plain_run(piece) for piece in apart([*changed(parts)], _LONGEST)]
    more = f" and {len(runs) - MOST} more" if len(runs) > MOST else ""
    return " ".join(runs[:MOST]) + more


def _plain_run(piece: Piece) -> str:
    opening, closing = {Op.CUT: ("[-", "-]"), Op.ADDED: ("{+", "+}"), Op.KEPT: ("moved: ", "")}[piece.op]
    return opening + plain(piece.text.strip(), _LONGEST) + closing


def _pieces(part: Part) -> Iterator[str]:
    is_as_it_was = all(piece.op is Op.KEPT for piece in part.pieces)
    for at, piece in enumerate(apart(part.pieces[: 4 * MOST], _LONGEST)):
        if piece.op is Op.KEPT:
            yield clean(plain(piece.text, _LONGEST) if is_as_it_was else _beside(piece.text, at, len(part.pieces)))
        else:
            tag, opening, closing = ("del", "[-", "-]") if piece.op is Op.CUT else ("ins", "{+", "+}")
            yield f"<{tag}>{opening}{clean(plain(piece.text, _LONGEST))}{closing}</{tag}>"


def _beside(text: str, at: int, count: int) -> str:
    """Unchanged text, cut to what stands beside a change."""
    if len(text) <= 2 * _BESIDE:
        return text
    head = text[:_BESIDE] if at else ""
    tail = text[-_BESIDE:] if at < count - 1 else ""
    return f"{head} … {tail}"
