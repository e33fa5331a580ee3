"""Sentences: where they end, and which became which."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.judging.edits.sentences import Sentence, pairs, split


def texts(text: str) -> list[str]:
    return [each.text for each in split(text)]


def test_abbreviations_and_numbers_end_no_sentence() -> None:
    assert texts("Mr. Kim left on Feb. 23. No. 3 stayed.") == ["Mr. Kim left on Feb. 23.", "No. 3 stayed."]


def test_a_quotation_ends_with_its_mark() -> None:
    assert texts('"We go." He went.\nThey stayed') == ['"We go."', "He went.", "They stayed"]


def test_chinese_and_korean_sentences() -> None:
    assert texts("大桥通车。市长说话。") == ["大桥通车。", "市长说话。"]
    assert texts("진행되였다. 건설자들은 갔다.") == ["진행되였다.", "건설자들은 갔다."]


def sentences(*found: str) -> list[Sentence]:
    return [Sentence(text, at) for at, text in enumerate(found)]


def paired(old: list[Sentence], new: list[Sentence]) -> list[tuple[list[str], list[str]]]:
    return [([each.text for each in one], [each.text for each in other]) for one, other in pairs(old, new)]


def test_an_edited_sentence_is_paired_and_a_new_one_stands_alone() -> None:
    old = sentences("The dam is 38 metres high.", "It rained.")
    new = sentences("The dam is 39 metres high.", "A band played in the square all day.", "It rained.")
    assert paired(old, new) == [
        (["The dam is 38 metres high."], ["The dam is 39 metres high."]), ([], ["A band played in the square all day."]),
    ]  # fmt: skip


def test_a_sentence_split_in_two_goes_together() -> None:
    old = sentences("The dam is high and its two generators supply many homes.", "End.")
    new = sentences("The dam is high.", "Its two generators supply many homes.", "End.")
    assert paired(old, new) == [([old[0].text], [new[0].text, new[1].text])]


@given(st.text(alphabet='ab.!? \n。"', max_size=80))
def test_sentences_stand_where_they_say(text: str) -> None:
    assert all(text[each.at : each.at + len(each.text)] == each.text for each in split(text))
    assert "".join("".join(each.text.split()) for each in split(text)) == "".join(text.split())
