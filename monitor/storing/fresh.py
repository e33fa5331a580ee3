"""A new file has its name only once it is whole, and never takes that of a file that is there."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from monitor.errors import InputError

_SHOWN = 50  # characters of the name of a file in that of its part: names have 255 bytes at most
_DIGITS = 8  # hexadecimal digits that tell apart the parts of names that begin alike
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EACCES)


@contextmanager
def fresh(path: Path) -> Iterator[Path]:
    """Where to write what becomes the file ``path`` at the end, when nothing went wrong; else nothing is left.

    It lies beside it as ``.NAME.NUMBER.part``, with the number of the process: that is what a killed one leaves.
    Raises InputError where ``path`` is there already, or it cannot be written.
    """
    part = path.with_name(f".{_short(path.name)}.{os.getpid()}.part")
    try:
        with suppress(FileNotFoundError):
            part.unlink()  # of an earlier process of this number
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        yield part
        _name(part, path)
    except FileExistsError as wrong:
        raise InputError(f"{path}: it is there already, and left as it is; name another") from wrong
    except OSError as wrong:
        raise InputError(f"{path}: {why(wrong, path)}; nothing is left of it") from wrong
    finally:
        for each in (part, part.with_name(f"{part.name}-journal")):
            with suppress(OSError):
                each.unlink()


def why(wrong: OSError, path: Path) -> str:
    """Why a file could not be written, and what to do."""
    if wrong.errno in (errno.ENOSPC, errno.EDQUOT):
        return "no space is left on its disk; free some, or name a path on another one"
    if wrong.errno == errno.ENOENT:
        return f"there is no folder {path.parent}; make it first"
    return f"it cannot be written ({wrong.strerror or wrong})"


def _short(name: str) -> str:
    """A name, or the beginning of a long one with a digest of all of it: a file and the one beside it may begin alike."""
    if len(name) <= _SHOWN:
        return name
    return f"{name[:_SHOWN]}.{hashlib.sha256(os.fsencode(name)).hexdigest()[:_DIGITS]}"


def _name(part: Path, path: Path) -> None:
    """Give a file its name. A rename would replace a file that somebody made meanwhile; a link does not."""
    try:
        os.link(part, path)
    except OSError as wrong:
        if wrong.errno not in _NO_LINKS:
            raise
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))  # a file system without links: the name is ours now
        os.replace(part, path)
