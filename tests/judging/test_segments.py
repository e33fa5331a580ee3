"""The units of a text: joined they give it back, and each is what a person would mark as one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.judging.segments import features, keys, rough_units, sentences, units, weight

_SIGNS = st.text(st.sampled_from("a1é김国ミกเ\u0301\u0e31\n .,'’-%$_!?。」😀\u200d\ud800"))


@given(text=st.one_of(st.text(), _SIGNS))
def test_units_joined_are_the_text(text: str) -> None:
    for take in (units, rough_units):
        found = take(text)
        assert "".join(found) == text
        assert all(found)


@given(text=_SIGNS)
def test_every_unit_has_a_key_with_which_it_begins(text: str) -> None:
    found = units(text)
    assert all(key and unit.startswith(key) for unit, key in zip(found, keys(found), strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They won't (KCNA) go.", ["They ", "won't ", "(", "KCNA", ") ", "go", "."]),
        ("3.5% of $5,156.", ["3.5% ", "of ", "$5,156", "."]),
        ("2024-08-04, 10:30", ["2024-08-04", ", ", "10:30"]),
        ("one,two", ["one", ",", "two"]),
        ("the workers' new-type --", ["the ", "workers", "' ", "new-type ", "--"]),
        ("at https://a.example/b?c=d.", ["at ", "https://a.example/b?c=d."]),
        ("e\u0301te\u0301 हिन्दी", ["e\u0301te\u0301 ", "हिन्दी"]),
        ("金正恩、ミサイルを", ["金", "正", "恩", "、", "ミサイル", "を"]),
        ("ที่นี่", ["ที่", "นี่"]),
        ("one\ntwo", ["one", "\n", "two"]),
    ],
)
def test_units(text: str, expected: list[str]) -> None:
    assert units(text) == expected


@pytest.mark.parametrize(
    ("unit", "key"),
    [
        ("조선은 ", "조선"),
        ("김정은동지께서는", "김정은동지"),
        ("평양에서도", "평양"),
        ("사회주의", "사회주의"),  # ends like a noun with a particle
        ("회의의", "회의"),
        ("나는", "나는"),  # too short to tell
        ("word ", "word"),
        ("\n", "\n"),
    ],
)
def test_the_key_of_a_unit(unit: str, key: str) -> None:
    assert keys([unit]) == [key]


@pytest.mark.parametrize(
    ("text", "words"), [("one two, three", 3), ("won't 5,156", 2), ("国家", 2), ("ที่นี่", 1), ("ミサイル", 1), ("...", 0)]
)
def test_how_many_words_a_text_amounts_to(text: str, words: float) -> None:
    assert weight(text) == words


def test_sentences() -> None:
    found = ["It is.", '"Is it?"', "He said 3.5% so!", "好。", "是。", "End"]
    assert sentences('It is. "Is it?" He said 3.5% so! 好。是。 End') == found


def test_features_know_a_text_in_any_case_and_script() -> None:
    assert features("The dam") == {"the", "dam", ("the", "dam")}
    assert features("金正恩") == {"金", "正", "恩", ("金", "正"), ("正", "恩")}
    assert features("") == set()


@pytest.mark.parametrize("bit", ["a", "a.", "1,", "'", "e\u0301", "\u0301", " ", "国", "ก", "https://", "-", "&", "\u200d"])
def test_no_text_takes_long_to_take_apart(bit: str) -> None:
    started = time.process_time()
    for take in (units, rough_units, sentences, weight, features):
        take(bit * 200_000)
        take(bit * 200_000 + "\n!")
    assert time.process_time() - started < 5  # a fifth of a second
