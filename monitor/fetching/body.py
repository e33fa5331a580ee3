"""From the bytes on the wire to the bytes of the page: content codings undone, never beyond a size limit.

The codings are those of RFC 9110, section 8.4.1: gzip (RFC 1952), deflate (RFC 1950; bare RFC 1951 is understood too,
since servers send it) and identity; and br (RFC 7932) and zstd (RFC 8878, its window bounded by RFC 9659).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

import brotli
import zstandard

from monitor.errors import BadAnswer, TooLarge

_GZIP, _ZLIB, _RAW = 31, zlib.MAX_WBITS, -zlib.MAX_WBITS  # zlib's names for the three formats
_GZIP_MAGIC = b"\x1f\x8b"  # RFC 1952, section 2.3.1
ACCEPTED = "gzip, deflate, br, zstd"
_MOST_MEMBERS = 100  # each costs a copy of what is left, so their number is bounded
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"  # RFC 8878, section 3.1.1
_ZSTD_STEP = 256  # bytes handed over at once: the library knows no limit, but 4 bytes give 128 KiB at most
_ZSTD_WINDOW = 8 << 20  # the most memory that a frame may ask for (RFC 9659, section 3)
_MOST_CODINGS = 3


def decode(wire: bytes, codings: str | None, *, limit: int, url: str, only: bool = False) -> bytes:
    """``wire`` without the codings that the header ``Content-Encoding`` lists, in the order in which they were applied.

    At most ``limit`` bytes come out of any of them; beyond that, TooLarge is raised, or the rest left out where ``only`` so
    many are wanted. Raises BadAnswer for a coding that is not known or a body that is cut short or damaged. Both errors name
    ``url``. Nothing on the wire is nothing, whatever the header says.
    """
    names = [name for part in (codings or "").split(",") if (name := part.strip().lower()) not in ("", "identity")]
    if len(names) > _MOST_CODINGS:
        raise BadAnswer(f"{url}: the body is coded {len(names)} times over ({_shown(', '.join(names))})")
    if len(wire) > limit:
        raise too_large(url, limit)
    body = wire
    for name in reversed(names):
        undo = _CODINGS.get(name)
        if undo is None:
            raise BadAnswer(f"{url}: the body is coded as {_shown(name)!r}; only {ACCEPTED} were asked for")
        try:
            body = undo(body, limit) if body else body
        except (zlib.error, brotli.error, zstandard.ZstdError) as wrong:
            raise BadAnswer(f"{url}: the {name} body is damaged ({str(wrong).rpartition(': ')[2]})") from wrong
        except EOFError as wrong:
            raise BadAnswer(f"{url}: the {name} body is cut short") from wrong
        if len(body) > limit and not only:
            raise too_large(url, limit)
    return body[:limit] if only else body


def too_large(url: str, limit: int) -> TooLarge:
    """The error for an answer of more than ``limit`` bytes."""
    return TooLarge(f"{url}: the answer is larger than {limit} bytes; raise max_bytes under [polite] if such pages are expected")


def _shown(name: str) -> str:
    return name[:40]


def _gunzip(data: bytes, limit: int) -> bytes:
    """All members of a gzip file. What follows the last one is ignored, as browsers do: its checksum was right."""
    found: list[bytes] = []
    size = 0
    for _ in range(_MOST_MEMBERS):
        piece, rest = _inflate(data, _GZIP, limit - size)
        found.append(piece)
        size += len(piece)
        if size > limit or not rest.startswith(_GZIP_MAGIC):
            return found[0] if len(found) == 1 else b"".join(found)
        data = rest
    raise zlib.error(f"more than {_MOST_MEMBERS} members")


def _undeflate(data: bytes, limit: int) -> bytes:
    try:
        return _inflate(data, _ZLIB, limit)[0]
    except zlib.error:
        return _inflate(data, _RAW, limit)[0]


def _inflate(data: bytes, window: int, limit: int) -> tuple[bytes, bytes]:
    """What ``data`` unpacks to, one byte over ``limit`` at most, and what lies behind it. Raises EOFError, zlib.error."""
    unpacker = zlib.decompressobj(window)
    piece = unpacker.decompress(data, limit + 1)
    if not unpacker.eof and len(piece) <= limit:
        raise EOFError
    return piece, unpacker.unused_data


def _unbrotli(data: bytes, limit: int) -> bytes:
    unpacker = brotli.Decompressor()
    found: list[bytes] = []
    size = 0
    while size <= limit and not unpacker.is_finished():
        piece = unpacker.process(b"" if found else data, output_buffer_limit=limit + 1 - size)
        if found and not piece:
            raise EOFError
        found.append(piece)
        size += len(piece)
    return b"".join(found)


def _unzstd(data: bytes, limit: int) -> bytes:
    """All frames. What follows the last one is ignored, as it is for gzip."""
    found: list[bytes] = []
    size = 0
    for _ in range(_MOST_MEMBERS):
        frame = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
        at = 0
        while not frame.eof:
            if at >= len(data):
                raise EOFError
            piece = frame.decompress(data[at : at + _ZSTD_STEP])
            at += _ZSTD_STEP
            found.append(piece)
            size += len(piece)
            if size > limit:
                return b"".join(found)
        data = frame.unused_data + data[at:]
        if not data.startswith(_ZSTD_MAGIC):
            return b"".join(found)
    raise zstandard.ZstdError(f"more than {_MOST_MEMBERS} members")


_CODINGS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _undeflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
