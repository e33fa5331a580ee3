"""Captures that others made, read from their WARC files (ISO 28500, version 1.1), compressed record by record or not at all.

The files are as little to be trusted as the sites: every length is bounded, and where a file is damaged, what came before
the damage counts and what follows it is left.
"""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import WARCIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader

from monitor.errors import InputError
from monitor.fetching.archive.answers import MOST_HEAD, Head, Unusable, capture_of, head_of, revisited
from monitor.model import Capture

_LONGEST_LINE = 64 * 1024
_MOST_LINES = 10_000  # of a record's head, and of blank lines after it
_MOST_KNOWN = 1_000_000  # records that a revisit may refer to
_WEB = re.compile("<?https?://", re.IGNORECASE)  # other addresses hold what the program that made the file says of it
_TAKEN = ("response", "revisit", "resource")
_CUT = "the file ends in the middle of a record"
_ALONE = "a revisit whose bytes are in none of the files"

logging.getLogger("warcio").addHandler(logging.NullHandler())  # what it would print holds addresses as they came


class _Damage(Exception):
    """A record that cannot be read, and with it the rest of its file."""


_BROKEN = (_Damage, ArchiveLoadFailed, EOFError, OSError, ValueError, zlib.error)


@dataclass(frozen=True, slots=True)
class Taken:
    """A record of a file: its capture, or why it gives none; or why the file cannot be read further (``damage``)."""

    file: Path
    url: str = ""
    capture: Capture | None = None
    why: str = ""
    damage: str = ""


class WarcFiles:
    """WARC files to be read one after the other. ``limit`` is the size in bytes of the largest body that is taken."""

    def __init__(self, paths: Sequence[Path], *, limit: int) -> None:
        """Raises InputError for what is not there, cannot be read or is no WARC file."""
        self._paths = tuple(paths)
        self._limit = limit
        self._known: dict[str, tuple[Path, int]] = {}
        for path in self._paths:
            _check(path)

    def captures(self, is_wanted: Callable[[str], bool]) -> Iterator[Taken]:
        """Every answer in the files, in their order; bodies are read only at addresses that are wanted.

        A revisit gives the bytes of the record it refers to. Those that come before it come last.
        """
        waiting: list[tuple[Path, Head, bytes]] = []
        for path in self._paths:
            with path.open("rb") as file:
                walk = _Walk(file)
                try:
                    for offset, record in walk.records():
                        taken = self._taken(path, offset, record, is_wanted, waiting)
                        if taken is not None:
                            yield taken
                except _BROKEN as wrong:
                    where = f"{path}: damaged at byte {walk.offset}"
                    yield Taken(path, damage=f"{where}: {_why(wrong)}; what came before it was read")
        for path, head, block in waiting:
            yield self._revisit(path, head, block) or Taken(path, head.url, why=_ALONE)

    def _taken(
        self, path: Path, offset: int, record: Any, is_wanted: Callable[[str], bool], waiting: list[tuple[Path, Head, bytes]]
    ) -> Taken | None:
        """What a record gives; None for one that holds no answer, or that waits for the record it refers to."""
        if record.rec_type not in _TAKEN or not _WEB.match(record.rec_headers.get_header("WARC-Target-URI") or ""):
            return None
        url = ""
        try:
            head = head_of(record)
            url = head.url
            if head.kind == "response" and len(self._known) < _MOST_KNOWN:
                self._known.setdefault(head.id, (path, offset))
                self._known.setdefault(head.payload, (path, offset))
            if not is_wanted(url):
                return Taken(path, url)
            block = self._block(record)
            if head.kind != "revisit":
                return Taken(path, url, capture_of(head, block, self._limit))
            if not head.is_identical:
                raise Unusable("a revisit that repeats no bytes (the server said 304)")
            found = self._revisit(path, head, block)
            if found is None:
                waiting.append((path, head, block))
            return found
        except Unusable as wrong:
            return Taken(path, url, why=str(wrong))

    def _revisit(self, path: Path, head: Head, block: bytes) -> Taken | None:
        """What a revisit gives; None when the record it refers to is not known (yet)."""
        spot = self._known.get(head.refers_to) if head.refers_to else None
        spot = spot or (self._known.get(head.payload) if head.payload else None)
        if spot is None:
            return None
        try:
            return Taken(path, head.url, revisited(head, block, self._at(*spot)))
        except Unusable as wrong:
            return Taken(path, head.url, why=str(wrong))

    def _at(self, path: Path, offset: int) -> Capture:
        """The capture of the response that begins at an offset. Raises Unusable."""
        try:
            with path.open("rb") as file:
                file.seek(offset)
                _, record = next(_Walk(file).records())
                return capture_of(head_of(record), self._block(record), self._limit)
        except (*_BROKEN, StopIteration) as wrong:
            raise Unusable("a revisit of a record that is damaged") from wrong

    def _block(self, record: Any) -> bytes:
        """The bytes of a record. Raises Unusable when they are too many or not those that were written, _Damage when cut."""
        most = self._limit + MOST_HEAD
        if record.length > most:
            raise Unusable(f"larger than {self._limit} bytes")
        block: bytes = record.raw_stream.read(most)
        if record.raw_stream.limit > 0:
            raise _Damage(_CUT)
        if any(problem.startswith("block digest") for problem in record.digest_checker.problems):
            raise Unusable("altered: its bytes do not give the digest that it names")
        return block


