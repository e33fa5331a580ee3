"""Likeness: words, with and without spaces between them, and the share that two texts have in common."""

from __future__ import annotations

from standins import article

from monitor.judging import likeness


def test_words_are_in_small_letters_and_scripts_without_spaces_count_by_character() -> None:
    assert likeness.words(article("The Dam", "It holds 5,156 t.")) == ["the", "dam", "it", "holds", "5", "156", "t"]
    assert likeness.words(article("북한 뉴스", "今天")) == ["북한", "뉴스", "今", "天"]


def test_a_text_that_was_cut_shares_all_its_words() -> None:
    assert likeness.shared(["a", "b", "c", "d"], ["b"]) == 1
    assert likeness.shared(["a", "b"], ["b", "c"]) == 0.5


def test_nothing_shares_nothing() -> None:
    assert likeness.shared([], ["a"]) == 0
    assert likeness.shared(["a", "a"], ["a"]) == 1
