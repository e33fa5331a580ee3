"""The database for others: whole, described, and never over one that is there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from telling.told import CAMPAIGN, HEAD, hostile, told

from monitor.cli.exporting import _records
from monitor.errors import InputError
from monitor.storing.publishing import Record, publish


def made(path: Path) -> Path:
    return publish(path, _records([told(story=CAMPAIGN), hostile_8()]), HEAD, lambda _: None)


def hostile_8() -> object:
    from dataclasses import replace

    found = hostile()
    return replace(found, change=replace(found.change, id=8))


def test_tables_views_and_search_answer(tmp_path: Path) -> None:
    made(tmp_path / "out.db")
    with closing(sqlite3.connect(tmp_path / "out.db")) as db:
        assert db.execute("SELECT count(*) FROM change").fetchone() == (2,)
        told_of = db.execute("SELECT what FROM story JOIN change ON change.story = story.id").fetchone()
        assert told_of == ("Jang Song Thaek is cut",)
        assert db.execute("SELECT cut, added FROM cut_and_added WHERE id = 7").fetchone() == ("Pak Un Hyok", "nobody")
        assert db.execute("SELECT class, changes FROM changes_by_class").fetchall() == [("name", 2)]
        assert db.execute("SELECT day, changes FROM changes_by_day").fetchall() == [("2026-01-03", 2)]
        assert db.execute("SELECT id FROM news").fetchall() == [(8,), (7,)]
        found = db.execute("SELECT change FROM word JOIN word_fts f ON f.rowid = word.id WHERE word_fts MATCH 'hyok'")
        assert found.fetchall() == [(7,)]
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_every_table_view_and_column_is_described(tmp_path: Path) -> None:
    beside = made(tmp_path / "out.db")
    tables = json.loads(beside.read_text())["databases"]["out"]["tables"]
    with closing(sqlite3.connect(tmp_path / "out.db")) as db:
        names = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
        own = {name for name in names if "_fts" not in name and not name.startswith("sqlite_")}
        columns = {row[1] for row in db.execute("PRAGMA table_info(change)")}
    assert own == set(tables)
    assert columns == set(tables["change"]["columns"])
    assert "ab" * 32 in beside.read_text()


def test_a_story_is_called_by_what_it_is_and_nothing_reorders_text(tmp_path: Path) -> None:
    tables = json.loads(made(tmp_path / "out.db").read_text())["databases"]["out"]["tables"]
    assert tables["story"]["label_column"] == "what"
    with closing(sqlite3.connect(tmp_path / "out.db")) as db:
        texts = [text for table in ("change", "word") for row in db.execute(f"SELECT * FROM {table}") for text in row]  # noqa: S608
    assert not any("\u202e" in text or "\x1b" in text for text in texts if isinstance(text, str))


def test_a_change_that_comes_twice_is_in_it_once(tmp_path: Path) -> None:
    publish(tmp_path / "out.db", _records([told(), hostile_8(), told()]), HEAD, lambda _: None)
    with closing(sqlite3.connect(tmp_path / "out.db")) as db:
        assert db.execute("SELECT id FROM change ORDER BY id").fetchall() == [(7,), (8,)]
        assert db.execute("SELECT count(*) FROM word WHERE change = 7 AND op = 'cut'").fetchone() == (1,)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    made(tmp_path / "out.db")
    before = (tmp_path / "out.db").read_bytes()
    with pytest.raises(InputError, match="left as it is"):
        made(tmp_path / "out.db")
    assert (tmp_path / "out.db").read_bytes() == before


def test_what_cannot_be_finished_is_not_left_behind(tmp_path: Path) -> None:
    def broken() -> Iterator[tuple[Record, Record | None]]:
        yield from _records([told()])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(tmp_path / "out.db", broken(), None, lambda _: None)
    assert list(tmp_path.iterdir()) == []
