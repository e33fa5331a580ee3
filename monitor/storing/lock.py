"""One instance per database: a lock on a file beside it, which says who holds it.

The lock is the operating system's (flock), so it is gone with the process, however that ends.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import ModuleType

from monitor.errors import AlreadyRunning, StoreError, StoreReadOnly

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # not a POSIX system
    fcntl = None


@contextmanager
def instance_lock(database: Path, now: datetime) -> Iterator[None]:
    """Hold the database for this process. Raises AlreadyRunning, saying who holds it, or StoreError."""
    if fcntl is None:
        raise StoreError("this system has no flock; run the service on Linux, macOS or another POSIX system")
    path = database.with_name(database.name + ".lock")
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as wrong:
        raise StoreReadOnly(f"{path} cannot be written: {wrong.strerror}; check that its folder exists and is yours") from wrong
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as wrong:
            raise AlreadyRunning(f"{database} is served by another monitor already: {_holder(file)}") from wrong
        who = {"pid": os.getpid(), "host": socket.gethostname(), "since": now.isoformat(timespec="seconds")}
        os.ftruncate(file, 0)
        os.pwrite(file, json.dumps(who).encode(), 0)
        yield
    finally:
        os.close(file)


def holder(database: Path) -> str | None:
    """Who serves ``database``, as a sentence's end; None when nobody does."""
    path = database.with_name(database.name + ".lock")
    if fcntl is None or not path.exists():
        return None
    try:
        file = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return None
    except OSError:
        return _holder(file)
    finally:
        os.close(file)


def held_since(database: Path) -> datetime | None:
    """Since when somebody serves ``database``; None when nobody does, or does not say."""
    if holder(database) is None:
        return None
    try:
        since = datetime.fromisoformat(json.loads(database.with_name(database.name + ".lock").read_bytes())["since"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return since if since.tzinfo is not None else None


def _holder(file: int) -> str:
    try:
        who = json.loads(os.pread(file, 4096, 0))
        return f"process {int(who['pid'])} on {str(who['host'])!r}, since {who['since']!s}"
    except (ValueError, KeyError, TypeError):
        return "a process that has not said who it is"
