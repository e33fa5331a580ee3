"""Addresses: made absolute or refused, and the keys by which two of them are one page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.parsing.address import MAX_LENGTH, absolute, host, is_article, is_same_site, key, keys, why_not
from monitor.parsing.tracking import NAMES, is_tracking
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
        ("https://a.example:443/x", "https://a.example/x"),
        ("http://a.example:80/x", "http://a.example/x"),
        ("https://a.example:/x", "https://a.example/x"),
        ("https://a.example./x", "https://a.example/x"),
        ("https://a.example.:443/x", "https://a.example/x"),
        ("https://조선.example/x", "https://xn--6i4bt7k.example/x"),
        ("https://a.example/%ec%a1%b0", "https://a.example/%EC%A1%B0"),
        ("https://a.example/x?utm_source=rss&utm_medium=feed", "https://a.example/x"),
        ("https://a.example/x?id=1&fbclid=abc", "https://a.example/x?id=1"),
        ("https://a.example/x?%75tm_source=rss&id=1", "https://a.example/x?id=1"),
        ("https://a.example/x?UTM_Source=rss", "https://a.example/x"),
        ("https://a.example/x?ref_src=twsrc%5Etfw", "https://a.example/x"),
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
        ("https://a.example/?id=1", "https://a.example/?id=2"),
        ("https://a.example/?p=1", "https://a.example/?p=2"),
        ("https://a.example/x?page=1", "https://a.example/x?page=2"),
        ("https://a.example/x?ref=1", "https://a.example/x?ref=2"),
        ("https://a.example/x?source=1", "https://a.example/x"),
        ("https://a.example/x/amp", "https://a.example/x"),
        ("https://a.example/x?a=1&a=2", "https://a.example/x?a=2"),
        ("https://a.example:80/x", "https://a.example/x"),
        ("http://a.example:443/x", "http://a.example/x"),
        ("https://a.example../x", "https://a.example/x"),
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


_SEGMENT = st.text(alphabet="aZ09-_.~%조é ;,+'", max_size=6)
_FIELD = st.tuples(st.sampled_from(["id", "p", "a", "utm_source", "fbclid", "", "ref_src"]), _SEGMENT)


@st.composite
def addresses(draw: st.DrawFn) -> str:
    """Addresses with all that is normalised."""
    where = draw(st.sampled_from(["a.example", "A.example", "www.a.example", "a.example.", "조선.example", "[::1]", "127.0.0.1"]))
    port = draw(st.sampled_from(["", ":", ":80", ":443", ":8080"]))
    path = "".join(f"/{draw(_SEGMENT)}" for _ in range(draw(st.integers(0, 3))))
    query = "&".join(f"{name}={value}" for name, value in draw(st.lists(_FIELD, max_size=4)))
    return f"{draw(st.sampled_from(['http', 'https']))}://{where}{port}{path}{'?' if query else ''}{query}"


@given(addresses())
def test_to_normalise_twice_is_to_normalise_once(address: str) -> None:
    scheme = address.partition("://")[0]
    once = key(address, None)
    assert key(f"{scheme}://{once}", None) == once


@given(addresses())
def test_a_page_is_found_by_the_key_that_the_earlier_recipe_gave_it(address: str) -> None:
    from w3lib.url import canonicalize_url

    former = canonicalize_url(address).partition("://")[2].removeprefix("www.")
    assert former in keys(address, None)
    assert keys(address, None)[0] == key(address, None)


@given(addresses())
def test_the_key_of_an_address_without_such_parts_is_as_it_ever_was(address: str) -> None:
    bare = [name for name in ("utm_", "fbclid", "ref_src", ":80", ":443", "example.") if name in address]
    if not bare:
        assert len(keys(address, None)) == 1


def test_an_identity_gives_one_key() -> None:
    assert keys("https://kcnawatch.org/newstream/1-2/?utm_source=x", KCNA_WATCH) == ("kcnawatch:1-2",)


def test_what_names_a_reader_is_told_from_what_may_name_an_article() -> None:
    assert all(map(is_tracking, [*NAMES, "utm_anything", "Gclid"]))
    assert not any(map(is_tracking, ["id", "p", "page", "ref", "source", "s", "utm", "pk", ""]))


def test_an_address_may_be_left_out_though_the_patterns_fit() -> None:
    layouts = (Layout("l", (Rule(css="h1"),), (Rule(css="p"),)),)
    source = Source("a", layouts, find=Finding(articles=(r"/\d+",), ignore=(r"/\d+/photos$",)))
    assert why_not("https://a.example/7", source) == ""
    assert why_not("https://a.example/7/photos", source) == "left out by `ignore`"
    assert why_not("https://a.example/about", source) == "no article's address"
    assert not is_article("https://a.example/7/photos", source)


def test_a_site_is_one_host_with_or_without_www() -> None:
    assert is_same_site("https://www.a.example:8080/x", "http://A.example/")
    assert not is_same_site("https://a.example/", "https://b.a.example/")
