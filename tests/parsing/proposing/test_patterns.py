"""From addresses of articles to patterns and identities: what they know, and that two articles are never one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.parsing.address import key
from monitor.parsing.proposing.patterns import identity_of, pattern_of

SITE = "https://www.times.example"
SLUGS = ("the-bridge-opens", "a-plan-fails", "no-news-today", "rain-in-the-north", "tea-or-ale")


def fits(pattern: str, address: str) -> bool:
    return re.search(pattern, address) is not None


@pytest.mark.parametrize(
    ("paths", "also", "never"),
    [
        ([f"/2025/11/{n:02}/{s}/" for n, s in enumerate(SLUGS, 1)], "/2031/01/30/quite-another", "/2025/11/"),
        ([f"/news/{12345 + n}" for n in range(5)], "/news/999999", "/news/latest"),
        ([f"/view.php?id={100 + n}&page=2" for n in range(5)], "/view.php?cat=3&id=7", "/view.php?cat=7"),
        ([f"/bbs.php?board=news&no={n + 100}" for n in range(5)], "/bbs.php?board=news&no=7", "/bbs.php?board=talk&no=7"),
        ([f"/archive/202511{n:02}-{n:02}.htm" for n in range(1, 6)], "/archive/20260101-12.htm", "/archive/index.htm"),
        ([f"/story/{s}-{n}" for n, s in enumerate(SLUGS, 1000)], "/story/other-words-77", "/story/other-words"),
        ([f"/{c}/{s}" for c, s in zip(("world", "sport", "world", "arts", "sport"), SLUGS, strict=True)], "/new/a-b", "/new"),
        (["/posts/the-only-one-there-is.html"], "/posts/another.html", "/posts/"),
    ],
)
def test_a_pattern_knows_more_of_the_same_and_nothing_else(paths: list[str], also: str, never: str) -> None:
    pattern = pattern_of([SITE + path for path in paths]).articles
    assert all(fits(pattern, SITE + path) for path in [*paths, also])
    assert not fits(pattern, SITE + never)
    assert fits(pattern, "http://times.example" + also)
    assert not fits(pattern, f"https://elsewhere.example/?to={SITE}{also}")


def test_words_must_be_several_where_one_would_be_a_section() -> None:
    pattern = pattern_of([f"{SITE}/{slug}/" for slug in SLUGS], [f"{SITE}/world/", f"{SITE}/"])
    assert pattern.ignore == ()
    assert not fits(pattern.articles, f"{SITE}/world/")


def test_what_fits_all_the_same_is_ignored_by_its_word() -> None:
    pattern = pattern_of([f"{SITE}/{slug}/" for slug in SLUGS], [f"{SITE}/privacy-policy/"])
    assert fits(pattern.articles, f"{SITE}/privacy-policy/")
    assert [fits(each, f"{SITE}/privacy-policy/") for each in pattern.ignore] == [True]
    assert not any(fits(each, f"{SITE}/{slug}/") for each in pattern.ignore for slug in SLUGS)


def test_a_number_beside_words_names_the_page() -> None:
    identity = identity_of([f"{SITE}/2025/11/03/{slug}-{n}" for n, slug in enumerate(SLUGS, 10644)])
    assert key(f"{SITE}/2025/11/03/old-words-10644", identity) == key(f"{SITE}/2025/11/03/new-words-10644", identity)
    assert key(f"{SITE}/2025/11/03/old-words-10644", identity) != key(f"{SITE}/2025/11/03/old-words-10645", identity)


def test_a_number_in_the_query_names_the_page_whatever_stands_beside_it() -> None:
    identity = identity_of([f"{SITE}/view.php?id={n}&page=1" for n in range(100, 105)])
    assert key(f"{SITE}/view.php?page=9&id=100", identity) == key(f"{SITE}/view.php?id=100", identity)
    assert key(f"{SITE}/view.php?id=1001", identity) != key(f"{SITE}/view.php?id=100", identity)


def test_an_article_that_is_linked_from_two_lists_is_named_by_its_number_all_the_same() -> None:
    group = [f"{SITE}/view.php?no={n}&page=1" for n in range(2030, 2035)]
    identity = identity_of([*group, f"{SITE}/view.php?no=2030&ref=best", f"{SITE}/view.php?no=2031&page=2"])
    assert key(f"{SITE}/view.php?no=2030&ref=best", identity) == key(f"{SITE}/view.php?no=2030&page=7", identity)
    assert identity_of([*group, f"{SITE}/view.php?no=2030&lang=ko"]) is None, "another language is another text"


@pytest.mark.parametrize(
    "paths",
    [
        [f"/archive/20251119-{n:02}.htm" for n in range(5)],  # a day, and a number of that day
        [f"/20251119-{slug}" for slug in SLUGS],  # a day, and words
        [f"/{slug}-2025" for slug in SLUGS],  # a year that is in many
        [f"/news/{n}" for n in range(1000, 1005)],  # nothing else changes
        [f"/{slug}" for slug in SLUGS],
    ],
)
def test_where_no_number_names_a_page_its_address_does(paths: list[str]) -> None:
    assert identity_of([SITE + path for path in paths]) is None


PARTS = st.lists(
    st.sampled_from(["2025", "11", "03", "20251103", "777", "10644", "a-b-c", "word", "x-12345", "9-lives"]), max_size=5
)


@given(st.lists(st.tuples(PARTS, st.integers(0, 99999)), min_size=2, max_size=8))
def test_no_identity_makes_one_page_of_two_that_it_was_made_from(rows: list[tuple[list[str], int]]) -> None:
    length = len(rows[0][0])
    group = [f"{SITE}/{'/'.join([*parts[:length], *['q'] * (length - len(parts))])}/s-{number}" for parts, number in rows]
    group = list(dict.fromkeys(group))
    identity = identity_of(group)
    if identity is not None:
        assert len({key(address, identity) for address in group}) == len(group)
