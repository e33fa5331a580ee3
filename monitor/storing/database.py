"""One handle on the SQLite file: opened, migrated, every error turned into a sentence for people.

Write-ahead log, foreign keys, one writer at a time: threads of this process share a lock, other processes are waited for.
A handle belongs to the thread that opened it.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from monitor.errors import InputError, StoreBusy, StoreDamaged, StoreError, StoreFull, StoreReadOnly, StoreTooNew
from monitor.storing.migrations import SCHEMA

Row = tuple[Any, ...]
BUSY_SECONDS = 10.0
_PAUSE = 0.02  # seconds
_GLIMPSE = 0.001  # seconds between two looks of an eager handle


class Handle:
    """A connection whose statements raise StoreError. Use :func:`open_handle`."""

    def __init__(
        self, path: Path, connection: sqlite3.Connection, lock: threading.RLock, *, lasting: bool = True, eager: bool = False
    ) -> None:
        self.path = path
        self.db = Database(connection, recursive_triggers=False, execute_plugins=False)
        self.undone = 0  # transactions that were rolled back; what was remembered of them must be forgotten
        self._connection = connection
        self._lock = lock
        self._lasting = lasting
        self._eager = eager
        self._file = _file_at(path)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """All rows of a query."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as wrong:
            raise explained(wrong, self.path) from wrong

    def row(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """The first row of a query, or None."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The first column of the first row, or None."""
        found = self.row(sql, values)
        return found[0] if found else None

    def write(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run a statement that writes. The number of rows it changed."""
        with self.atomic():
            return self._run(sql, values).rowcount

    def insert(self, sql: str, values: Sequence[Any]) -> int:
        """Run an INSERT. The id of the row."""
        with self.atomic():
            return int(self._run(sql, values).lastrowid or 0)

    def _run(self, sql: str, values: Sequence[Any]) -> sqlite3.Cursor:
        try:
            return self._connection.execute(sql, values)
        except sqlite3.Error as wrong:
            raise explained(wrong, self.path) from wrong

    @contextmanager
    def atomic(self, *, waiting: bool = True) -> Iterator[None]:
        """One transaction around everything inside; inside another it is part of that one.

        Without ``waiting`` for the disk, a power cut may undo it, and all such before it since the last that waited; a crash
        of the program never does. For what is done again then.
        """
        if self._connection.in_transaction:
            yield
            return
        with self._lock, self._waiting(waiting):
            # IMMEDIATE: a transaction that reads first and writes later could not be retried when another wrote meanwhile
            self._begin()
            with ExitStack() as undo:
                undo.callback(self._undo)
                yield
                self._run("COMMIT", ())
                undo.pop_all()

    def _undo(self) -> None:
        self.undone += 1
        with suppress(sqlite3.Error):
            self._connection.rollback()

    def _begin(self) -> None:
        """Begin to write. An eager handle looks often whether it may.

        SQLite itself looks every tenth of a second (``sqliteDefaultBusyCallback``), and would hardly ever find the moment between
        two transactions of somebody who writes at full speed.
        """
        if not self._eager:
            self._run("BEGIN IMMEDIATE", ())
            return
        until = time.monotonic() + BUSY_SECONDS
        self._run("PRAGMA busy_timeout = 0", ())
        try:
            while not self._has_begun(until):
                time.sleep(_GLIMPSE)
        finally:
            self._run(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}", ())

    def _has_begun(self, until: float) -> bool:
        try:
            self._run("BEGIN IMMEDIATE", ())
        except StoreBusy:
            if time.monotonic() > until:
                raise
            return False
        return True

    @contextmanager
    def _waiting(self, waiting: bool) -> Iterator[None]:
        """In WAL mode NORMAL leaves out the wait at each commit (https://www.sqlite.org/pragma.html#pragma_synchronous)."""
        if waiting or not self._lasting:
            yield
            return
        self._run("PRAGMA synchronous = NORMAL", ())
        try:
            yield
        finally:
            self._run("PRAGMA synchronous = FULL", ())

    def is_current(self) -> bool:
        """Whether what was opened is still the file at its path. SQLite goes on with one that was deleted, and all is lost."""
        return self._file is not None and _file_at(self.path) == self._file

    def close(self) -> None:
        """Give the connection back. Idempotent."""
        self._connection.close()


def _file_at(path: Path) -> tuple[int, int] | None:
    """Which file is at a path: its device and number there; None for none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def open_handle(path: Path, lock: threading.RLock, *, create: bool = True, lasting: bool = True, eager: bool = False) -> Handle:
    """A handle on the database at ``path``, its schema brought up to date.

    One that is not ``lasting`` waits for no disk; one that is ``eager`` asks often for its turn to write, and gets it sooner.

    Raises InputError when there is none and ``create`` is false, StoreError when it cannot be used.
    """
    if not create and not path.exists():
        raise InputError(f"there is no database at {path}; name one with --db, or make one with `monitor run`")
    if path.is_dir():
        raise StoreDamaged(f"{path} is a folder; name the database file itself")
    try:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    except sqlite3.Error as wrong:
        raise explained(wrong, path) from wrong
    handle = Handle(path, connection, lock, lasting=lasting, eager=eager)
    with ExitStack() as undo:
        undo.callback(handle.close)
        try:
            _configure(connection, lasting)
            _prepare(handle)
        except sqlite3.Error as wrong:
            raise explained(wrong, path) from wrong
        undo.pop_all()
    return handle


def _configure(connection: sqlite3.Connection, lasting: bool) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    # FULL: what a finished visit logged survives a power cut as well (https://www.sqlite.org/pragma.html#pragma_synchronous)
    connection.execute(f"PRAGMA synchronous = {'FULL' if lasting else 'OFF'}")


def _prepare(handle: Handle) -> None:
    """Apply what is missing of the schema; refuse a database that somebody else, or a newer program, made."""
    # asked first: another process may be making the database, and the tables it makes in between are ours
    tables = handle.value("SELECT count(*) FROM sqlite_master WHERE tbl_name <> ?", (SCHEMA.migrations_table,))
    applied = {each.name for each in SCHEMA.applied(handle.db)}
    newer = sorted(applied - {each.name for each in SCHEMA._migrations})  # the set offers no public list of its names
    if newer:
        raise StoreTooNew(
            f"{handle.path} was made by a newer version of monitor (it has the migration {newer[-1]}); upgrade the program"
        )
    if tables and not applied:
        raise StoreDamaged(f"{handle.path} is a database of another program; name another file with --db")
    _migrate(handle)


def _migrate(handle: Handle) -> None:
    """Apply what is missing. Where another process was quicker, look again."""
    until = time.monotonic() + BUSY_SECONDS
    while SCHEMA.pending(handle.db):
        try:
            with handle._lock:
                SCHEMA.apply(handle.db)
        except sqlite3.Error as wrong:
            if time.monotonic() > until or not _is_late(wrong):
                raise
            time.sleep(_PAUSE)


def _is_late(wrong: sqlite3.Error) -> bool:
    """Whether a migration failed only because another process is at it."""
    name = getattr(wrong, "sqlite_errorname", "") or ""
    is_there = any(words in str(wrong) for words in ("already exists", "duplicate column name"))
    return name.startswith(("SQLITE_BUSY", "SQLITE_CONSTRAINT")) or is_there


def explained(wrong: sqlite3.Error, path: Path) -> StoreError:
    """The error of our own tree that says what ``wrong`` means and what to do."""
    name = getattr(wrong, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreBusy(f"{path} is locked by another process for more than {BUSY_SECONDS:.0f} s; end it, or try again later")
    if name.startswith("SQLITE_READONLY"):
        return StoreReadOnly(f"{path} cannot be written; check the permissions of the file and of its folder")
    if name == "SQLITE_FULL":
        return StoreFull(f"no space is left for {path}; free some and start again: nothing recorded is lost")
    if name.startswith("SQLITE_CANTOPEN"):
        return StoreError(f"{path} cannot be opened; check that its folder exists and that you may write there")
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return StoreDamaged(f"{path} is not a database, or a damaged one ({wrong}); name another file or restore a copy")
    if name.startswith("SQLITE_IOERR"):
        return StoreError(f"reading or writing {path} failed ({wrong}); check the disk it lies on")
    return StoreError(f"{path}: {wrong}")
