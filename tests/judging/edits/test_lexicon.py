"""The word lists: that they are whole, and what is asked of them."""

from __future__ import annotations

import pytest

from monitor.judging.edits import lexicon


def test_common_words_are_known_in_all_their_forms() -> None:
    for word in ("expect", "expected", "stopping", "families", "happily", "colour", "color", "the"):
        assert lexicon.is_known(word), word
    for word in ("verdit", "pyongyang", "xyzzy"):
        assert not lexicon.is_known(word), word


@pytest.mark.parametrize(("language", "name"), [("english", "numbers"), ("korean", "native-numbers"), ("korean", "sino-numbers")])
def test_every_number_word_has_a_value(language: str, name: str) -> None:
    assert all(value >= 0 for value in lexicon.values(language, name).values())


def test_the_lists_hold_words_and_phrases() -> None:
    assert "will" in lexicon.english().words["function"]
    assert lexicon.first_of_line("english", "sayings")["claimed"] == "claim"
    assert "동지" in lexicon.korean().words["titles"]
    assert "王" in lexicon.chinese().words["surnames"]
    assert not any(
        "#" in word
        for lists in (lexicon.english(), lexicon.korean(), lexicon.chinese())
        for each in lists.words.values()
        for word in each
    )
