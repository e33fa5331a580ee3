"""Bad input to every reader of pages and lists: it is read, or refused by name, in a moment; and what fuzzing found, kept.

The readers' own test files hold what is hostile to each of them alone. ``python -m tests.benchmarks.fuzz`` looks for more.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from datetime import date
from functools import partial
from time import process_time

import pytest
from parsing.answers import listed, names, source
from parsing.markup import capture, configured

from monitor.errors import ParseError
from monitor.model import Capture
from monitor.parsing.proposing.pages import front_of
from monitor.parsing.reader import LayoutReader
from monitor.parsing.tracing import trace
from monitor.settings import Rule, Source

packed = partial(gzip.compress, mtime=0)  # the same at any time: it is part of tests' names

READER = LayoutReader()
LAYOUT = source(links=("a[href]",))
ANYBODYS = Source("anybody", (), find=LAYOUT.find)
MOMENT = 5  # seconds of CPU; a second where nothing else runs

NESTED = b"<div>" * 100_000
BORNE = b"<p>x" + b"".join(b"<p " + b" ".join(b"a%d=1" % n for n in range(1000)) + b">" for _ in range(310))
PAGES: dict[str, bytes] = {
    "unclosed everything": b"<table><tr><td><ul><li><a href=/1><select><option><p><b><i><script>" * 500,
    "two bodies": b"<html><body class=a><h1>A title</h1><p>One.</p></body><body class=b><p>Two.</p></body></html>" * 100,
    "NUL bytes": b"<h1>A\x00 title</h1><p>O\x00ne\x00</p><a hr\x00ef=/1>" * 500,
    "lone surrogates": b"<h1>\xed\xa0\x80A title&#xD800;</h1><p>\xed\xbf\xbf&#xDFFF;One.</p>" * 500,
    "lone surrogates of UTF-16": b"\xff\xfe" + "<h1>A title</h1><p>One.</p>".encode("utf-16-le") + b"\x00\xd8a\x00" * 2000,
    "right-to-left marks": "<h1>\u202eeltit A\u202c</h1><p>\u2067One.\u200f</p>\u2066".encode() * 500,
    "other bytes than it says": b"<meta charset=utf-16><meta charset=euc-kr><h1>A title</h1>" + bytes(range(256)) * 200,
    "one id for all": b"<p id=a>One.<a id=a href=/1>" * 1000,
}


def by_layout(page: Capture) -> object:
    return READER.read(page, LAYOUT).article


def by_a_whole_page(page: Capture) -> object:
    return READER.read_whole(page, LAYOUT).article


def by_none(page: Capture) -> object:
    return READER.read(page, ANYBODYS).article


def as_a_listing(page: Capture) -> object:
    return READER.listed(page, LAYOUT)


def as_facts(page: Capture) -> object:
    return READER.facts(page), READER.value(page, (Rule(css="h1"), Rule(text="title")))


def as_a_trace(page: Capture) -> object:
    return trace(page, LAYOUT.layouts[0], LAYOUT)


WAYS = (by_layout, by_a_whole_page, by_none, as_a_listing, as_facts, as_a_trace, front_of)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_ends_no_way_of_reading_it(name: str, way: Callable[[Capture], object]) -> None:
    begun, said = process_time(), ""
    try:
        said = repr(way(capture(PAGES[name])))
    except ParseError as refused:
        said = str(refused)
    assert process_time() - begun < MOMENT
    assert said.isprintable()
    assert not re.search(r"\\x00|\\ud[89a-f]", said)


@pytest.mark.parametrize("way", [by_layout, by_a_whole_page, by_none])
@pytest.mark.parametrize(
    ("page", "why"),
    [(NESTED, "its elements nest more than 2,048 deep"), (BORNE, "its elements bear more than 300,000 attributes")],
)
def test_a_page_beyond_the_cap_is_refused_by_name(way: Callable[[Capture], object], page: bytes, why: str) -> None:
    with pytest.raises(ParseError) as refused:
        way(capture(page))
    assert refused.value.why == why


def test_a_listing_beyond_the_cap_is_refused_by_name() -> None:
    assert READER.listed(capture(NESTED), LAYOUT).problem == "its elements nest more than 2,048 deep"


ITEM = "<item><title>One</title><link>{}</link>{}</item>"


def feed(*items: str) -> str:
    return f"<rss version='2.0'><channel><title>T</title>{''.join(items)}</channel></rss>"


def test_a_feed_without_days_is_read_without() -> None:
    found = listed(feed(ITEM.format("/1", ""), ITEM.format("/2", "<pubDate></pubDate>")))
    assert [(link.title, link.published, link.altered) for link in found.links] == [("One", None, None)] * 2
    assert found.problem == ""


def test_only_days_that_can_be_true_are_taken_from_a_feed() -> None:
    days = ("Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 GMT", "Wed, 19 Nov 2025 08:00:00 GMT")
    found = listed(feed(*(ITEM.format(f"/{n}", f"<pubDate>{day}</pubDate>") for n, day in enumerate(days))))
    assert [link.published for link in found.links] == [None, None, date(2025, 11, 19)]


def test_entries_of_one_id_are_told_by_their_addresses() -> None:
    found = listed(feed(*(ITEM.format(f"/{n}", "<guid isPermaLink='false'>7</guid>") for n in (1, 2, 1, 2))))
    assert names(found) == ["1", "2"]


def test_a_page_instead_of_a_feed_is_read_as_a_page() -> None:
    found = listed("<!DOCTYPE html><html><a href=/1>x</a></html>", kind="application/rss+xml", links=("a[href]",))
    assert (found.kind, names(found)) == ("page", ["1"])


LARGE = "x" * 50_000_000


@pytest.mark.parametrize(
    "body",
    [
        feed(ITEM.format("/1", f"<description>{LARGE}</description>")),
        f'{{"items": [{{"url": "/1", "title": "{LARGE}"}}]}}',
        packed(f"<urlset><url><loc>/1</loc></url>{LARGE}".encode(), 1),
        f"<a href=/1>x</a><p>{LARGE}",
    ],
    ids=["a text", "JSON", "a packed sitemap", "a page"],
)
def test_fifty_megabytes_are_no_more_than_a_moment(body: str | bytes) -> None:
    begun = process_time()
    found = listed(body, links=("a[href]",))
    assert process_time() - begun < MOMENT
    assert names(found) == ["1"] or found.problem or found.skipped
    assert all(len(link.title) <= 500 for link in found.links)


@pytest.mark.parametrize(
    "where", [f'<a href="{{}}">x</a>{chr(10)}', feed(ITEM.format("{}", "")), "<urlset><url><loc>{}</loc></url></urlset>"]
)
@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("https://a.example/" + "1" * 10_000, "longer than 2,000 characters"),
        ("javascript:alert(1)", "no http(s) address"),
        ("data:text/html,1", "no http(s) address"),
        ("/about", "no article's address"),
    ],
)
def test_an_address_of_no_article_is_counted_wherever_it_stands(where: str, address: str, why: str) -> None:
    found = listed(where.format(address), links=("a[href]",))
    assert (found.links, found.skipped) == ((), ((why, 1),))


# What fuzzing found


def test_the_sites_name_before_a_headline_is_found_in_a_moment_in_a_text_without_blanks() -> None:
    page = f"<h1>One</h1><p>Date: 01/01/2026 | Source: S | x</p><div class='article-content'><p>{'あ' * 20_000}</p></div>"
    begun = process_time()
    found = READER.read(capture(page), configured("naenara-en")).article
    assert process_time() - begun < 2
    assert found is not None
    assert found.site is None


def test_a_reference_of_five_thousand_digits_ends_no_reading() -> None:
    huge = "&#" + "9" * 5000 + ";"
    said = f'{{"@type": "NewsArticle", "headline": "One & {huge}", "articleBody": "{huge + " two three." * 30}"}}'
    page = f'<script type="application/ld+json">{said}</script><h1>One</h1><p>{"Some words of it. " * 30}'
    for body in (page, page.replace("&", "&amp;"), said.replace("@type", "items")):
        READER.read(capture(page), ANYBODYS)
        READER.listed(capture(body), LAYOUT)
