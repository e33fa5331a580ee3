"""The database file: what it is opened with, and every way in which it cannot be used, said in a sentence."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from standins import article
from storing.steps import EVERYTHING, Steps

from monitor.errors import InputError, StoreBusy, StoreDamaged, StoreError, StoreFull, StoreReadOnly, StoreTooNew
from monitor.model import Kind
from monitor.storing import database
from monitor.storing.sqlite import SqliteStore, StoreFile

NOBODY = 65534


def opened(path: Path) -> SqliteStore:
    return StoreFile(path).open()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)


@pytest.fixture
def told(path: Path) -> Iterator[Steps]:
    """A store with one article in its log."""
    with opened(path) as store:
        steps = Steps(store)
        steps.add("one", "two")
        steps.read("one", steps.round(), article("first"), Kind.NEW)
        yield steps


# How it is opened


def test_what_a_handle_is_set_to(sqlite: SqliteStore, path: Path) -> None:
    with opened(path) as store:
        pragmas = {name: store.handle.value(f"PRAGMA {name}") for name in ("journal_mode", "foreign_keys", "synchronous")}
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2}
    assert sqlite.handle.value("PRAGMA synchronous") == 0, "one that does not last waits for no disk"


def test_foreign_keys_hold(sqlite: SqliteStore) -> None:
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        sqlite.handle.write("INSERT INTO change (at, kind, page_id, baseline) VALUES (0, 'new', 99, 0)")


def test_none_is_made_unless_it_is_wanted(path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no database at .*monitor\.db; name one with --db"):
        StoreFile(path).open(create=False)
    assert not path.exists()
    opened(path).close()
    StoreFile(path).open(create=False).close()


def test_a_handle_belongs_to_its_thread(sqlite: SqliteStore) -> None:
    errors: list[BaseException] = []

    def use() -> None:
        try:
            sqlite.status()
        except StoreError as wrong:
            errors.append(wrong)

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert "thread" in str(errors[0])


@pytest.mark.parametrize("shared", [True, False], ids=["threads of one process", "as processes do"])
def test_writers_wait_for_one_another(path: Path, shared: bool) -> None:
    file = StoreFile(path, lasting=False)
    file.open().close()
    errors: list[BaseException] = []

    def write(source: str) -> None:
        try:
            with (file if shared else StoreFile(path, lasting=False)).open() as store:
                steps = Steps(store, worker=source)
                for number in range(30):
                    steps.add(f"{source}{number}", source=source)
        except StoreError as wrong:
            errors.append(wrong)

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with file.open() as store:
        assert store.status().pages == 120


# What is no database of ours


@pytest.mark.parametrize("content", [b"no database, but long enough " * 40, b"\x00" * 4096, b"SQLite format 3\x00" + b"x" * 4096])
def test_what_is_not_a_database(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreDamaged, match=r"monitor\.db is not a database, or a damaged one"):
        opened(path)
    assert path.read_bytes() == content


def test_an_empty_file_becomes_a_database(path: Path) -> None:
    path.touch()
    opened(path).close()


def test_a_folder(path: Path) -> None:
    path.mkdir()
    with pytest.raises(StoreDamaged, match="is a folder; name the database file itself"):
        opened(path)


def test_a_file_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened; check that its folder exists"):
        opened(tmp_path / "nowhere" / "monitor.db")


@pytest.mark.parametrize("before", ["CREATE TABLE page (id)", "CREATE TABLE _sqlite_migrations (id); CREATE TABLE notes (id)"])
def test_a_database_of_another_program_is_left_as_it_is(path: Path, before: str) -> None:
    other = sqlite3.connect(path)
    other.executescript(before)
    other.close()
    content = path.read_bytes()
    with pytest.raises(StoreError, match=r"monitor\.db"):
        opened(path)
    assert path.read_bytes() == content


def test_a_database_of_a_newer_program(path: Path) -> None:
    opened(path).close()
    newer = sqlite3.connect(path)
    newer.execute("INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('monitor', '9999_from_the_future')")
    newer.commit()
    newer.close()
    with pytest.raises(StoreTooNew, match=r"newer version of monitor \(it has the migration 9999_from_the_future\); upgrade"):
        opened(path)


def test_a_database_cut_in_half(told: Steps, path: Path, tmp_path: Path) -> None:
    assert isinstance(told.store, SqliteStore)
    told.store.handle.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    half = tmp_path / "half.db"
    half.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(StoreDamaged, match="damaged one"), opened(half) as store:
        list(store.changes(EVERYTHING))


# What cannot be written


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that a user without rights may look into, and for root: such a user to be."""
    with tempfile.TemporaryDirectory() as name:
        made = Path(name)
        made.chmod(0o755)
        yield made
        made.chmod(0o755)


