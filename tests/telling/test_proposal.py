"""A proposal as a person sees it before a yes, and as a program does."""

from __future__ import annotations

import io
import json

import pytest
from rich.console import Console
from standins import article

from monitor.settings import Finding, Identity, Source
from monitor.telling.proposal import Place, Proposal, SampleRead, as_object, show

SOURCE = Source(
    "a", (), find=Finding(articles=(r"^https://a\.example/\d+",), ignore=("/about",)), identity=Identity(r"/(\d+)", "a {1}")
)
PLACES = (
    Place("feed", "https://a.example/feed\x1b", 10, 9),
    Place("sitemap", "https://a.example/s.xml", 9000, 8999, False, "many"),
)
SAMPLES = (
    SampleRead("https://a.example/1" + "0" * 90, article("A \x1b]0;owned\x07title", "word " * 40), "any site"),
    SampleRead("https://a.example/2", None, why="no title"),
    SampleRead("https://a.example/3", article("T", "By A", "one " * 20, "the end"), "x", doubts=("a byline stands in the text",)),
)
PROPOSAL = Proposal(SOURCE, {"layouts": "No layout: why.\nmore"}, PLACES, SAMPLES, ("https://a.example/x: 404",))


def printed(width: int, *, is_terminal: bool) -> str:
    out = Console(file=io.StringIO(), width=width, force_terminal=is_terminal, color_system=None, markup=False, highlight=False)
    show(out, PROPOSAL)
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


def test_it_says_where_what_and_how() -> None:
    said = printed(80, is_terminal=False)
    assert "  feed https://a.example/feed\\x1b\n    9 of 10 addresses are articles\n" in said
    assert "    8,999 of 9,000 addresses are articles (left out: many)\n" in said
    assert "  but not /about\n  one page is a {1}, by /(\\d+)\n" in said
    assert "  A \\x1b]0;owned\\x07title\n    2026-01-01, 40 words, read by any site\n" in said
    assert "    not read: no title\n" in said
    assert "    first: By A\n    last: the end\n    careful: a byline stands in the text\n" in said
    assert said.endswith("\nNo layout: why.\n")


@pytest.mark.parametrize("width", [40, 80])
def test_it_is_folded_below_its_beginning(width: int) -> None:
    said = printed(width, is_terminal=True)
    assert max(len(line.rstrip()) for line in said.splitlines()) <= width
    assert "\x07" not in said
    assert [line for line in said.splitlines() if line.startswith("0")] == []


def test_the_object_is_json() -> None:
    said = json.loads(json.dumps(as_object(PROPOSAL, "file")))
    assert (said["name"], said["file"], len(said["samples"]), said["tried"]) == ("a", "file", 3, ["https://a.example/x: 404"])
