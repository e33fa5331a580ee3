"""Watch words: where they stand, come and go."""

from __future__ import annotations

import pytest
from standins import article

from monitor.article import Article
from monitor.judging.edits import watching
from monitor.model import Edit, EditClass
from monitor.settings import WatchWord


@pytest.mark.parametrize(
    ("word", "text", "count"),
    [
        ("Jang Song Thaek", "JANG SONG-THAEK and Jang Song Thaek's men", 2),
        ("art", "the start of an art", 1),
        ("김정은", "김정은동지께서는 김정은을", 2),
        ("", "anything", 0),
        ("-", "a - b", 0),
        ("C++", "C++ and c++", 2),
    ],
)
def test_how_often_a_word_stands_in_a_text(word: str, text: str, count: int) -> None:
    assert watching.counted(word, text) == count


def test_what_came_and_what_went() -> None:
    before, after = (Article("K", "t", None, (text,)) for text in ("The king met the queen.", "The queen met the queen."))
    assert watching.changed(["king", "queen", "pope"], before, after) == [("king", -1), ("queen", 1)]


def test_typography_is_not_near() -> None:
    assert watching.near(["king"], [Edit(EditClass.TYPOGRAPHY, "king", "King")]) == []
    assert watching.near(["king"], [Edit(EditClass.WORDING, "the king", "a king")]) == ["king"]


def test_all_spellings_are_one_word() -> None:
    word = WatchWord("Pak Un Hyok", ("박은혁", "Park Un-hyok", "Un Hyok"))
    before, after = article("t", "With Park Un Hyok there."), article("t", "With Pak Un Hyok there, and 박은혁동지가.")
    assert watching.counted(word, "Pak Un Hyok, Park Un-hyok, 박은혁은, Un Hyok and Unhyok") == 4
    assert watching.changed([word], before, after) == [("Pak Un Hyok", 1)]
    assert watching.changed([word], before, article("t", "With Pak Un Hyok there.")) == []
