"""``monitor export``: every format, with the filters of the log."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def database(told: Path, tmp_path: Path) -> Path:
    """A copy of the story, for one test."""
    return Path(shutil.copy(told, tmp_path / "story.db"))


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


def test_texts_say_what_was_written_what_was_there_and_what_was_in_the_way(run: Run, database: Path) -> None:
    _, _, said = run("export", "texts", "--out", "texts", "--db", database)
    count = len(list(Path("texts").iterdir()))
    assert said == f"{count} wordings written to texts\n"
    status, _, said = run("export", "texts", "--out", "texts", "--db", database)
    assert (status, said) == (0, f"0 wordings written to texts; {count} wordings there already with the same text\n")
    first = min(Path("texts").iterdir())
    first.write_text("mine")
    status, _, said = run("export", "texts", "--out", "texts", "--db", database)
    assert status == 1
    assert "1 wording not written, as a file with another text is in the way" in said
    assert f"in the way: {first}: " in said
    assert first.read_text() == "mine"


def test_exported_texts_play_back_to_the_same_texts(run: Run, database: Path) -> None:
    assert run("export", "texts", "--out", "texts", "--db", database, "--baseline")[0] == 0
    assert run("replay", "texts", "--db", "again.db")[0] == 0
    assert run("export", "texts", "--out", "again", "--db", "again.db", "--baseline")[0] == 0
    first, second = (
        {path.name.partition("_")[2]: path.read_bytes() for path in Path(folder).iterdir()} for folder in ("texts", "again")
    )
    assert first == second


def test_whoever_reads_no_further_is_no_failure(database: Path) -> None:
    script = (
        "import itertools, sys, monitor.cli.exporting as made\nfrom monitor.cli import main\n"
        "made.csv_lines = lambda _: itertools.repeat('a line\\n')\nsys.exit(main(sys.argv[1:]))\n"
    )
    arguments = [sys.executable, "-c", script, "export", "csv", "--out", "-", "--db", str(database)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as found:  # noqa: S603
        assert found.stdout is not None
        assert found.stderr is not None
        assert found.stdout.readline() == b"a line\n"
        found.stdout.close()
        assert (found.wait(60), found.stderr.read()) == (0, b"")


def test_a_killed_export_leaves_nothing_that_looks_finished(database: Path, tmp_path: Path) -> None:
    """It is killed just before the end, in a process of its own."""
    script = (
        "import os, sys, monitor.storing.publishing as made\nfrom monitor.cli import main\n"
        "made.described = lambda *_: os.kill(os.getpid(), 9)\nmain(sys.argv[1:])\n"
    )
    arguments = ["export", "datasette", "--out", tmp_path / "out.db", "--db", database]
    found = subprocess.run([sys.executable, "-c", script, *arguments], check=False, timeout=60)  # noqa: S603
    assert found.returncode == -9
    assert not (tmp_path / "out.db").exists()
    assert not (tmp_path / "out.metadata.json").exists()
