"""``monitor sources import`` and ``export``: lists of feeds."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from cli.conftest import Run


class Terminal(io.StringIO):
    """Somebody at a terminal who answers."""

    def isatty(self) -> bool:
        return True


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


def test_a_no_writes_nothing_and_says_so(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    status, out, err = run("sources", "import", "list.opml")
    assert (status, "nothing was written" in out, "interrupted" in err) == (0, True, False)
    assert not (folder / "sources").exists()


def test_what_a_list_of_feeds_leaves_out_is_said(folder: Path, run: Run) -> None:
    (folder / "sources").mkdir()
    for name, find in (("bare", "pages"), ("listed", "listings")):
        text = f'title = "{name}"\n[find]\n{find} = ["https://{name}.example/a"]\narticles = ["/a"]\n'
        (folder / "sources" / f"{name}.toml").write_text(text)
    err = run("sources", "export", "--opml", "-")[2]
    assert "left out, for they have neither feed nor listing: bare" in err
    assert "without a feed, so only as a link to their listing: listed" in err
