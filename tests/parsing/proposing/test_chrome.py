"""Lines that are read with an article and are none of its words: they go, and words stay."""

from __future__ import annotations

import pytest
from parsing.proposing.pieces import TEXTS, TITLES, samples

from monitor.parsing.proposing.chrome import captions, cleaned, is_byline, is_caption, warnings
from monitor.parsing.trees import MatchedTree


def test_headline_captions_and_what_stands_on_all_are_none_of_the_text() -> None:
    page = "<h1>TITLE</h1><div>BODY<figure><img src=a><figcaption>The quay. Photo: X</figcaption></figure></div>"
    known = samples(page, strange="The quay. Photo: X")
    assert [each.paragraphs for each in cleaned(known)] == list(TEXTS)
    assert [each.paragraphs for each in cleaned(samples(page))] == list(TEXTS)


def test_a_text_that_would_be_nothing_without_them_is_left() -> None:
    (one, *_) = cleaned(samples("<h1>TITLE</h1>BODY")[:1])
    assert one.paragraphs == TEXTS[0]


@pytest.mark.parametrize(
    "line", ["By Vera Holm", "입력 : 2026-11-21 09:12 조병철 기자", "Published 3 May 2025", "2025.11.03 10:20", "김도현 기자"]
)
def test_a_line_of_who_and_when_is_a_byline(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    ["By Monday the hall was full.", "He said so on 2025-11-03, at noon.", "A plan fails", "Rain fell.", "기자들은 떠났다."],
)
def test_a_sentence_is_no_byline(line: str) -> None:
    assert not is_byline(line)


def test_captions_stand_in_figures_in_what_is_called_so_and_in_small_tables_with_a_picture() -> None:
    words = "Words of a long paragraph. " * 20
    page = (
        "<figure><img><figcaption>One</figcaption></figure><p class='img-caption'>Two</p><table><tr><td>"
        f"<table><tr><td><img></td></tr><tr><td>Three</td></tr></table>{words}</td></tr></table><div><img><p>No one.</p></div>"
    )
    assert captions(MatchedTree(page.encode())) == {"One", "Two", "Three"}
    assert is_caption("▲ 현장 모습")
    assert not is_caption("현장 모습")


def test_what_is_hardly_text_is_said() -> None:
    assert list(warnings(TITLES[0], (TITLES[0], "By A. Marsh", "Words."))) == [
        "the headline stands in the text, too",
        "a byline stands in the text",
    ]
    assert list(warnings(TITLES[0], TEXTS[0])) == []
