"""``monitor export``: every format, with the filters of the log."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def database(run: Run, tmp_path: Path) -> Path:
    folders = sorted(folder for folder in (ROOT / "tests" / "replay").iterdir() if folder.is_dir())
    path = tmp_path / "story.db"
    assert run("replay", *folders, "--config", ROOT / "config", "--db", path)[0] == 0
    return path


def test_csv_and_json_lines_hold_the_log(run: Run, database: Path) -> None:
    status, out, _ = run("export", "csv", "--out", "-", "--db", database, "--kind", "removed")
    assert status == 0
    assert [row["kind"] for row in csv.DictReader(io.StringIO(out.removeprefix("\ufeff")))] == ["removed"]
    _, logged, _ = run("log", "--json", "--all", "--db", database)
    assert run("export", "jsonl", "--out", "log.jsonl", "--db", database)[0] == 0
    exported = [json.loads(line) for line in Path("log.jsonl").read_text().splitlines()]
    plain = [json.loads(line) for line in logged.splitlines()]
    assert [{key: each[key] for key in plain[0]} for each in exported] == plain


def test_texts_a_report_and_a_database_are_written(run: Run, database: Path) -> None:
    status, _, said = run("export", "texts", "--out", "texts", "--db", database, "--baseline")
    assert (status, said.split()[0]) == (0, str(len(list(Path("texts").iterdir()))))
    assert run("export", "report", "--out", "r.html", "--db", database, "--since", "2026-01-01")[0] == 0
    assert "</html>" in Path("r.html").read_text()
    assert run("export", "datasette", "--out", "d.db", "--db", database)[0] == 0
    with closing(sqlite3.connect("d.db")) as found:
        assert found.execute("SELECT count(*) > 3 FROM change").fetchone() == (1,)
    assert Path("d.metadata.json").is_file()


def test_nothing_is_overwritten_and_what_is_named_must_exist(run: Run, database: Path) -> None:
    Path("mine.csv").write_text("mine")
    status, _, said = run("export", "csv", "--out", "mine.csv", "--db", database)
    assert (status, Path("mine.csv").read_text()) == (4, "mine")
    assert "left as it is" in said
    assert run("export", "csv", "--out", "x.csv", "--db", database, "--source", "nobody")[0] == 4
    assert run("export", "csv", "--out", "x.csv", "--db", database, "--watch", "nobody")[0] == 4
    assert run("export", "texts", "--out", "-", "--db", database)[0] == 2
    assert not Path("x.csv").exists()
