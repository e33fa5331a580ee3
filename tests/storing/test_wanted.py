"""Queries as people type them: words, phrases, beginnings, OR, and what is not to be there; never a syntax error."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@pytest.mark.parametrize("query", ["", '"', "* - () —", "(((", '"" -""', "\ud800", " "])
def test_where_no_word_is_typed_nothing_is_found_and_it_is_said(query: str) -> None:
    found = wanted(query)
    assert (found.groups, found.expression) == ((), '""')
    assert found.hint.startswith("Type a word")
    assert not found.fits("anything")


@pytest.mark.parametrize(
    ("query", "expression", "said"),
    [
        ("-army", '("army")', "Only words that are not to be there"),
        ('-x -"red army"', '("x") AND ("red army")', "Only words that are not to be there"),
        ("x" * (LONGEST + 9), f'("{"x" * LONGEST}")', "Only the first 500 characters"),
        ("a " * 60, " AND ".join(['("a")'] * 50), "Only the first 50 words"),
        ("AND", '("and")', ""),
        ("a* pear", '("a") AND ("pear")', "The beginning of a word needs two letters"),
        ("북*", '("북" *)', ""),
        ("aa* bb* OR cc* dd* -ee* pear", '("aa" *) AND ("bb" * OR "cc" *) AND ("pear")', "Only the first 3 beginnings"),
        ("북 남 동 서", '("북" *) AND ("남" *) AND ("동" *)', "Only the first 3 beginnings"),
    ],
)
def test_what_can_be_no_expression_is_looked_for_as_words(query: str, expression: str, said: str) -> None:
    found = wanted(query)
    assert found.expression == expression
    assert found.hint.startswith(said)
    assert bool(found.hint) == bool(said)


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


SIGNS = st.text(st.sampled_from('"()*-|:^+{}ORAND andb북한 \u0301\u202e'), max_size=40)


@given(st.text(max_size=600) | SIGNS)
def test_nothing_that_is_typed_is_an_error(query: str) -> None:
    found = wanted(query)
    assert found.groups or found.hint
    assert found.expression
    assert found.pattern is not None
    found.fits(query)


@given(SIGNS)
def test_the_index_takes_whatever_is_typed(query: str) -> None:
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE words USING fts5(title, body, content = '', tokenize = 'ascii')")
    found = wanted(query)
    assert index.execute("SELECT rowid FROM words WHERE words MATCH ?", (found.expression,)).fetchall() == []
    index.close()
