"""Korean number words: before and on what they count, rough ones, days, periods, units on a figure."""

from __future__ import annotations

import pytest

from monitor.judging.edits.reading import read
from monitor.judging.edits.tokens import Sort


def sorts(text: str) -> list[tuple[str, Sort]]:
    return [(token.text, token.sort) for token in read(text)]


@pytest.mark.parametrize(
    ("text", "value"), [("일곱 차례", 7), ("여섯개의 의정", 6), ("두명이 왔다", 2), ("사흘 동안", 3), ("열흘 뒤", 10)]
)
def test_number_words_have_a_value(text: str, value: int) -> None:
    first = read(text)[0]
    assert first.sort is Sort.NUMBER
    assert first.value == value


@pytest.mark.parametrize("text", ["세대가 바뀌였다", "열차가 왔다", "한번 가보자", "수리하였다", "네거리에 있다"])
def test_words_that_begin_like_numbers_are_none(text: str) -> None:
    assert read(text)[0].sort is not Sort.NUMBER


def test_rough_numbers_are_numbers_without_a_value() -> None:
    first = read("수백 명이 왔다")[0]
    assert (first.text, first.sort, first.value) == ("수백", Sort.NUMBER, None)


@pytest.mark.parametrize(("text", "date"), [("다음 주 연다", "다음 주"), ("이번 달에 연다", "이번 달"), ("지난 해", "지난 해")])
def test_a_period_with_its_word_is_one_date(text: str, date: str) -> None:
    assert sorts(text)[0] == (date, Sort.DATE)


def test_a_word_that_only_begins_like_a_period_is_no_date() -> None:
    assert Sort.DATE not in [sort for _, sort in sorts("다음 주제를 보자")]


def test_a_unit_on_a_figure_is_one_and_its_particle_stands_alone() -> None:
    assert sorts("160킬로미터를 갔다")[:3] == [("160", Sort.NUMBER), ("킬로미터", Sort.UNIT), ("를", Sort.FUNCTION)]
