"""Lines that are no body, and headings that end an article."""

from __future__ import annotations

import time

import pytest

from monitor.parsing.anysite.lines import is_credit, is_ending, is_junk


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement", "Share this article", "By Jane Doe, Political Editor", "Read more: The king is dead", "Photo: AP",
        "Image copyright Getty Images", "Tags: a, b", "Updated 12 Nov 2024 10:00", "5 comments", "12 min read",
        "Sign up for our newsletter.", "© 2019 A Paper", "Lesen Sie auch: Noch mehr", "김철수 기자", "---",
        "All rights reserved. No part may be copied.", "责任编辑：张三",
    ],
)  # fmt: skip
def test_such_a_line_is_no_body(line: str) -> None:
    assert is_junk(line)


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell on Monday.", "Follow the money, he said.", "By the time he arrived, it was over.", "611", "“No.”",
        "Print is dead, he said.", "Published in 1999, the book sold well.", "Photos show the damage.", "Close the door",
        "Copyright law is changing fast.", "Support the troops, he said in 1999.", "Loading docks were damaged in the strike.",
        "Comments made by the president angered many.", "Additional reporting by Ada Holm in Port Elmsby.",
        "Reporting by A. B.; Editing by C. D.", "Additional reporting by Ada Holm",
    ],
)  # fmt: skip
def test_a_sentence_with_the_same_words_is_left_alone(line: str) -> None:
    assert not is_junk(line)


@pytest.mark.parametrize(
    "line",
    [
        "Additional reporting by Ada Holm.", "(Reporting by A. B.; Editing by C. D.)", "With reporting by Ada Holm",
        "Ada Holm contributed reporting from Lennford.", "Translated by Ada Holm",
    ],
)  # fmt: skip
def test_a_credit_is_text(line: str) -> None:
    assert is_credit(line)
    assert not is_junk(line)


@pytest.mark.parametrize("line", ["By Ada Holm", "He was reported by the mayor to have left."])
def test_a_byline_or_another_sentence_is_no_credit(line: str) -> None:
    assert not is_credit(line)


@pytest.mark.parametrize(
    "heading",
    [
        "Readers' comments",
        "독자 의견",
        "독자의견 (2)",
        "한줄 의견",
        "댓글 쓰기",
        "Related Articles",
        "12 Comments",
        "Leave a Reply",
        "More from the Times",
        "You may also like",
        "관련기사",
        "相关阅读",
        "Mehr zum Thema",
    ],
)
def test_such_a_heading_ends_an_article(heading: str) -> None:
    assert is_ending(heading)


@pytest.mark.parametrize("heading", ["More trouble ahead", "Latest figures show a fall", "Background", "Related party deals"])
def test_another_heading_ends_nothing(heading: str) -> None:
    assert not is_ending(heading)


@pytest.mark.parametrize("piece", ["a ", "read ", "share ", "A", "more ", "facebook ", "sign up ", "1 ", "\u202e"])
def test_no_line_takes_long(piece: str) -> None:
    began = time.process_time()
    for length in range(1, 250, 10):
        is_junk((piece * 250)[:length] + "!q")
        is_ending((piece * 250)[:length] + "!q")
    assert time.process_time() - began < 2
