"""A replay in which a photograph is swapped and its caption edited, as a person sees it on the command line."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
PAGE = """<!DOCTYPE html><meta charset=utf-8><h1>A visit to the port</h1><time datetime=2026-01-02></time>
<div class=story><p>The delegation went to see the port, and came back in the evening.</p>
<figure><img src="/photos/{}" alt="The delegation"><figcaption>{}</figcaption></figure><p>They went on by train.</p></div>"""
SOURCE = """
publication = "Port News"
[find]
articles = ['^https://replay\\.invalid/']
[[layouts]]
name = "port"
title = ["h1"]
published = [{ css = "time", attr = "datetime" }]
paragraphs = ["div.story"]
drop = ["figcaption"]
"""
# file and caption at each moment: the same under another token and size, another caption by one name, another photograph
MOMENTS = [
    ("parade-640x480.jpg?t=1", "Pak (left) at the port"),
    ("parade-320x240.jpg?t=2", "Pak (left) at the port"),
    ("parade-640x480.jpg?t=3", "At the port"),
    ("harbour.jpg", "At the port"),
    ("harbour.jpg?w=640", "At the port"),
]


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    config = tmp_path / "config" / "sources"
    config.mkdir(parents=True)
    (config / "port.toml").write_text(SOURCE)
    found = [tmp_path / str(number) for number in range(len(MOMENTS))]
    for folder, moment in zip(found, MOMENTS, strict=True):
        folder.mkdir()
        (folder / "visit.html").write_text(PAGE.format(*moment))
    return found


def test_the_story_of_a_photograph(run: Run, folders: list[Path], tmp_path: Path) -> None:
    status, out, err = run("replay", *folders, "--db", tmp_path / "p.db")
    assert (status, err) == (0, "")
    told = [line.partition(" | ")[2] for line in out.splitlines() if " edited " in line]
    assert told == [
        "0.45 swaps the photograph parade-640x480.jpg at paragraph 2 for harbour.jpg",
        "0.71 caption of parade-640x480.jpg: Pak (left) at the port → At the port",
    ]
    status, out, _ = run("log", "--class", "picture", "--json", "--db", tmp_path / "p.db")
    assert [json.loads(line)["classes"] for line in out.splitlines()] == [["picture"], ["name", "picture"]]
    status, out, _ = run("show", 3, "--why", "--db", tmp_path / "p.db")
    assert "version 1 → 1" in out
    assert "[-https://replay.invalid/photos/parade-640x480.jpg?t=3, at paragraph 2, caption “At the port”" in out
    assert "{+https://replay.invalid/photos/harbour.jpg, at paragraph 2" in out
    assert "+0.450  picture" in out
    assert run("verify", "--db", tmp_path / "p.db")[0] == 0
    assert run("evidence", 3, "--db", tmp_path / "p.db", "--out", tmp_path / "e.zip")[0] == 0
    with zipfile.ZipFile(tmp_path / "e.zip") as bundle:
        assert {"shown-before.txt", "shown-after.txt", "captures.warc.gz"} <= {*bundle.namelist()}
    text = run("article", "visit", "--db", tmp_path / "p.db")[1]
    assert "parade" not in text
    assert "harbour" not in text
