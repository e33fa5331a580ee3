"""The walk that knows where each paragraph stands."""

from __future__ import annotations

from collections import Counter

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


def test_east_asian_text_weighs_twice() -> None:
    assert [block.weight for block in blocks("<p>북한</p><p>ab</p>").blocks] == [4, 2]


@given(st.lists(st.sampled_from([*JUNK, "word ", "text. "]), max_size=15))
def test_it_reads_no_more_than_the_walk_does(pieces: list[str]) -> None:
    root = tree_of(f"<html><body>{''.join(pieces)}".encode("utf-8", "replace"))
    ours = Counter("".join(block.text for block in outline(root).blocks))
    assert not ours - Counter("".join(paragraphs(lxml_events(root))))
