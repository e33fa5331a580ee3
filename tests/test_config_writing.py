"""A source is written as TOML that reads back as the same source, whatever stands in it; nothing is overwritten."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.config import load_sources
from monitor.config.writing import keep, source_text, text
from monitor.errors import InputError
from monitor.parsing.trees import check_selector
from monitor.settings import (
    Duration,
    Fields,
    Finding,
    Form,
    Identity,
    Layout,
    Mark,
    Politeness,
    Rule,
    Session,
    Source,
)

SOURCE = Source(
    "a-b",
    (Layout("new", (Rule(css="h1"),), (Rule(css="div"),)), Layout("old", (Rule(text="T:", match="T: (.*)"),), (Rule(css="p"),))),
    title='The "Times" of C:\\',
    publication="It's\ttime",
    find=Finding(
        listings=tuple(f"https://a.example/a-rather-long-address/{n}" for n in range(5)),
        articles=(r"^https://a\.example/\d+'x", r"\d"),
        forms=(Form("https://a.example/f", Fields([("q", 'a"b'), ("page", "{page}")]), last=3),),
        session=Session("https://a.example/", (Rule(css="meta", attr="content"),)),
    ),
    identity=Identity(r"/(\d+)", "a {1}"),
    interval=Duration(seconds=5400),
    polite=Politeness(gap=Duration(seconds=0.25), robots=False),
    marks=(Mark("a wall", ("pay now",), "please pay now"),),
)


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    path = keep(tmp_path, "a-b", source_text(SOURCE, {}, "A paper"), check_selector)
    assert path == tmp_path / "sources" / "a-b.toml"
    assert load_sources(tmp_path, check_selector) == (SOURCE,)


def test_comments_stand_before_what_they_are_about_and_end_with_their_line() -> None:
    notes = {"title": "one\ntwo", "find.articles": "known\rby\x1b[2J = 1", "layouts": "how", "identity": "who"}
    lines = source_text(SOURCE, notes, "A paper\n[polite]").splitlines()
    assert lines[:2] == ["# A paper", "# [polite]"]
    assert lines[lines.index("# two") + 1].startswith("title = ")
    assert lines[lines.index("# who") + 1] == "[identity]"
    assert lines[lines.index("# how") + 1] == "[[layouts]]"
    assert [line for line in lines if line.startswith("# known")] == ["# known by[2J = 1"]


@given(st.text())
def test_any_text_is_one_string(given: str) -> None:
    read = tomllib.loads(f"x = {text(given)}")["x"]
    assert read == "".join("\ufffd" if 0xD800 <= ord(sign) <= 0xDFFF else sign for sign in given)


@given(st.text(), st.text())
def test_any_comment_is_only_that(head: str, note: str) -> None:
    plain = Source("a", ())
    assert tomllib.loads(source_text(plain, {"layouts": note, "title": note}, head)) == {}


def test_a_file_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    path = keep(tmp_path, "a", source_text(SOURCE, {}, "x"), check_selector)
    with pytest.raises(InputError, match="there is a source of that name"):
        keep(tmp_path, "a", source_text(SOURCE, {}, "y"), check_selector)
    assert path.read_text("utf-8").startswith("# x\n")


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        keep(tmp_path / "none", "a", source_text(SOURCE, {}, "x"), check_selector)