class _Reader(DecompressingBufferedReader):  # type: ignore[misc]
    """warcio's reader, with bounded lines, and with an error where it would print one and go on."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__(stream)
        self.lines = 0
        self.is_cut = False  # whether the file ended inside of what is compressed
        self._is_empty = True

    def readline(self, length: int | None = None) -> bytes:
        line: bytes = super().readline(_LONGEST_LINE if length is None else min(length, _LONGEST_LINE))
        self.lines += 1
        if len(line) >= _LONGEST_LINE or self.lines > _MOST_LINES:
            raise _Damage("the head of a record has no end")
        return line

    decompressor: Any

    def _decompress(self, data: bytes) -> bytes:
        if self.decompressor is None or not data:
            return data
        self._is_empty = False
        try:
            unpacked: bytes = self.decompressor.decompress(data)
        except zlib.error as wrong:
            if self.num_read:
                raise _Damage(f"what is compressed there is damaged ({wrong})") from wrong
            self.decompressor = None  # the file is not compressed
            return data
        return unpacked

    def close_decompressor(self) -> None:
        self.is_cut = self.decompressor is not None and not self.decompressor.eof and not self._is_empty
        super().close_decompressor()


class _Iterator(WARCIterator):  # type: ignore[misc]
    """warcio's iterator; what it prints to stderr of records that do not end where they say is kept to itself."""

    INC_RECORD = ""


class _Loader(ArcWarcRecordLoader):  # type: ignore[misc]
    """warcio's loader, which would end with a TypeError at a digest that names no algorithm. Such a one tells nothing."""

    def wrap_digest_verifying_stream(self, stream: Any, *record: Any, **length: Any) -> tuple[Any, bool]:
        try:
            found: tuple[Any, bool] = super().wrap_digest_verifying_stream(stream, *record, **length)
        except TypeError:
            return stream, False
        return found


class _Walk:
    """A walk along the records of a file. ``offset`` is where the last one begins."""

    def __init__(self, file: BinaryIO) -> None:
        self._records = _Iterator(file, no_record_parse=True, check_digests=True)
        self._records.reader = self._reader = _Reader(file)
        self._records.loader = _Loader()
        self.offset: int = self._records.offset

    def records(self) -> Iterator[tuple[int, Any]]:
        """Offset and record, one after the other. Raises what _BROKEN lists."""
        last: Any = None
        while True:
            self._reader.lines = 0
            try:
                record = next(self._records, None)
            except _BROKEN:
                self.offset = self._records.offset
                raise
            if last is not None and last.raw_stream.limit > 0:
                raise _Damage(_CUT)
            self.offset = self._records.offset
            if self._records.err_count:
                raise _Damage("a record does not end where it says")
            if record is None:
                if self._reader.is_cut:
                    raise _Damage(_CUT)
                return
            if record.length is None:
                raise _Damage("a record does not say how long it is")
            yield self.offset, record
            last = record


def _check(path: Path) -> None:
    """Raises InputError for what is no WARC file that can be read."""
    try:
        with path.open("rb") as file:
            if next(_Walk(file).records(), None) is None:
                raise InputError(f"{path}: it is empty; name a WARC file (.warc or .warc.gz)")
    except FileNotFoundError as wrong:
        raise InputError(f"{path}: there is no such file") from wrong
    except OSError as wrong:
        raise InputError(f"{path}: it cannot be read ({wrong.strerror}); name a WARC file (.warc or .warc.gz)") from wrong
    except _BROKEN as wrong:
        raise InputError(f"{path}: this is no WARC file ({_why(wrong)})") from wrong


def _why(wrong: BaseException) -> str:
    """Why a file cannot be read, in one line."""
    said = str(wrong)
    if "non-chunked gzip" in said:
        return "it is compressed as a whole, not record by record; `warcio recompress` makes it so"
    return " ".join(said.split())[:200] or "it ends there"
