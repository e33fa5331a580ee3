"""Which addresses look alike, and which look like those of articles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.parsing.proposing.addresses import Kind, alike, is_likely, is_other, kind, likely, parts

SITE = "https://www.times.example"


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("2025", Kind.YEAR),
        ("11", Kind.SHORT),
        ("20251119", Kind.DAY),
        ("2025-11-19", Kind.DAY),
        ("123456", Kind.NUMBER),
        ("20251399", Kind.NUMBER),
        ("bridge-opens-10644", Kind.MIXED),
        ("the-bridge-opens", Kind.SLUG),
        ("%EB%89%B4%EC%8A%A4", Kind.SLUG),
        ("world", Kind.WORD),
    ],
)
def test_a_part_of_an_address_is_known_by_its_kind(part: str, what: Kind) -> None:
    assert kind(part) is what


@pytest.mark.parametrize("path", ["/2025/11/the-bridge-opens/", "/news/123456", "/view.php?id=10644", "/a/20251119-01.htm"])
def test_what_changes_from_one_to_the_next_makes_an_article_likely(path: str) -> None:
    assert is_likely(SITE + path)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/world/",
        "/tag/the-bridge/",
        "/author/anna-may/",
        "/img/the-bridge.jpg",
        "/about-us/",
        "/privacy-policy/",
        "/?page=2",
    ],
)
def test_what_every_site_has_is_no_article(path: str) -> None:
    assert not is_likely(SITE + path)


def test_words_that_only_begin_like_those_of_other_pages_count_as_an_article() -> None:
    assert not is_other(f"{SITE}/contact-tracing-begins-in-the-north-after-a-long-delay/")


def test_addresses_are_alike_whatever_their_section_and_day() -> None:
    first = [f"{SITE}/world/2025/11/1{n}/words-and-{word}" for n, word in enumerate(("tea", "ale", "gin"))]
    second = [f"https://times.example/sport/2024/01/02/more-of-{word}?utm_source=x" for word in ("it", "that")]
    assert alike([*first, f"{SITE}/news/123456", *second]) == [[*first, *second], [f"{SITE}/news/123456"]]


def test_short_numbers_are_articles_where_several_addresses_differ_by_them_alone() -> None:
    short = [f"{SITE}/article.php?id={number}" for number in (1, 9, 12)]
    others = [f"{SITE}/list.php?page={number}" for number in (1, 2, 3)] + [
        f"{SITE}/archive/{year}" for year in (2023, 2024, 2025)
    ]
    assert likely([*short, *others, f"{SITE}/company.php"]) == set(short)
    assert likely(short[:2]) == set()
    assert alike([*short, f"{SITE}/article.php?id=100"]) == [[*short, f"{SITE}/article.php?id=100"]]


def test_a_number_that_could_be_a_year_is_one_only_where_a_field_says_so() -> None:
    numbers = [f"{SITE}/view.php?no={number}&page=1" for number in (2038, 2039, 2040)]
    years = [f"{SITE}/list.php?{name}={year}" for name in ("year", "archive", "y") for year in (2023, 2024, 2025)]
    assert likely([*numbers, *years]) == set(numbers)


def test_what_has_the_shape_of_an_article_may_be_one() -> None:
    assert alike([f"{SITE}/story/one", f"{SITE}/story/two", f"{SITE}/tag/two"], f"{SITE}/story/one") == [
        [f"{SITE}/story/one", f"{SITE}/story/two"]
    ]


@given(st.text(max_size=80))
def test_no_address_breaks_it(text: str) -> None:
    assert isinstance(is_likely(f"https://a.example/{text}"), bool)
    assert parts("https://a.example/x/").is_folder
