"""The signs of a redesign: what is one, what never is, and how many pages make it one."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standins import LAYOUT, article, source

from monitor.article import Article
from monitor.judging import drift
from monitor.judging.drift import Sight

OWN = tuple(f"Paragraph {number} of quite some words, about matter {number}." for number in range(6))
BEFORE = article("T", *OWN)


def signs(after: Article, before: Article = BEFORE, common: frozenset[str] = frozenset()) -> set[str]:
    return set(drift.signs(Sight(before, after), common))


# Signs


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (BEFORE, set()),
        (article("T", "An ad.", *OWN), {"paragraphs gained An ad."}),
        (article("T", "Updated at 12:30 by A.", *OWN), {"paragraphs gained Updated at #:# by A."}),
        (article("U", *OWN), {"title gained U", "title otherwise"}),
        (article("T", *OWN, published=date(2026, 2, 3)), {"published gained #-#-#", "published otherwise"}),
        (article("T", *OWN, publication="Q"), {"publication gained Q", "publication otherwise"}),
        (article("T", *OWN[:4]), {"paragraphs shrunk"}),
        (article("T", *OWN[:5]), set()),
        (article("T", *OWN, "x" * 400), {"paragraphs grown", "paragraphs gained " + "x" * 200}),
        (article("T", *reversed(OWN)), set()),
        (article("T", " ".join(OWN)), {"paragraphs reflowed"}),
        (article("T", *OWN[:5], "Matter 4 as one."), {"paragraphs gained Matter # as one."}),
    ],
)
def test_what_is_a_sign(after: Article, expected: set[str]) -> None:
    assert signs(after) == expected


def test_what_is_lost_in_common_is_no_loss() -> None:
    cut = [Sight(article(str(n), f"Own text {n}.", OWN[0], OWN[1]), article(str(n), f"Own text {n}.")) for n in range(2)]
    common = drift.lost_in_common(cut)
    assert common == {OWN[0], OWN[1]}
    assert [drift.signs(each, common) for each in cut] == [frozenset()] * 2
    assert drift.signs(cut[0]) == {"paragraphs shrunk"}, "and alone it would be"


@pytest.mark.parametrize("words", ["farm steel party", "a"])
def test_very_many_lines_are_not_compared_each_with_each(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0
    real = drift._is_edited

    def counted(line: str, gone: Sequence[Set[str]]) -> bool:
        nonlocal asked
        asked += len(gone)
        return real(line, gone)

    monkeypatch.setattr(drift, "_is_edited", counted)
    before = article("T", *(f"Item {n} {words} was made." for n in range(20_000)))
    found = signs(article("T", *(f"Item {n} {words} was sold." for n in range(20_000)), "An ad."), before)
    assert asked <= 20_001 * 30
    assert "paragraphs gained An ad." in found
    assert not any("Item" in sign for sign in found), "these were edited"


def test_of_very_many_lines_those_that_share_most_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drift, "_CELLS", 0)
    monkeypatch.setattr(drift, "_NEAR", 1)
    before = article("T", *(f"{word} as said elsewhere" for word in "abcdefg"), "a b c d e f g was made")
    assert signs(article("T", "a b c d e f g was sold"), before) == {"paragraphs shrunk"}


def test_a_long_line_is_cut_in_the_sign() -> None:
    assert max(map(len, signs(article("T" * 10_000, *OWN)))) < 250


def test_plain_signs_are_borne_as_they_are() -> None:
    assert drift.signs(Sight(plain=frozenset(["published lost"]))) == {"published lost"}


# How many


def sights(*letters: str) -> list[Sight]:
    """``a``: a page with an advertisement more; ``-``: one as it was; ``l``: one that lost a field."""
    kinds = {"a": Sight(BEFORE, article("T", "An ad.", *OWN)), "-": Sight(), "l": Sight(plain=frozenset(["published lost"]))}
    return [kinds[letter] for letter in "".join(letters)]


@pytest.mark.parametrize(
    ("seen", "suspected"),
    [
        ("", {}),
        ("aaaa", {}),
        ("aaaaa", {"paragraphs gained An ad.": 5}),
        ("-" * 40 + "aaaaa", {"paragraphs gained An ad.": 5}),
        ("aaaaa---", {"paragraphs gained An ad.": 5}),
        ("aaaaa----", {}),
        ("-a--aa-a--a-a-", {}),
        ("lllll", {"published lost": 5}),
        ("alalalalal", {}),
    ],
)
def test_most_pages_since_the_first_make_it_suspected(seen: str, suspected: dict[str, int]) -> None:
    assert drift.suspected(sights(seen)) == suspected


@pytest.mark.parametrize(
    ("borne", "read", "lasts"),
    [(0, 0, True), (0, 1, False), (1, 1, True), (1, 4, True), (1, 5, False), (3, 5, True), (2, 5, False), (60, 60, True)],
)
def test_how_long_it_lasts(borne: int, read: int, lasts: bool) -> None:
    assert bool(drift.lasting({"title unread"}, {"title unread": borne}, read)) is lasts


# What is never one

NAME = "Jang Song Thaek"
paragraphs = st.lists(st.sampled_from(OWN).map(lambda each: f"{each} {NAME} was there."), min_size=1, max_size=6, unique=True)


@given(st.lists(paragraphs, min_size=5, max_size=30))
def test_a_name_that_is_cut_never_shrinks_a_page_nor_makes_it_reflow(pages: list[list[str]]) -> None:
    cut = [Sight(article("T", *each), article("T", *(text.replace(NAME, "") for text in each))) for each in pages]
    assert not {sign for each in cut for sign in drift.signs(each)} & {"paragraphs shrunk", "paragraphs reflowed"}


@given(st.lists(st.lists(st.sampled_from(OWN), min_size=1, max_size=6, unique=True), min_size=5, max_size=30))
def test_a_paragraph_that_is_cut_everywhere_is_never_suspected(pages: list[list[str]]) -> None:
    common = "The paragraph that all of them had, however long it was. " * 20
    cut = [Sight(article("T", *each, common), article("T", *each)) for each in pages]
    assert drift.suspected(cut) == {}


# What is said


def test_the_incident_names_fields_and_selectors() -> None:
    said = drift.sentence({"title unread", "paragraphs gained An ad."}, source(layouts=(LAYOUT,)))
    assert "paragraphs gained 'An ad.' (plain: p); title cannot be read (plain: h1)" in said
    assert "monitor sources accept a" in said


def test_a_sign_whose_field_no_layout_has_is_said_too() -> None:
    assert "article cannot be read (plain: no rule)" in drift.sentence({"article unread"}, source(layouts=(LAYOUT,)))


def test_a_held_visit_says_why() -> None:
    assert drift.held({"paragraphs shrunk"}).endswith("paragraphs lost a third of the text or more")
