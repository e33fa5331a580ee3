"""Queries as people type them: words, phrases, beginnings, OR, and what is not to be there; never a syntax error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import InputError
from monitor.storing.wanted import LONGEST, any_of, wanted


@pytest.mark.parametrize(
    ("query", "expression"),
    [
        ("jang song", '("jang") AND ("song")'),
        ('"jang song" thaek', '("jang song") AND ("thaek")'),
        ("“jang song”", '("jang song")'),
        ("reunif*", '("reunif" *)'),
        ('"north kor"*', '("north kor" *)'),
        ("north OR south gate", '("north" OR "south") AND ("gate")'),
        ("a | b | c", '("a" OR "b" OR "c")'),
        ("border -army", '(("border")) NOT ("army")'),
        ('border -"red army" -x', '(("border")) NOT ("red army" OR "x")'),
        ("co-operate", '("co operate")'),
        ("북한", '("북한")'),
        ("북한의", '("북한 한의")'),
        ("북", '("북" *)'),
        ("북한*", '("북한")'),
        ('"북한 의 KCNA"', '("북한 한 의 kcna")'),
        ("OR", '("or")'),
        ("a OR", '("a") AND ("or")'),
        ("OR b", '("or") AND ("b")'),
        ("AND NOT NEAR(a b)", '("and") AND ("not") AND ("near a") AND ("b")'),
        ('"never closed', '("never closed")'),
        ("title:x", '("title x")'),
        ("^x + y", '("x") AND ("y")'),
    ],
)
def test_what_is_typed_is_what_is_asked(query: str, expression: str) -> None:
    assert wanted(query).expression == expression


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "no word"),
        ('"', "no word"),
        ("* - () —", "no word"),
        ("-army", "only what is not to be there"),
        ("x" * (LONGEST + 1), f"longer than {LONGEST}"),
        ("a " * 60, "more than 50 words"),
        ("\ud800", "no word"),
    ],
)
def test_what_asks_for_nothing_is_said_to(query: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        wanted(query)


@pytest.mark.parametrize(
    ("query", "text", "fits"),
    [
        ("eat PEARS", "Pears are what we eat.", True),
        ('"eat pears"', "Pears are what we eat.", False),
        ("pear", "Pears", False),
        ("pear*", "Pears", True),
        ("북한", "오늘 북한의 보도", True),
        ("한의", "오늘 북한 의", False),
        ('"북한 의"', "오늘 북한 의", True),
        ("kcna", "KCNA가", True),
        ('"kcna 가"', "KCNA가", True),
        ("a OR b", "b", True),
        ("a -b", "a b", False),
        ("strasse", "Straße", True),
    ],
)
def test_a_text_that_is_not_in_the_index_is_asked_itself(query: str, text: str, fits: bool) -> None:
    assert wanted(query).fits(text) is fits


def test_spellings_are_phrases_one_of_which_is_enough() -> None:
    found = any_of(["Jang Song-thaek", "장성택", "-", "Jang Song-thaek"])
    assert found is not None
    assert found.expression == '("jang song thaek" OR "장성 성택")'
    assert any_of(["-", ""]) is None


@given(st.text(max_size=60))
def test_a_query_is_read_or_refused_in_words(query: str) -> None:
    try:
        found = wanted(query)
    except InputError:
        return
    assert found.groups
    assert found.pattern.pattern
    found.fits(query)
