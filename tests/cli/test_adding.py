"""``monitor add`` and ``monitor layout check`` against a real server: from an address to a source that is watched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from cli.conftest import Run
from fetching.servers import RawServer, page
from jobs.example_sites import SITES, answer
from programs import monitor
from standins import START

from monitor.cli import adding
from monitor.config import load_sources
from monitor.jobs.adding.scouting import Scout
from monitor.parsing.trees import check_selector
from monitor.storing.lock import instance_lock

HERE = ("--reach", "127.0.0.1")


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[RawServer]:
    monkeypatch.setattr(adding, "Scout", partial(Scout, gap=timedelta(0)))
    with RawServer(b"") as server:
        server.answer = answer(SITES["roots"](), server.url)
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    return tmp_path / "config"


def test_a_site_is_added_and_then_watched(site: RawServer, folder: Path, run: Run) -> None:
    status, out, err = run("add", f"{site.url}/", *HERE, "--yes")
    assert (status, err) == (0, "")
    assert out.endswith(
        "sources/field-notes.toml is written.\n`monitor check field-notes` visits it now, `monitor run` from now on.\n"
    )
    path = folder / "sources" / "field-notes.toml"
    (source,) = load_sources(folder, check_selector)
    assert source.layouts
    path.write_text(path.read_text("utf-8").replace("[find]", '[polite]\ngap = "0s"\n\n[find]', 1), encoding="utf-8")
    status, out, err = run("check", "field-notes")
    assert (status, out.splitlines()[-1]) == (0, "field-notes: 12 parsed; 12 changes")
    assert run("layout", "check") == (0, "field-notes: 12 pages, none broken\n", "")
    path.write_text(path.read_text("utf-8").replace("div.post-text", "div.text"), encoding="utf-8")
    status, out, err = run("layout", "check", "field-notes", "--most", "3")
    assert (status, out.splitlines()[0]) == (1, "field-notes: 3 of 3 pages broken")
    assert "    found nothing: div.text\n    field-notes-" in out


def test_a_service_that_runs_is_said_to_need_a_restart(site: RawServer, folder: Path, run: Run, tmp_path: Path) -> None:
    with instance_lock(tmp_path / "served.db", START):
        out = run("add", f"{site.url}/", *HERE, "--yes", "--db", tmp_path / "served.db")[1]
    assert out.endswith("`monitor check field-notes` visits it now, the service that runs from its next start on.\n")


def test_the_file_alone_goes_to_standard_output(site: RawServer, folder: Path, run: Run) -> None:
    status, out, err = run("add", f"{site.url}/", *HERE, "--print", "--name", "notes")
    assert status == 0
    assert out.startswith("# Field Notes\n# Proposed by `monitor add`")
    assert "what would be read" in err
    assert not (folder / "sources").exists()


def test_as_json_nothing_is_written(site: RawServer, folder: Path, run: Run) -> None:
    status, out, _ = run("add", f"{site.url}/", *HERE, "--json")
    said = json.loads(out)
    assert (status, said["name"], len(said["samples"])) == (0, "field-notes", 5)
    assert not (folder / "sources").exists()


def test_a_name_that_is_taken_is_an_error_before_anything_is_asked(site: RawServer, folder: Path, run: Run) -> None:
    (folder / "sources").mkdir()
    (folder / "sources" / "notes.toml").write_text("# mine\n")
    status, _, err = run("add", f"{site.url}/", *HERE, "--yes", "--name", "notes")
    assert (status, "it is left as it is" in err, site.heads) == (4, True, [])
    assert (folder / "sources" / "notes.toml").read_text() == "# mine\n"


def test_what_stands_in_the_way_is_said(site: RawServer, folder: Path, tmp_path: Path, run: Run) -> None:
    status, _, err = run("add", f"{site.url}/", "--yes")
    assert (status, "--reach" in err) == (1, True)
    assert run("add", f"{site.url}/nowhere", *HERE, "--yes")[0] == 4
    assert "no address" in run("add", "mailto:x@a.example", "--yes")[2]
    assert run("add", f"{site.url}/", "--yes", "--print")[0] == 2
    assert run("add", f"{site.url}/", "--reach", "house", "--yes")[0] == 2
    assert run("add", f"{site.url}/", "--name", "No Name", "--yes")[0] == 2
    site.answer = page(b"User-agent: *\nDisallow: /\n")
    robots = run("add", f"{site.url}/a-page", *HERE, "--yes")
    assert (robots[0], "robots.txt" in robots[2]) == (1, True)
    assert not (folder / "sources").exists()


def test_without_a_config_folder_it_says_how_to_make_one(site: RawServer, run: Run) -> None:
    status, _, err = run("add", f"{site.url}/", *HERE, "--yes")
    assert (status, "mkdir config" in err, site.heads) == (3, True, [])


def test_with_nobody_to_ask_it_asks_nobody(folder: Path, tmp_path: Path) -> None:
    ran = monitor("add", "http://127.0.0.1:9/", cwd=tmp_path)
    assert (ran.returncode, "--yes" in ran.stderr) == (2, True)
