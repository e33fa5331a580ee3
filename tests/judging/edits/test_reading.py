"""Sentences read: names, offices, numbers, denials and verbs of saying in English, Korean, Chinese, and elsewhere."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.judging.edits.reading import read
from monitor.judging.edits.tokens import Sort


def of(text: str, sort: Sort) -> list[str]:
    return [token.text for token in read(text) if token.sort is sort]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Premier Kim Tok Hun cut the ribbon.", ["Kim Tok Hun"]),
        ("Present were Jon Hyon Chol, Pak Jong Gun and Ri Song Hak.", ["Jon Hyon Chol", "Pak Jong Gun", "Ri Song Hak"]),
        ("The participants cheered in the hall.", []),
        ("He is chairman of the Workers' Party of Korea today.", ["Workers' Party of Korea"]),
        ("Governor Rhee Chang-yong spoke of Juche-based plans.", ["Rhee Chang-yong", "Juche"]),
        ("May Holloway runs the office.", ["May Holloway"]),
        ("Angela Merkel hat die Stadt und das Land nicht verlassen.", ["Angela Merkel"]),
        ("김정은동지께서는 순천린비료공장을 돌아보시였다.", ["김정은", "순천린비료공장"]),
        ("권영세 통일부 장관은 서울에서 말했다.", ["권영세", "서울"]),
        ("강릉, 삼척, 양양에서 왔다.", ["강릉", "삼척", "양양"]),
        ("市长周文海表示，出席的有李国强、王芳和赵建军。", ["周文海", "李国强", "王芳", "赵建军"]),
        ("Путин приехал, и Сергей Лавров ответил.", ["Путин", "Сергей Лавров"]),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert of(text, Sort.NAME) == names


@pytest.mark.parametrize(
    ("text", "denials"),
    [
        ("He won't go and can't stay; nobody will.", ["n't", "n't", "nobody"]),
        ("Not only pupils came to No. 1.", []),
        ("매입하지 않을 것이라고 밝혔다.", ["않을"]),
        ("끊임없이 노력하였다.", []),
        ("大桥不会收费。", ["不"]),
    ],
)
def test_denials(text: str, denials: list[str]) -> None:
    assert of(text, Sort.DENIAL) == denials


@pytest.mark.parametrize(
    ("text", "sayings"),
    [
        ("According to officials he claimed it.", ["According", "claimed"]),
        ("It went according to plan.", []),
        ("기상청에 따르면 등대가 무너졌다고 밝혔다.", ["따르면", "밝혔다"]),
    ],
)
def test_verbs_of_saying(text: str, sayings: list[str]) -> None:
    assert of(text, Sort.SAYING) == sayings


def test_offices_and_honorifics() -> None:
    assert of("Vice-Premier Kim Tok Hun and Judge Amara Nwosu", Sort.TITLE) == ["Vice-Premier", "Judge"]
    assert of("내각총리 김덕훈동지가 박미라 씨를 만났다.", Sort.TITLE) == ["내각총리", "동지", "씨"]


def test_a_currency_is_a_unit_behind_a_number_only() -> None:
    assert of("Exporters won orders worth 2.4 trillion won.", Sort.UNIT) == ["won"]


def test_a_headline_in_capitals_holds_the_names_of_the_text() -> None:
    tokens = read("Taedonggang Folk Museum Draws Visitors", frozenset({"taedonggang", "folk", "museum"}), is_headline=True)
    assert [token.text for token in tokens if token.sort is Sort.NAME] == ["Taedonggang Folk Museum"]


@given(st.text())
def test_any_text_is_read_whole_and_in_order(text: str) -> None:
    tokens = read(text)
    assert all(text[token.at : token.end] == token.text and token.text for token in tokens)
    assert [token.at for token in tokens] == sorted(token.at for token in tokens)
    assert all(one.end <= other.at for one, other in pairwise(tokens))
