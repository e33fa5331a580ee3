"""The file of the archive that is being written: called NAME.open, locked, and NAME once it is ended; leftovers are mended.

The lock is the operating system's (flock), so it is gone with the process, however that ends. What a dead process left is
cut behind its last whole record, then ended like any other.
"""

from __future__ import annotations

import fcntl
import logging
import os
from datetime import date
from pathlib import Path

from monitor.fetching.archive.members import whole
from monitor.fetching.archive.writing import BEGINS

OPEN = ".open"
ENDING = ".warc.gz"
_MODE = 0o640  # requests may hold the cookies of a session
_log = logging.getLogger("monitor")


class OpenFile:
    """A file that is locked for writing. Only whole appends stay in it. Methods raise OSError."""

    def __init__(self, path: Path, fd: int, info: bytes, day: date) -> None:
        self.path = path
        self.day = day
        self.size = 0
        self._fd = fd
        self._info = info
        self._is_torn = False

    @classmethod
    def create(cls, path: Path, info: bytes, day: date) -> OpenFile | None:
        """A new file that will be called ``path`` and begin with ``info``. None where the name is taken."""
        path_now = open_name(path)
        try:
            fd = os.open(path_now, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _MODE)
        except FileExistsError:
            return None
        try:
            if not _lock(fd, path_now):  # another process took it for a leftover
                os.close(fd)
                return None
            if path.exists():
                path_now.unlink()
                os.close(fd)
                return None
            sync_folder(path.parent)
        except OSError:
            os.close(fd)
            raise
        return cls(path, fd, info, day)

    def append(self, data: bytes) -> int:
        """Write ``data`` so that it lasts, and say where it begins. What could not be written whole is cut off again."""
        before = self.size
        lead = b"" if before else self._info
        try:
            _write(self._fd, lead + data)
            os.fsync(self._fd)
        except BaseException:  # whatever came in between, a signal too: half a record must not stay
            self._cut(before)
            raise
        self.size = before + len(lead) + len(data)
        return before + len(lead)

    def end(self) -> bool:
        """Give the file its name, or delete it if nothing is in it. Whether that was done; else it is left to be mended."""
        try:
            if self._is_torn:
                return False
            return _finish(self.path, self.size)
        except OSError as wrong:
            _log.warning("%s could not be ended: %s", open_name(self.path), wrong.strerror)
            return False
        finally:
            os.close(self._fd)

    def _cut(self, size: int) -> None:
        try:
            os.ftruncate(self._fd, size)
            os.lseek(self._fd, size, os.SEEK_SET)
            os.fsync(self._fd)
        except OSError:
            self._is_torn = True


def open_name(path: Path) -> Path:
    """What a file is called while it is written."""
    return path.with_name(path.name + OPEN)


def mend(path: Path) -> bool:
    """End the file that will be called ``path``, if nobody writes it any more. Whether nobody does. Raises OSError."""
    path_now = open_name(path)
    try:
        fd = os.open(path_now, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return True
    try:
        if not _lock(fd, path_now):
            return not path_now.exists()
        size = os.fstat(fd).st_size
        count, end, strange = whole(lambda at, most: os.pread(fd, most, at), size, BEGINS)
        os.ftruncate(fd, end)
        os.fsync(fd)
        _tell(path_now, count, size - end, strange)
        _finish(path, end if count > 1 else 0)  # the first record is about the file, and no capture
    finally:
        os.close(fd)
    return True


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` last. Raises OSError."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _finish(path: Path, size: int) -> bool:
    """Whether the file got its name. The name is ours: it can only be got by way of the file that we hold locked."""
    path_now = open_name(path)
    if size == 0:
        path_now.unlink()
    elif path.exists():
        _log.warning("%s cannot be called %s, which exists; nothing was overwritten", path_now, path.name)
        return False
    else:
        path_now.rename(path)
    sync_folder(path.parent)
    return True


def _lock(fd: int, path: Path) -> bool:
    """Whether the file is ours now, and still the one of that name. Raises OSError."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(fd), path.stat())
    except (BlockingIOError, FileNotFoundError):
        return False


def _write(fd: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(fd, left) :]


def _tell(path: Path, count: int, cut: int, strange: int) -> None:
    if cut:
        _log.warning("%s was left unfinished: %d bytes behind its %d whole records were cut off", path, cut, count)
    else:
        _log.info("%s was left unfinished: all of its %d records are whole", path, count)
    if strange:
        _log.warning("%s: %d bytes between its records are damaged; they were left as they are", path, strange)
