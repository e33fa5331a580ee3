"""The walk that knows where each paragraph stands, how large its letters are, and where the pictures are."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parsing.anysite.made import blocks
from parsing.markup import JUNK

from monitor.parsing.anysite.names import Role
from monitor.parsing.anysite.page import tree_of
from monitor.parsing.anysite.walking import outline
from monitor.parsing.walk import lxml_events, paragraphs


def texts(body: str) -> list[str]:
    return [block.text for block in blocks(body).blocks]


def test_inline_tags_neither_glue_nor_split_words() -> None:
    assert texts("<p>So<b>me</b> <a href=x>wo</a>rds</p><p>More</p>") == ["Some words", "More"]


def test_a_block_knows_how_much_of_it_is_linked_and_bold() -> None:
    (block,) = blocks("<p><b><a href=x>abcd</a></b>efgh</p>").blocks
    assert (block.linked, block.is_bold) == (0.5, False)


def test_inline_names_count_where_most_of_the_block_bears_them() -> None:
    first, second = blocks(
        "<p><span class=byline>By Jane Doe</span></p><p><span class=byline>By</span> the river they sat.</p>"
    ).blocks
    assert (first.own, second.own) == (Role.META, Role.NONE)


def test_two_breaks_end_a_paragraph_and_one_does_not() -> None:
    assert texts("<div>One<br>line.<br><br>Two</div>") == ["One line.", "Two"]


def test_a_headline_and_a_day_before_a_single_break_stand_apart() -> None:
    assert texts("<td><b>The headline</b><br>3 May 2011<br>Some text<br>goes on.</td>") == [
        "The headline",
        "3 May 2011",
        "Some text goes on.",
    ]


def test_words_for_the_ears_alone_are_not_read() -> None:
    assert texts("<p>Read<span class='sr-only'> (opens a window)</span> this</p>") == ["Read this"]


@pytest.mark.parametrize(
    ("markup", "size"),
    [
        ("<font size=5>Head</font>", 5),
        ("<font size='+1'>Head</font>", 4),
        ("<small>Head</small>", 2),
        ("<span style='font-size:22px'>Head</span>", 5),
        ("<span style='font-size: 8pt'>Head</span>", 2),
        ("<font size=99>Head</font>", 3),
        ("Head", 3),
    ],
)
def test_a_block_knows_the_size_of_its_letters(markup: str, size: float) -> None:
    (block,) = blocks(f"<table><tr><td>{markup}</td></tr></table>").blocks
    assert block.size == size


def test_a_cells_own_size_ends_with_it() -> None:
    first, second = blocks("<table><tr><td style='font-size:24px'>Head</td></tr><tr><td>Text</td></tr></table>").blocks
    assert (first.size, second.size) == (5, 3)


def test_a_picture_knows_in_or_before_which_block_it_stands() -> None:
    page = blocks("<p>One</p><img src=a><div>Two <img src=b> goes<br><br>Three<br><br><img src=c>Four</div><img src=d>")
    assert [block.text for block in page.blocks] == ["One", "Two goes", "Three", "Four"]
    assert [(shown.node.get("src"), shown.block) for shown in page.pictures] == [("a", 1), ("b", 1), ("c", 3), ("d", 4)]


def test_a_picture_for_browsers_without_scripts_is_one() -> None:
    page = blocks("<p>One<noscript><img src=a></noscript></p>")
    assert [(shown.node.get("src"), shown.block) for shown in page.pictures] == [("a", 0)]


@given(st.lists(st.sampled_from([*JUNK, "word ", "text. "]), max_size=15))
def test_it_reads_no_more_than_the_walk_does(pieces: list[str]) -> None:
    root = tree_of(f"<html><body>{''.join(pieces)}".encode("utf-8", "replace"))
    ours = Counter("".join(block.text for block in outline(root).blocks))
    assert not ours - Counter("".join(paragraphs(lxml_events(root))))
