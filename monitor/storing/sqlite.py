"""The store on SQLite: one file, a handle for every thread."""

from __future__ import annotations

import threading
from pathlib import Path

from monitor.storing.database import open_handle
from monitor.storing.outbox import OutboxTable
from monitor.storing.statistics import StatisticsTable


class SqliteStore(StatisticsTable, OutboxTable):
    """Implements the protocol ``Store``. It belongs to the thread that opened it."""

    def is_current(self) -> bool:
        return self.handle.is_current()

    def close(self) -> None:
        """Give the handle back. Idempotent."""
        self.handle.close()

    def __enter__(self) -> SqliteStore:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


class StoreFile:
    """A database file, opened as often as there are threads; they share one writer's lock.

    One that is not ``lasting`` is for a single run: it does not wait for the disk.
    """

    def __init__(self, path: Path, *, lasting: bool = True) -> None:
        self.path = path
        self.is_lasting = lasting
        self._lock = threading.RLock()

    def open(self, *, create: bool = True, alone: bool = False) -> SqliteStore:
        """A new handle. Raises InputError when there is no file and ``create`` is false, StoreError otherwise.

        One that is ``alone`` does not stand in line with others of this process: while somebody else holds the database locked
        it gives up after its own time, and not after that of all before it, one by one. It asks often, as somebody waits for it.
        """
        lock = threading.RLock() if alone else self._lock
        return SqliteStore(open_handle(self.path, lock, create=create, lasting=self.is_lasting, eager=alone))
