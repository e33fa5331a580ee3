"""Texts kept once: by digest, compressed, a later wording as a small delta to the one before.

A delta is raw deflate (RFC 1951) with the earlier wording as preset dictionary: about 100 bytes where a copy takes 3,500.
A whole copy is kept when the text exceeds deflate's window of 32 KB, when the delta exceeds half the copy, and at every
16th wording, so that no text hangs on a long chain.
"""

from __future__ import annotations

import zlib
from collections import OrderedDict
from datetime import date

from monitor.article import Article, Card
from monitor.errors import StoreDamaged
from monitor.storing.database import Handle

WINDOW = 32768
CHAIN = 16
_CACHED = 256


class Texts:
    """One table of contents (``text`` or ``cards``): id, digest, base_id, depth, data."""

    def __init__(self, handle: Handle, table: str) -> None:
        self._handle = handle
        self._table = table
        self._undone = handle.undone
        self._cache: OrderedDict[int, bytes] = OrderedDict()

    def find(self, digest: bytes) -> int | None:
        """The id of the content with this digest, or None."""
        # the index holds the beginning alone: it tells texts apart as well, and takes a third of the room
        sql = f"SELECT id FROM {self._table} WHERE substr(digest, 1, 8) = substr(?, 1, 8) AND digest = ?"
        found = self._handle.value(sql, (digest, digest))
        return None if found is None else int(found)

    def keep(self, digest: bytes, content: bytes, base: int | None) -> int:
        """The id of ``content``, stored now if it is not yet; as a delta to ``base`` where that pays."""
        known = self.find(digest)
        if known is not None:
            return known
        data, base, depth = self._packed(content, base)
        sql = f"INSERT INTO {self._table} (digest, base_id, depth, data) VALUES (?, ?, ?, ?)"
        return self._handle.insert(sql, (digest, base, depth, data))

    def _packed(self, content: bytes, base: int | None) -> tuple[bytes, int | None, int]:
        copy = deflate(content)
        if base is None or len(content) > WINDOW:
            return copy, None, 0
        depth = 1 + int(self._handle.value(f"SELECT depth FROM {self._table} WHERE id = ?", (base,)) or 0)
        if depth >= CHAIN:
            return copy, None, 0
        try:
            delta = deflate(content, self.content(base))
        except StoreDamaged:  # what is damaged shows when it is read; what comes now must not be lost for it
            return copy, None, 0
        return (copy, None, 0) if len(delta) > len(copy) // 2 else (delta, base, depth)

    def content(self, number: int) -> bytes:
        """The content with this id. Raises StoreDamaged when it cannot be unpacked."""
        if self._undone != self._handle.undone:
            self._undone = self._handle.undone
            self._cache.clear()
        cached = self._cache.get(number)
        if cached is not None:
            self._cache.move_to_end(number)
            return cached
        chain: list[tuple[int, bytes]] = []
        wanted: int | None = number
        content = b""
        while wanted is not None and wanted not in self._cache:
            row = self._handle.row(f"SELECT base_id, data FROM {self._table} WHERE id = ?", (wanted,))
            if row is None or len(chain) > CHAIN:
                raise StoreDamaged(f"{self._handle.path}: {self._table} {number} hangs on {wanted}, and that leads nowhere")
            chain.append((wanted, row[1]))
            wanted = row[0]
        if wanted is not None:
            content = self._cache[wanted]
        for each, data in reversed(chain):
            content = self._unpacked(each, data, content)
        if len(content) <= WINDOW:
            self._cache[number] = content
            while len(self._cache) > _CACHED:
                self._cache.popitem(last=False)
        return content

    def _unpacked(self, number: int, data: bytes, base: bytes) -> bytes:
        try:
            content = inflate(data, base)
            content.decode("utf-8")
        except (zlib.error, UnicodeDecodeError) as wrong:
            raise StoreDamaged(f"{self._handle.path}: {self._table} {number} cannot be unpacked ({wrong})") from wrong
        return content


def deflate(content: bytes, dictionary: bytes = b"") -> bytes:
    """``content`` as raw deflate at the highest level."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, dictionary)
    return packer.compress(content) + packer.flush()


def inflate(data: bytes, dictionary: bytes = b"") -> bytes:
    """What :func:`deflate` packed. Raises zlib.error."""
    unpacker = zlib.decompressobj(-15, dictionary)
    content = unpacker.decompress(data) + unpacker.flush()
    if not unpacker.eof:
        raise zlib.error("the data are cut short")
    return content


def text_content(article: Article) -> bytes:
    """Title and paragraphs, one a line."""
    return "\n".join((article.title, *article.paragraphs)).encode("utf-8", "replace")


def text_parts(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Title and paragraphs of :func:`text_content`."""
    title, *paragraphs = content.decode("utf-8").split("\n")
    return title, tuple(paragraphs)


def cards_content(cards: tuple[Card, ...]) -> bytes:
    """Title, excerpt and day of each card, three lines a card."""
    lines = [line for card in cards for line in (card.title, card.excerpt, card.published.isoformat())]
    return "\n".join(lines).encode("utf-8", "replace")


def cards_parts(content: bytes) -> tuple[Card, ...]:
    """The cards of :func:`cards_content`."""
    lines = content.decode("utf-8").split("\n")
    return tuple(Card(lines[i], lines[i + 1], date.fromisoformat(lines[i + 2])) for i in range(0, len(lines) - 2, 3))
