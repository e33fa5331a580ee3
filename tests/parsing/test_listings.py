"""Listings in HTML, pages and fragments: links with what is said of them, next pages, the feeds that a page names; and what tells
one kind of listing from another.
"""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsing.answers import HOST, listed, names
from parsing.markup import JUNK

CARD = """<div class="card"><a href="/1"><img src=x alt="One"></a><h4><a href="/1">One &amp; only</a></h4>
<p class="about">About one.</p><span class="day"> November 19, 2025</span></div>"""


def test_a_links_title_is_its_text() -> None:
    found = listed('<a href="/1"> One  <b>and</b>\nonly </a><a href="/2"><img alt="x"></a><a href="/about">About</a>')
    assert [(link.url, link.title) for link in found.links] == [(f"{HOST}/1", "One and only"), (f"{HOST}/2", "")]
    assert (found.kind, found.skipped) == ("page", (("no article's address", 1),))


def test_a_card_says_title_excerpt_and_day_of_its_link() -> None:
    (link,) = listed(CARD).links
    assert (link.title, link.excerpt, link.published) == ("One & only", "About one.", date(2025, 11, 19))


def test_a_card_brings_in_no_link_that_the_rules_do_not_select() -> None:
    assert listed(CARD, links=("h5 > a",)).links == ()


@pytest.mark.parametrize(
    "piece", ['<div class="card"><h4><a href="/{}"></a></h4>', '<a href="/{}"><div>', '<h4><a href="/{}"><i></i></a>']
)
def test_cards_and_links_inside_one_another_cost_no_more_than_beside(piece: str) -> None:
    begun = time.process_time()
    found = listed("".join(map(piece.format, range(1000))), links=("a[href]", "h4"))
    assert len(found.links) == 1000 or found.problem
    assert time.process_time() - begun < 5


def test_a_fragment_is_read_like_a_page() -> None:
    assert listed(CARD) == listed(f"<!DOCTYPE html><html><body>{CARD}</body></html>")


def test_a_link_that_stands_twice_is_one_with_all_that_is_said_of_it() -> None:
    found = listed('<a href="/1"><img></a><a href="/2">Two</a><a href="/1#x">One</a>')
    assert [(link.url, link.title) for link in found.links] == [(f"{HOST}/1", "One"), (f"{HOST}/2", "Two")]


def test_what_is_to_be_ignored_is_left_out_and_counted() -> None:
    found = listed('<a href="/1">a</a><a href="/2/photos">b</a><a href="/3?print=1">c</a>', ignore=("/photos$", r"\?print="))
    assert names(found) == ["1"]
    assert found.skipped == (("left out by `ignore`", 2),)


def test_of_a_page_ten_thousand_links_are_looked_at_and_the_rest_is_counted() -> None:
    found = listed("".join(f"<a href=/{number}>x</a>" for number in range(10_007)))
    assert len(found.links) == 10_000
    assert dict(found.skipped) == {"beyond the first 10,000 of a page": 7}


def test_next_pages_are_named_in_their_order_each_once() -> None:
    html = (
        '<base href="/list/"><a class="next" href="?page=2">2</a><link rel="next" href="?page=2"><a class="next" href="data:x">'
    )
    assert listed(html, next=("link[rel=next]", "a.next")).further == (f"{HOST}/list/?page=2",)
    assert listed(html).further == ()


def test_feeds_that_a_page_names_are_found_where_a_feed_was_asked_for() -> None:
    html = """<head><link rel="alternate" type="application/rss+xml" href="/feed/">
      <link rel="ALTERNATE home" type="application/atom+xml" href="https://feeds.example/a">
      <link rel="alternate" hreflang="ko" type="text/html" href="/ko">
      <link rel="alternate" type="application/feed+json" href="/feed.json">
      <link rel="alternate" type="application/rss+xml" href="javascript:x"></head>"""
    assert listed(html, feeds=(f"{HOST}/list",)).further == (f"{HOST}/feed/", "https://feeds.example/a", f"{HOST}/feed.json")
    assert listed(html).further == ()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<html><body>x", "page"),
        ("no markup at all", "page"),
        ("", "page"),
        ("{no json", "page"),
        ('{"items": 7}', "page"),
        ("https://a.example/ is our new address. <a href=/1>x</a>", "page"),
        ("<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x' 'y'><html xmlns='x'><body>", "page"),
        ("<!-- <rss> --><html>", "page"),
        ("<RSS><channel><item><link>https://a.example/1</link>", "feed"),
        ("<!DOCTYPE rss SYSTEM 'x' [<!ENTITY a '>]'>]><rss/>", "feed"),
        ("<URLSET/>", "sitemap"),
        ("<sitemapindex/>", "index"),
        ("https://a.example/1\n", "addresses"),
    ],
)
def test_the_bytes_say_what_a_listing_is(body: str, kind: str) -> None:
    assert listed(body, kind="application/octet-stream").kind == kind


ODD = [
    ("https://a.example\\1", "https://a.example/1"),
    ("https:\\\\a.example\\1?x=\\", "https://a.example/1?x=\\"),
    ("\\1", f"{HOST}/1"),
    ("https://a.example\\@evil.example/1", f"{HOST}/@evil.example/1"),
    ("//a.example/1", f"{HOST}/1"),
    (" /1 ", f"{HOST}/1"),
    ("/a b1", f"{HOST}/a%20b1"),
]


@pytest.mark.parametrize(("href", "address"), ODD)
def test_odd_addresses_are_read_as_browsers_read_them(href: str, address: str) -> None:
    assert [link.url for link in listed(f'<a href="{href}">x</a>').links] == [address]


@pytest.mark.parametrize(
    ("href", "why"),
    [
        ("javascript:location='/1'", "no http(s) address"),
        ("data:text/html,<a href=/1>", "no http(s) address"),
        ("mailto:1@a.example", "no http(s) address"),
        ("http:/a.example/1", "no http(s) address"),
        ("https://me:secret@a.example/1", "no http(s) address"),
        ("https://a.example@evil.example/1", "no http(s) address"),
        ("https://[1", "no http(s) address"),
        ("/1" + "1" * 10_000, "longer than 2,000 characters"),
        ("https://조선.example/1", "no article's address"),
    ],
)
def test_what_is_no_address_of_an_article_is_counted_by_why(href: str, why: str) -> None:
    found = listed(f'<a href="{href}">x</a>')
    assert (found.links, found.skipped) == ((), ((why, 1),))


@given(st.lists(st.sampled_from([*JUNK, CARD, '<a href="/7">', '<a class=next href="?page=2">']), max_size=12))
@settings(max_examples=150, deadline=None)
def test_any_listing_at_all_is_read(parts: list[str]) -> None:
    found = listed("".join(parts).encode("utf-8", "surrogatepass"), next=("a.next",))
    assert len({link.url for link in found.links}) == len(found.links)
