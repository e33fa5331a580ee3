"""The two digests: pinned, blind for what is no wording, and never the same for two wordings."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kcna_pages import SEEDS

from monitor.article import Article, Card, fold, from_bytes
from monitor.fingerprint import RECIPE, fingerprint, fingerprint_of, printed, text_digest, unprinted

SMALL = Article("Naenara (En)", "A title", date(2026, 2, 3), ("One.", "Café “two”."))
CARD = Card("A card", "What it says", date(2026, 2, 4))


# The promise: these never change. A new recipe gets a new number, and these digests stay as they are under the old one.


@pytest.mark.parametrize(
    ("name", "of_version", "of_text"),
    [
        (
            "000_636cfcdf7a24837f.txt",
            "1:f42758d333874f6047e7d87b02269681cd8882df989a83d90e36577532db8be0",
            "1:3cca0bccadd2716448c10694b7a1ddd0652d869ceb4fe87c53fdb2b7cce024d1",
        ),
        (
            "002_69cb78ecf1b9789a.txt",
            "1:8d5a8e097fc295d3c3a5e07eb84614f1fb02d427533da88a0b255b3011c8a870",
            "1:6851149bfbceb0fd654a96ae8a5fafeae842cc83abd41aef105262ee7eb0a35e",
        ),
    ],
)
def test_the_digests_of_the_seeds(name: str, of_version: str, of_text: str) -> None:
    article = from_bytes((SEEDS / name).read_bytes())
    assert printed(fingerprint(article)) == of_version
    assert printed(text_digest(article)) == of_text


def test_the_digests_of_a_small_article() -> None:
    # printf 'Naenara (En)\nA title\n2026-02-03\nOne.\nCafé “two”.' | sha256sum
    assert printed(fingerprint(SMALL)) == "1:ae1525b3be0bdbde514c7c1fb7bc2c2ab33ce011eb0eb02a8be3d68a246bd2cb"
    assert printed(text_digest(SMALL)) == "1:a48c1d602e817ea0e06a2f90597d51c531b9ffb3971b40810df7e9affeabfdcb"


def test_the_digests_of_an_article_without_day_and_body() -> None:
    bare = Article("Naenara (En)", "A title")
    assert printed(fingerprint(bare)) == "1:b576ba3c276f487be66112f0df120abfef664df417da4c143d0b59892fb86cf2"
    assert printed(text_digest(bare)) == "1:0a9a20f49dbd422283b6a858111d86882d94027385d849a3dfd5bf3d6c1dd71f"


def test_a_digest_begins_with_the_number_of_its_recipe() -> None:
    assert RECIPE == 1
    assert [fingerprint(SMALL)[0], text_digest(SMALL)[0]] == [RECIPE, RECIPE]
    assert {len(fingerprint(SMALL)), len(text_digest(SMALL))} == {33}


# What counts, and what does not


@pytest.mark.parametrize(
    "parts",
    [
        {"masthead": date(2026, 2, 5)},
        {"site": "KCNA"},
        {"has_original": True, "original_url": "http://origin.example/"},
        {"original_url": "http://origin.example/"},
        {"cards": (CARD,)},
        {"cards": (CARD, replace(CARD, url="http://card.example/"))},
    ],
    ids=lambda parts: " ".join(parts),
)
def test_what_is_no_wording_counts_in_neither(parts: dict[str, object]) -> None:
    other = replace(SMALL, **parts)
    assert fingerprint(other) == fingerprint(SMALL)
    assert text_digest(other) == text_digest(SMALL)


@pytest.mark.parametrize("parts", [{"published": date(2026, 2, 4)}, {"published": None}, {"publication": "KCNA.kp (En)"}])
def test_day_and_publication_tell_versions_apart_but_not_texts(parts: dict[str, object]) -> None:
    other = replace(SMALL, **parts)
    assert fingerprint(other) != fingerprint(SMALL)
    assert text_digest(other) == text_digest(SMALL)


@pytest.mark.parametrize(
    "parts",
    [
        {"title": "A Title"},
        {"paragraphs": ("One.", "Café 'two'.")},
        {"paragraphs": ("One. Café “two”.",)},
        {"paragraphs": ("Café “two”.", "One.")},
        {"paragraphs": ("One.", "Café “two”.", "")},
        {"paragraphs": ("One.",)},
        {"title": "A title One.", "paragraphs": ("Café “two”.",)},
    ],
)
def test_every_word_counts_in_both(parts: dict[str, object]) -> None:
    other = replace(SMALL, **parts)
    assert fingerprint(other) != fingerprint(SMALL)
    assert text_digest(other) != text_digest(SMALL)


@pytest.mark.parametrize(
    "variant",
    [
        replace(SMALL, title="  A\u2003title\n"),
        replace(SMALL, publication="Naenara\xa0(En)"),
        replace(SMALL, paragraphs=("One.", unicodedata.normalize("NFD", "Café “two”."))),
        replace(SMALL, paragraphs=("O\xadne.", "Cafe\u200b\u0301\t“two”.")),
    ],
)
def test_white_space_and_the_way_of_composing_letters_do_not_count(variant: Article) -> None:
    assert fingerprint(variant) == fingerprint(SMALL)
    assert text_digest(variant) == text_digest(SMALL)


@given(st.text(), st.text(), st.lists(st.text(), max_size=4))
def test_every_form_of_a_text_has_the_same_digest(publication: str, title: str, paragraphs: list[str]) -> None:
    plain = fingerprint_of(publication, title, None, paragraphs)
    for form in ("NFC", "NFD"):
        composed = [unicodedata.normalize(form, text) for text in (publication, title, *paragraphs)]
        assert fingerprint_of(composed[0], composed[1], None, composed[2:]) == plain
    folded = [fold(text) for text in (publication, title, *paragraphs)]
    assert fingerprint_of(folded[0], folded[1], None, folded[2:]) == plain


# Parts are lines, so no two lists of parts are joined alike.

PARTS = st.lists(st.text(alphabet="ab\n ", max_size=4), max_size=4)


@given(PARTS, PARTS, st.sampled_from([None, date(2026, 1, 1)]), st.sampled_from([None, date(2026, 1, 1)]))
def test_other_parts_have_another_digest(ours: list[str], theirs: list[str], day: date | None, other: date | None) -> None:
    same = (day, [fold(text) for text in ours]) == (other, [fold(text) for text in theirs])
    assert (fingerprint_of("p", "t", day, ours) == fingerprint_of("p", "t", other, theirs)) is same
    assert (text_digest(Article("p", "t", day, tuple(ours))) == text_digest(Article("q", "t", other, tuple(theirs)))) is (
        [fold(text) for text in ours] == [fold(text) for text in theirs]
    )


@given(st.text(alphabet="p\n2026-10", max_size=5), st.text(alphabet="p\n2026-10", max_size=5))
def test_publication_and_title_are_not_mixed_up(publication: str, title: str) -> None:
    same = fold(publication) == fold(title)
    assert (fingerprint_of(publication, title, None, ()) == fingerprint_of(title, publication, None, ())) is same


def test_the_fingerprint_of_an_article_is_that_of_its_parts() -> None:
    assert fingerprint(SMALL) == fingerprint_of(SMALL.publication, SMALL.title, SMALL.published, iter(SMALL.paragraphs))


@given(st.integers(1, 255), st.binary(min_size=32, max_size=32))
def test_a_printed_digest_is_read_back(recipe: int, digest: bytes) -> None:
    text = printed(bytes([recipe]) + digest)
    assert unprinted(text) == unprinted(f" {text.upper()}\n") == bytes([recipe]) + digest


@pytest.mark.parametrize("text", ["", "1", "1:", "1:a", "1:" + "g" * 64, *(f"{recipe}:{'0' * 64}" for recipe in ("", 0, 256))])
def test_what_is_no_digest(text: str) -> None:
    with pytest.raises(ValueError, match=r"a digest (begins with|has 64)"):
        unprinted(text)
