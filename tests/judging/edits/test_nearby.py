"""Runs of a sentence that explain one another: what follows an edit, what belongs to a rewording, what only moved."""

from __future__ import annotations

import pytest

from monitor.judging.edits.regions import Known, Region, judged


def found(old: str, new: str) -> list[tuple[str, str, str]]:
    edits = judged(Region(old, new), Known(old.casefold(), new.casefold()))
    return [(edit.what.value, edit.before, edit.after) for edit in edits]


def test_a_word_that_comes_beside_a_rewording_belongs_to_it() -> None:
    assert {what for what, _, _ in found("They reopen three crossings.", "They open three crossings again.")} == {"wording"}


def test_a_word_that_comes_in_another_clause_is_an_addition() -> None:
    both = found("They reopen the crossings, and people cheer.", "They open the crossings, and many old people cheer.")
    assert {what for what, _, _ in both} == {"wording", "addition"}


def test_a_long_cut_beside_a_rewording_stays_a_cut() -> None:
    old = "They reopen three small white old wooden houses."
    assert {what for what, _, _ in found(old, "They open three houses.")} == {"wording", "cut"}


def test_words_of_grammar_that_follow_another_edit_are_no_edit() -> None:
    assert [what for what, _, _ in found("It had no exact figures yet.", "It had exact figures.")] == ["negation"]


def test_words_of_grammar_alone_are_a_rewording() -> None:
    assert [what for what, _, _ in found("It had figures on it.", "It had figures of it.")] == ["wording"]


def test_who_said_it_and_the_verb_far_behind_are_one_attribution() -> None:
    assert [what for what, _, _ in found("정부는 회담이 열린다고 밝혔다.", "회담이 열린다.")] == ["attribution"]


def test_what_stands_elsewhere_in_its_sentence_is_reworded() -> None:
    edits = found("The office said that prices rose and wages fell.", "Prices rose and wages fell, the office said.")
    assert [what for what, _, _ in edits] == ["wording"]


@pytest.mark.parametrize("turned", [False, True])
def test_it_is_the_same_turned_about(turned: bool) -> None:
    sides = ("An appeal has not been ruled out.", "It has not ruled out an appeal.")
    assert {what for what, _, _ in found(*(sides[::-1] if turned else sides))} == {"wording"}
