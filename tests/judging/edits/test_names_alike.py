"""Names that the other side of an edit, or the rest of the article, knows as names."""

from __future__ import annotations

from monitor.judging.edits.names_alike import named, unglued
from monitor.judging.edits.reading import read
from monitor.judging.edits.tokens import Sort


def test_a_word_stuck_to_a_known_name_is_taken_off() -> None:
    tokens = unglued(read("They heard that Kim Jong Unsaid that"), ["Kim Jong Un"])
    assert [(token.text, token.sort) for token in tokens[-3:-1]] == [("Kim Jong Un", Sort.NAME), ("said", Sort.SAYING)]


def test_a_longer_name_stays_whole() -> None:
    tokens = unglued(read("They heard that Kim Jong Unhyok spoke"), ["Kim Jong Un"])
    assert "Kim Jong Unhyok" in [token.text for token in tokens]


def test_a_capital_is_an_office_where_the_other_side_has_one() -> None:
    tokens = named(read("Skipper Jorge Ruiz spoke"), read("Captain Jorge Ruiz spoke"))
    assert [(token.text, token.sort) for token in tokens[:2]] == [("Skipper", Sort.TITLE), ("Jorge Ruiz", Sort.NAME)]


def test_without_an_office_on_the_other_side_it_belongs_to_the_name() -> None:
    assert named(read("Anna Jorge Ruiz spoke"), read("Jorge Ruiz spoke"))[0].text == "Anna Jorge Ruiz"


def test_a_korean_name_is_known_by_the_office_on_the_other_side() -> None:
    tokens = named(read("박미라는 말했다"), read("박미라 씨는 말했다"))
    assert (tokens[0].text, tokens[0].sort) == ("박미라", Sort.NAME)