@pytest.fixture
def unprivileged() -> Iterator[None]:
    """Root may write anywhere, so the test is done as somebody else."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    yield
    os.seteuid(0)


def only_readable(path: Path) -> None:
    for each in (path, *path.glob("*")):
        each.chmod(each.stat().st_mode & ~0o222)


def test_a_read_only_file(folder: Path, request: pytest.FixtureRequest) -> None:
    path = folder / "monitor.db"
    opened(path).close()
    only_readable(folder)
    request.getfixturevalue("unprivileged")
    with pytest.raises(StoreError, match=r"monitor\.db cannot be"):
        opened(path)


def test_a_folder_that_cannot_be_written(folder: Path, request: pytest.FixtureRequest) -> None:
    only_readable(folder)
    request.getfixturevalue("unprivileged")
    with pytest.raises(StoreError, match="cannot be opened; check that its folder exists and that you may write there"):
        opened(folder / "monitor.db")


def test_what_turns_read_only_keeps_what_it_has(told: Steps) -> None:
    assert isinstance(told.store, SqliteStore)
    told.store.handle.db.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreReadOnly, match=r"monitor\.db cannot be written; check the permissions"):
        told.add("three")
    assert told.log() == [("new", "one", None, 1, True)]


def test_a_full_disk(told: Steps) -> None:
    assert isinstance(told.store, SqliteStore)
    handle = told.store.handle
    pages = handle.value("PRAGMA page_count")
    handle.db.execute(f"PRAGMA max_page_count = {pages + 4}")
    round_ = told.round()
    large = article("second", *(os.urandom(3000).hex() for _ in range(9)))
    with pytest.raises(StoreFull, match=r"no space is left for .*: nothing recorded is lost"):
        told.read("two", round_, large, Kind.NEW)
    assert told.log() == [("new", "one", None, 1, True)]
    assert told.page("two").current is None
    handle.db.execute("PRAGMA max_page_count = 100000")
    told.store.release_all()
    told.read("two", round_, large, Kind.NEW)
    assert [line[1] for line in told.log()] == ["one", "two"], "and it goes on when there is space again"


# What somebody else holds


@pytest.mark.usefixtures("impatient")
def test_a_database_that_another_process_holds(told: Steps, path: Path) -> None:
    told.store.close()
    code = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN IMMEDIATE');"
        " print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:  # noqa: S603
        assert other.stdout is not None
        assert other.stdin is not None
        other.stdout.readline()
        with opened(path) as store:
            steps = Steps(store)
            assert steps.log() == [("new", "one", None, 1, True)], "reading goes on"
            started = time.monotonic()
            with pytest.raises(StoreBusy, match="is locked by another process"):
                steps.add("three")
            assert time.monotonic() - started < 5
            other.stdin.close()
            other.wait()
            assert steps.add("three") == 1


_TOGETHER = """
import sys, time
from pathlib import Path
from monitor.storing.sqlite import StoreFile
while not Path(sys.argv[2]).exists():
    time.sleep(0.001)
StoreFile(Path(sys.argv[1])).open().close()
"""


def test_processes_that_make_the_database_together(path: Path, tmp_path: Path) -> None:
    start, root = tmp_path / "start", Path(database.__file__).parents[2]
    command = [sys.executable, "-c", _TOGETHER, str(path), str(start)]
    running = [subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True) for _ in range(4)]  # noqa: S603
    time.sleep(0.7)
    start.touch()
    assert [(each.communicate()[1], each.returncode) for each in running] == [("", 0)] * 4


def test_a_database_whose_making_was_cut_short_is_made_to_the_end(path: Path) -> None:
    begun = sqlite3.connect(path)
    begun.execute("CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, applied_at TEXT)")
    begun.close()
    with opened(path) as store:
        assert store.status().pages == 0


# What an error of SQLite's means


@pytest.mark.parametrize(
    ("name", "kind", "told"),
    [
        ("SQLITE_IOERR_WRITE", StoreError, "reading or writing x.db failed .*; check the disk"),
        ("SQLITE_LOCKED", StoreBusy, "locked"),
        ("SQLITE_READONLY_DIRECTORY", StoreReadOnly, "permissions"),
        ("SQLITE_CORRUPT_INDEX", StoreDamaged, "damaged"),
        ("SQLITE_MISUSE", StoreError, "x.db: boom"),
        (None, StoreError, "x.db: boom"),
    ],
)
def test_explained(name: str | None, kind: type[StoreError], told: str) -> None:
    wrong = sqlite3.OperationalError("boom")
    if name:
        wrong.sqlite_errorname = name
    found = database.explained(wrong, Path("x.db"))
    assert type(found) is kind
    with pytest.raises(kind, match=told):
        raise found


def test_the_file_may_be_read_by_others_as_the_umask_says(path: Path) -> None:
    before = os.umask(0o077)
    try:
        opened(path).close()
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_was_deleted_or_replaced_is_not_the_current_one(path: Path) -> None:
    with opened(path) as store:
        assert store.is_current()
        path.rename(path.with_name("away.db"))
        assert not store.is_current()
        opened(path).close()
        assert not store.is_current()
        path.with_name("away.db").replace(path)
        assert store.is_current()


@pytest.mark.usefixtures("impatient")
def test_a_handle_that_is_alone_waits_its_own_time_and_for_nobody_in_line(told: Steps, path: Path) -> None:
    file, tried = StoreFile(path), threading.Event()
    problems: list[StoreError] = []

    def write() -> None:
        with file.open(create=False, alone=True) as other:
            try:
                other.looked("ann", 1)
            except StoreBusy as wrong:
                problems.append(wrong)
            tried.set()
            with other.atomic():  # the next turn is had as soon as there is one
                other.looked("ann", 2)

    with file.open() as store:
        with store.atomic():
            thread = threading.Thread(target=write)
            thread.start()
            assert tried.wait(20)
        thread.join(20)
    assert len(problems) == 1
    assert not thread.is_alive()
