"""The schema moves only by appending: the list is pinned, and step by step gives what all at once gives."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from monitor.storing.database import open_handle
from monitor.storing.migrations import SCHEMA
from monitor.storing.sqlite import StoreFile

# append here what is appended there; change nothing
NAMES = [
    "0001_write_ahead_log", "0002_first_tables", "0003_seals", "0004_archive", "0005_outside", "0006_judgements", "0007_readers",
    "0008_signatures", "0009_pictures", "0010_finding", "0011_reviews", "0012_hearsay", "0013_search",
    "0014_outbox", "0016_watch", "0017_tallies", "0018_taken",
    "0019_sides",
]  # fmt: skip


def schema(path: Path) -> list[tuple[str, ...]]:
    """All tables and indexes as they were declared."""
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master ORDER BY type, name").fetchall()
    connection.close()
    return found


def applied(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = 'monitor' ORDER BY id").fetchall()
    connection.close()
    return [name for (name,) in found]


def test_migrations_are_only_appended() -> None:
    assert [each.name for each in SCHEMA._migrations][: len(NAMES)] == NAMES
    assert len(SCHEMA._migrations) == len(NAMES), "pin the new one here"


def test_fresh_and_migrated_are_the_same_schema(tmp_path: Path) -> None:
    fresh, migrated = tmp_path / "fresh.db", tmp_path / "migrated.db"
    open_handle(fresh, threading.RLock()).close()
    for stop in [*NAMES[1:], None]:
        from sqlite_utils import Database

        connection = sqlite3.connect(migrated, isolation_level=None)
        SCHEMA.apply(Database(connection), stop_before=stop)
        connection.close()
    assert applied(fresh) == applied(migrated) == NAMES
    assert schema(fresh) == schema(migrated)
    assert len(schema(fresh)) > 20


def test_a_database_of_an_older_program_is_brought_up_to_date(tmp_path: Path) -> None:
    from sqlite_utils import Database

    path = tmp_path / "old.db"
    connection = sqlite3.connect(path, isolation_level=None)
    SCHEMA.apply(Database(connection), stop_before=NAMES[-1])
    connection.close()
    assert applied(path) == NAMES[:-1]
    with StoreFile(path).open() as store:
        assert store.status().schema == len(NAMES)


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    StoreFile(path).open().close()
    before = path.read_bytes()
    StoreFile(path).open().close()
    assert path.read_bytes() == before


def test_every_foreign_key_that_is_searched_has_an_index(tmp_path: Path) -> None:
    """What a visit asks is found by an index, never by looking through a table."""
    with StoreFile(tmp_path / "monitor.db").open() as store:
        asked = [
            "SELECT 1 FROM version WHERE page_id = 1 AND fingerprint = x'00'",
            "SELECT 1 FROM version WHERE text_id = 1",
            "SELECT 1 FROM capture WHERE id = (SELECT capture_id FROM version WHERE page_id = 1 AND number = 1)",
            "SELECT 1 FROM text WHERE substr(digest, 1, 8) = substr(x'01', 1, 8)",
            "SELECT 1 FROM page WHERE key = 'k'",
            "SELECT 1 FROM page WHERE source_id = 1 AND next_visit_at <= 1 ORDER BY next_visit_at, id",
            "SELECT 1 FROM cards WHERE substr(digest, 1, 8) = substr(x'01', 1, 8)",
            "SELECT 1 FROM change WHERE page_id = 1",
            "DELETE FROM absence WHERE page_id = 1",
        ]
        for sql in asked:
            plan = " ".join(row[3] for row in store.handle.rows(f"EXPLAIN QUERY PLAN {sql}"))
            assert "SEARCH" in plan, sql
            assert "SCAN" not in plan, sql
