"""``monitor reparse`` and ``monitor sources accept`` as a person uses them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from jobs.newspaper import Newspaper, old_page
from standins import SetClock

from monitor.article import Article
from monitor.fetching.archive import WarcArchive
from monitor.storing.sqlite import StoreFile

CONFIG = """# A paper that does not exist.
publication = "The Paper"
[find]
articles = ['/a\\d+$']
[[layouts]]
name = "old"
title = ["h1.headline"]
published = [{ css = "time", attr = "datetime" }]
paragraphs = ["div.story"]
drop = ["p.ad"]
"""
Run = Callable[..., tuple[int, str, str]]


def with_ad(article: Article) -> str:
    return old_page(article).replace("<div class=story>", "<div class=story><p class=ad>Read [bold]more.</p>")


@pytest.fixture
def run(run: Run, tmp_path: Path) -> Run:
    """Call the command line in a folder with a database of three pages, read before their layout was mended."""
    (tmp_path / "config" / "sources").mkdir(parents=True)
    (tmp_path / "config" / "sources" / "paper.toml").write_text(CONFIG)
    with StoreFile(tmp_path / "monitor.db").open() as store:
        archive = WarcArchive(tmp_path / "monitor.db.archive", SetClock(), most_bytes=10**6, software="test")
        Newspaper(store, 3, archive, design=with_ad)
        archive.close()
    return run


def test_without_yes_it_says_what_would_read_otherwise(run: Run) -> None:
    for _ in range(2):
        status, out, err = run("reparse")
        assert (status, err) == (0, "")
        lines = out.splitlines()
        assert lines[0] == "paper: 3 captures read again: 3 would read otherwise (paragraphs 3), 0 left as they are"
        assert lines[2:4] == ["like https://a.example/a0", ""]
        assert lines[5] == "[-Read [bold]more.-]"
        assert lines[-1] == "nothing was written; --yes adopts what reads otherwise"


def test_with_yes_it_adopts_and_the_log_has_one_line_of_it(run: Run) -> None:
    before = run("log", "--baseline")[1]
    status, out, _ = run("reparse", "paper", "--yes", "--all")
    assert status == 0
    assert out.startswith("paper: 3 captures read again: 3 read otherwise (paragraphs 3); 3 adopted, 0 left as they are\n")
    after = run("log", "--baseline")[1]
    line, *others = after.splitlines()
    assert others == before.splitlines()
    assert "reparsed paper: " in line
    assert "had 3 captures read again by today's layouts and parser: 3 wordings adopted" in line
    assert "bold" not in run("article", "https://a.example/a0")[1]
    assert "bold" in run("article", "https://a.example/a0", "--version", "1")[1]
    assert run("verify")[0] == 0
    assert run("reparse")[1].splitlines() == ["paper: 3 captures read again: 0 would read otherwise, 0 left as they are"]


def test_a_source_that_is_not_there(run: Run) -> None:
    status, _, err = run("reparse", "other")
    assert (status, err) == (4, "there is no source 'other' (there: paper)\n")


def test_a_redesign_is_accepted_where_one_is_suspected(run: Run, tmp_path: Path) -> None:
    status, _, err = run("sources", "accept", "paper")
    assert status == 4
    assert "no redesign is suspected" in err
    with StoreFile(tmp_path / "monitor.db").open() as store:
        store.keep_drift("paper", {"paragraphs shrunk"}, set())
    status, out, _ = run("sources", "accept", "paper")
    assert (status, out) == (0, "paper: what its pages say now will be logged as they are visited\n")
