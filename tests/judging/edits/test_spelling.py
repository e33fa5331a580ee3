"""Words that are the same, spelled otherwise, and words that are not."""

from __future__ import annotations

import pytest

from monitor.judging.edits import spelling


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("favourite", "favorite"), ("grey", "gray"), ("organises", "organizes"), ("travelling", "traveling"),
        ("defence", "defense"),
        ("centre", "center"), ("catalogue", "catalog"), ("verdit", "verdict"), ("coopertaing", "cooperating"),
        ("로동자", "노동자"), ("년간", "연간"), ("되였다", "되었다"), ("콩크리트", "콘크리트"), ("받아드리지", "받아들이지"),
        ("조선로동당", "조선노동당"), ("café", "cafe"),
    ],
)  # fmt: skip
def test_one_word_spelled_twice(one: str, other: str) -> None:
    assert spelling.is_same_word(one, other)
    assert spelling.is_same_word(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("form", "from"), ("rise", "rose"), ("attack", "attach"), ("expect", "expects"), ("정부", "정보"), ("인상", "인하"),
        ("올랐다", "올렸다"), ("wages", "wagers"), ("three", "there"),
    ],
)  # fmt: skip
def test_two_words(one: str, other: str) -> None:
    assert not spelling.is_same_word(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kim jong un", "kim jong-un"), ("sunchon", "suncheon"), ("pyongyang", "pyeongyang"), ("wpk", "workers' party of korea"),
        ("lee myung bak", "ri myong pak"), ("한은", "한국은행"), ("zelensky", "zelenskyy"), ("ministry of the dprk",
        "ministry of the democratic people's republic of korea"),
    ],
)  # fmt: skip
def test_one_name_in_two_writings(one: str, other: str) -> None:
    assert spelling.is_same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kim jong un", "kim jong il"),
        ("kim jae ryong", "kim jae ho"),
        ("may holloway", "june holloway"),
        ("seoul", "washington"),
        ("조윤제", "서영경"),
    ],
)
def test_two_names(one: str, other: str) -> None:
    assert not spelling.is_same_name(one, other)


def test_forms_of_one_word() -> None:
    assert spelling.is_form("expect", "expected")
    assert spelling.is_form("매입하지", "매입할")
    assert not spelling.is_form("expect", "accept")


def test_a_name_made_of_two() -> None:
    assert spelling.is_made_of("central committee of the wpk", ["c.c.", "wpk"])
    assert not spelling.is_made_of("central committee of the wpk", ["c.c."])


def test_one_slip_in_a_name() -> None:
    assert spelling.is_slip("gas", "gsa")
    assert not spelling.is_slip("kim jong un", "kim jong il")
