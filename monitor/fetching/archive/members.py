"""gzip members (RFC 1952): one for each record of the archive, so that each can be read alone, and a torn one is told.

Their header never varies, so that a changed byte in it is seen too; all else is under the member's checksum.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress

_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # RFC 1952, section 2.3: deflate, no name, no time, no system named
_TRAILER = struct.Struct("<II")  # CRC-32 and size of what was packed
_CHUNK = 65536
_PIECE = 1 << 20  # so much is unpacked at once
_MOST_MEMBERS = 100  # of one capture: two for each redirect, of which settings allow 20, and two more

ReadAt = Callable[[int, int], bytes]
"""Gives the bytes at an offset, so many at most, none at the end."""


class Broken(ValueError):
    """What should be a member is none, is cut short or is damaged. The text says which."""


def packed(raw: bytes, *, is_packed: bool = False) -> bytes:
    """``raw`` as one member. What ``is_packed`` already, as far as can be told, is not tried hard (deflate's level 1)."""
    packer = zlib.compressobj(1 if is_packed else 6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return b"".join((_HEADER, packer.compress(raw), packer.flush(), _TRAILER.pack(zlib.crc32(raw), len(raw) & 0xFFFFFFFF)))


def unpacked(data: bytes, limit: int) -> list[bytes]:
    """What the members of ``data`` hold, each for itself, together ``limit`` bytes at most. Raises Broken."""
    view = memoryview(data)
    found: list[bytes] = []
    at = 0
    while at < len(data):
        if len(found) == _MOST_MEMBERS:
            raise Broken(f"more than {_MOST_MEMBERS} records")
        member = _Member(lambda start, size: bytes(view[start : start + size]), at)
        pieces = []
        for piece in member:
            limit -= len(piece)
            if limit < 0:
                raise Broken("its records are too large to be read")
            pieces.append(piece)
        found.append(b"".join(pieces))
        at = member.end
    return found


def whole(read: ReadAt, size: int, begins: bytes) -> tuple[int, int, int]:
    """Of a file of ``size`` bytes: the number of whole members that hold what ``begins`` so, where the last of them ends,
    and how many bytes before that belong to no such member.
    """
    count = end = strange = at = 0
    while at < size:
        after = _end(read, at, begins)
        if after is not None:
            strange += at - end
            count, end, at = count + 1, after, after
        else:
            at = _next(read, at + 1, size)
    return count, end, strange


class _Member:
    """The member at an offset: iterating gives what it holds, piece by piece; ``end`` is then where it ends."""

    def __init__(self, read: ReadAt, at: int) -> None:
        self._read = read
        self.end = at

    def __iter__(self) -> Iterator[bytes]:
        if self._read(self.end, len(_HEADER)) != _HEADER:
            raise Broken("no record begins there")
        at = self.end + len(_HEADER)
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        crc = size = 0
        data = b""
        while not unpacker.eof:
            if not data:
                data = self._read(at, _CHUNK)
                at += len(data)
                if not data:
                    raise Broken("a record is cut short")
            try:
                piece = unpacker.decompress(data, _PIECE)
            except zlib.error as wrong:
                raise Broken("a record is damaged") from wrong
            data = unpacker.unconsumed_tail
            crc, size = zlib.crc32(piece, crc), size + len(piece)
            yield piece
        at -= len(unpacker.unused_data)
        if self._read(at, _TRAILER.size) != _TRAILER.pack(crc, size & 0xFFFFFFFF):
            raise Broken("a record is cut short or damaged")
        self.end = at + _TRAILER.size


def _end(read: ReadAt, at: int, begins: bytes) -> int | None:
    """Where the member at ``at`` ends. None where there is no whole one, or it holds something else."""
    member = _Member(read, at)
    first = b""
    with suppress(Broken):
        for piece in member:
            if len(first) < len(begins):
                first += piece[: len(begins)]
                if not begins.startswith(first[: len(begins)]):
                    return None
        return member.end if first.startswith(begins) else None
    return None


def _next(read: ReadAt, at: int, size: int) -> int:
    """Where the next member may begin, from ``at`` on; ``size`` where none does."""
    while at < size:
        data = read(at, _CHUNK + len(_HEADER))
        found = data.find(_HEADER)
        if found >= 0:
            return at + found
        at += _CHUNK
    return size
