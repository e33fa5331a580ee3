"""The archive: captures in a folder of WARC files, kept so that they last, and read back with every digest checked.

A file is ended when it is full, when the day (UTC) is over and when the archive is closed, and never altered after that.
Several archives, also of other processes, may write into one folder: each has a file of its own.
"""

from __future__ import annotations

import errno
import hashlib
import logging
import re
import threading
from datetime import datetime
from pathlib import Path

from monitor.errors import ArchiveDamaged, ArchiveError
from monitor.fetching.archive.files import ENDING, OPEN, OpenFile, mend, open_name, sync_folder
from monitor.fetching.archive.members import Broken, unpacked
from monitor.fetching.archive.reading import capture_of
from monitor.fetching.archive.writing import about, records
from monitor.fetching.failures import short
from monitor.model import Capture, Place, Twin
from monitor.protocols import Clock

_NAME = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9]{5,9}\.warc\.gz", re.ASCII)
_MOST_READ = 300_000_000  # bytes of one capture, unpacked
_log = logging.getLogger("monitor")


class WarcArchive:
    """Implements ``Archive``. May be used by many threads.

    ``most_bytes`` is the size at which a file is full, ``software`` names us in the files. A capture that unpacks to more than
    ``most_read`` bytes is not read.
    """

    def __init__(self, folder: Path, clock: Clock, *, most_bytes: int, software: str, most_read: int = _MOST_READ) -> None:
        self._folder = folder
        self._clock = clock
        self._most_bytes = most_bytes
        self._software = software
        self._most_read = most_read
        self._lock = threading.Lock()
        self._file: OpenFile | None = None
        self._number = 0
        self._is_mended = False

    def keep(self, capture: Capture, twin: Twin | None = None) -> Place:
        """Write a capture so that it lasts, and say where. The bytes of a ``twin`` are referred to, not repeated.

        Raises ArchiveError; then nothing of it stays in the file.
        """
        data = records(capture, twin)
        with self._lock:
            now = self._clock.now()
            if self._file is not None and self._file.day != now.date():
                self._end()
            try:
                file = self._file = self._file or self._begin(now)
                offset = file.append(data)
            except OSError as wrong:
                where = open_name(self._file.path) if self._file else self._folder
                self._end()
                raise ArchiveError(f"{where}: a capture could not be kept: {_advice(wrong)}") from wrong
            if file.size >= self._most_bytes:
                self._end()
        return Place(file.path.name, offset, len(data))

    def read(self, place: Place, twin: Place | None = None) -> Capture:
        """The capture at ``place``, as it was fetched; its bytes are at ``twin`` where they are not repeated.

        Every digest is made anew. Its ``damage`` and ``body`` are made anew too, a hop without an instant has the capture's.
        Raises ArchiveDamaged, naming file and byte; ArchiveError for a file that may not be read.
        """

        def of_twin() -> bytes:
            if twin is None:
                raise Broken("it repeats the bytes of another capture, and nothing says of which")
            return self.read(twin).wire

        data = self.records(place)
        try:
            return capture_of(unpacked(data, self._most_read), self._most_read, of_twin)
        except Broken as wrong:
            raise ArchiveDamaged(_at(place, str(wrong))) from wrong

    def records(self, place: Place) -> bytes:
        """The records at ``place``, as they lie in the file. Raises ArchiveDamaged, or ArchiveError as :meth:`read`."""
        path = self._path(place.file)
        for each in (path, open_name(path), path):  # the file may be ended, and so renamed, between two looks
            try:
                return self._slice(each, place)
            except FileNotFoundError:
                continue
            except PermissionError as wrong:
                raise ArchiveError(f"{each} may not be read; run this as the user that the archive belongs to") from wrong
            except OSError as wrong:
                raise ArchiveDamaged(_at(place, f"it cannot be read: {wrong.strerror}")) from wrong
        raise ArchiveDamaged(_at(place, f"there is no such file in {self._folder}"))

    def has(self, name: str) -> bool:
        """Whether there is a file of that name, written still or ended. One that may not be looked for counts as there."""
        try:
            path = self._path(name)
            return any(each.exists() for each in (path, open_name(path), path))  # it may be ended between two looks
        except ArchiveDamaged:
            return False
        except OSError:  # then reading it says so
            return True

    def measure(self, name: str) -> tuple[int, bytes]:
        """The size and the SHA-256 of a file that is no longer written.

        Raises ArchiveDamaged where there is none, ArchiveError where it is written or cannot be read.
        """
        path = self._ended(name)
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").digest()
                return file.tell(), digest
        except FileNotFoundError as wrong:
            raise ArchiveDamaged(f"{path}: there is no such file in the archive") from wrong
        except OSError as wrong:
            raise ArchiveError(f"{path}: it cannot be read: {_advice(wrong)}") from wrong

    def drop(self, name: str) -> None:
        """Delete a file that is no longer written. One that is gone already is no error. Raises ArchiveError."""
        path = self._ended(name)
        try:
            path.unlink(missing_ok=True)
            if self._folder.is_dir():
                sync_folder(self._folder)
        except OSError as wrong:
            raise ArchiveError(f"{path}: it could not be deleted: {_advice(wrong)}") from wrong

    def close(self) -> None:
        """End the file that is being written. Idempotent; the archive can be used again."""
        with self._lock:
            self._end()

    def _begin(self, now: datetime) -> OpenFile:
        """A new file; first, once, what dead processes left is mended. Raises OSError."""
        if not self._folder.is_dir():
            self._folder.mkdir(parents=True, exist_ok=True)
            sync_folder(self._folder.parent)
        if not self._is_mended:
            self._mend()
        while True:
            self._number += 1
            name = f"{now:%Y%m%d-%H%M%S}-{self._number:05}{ENDING}"
            file = OpenFile.create(self._folder / name, about(self._software, name, now), now.date())
            if file is not None:
                return file

    def _mend(self) -> None:
        for path in sorted(self._folder.glob(f"*{ENDING}{OPEN}")):
            try:
                mend(path.with_name(path.name.removesuffix(OPEN)))
            except OSError as wrong:
                _log.warning("%s was left unfinished and could not be mended: %s", path, wrong.strerror)
        self._is_mended = True

    def _end(self) -> None:
        if self._file is not None and not self._file.end():
            self._is_mended = False  # it is a leftover now
        self._file = None

    def _ended(self, name: str) -> Path:
        """The file of that name. Raises ArchiveError while somebody writes it."""
        path = self._path(name)
        try:
            is_free = mend(path)
        except OSError as wrong:
            raise ArchiveError(f"{open_name(path)}: it was left unfinished and could not be mended: {_advice(wrong)}") from wrong
        if not is_free:
            raise ArchiveError(f"{path} is still being written; that ends with the day (UTC), or when the service is stopped")
        return path

    def _path(self, name: str) -> Path:
        """Where the file lies. The name comes from a database, which may have been altered: it leads nowhere else."""
        if not _NAME.fullmatch(name):
            raise ArchiveDamaged(f"{short(name)!r}: no file of the archive is called so")
        return self._folder / name

    def _slice(self, path: Path, place: Place) -> bytes:
        """Raises OSError, ArchiveDamaged."""
        with path.open("rb") as file:
            size = file.seek(0, 2)
            if place.offset < 0 or place.length <= 0 or place.offset + place.length > size:
                raise ArchiveDamaged(_at(place, f"the file ends at byte {size}, before the capture does"))
            if place.length > self._most_read:
                raise ArchiveDamaged(_at(place, "its records are too large to be read"))
            file.seek(place.offset)
            return file.read(place.length)


def _at(place: Place, problem: str) -> str:
    return f"{place.file}, {place.length} bytes from byte {place.offset}: {problem}"


def _advice(wrong: OSError) -> str:
    """What is wrong, and what to do."""
    if wrong.errno in (errno.ENOSPC, errno.EDQUOT):
        return "no space is left; make room, or let old captures be dropped (keep_captures_bytes, keep_captures_for)"
    if wrong.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "the folder may not be written; give it to the user that runs this"
    return f"{wrong.strerror}; look after the disk"
