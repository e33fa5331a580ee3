"""Addresses: made absolute or refused, and the keys by which two of them are one page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.parsing.address import MAX_LENGTH, absolute, host, is_article, key
from monitor.settings import Finding, Identity, Layout, Rule, Source

BASE = "https://kcnawatch.org/newstream/1763510400-123456789/some-slug/?x=1#top"
KCNA_WATCH = Identity(r"/newstream/(\d+)-(\d+)(?:/|$)", "kcnawatch:{1}-{2}")


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("  HTTPS://a.example/x\n", "HTTPS://a.example/x"),
        ("http://a.example", "http://a.example"),
        ("//a.example/x", "https://a.example/x"),
        ("/x?y=1", "https://kcnawatch.org/x?y=1"),
        ("../x", "https://kcnawatch.org/newstream/1763510400-123456789/x"),
        ("x#part", "https://kcnawatch.org/newstream/1763510400-123456789/some-slug/x"),
        ("?y=2", "https://kcnawatch.org/newstream/1763510400-123456789/some-slug/?y=2"),
        ("#part", "https://kcnawatch.org/newstream/1763510400-123456789/some-slug/?x=1"),
        ("https://a.example/a b", "https://a.example/a%20b"),
        ("https://a.example/a\n  b", "https://a.example/a%20%20b"),
        ("/a\tb\r\nc", "https://kcnawatch.org/abc"),
        ("https://a.example/조선", "https://a.example/조선"),
        ("https://a.example:8080/x", "https://a.example:8080/x"),
        (None, None),
        ("", None),
        ("   ", "https://kcnawatch.org/newstream/1763510400-123456789/some-slug/?x=1"),
        ("mailto:a@a.example", None),
        ("javascript:void(0)", None),
        ("ftp://a.example/x", None),
        ("data:text/html,x", None),
        ("https://", None),
        ("https://user:secret@a.example/", None),
        ("https://a.example:0/", None),
        ("https://a.example:99999/", None),
        ("https://[a.example/", None),
        ("https://a.example/\x00", None),
        ("https://a.example/a\xa0b", None),
        ("https://a.example/" + "x" * MAX_LENGTH, None),
    ],
)
def test_addresses_are_made_absolute_or_refused(href: str | None, address: str | None) -> None:
    assert absolute(href, BASE) == address


@given(st.text(max_size=30) | st.text(alphabet="htps:/[]@#?.a1% \n\\", max_size=30), st.text(max_size=10) | st.just(BASE))
def test_any_text_is_an_address_of_the_web_or_none(href: str, base: str) -> None:
    address = absolute(href, base)
    if address is not None:
        assert address.lower().startswith(("http://", "https://"))
        assert "#" not in address
        assert not any(letter.isspace() for letter in address)
        assert absolute(address, base) == address
        assert key(address, None)
        assert host(address)


@pytest.mark.parametrize(
    ("address", "known_as"),
    [
        ("https://kcnawatch.org/newstream/1763510400-123456789/some-slug/", "kcnawatch:1763510400-123456789"),
        ("http://www.kcnawatch.org/newstream/1763510400-123456789/new-slug/?x=1", "kcnawatch:1763510400-123456789"),
        ("https://kcnawatch.org/newstream/1396423980-1027/laws/space-development-law/", "kcnawatch:1396423980-1027"),
        ("https://kcnawatch.org/newstream/1763510400-123456789", "kcnawatch:1763510400-123456789"),
        ("https://kcnawatch.org/newstream/1763510400-123456789x", "kcnawatch.org/newstream/1763510400-123456789x"),
    ],
)
def test_the_pair_of_numbers_names_a_page(address: str, known_as: str) -> None:
    assert key(address, KCNA_WATCH) == known_as


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.a.example/x", "https://a.example/x"),
        ("https://a.example/x#a", "https://a.example/x#b"),
        ("https://a.example/x?b=2&a=1", "https://a.example/x?a=1&b=2"),
        ("https://A.example/x", "https://a.example/x"),
        ("https://a.example/%7ex", "https://a.example/~x"),
        ("https://a.example/조", "https://a.example/%EC%A1%B0"),
        ("https://a.example", "https://a.example/"),
    ],
)
def test_without_an_identity_the_normalised_address_names_a_page(one: str, other: str) -> None:
    assert key(one, None) == key(other, None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x", "https://a.example/X"),
        ("https://a.example/x", "https://a.example/x/"),
        ("https://a.example/x?a=1", "https://a.example/x?a=2"),
        ("https://a.example/x", "https://b.example/x"),
        ("https://a.example/x", "https://a.example:8080/x"),
        ("https://a.example/a%2Fb", "https://a.example/a/b"),
    ],
)
def test_two_articles_never_become_one(one: str, other: str) -> None:
    assert key(one, None) != key(other, None)


def test_a_group_that_took_no_part_is_empty() -> None:
    assert key("https://a.example/7", Identity(r"/(\d+)(-x)?", "a:{1}{2}")) == "a:7"


def test_links_to_articles_are_told_by_their_patterns() -> None:
    source = Source(
        "a",
        (Layout("l", (Rule(css="h1"),), (Rule(css="p"),)),),
        find=Finding(articles=(r"/newstream/\d+", r"^https://b\.example/")),
    )
    assert is_article("https://a.example/newstream/1", source)
    assert is_article("https://b.example/", source)
    assert not is_article("https://a.example/about", source)
    assert not is_article("https://a.example/newstream/1", Source("b", source.layouts))


def test_a_host_is_named_with_its_port() -> None:
    assert host("https://A.Example:8080/x") == "a.example:8080"
    assert host("https://a.example/x") == "a.example"
