"""``monitor import`` as a person uses it: what is printed, what is found afterwards, and the exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from fetching.foreign import Foreign
from standins import START

PAGE = "https://a.example/p1"
CONFIG = """# A site that does not exist.
publication = "P"
[find]
articles = ['^https://a\\.example/p']
[[layouts]]
name = "plain"
title = ["h1"]
paragraphs = ["p"]
"""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(run: Run, tmp_path: Path) -> Run:
    """Call the command line in a folder with a config of one source."""
    (tmp_path / "config" / "sources").mkdir(parents=True)
    (tmp_path / "config" / "sources" / "a.toml").write_text(CONFIG)
    return run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two wordings of a page, a day apart, and a page of another site."""
    made = Foreign(tmp_path / "foreign.warc.gz")
    for day in (0, 1):
        made.response(PAGE, START + timedelta(days=day), b"<h1>A title</h1><p>Wording %d." % day)
    return made.response("https://b.example/", START, b"<h1>Another</h1>").save()


def test_an_import_says_what_became_of_the_captures(run: Run, file: Path) -> None:
    status, out, err = run("import", file)
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "3 captures read: 2 imported (2 new versions, 1 page taken up), 0 known already, 1 skipped",
        "       1  an address that is no article of any source, nor a known page",
    ]
    assert run("import", file)[1].startswith("3 captures read: 0 imported (0 new versions), 2 known already, 1 skipped")


def test_what_was_imported_is_found_at_its_own_time_and_is_no_news(run: Run, file: Path) -> None:
    run("import", file)
    assert run("article", PAGE, "--at", "2026-01-01")[1].endswith("Wording 0.")
    assert run("article", PAGE, "--at", "2026-01-02")[1].endswith("Wording 1.")
    assert run("article", PAGE, "--at", "2025-12-31")[0] == 4
    assert "imported" in run("article", PAGE)[2]
    assert run("log")[1] == "no change yet; 2 captures were imported (`monitor log --kind imported` shows them)\n"
    assert [json.loads(line)["kind"] for line in run("log", "--kind", "imported", "--json")[1].splitlines()] == ["imported"] * 2
    assert "2 captures imported" in run("status")[1]


def test_imported_versions_and_changes_name_their_file(run: Run, file: Path) -> None:
    run("import", file)
    assert [line.endswith("(imported from foreign.warc.gz)") for line in run("article", PAGE, "--versions")[1].splitlines()] == [
        True,
        True,
    ]
    assert "captured 2026-01-01 00:00 UTC, imported from foreign.warc.gz" in run("show", 1)[1]


def test_what_was_imported_stands_in_our_own_archive_and_verifies(run: Run, file: Path) -> None:
    run("import", file)
    status, out, err = run("verify")
    assert (status, err) == (0, "")
    assert "2 changes, 2 versions" in out


def test_our_own_evidence_can_be_imported_into_another_database(run: Run, file: Path, tmp_path: Path) -> None:
    run("import", file)
    own = sorted((tmp_path / "monitor.db.archive").rglob("*.warc.gz"))
    assert run("import", *own)[1].startswith("2 captures read: 0 imported (0 new versions), 2 known already")
    assert run("import", *own, "--db", "other.db")[1].startswith("2 captures read: 2 imported (2 new versions")


@pytest.mark.parametrize("name", ["nosuch.warc", "config", "config/sources/a.toml"])
def test_what_is_no_warc_file_ends_with_4_and_nothing_is_imported(run: Run, file: Path, name: str) -> None:
    status, out, err = run("import", file, name)
    assert (status, out) == (4, "")
    assert err.startswith(f"{name}: ")
    assert not Path("monitor.db").exists()


def test_a_damaged_file_is_named_and_what_came_before_is_kept(run: Run, file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-30])
    status, out, err = run("import", file)
    assert status == 1
    assert err.startswith(f"{file}: damaged at byte ")
    assert "2 imported" in out


def test_an_import_needs_a_source_to_read_the_pages_by(run: Run, file: Path, tmp_path: Path) -> None:
    (tmp_path / "config" / "sources" / "a.toml").unlink()
    assert run("import", file)[0] == 3
    assert run("import")[0] == 2


def test_what_a_site_said_at_every_address_and_half_a_page_are_skipped(run: Run, tmp_path: Path) -> None:
    made, day = Foreign(tmp_path / "busy.warc.gz"), timedelta(days=1)
    for name in ("p1", "p2"):
        url, own = f"https://a.example/{name}", f"<p>Own words of {name}, at some length.</p><p>And {name} ends here.</p>"
        made.response(url, START, b"<h1>We are very busy</h1><p>Come back later.</p></html>")
        made.response(url, START + day, f"<h1>The title of {name}</h1>{own}</html>".encode())
        made.response(url, START + 2 * day, f"<h1>The title of {name}</h1>{own[:-20]}".encode())
    status, out, err = run("import", made.save())
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "6 captures read: 2 imported (2 new versions, 2 pages taken up), 0 known already, 4 skipped",
        "       2  one text for several addresses",
        "       2  the page breaks off: its end did not come",
    ]
