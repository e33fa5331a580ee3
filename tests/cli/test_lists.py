"""``monitor sources import`` and ``export``: lists of feeds."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.conftest import Run

LIST = '<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/feed"/></body></opml>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    (tmp_path / "list.opml").write_text(LIST)
    return tmp_path / "config"


def test_a_list_goes_in_and_out(folder: Path, run: Run, tmp_path: Path) -> None:
    status, out, _ = run("sources", "import", "list.opml", "--yes")
    assert (status, out.splitlines()[0]) == (0, "a: https://a.example/feed")
    written = (folder / "sources" / "a.toml").read_text("utf-8")
    assert run("config", "check")[:2] == (0, "ok: 1 source\n")
    assert run("sources", "import", "list.opml", "--yes")[1:] == (
        "https://a.example/feed is in a already\n",
        "no new feed in it\n",
    )
    assert (folder / "sources" / "a.toml").read_text("utf-8") == written
    status, out, _ = run("sources", "export", "--opml", "-")
    assert (status, 'xmlUrl="https://a.example/feed"' in out) == (0, True)
    assert run("sources", "export", "--opml", "out.opml")[0] == 0
    assert (tmp_path / "out.opml").read_text("utf-8").count("<outline") == 1
    assert run("sources", "export", "--opml", "out.opml")[0] == 4


def test_what_stands_in_the_way_is_said(folder: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.opml").write_text("<html>")
    assert "no OPML file" in run("sources", "import", "x.opml", "--yes")[2]
    assert run("sources", "import", "none.opml", "--yes")[0] == 4
    assert "no OPML file" in run("sources", "import", "x.opml")[2], "the file is looked at before anybody is asked"
    assert run("sources", "import", "list.opml")[0] == 2
    assert run("sources", "import", "list.opml", "--yes", "--config", "none")[0] == 3
    assert not (folder / "sources").exists()
