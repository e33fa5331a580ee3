"""Likeness: words, with and without spaces between them, and the share that two texts have in common."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
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


REPORT = article(
    "G7 Is Developing into World-Wide War Contractor Group: KCNA Commentary",
    "G7, a common eyesore to the public, recently held a meeting of defense ministers in Napoli of Italy for the first time in"
    " its history.",
    "It can be never tolerated that G7, which was formed as a group for the interests of a few countries with the object of"
    ' "economic buildup" in the West world in the 1970s, held the initial meeting of defense ministers which is unsuitable to its'
    ' "mission and duty".',
)
REWRITTEN = article(
    "G7 Is Developing into Global War Contractor Group: KCNA Commentary",
    "G7 that has come under worldwide criticism recently held a meeting of defense ministers in Napoli of Italy for the first"
    " time in its history.",
    'G7, formed as a group for the interests of a few countries to facilitate the "economic buildup" of the West in the 1970s,'
    ' held a meeting of defense ministers, the first of its kind, which is unfit for its "mission and duty".',
)
TEST_FIRE = article(
    "Respected Comrade Kim Jong Un Oversees Test-firing of 240 mm MRLS in Production",
    "The MRLS, technically updated in its maneuverability and concentrated firing capability, was proved to be advantageous in"
    " all indices, including newly applied guiding system, controllability and destructive power.",
)


def test_a_report_that_was_rewritten_is_no_other_text_and_another_report_is() -> None:
    assert not likeness.is_another(REPORT, REWRITTEN), "the most rewritten of eight real ones"
    assert likeness.is_another(REPORT, TEST_FIRE)


@pytest.mark.parametrize(("one", "other", "share"), [("a b c d", "a b", 0.5), ("a b", "b c", 1 / 3), ("", "", 1), ("a", "", 0)])
def test_what_is_common_counts_against_the_words_of_both(one: str, other: str, share: float) -> None:
    assert likeness.common(one.split(), other.split()) == likeness.common(other.split(), one.split()) == share


def test_half_of_the_words_is_no_other_text_yet() -> None:
    half = article("a b", "c d e f")
    assert not likeness.is_another(article("a b", "c d e f x y z u v w"), half), "6 of 12"
    assert likeness.is_another(article("a b", "c d e f x y z u v w t"), half), "6 of 13"


@given(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_dice_is_the_same_both_ways_and_1_for_equal_sets_only(one: set[int], other: set[int]) -> None:
    assert likeness.dice(one, other) == likeness.dice(other, one)
    assert (likeness.dice(one, other) == 1) == (one == other)
    assert (likeness.dice(one, other) == 0) == (one.isdisjoint(other) and bool(one or other))
