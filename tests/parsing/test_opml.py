"""Lists of feeds, read: whatever folders they lie in, and however hostile the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.parsing.opml import MOST_BYTES, Subscription, subscriptions

FEED = "https://a.example/feed"


def test_feeds_are_taken_out_of_their_folders_once_each() -> None:
    body = f"""<?xml version="1.0"?><opml version="2.0"><head/><body><outline text="News">
        <outline type="rss" text="A &amp;  B" xmlUrl="{FEED}" htmlUrl="https://a.example/"/>
        <OUTLINE/><outline title="C" text="c" XMLURL=" https://c.example/rss "/></outline>
        <outline text="again" xmlUrl="{FEED}"/><outline xmlUrl="javascript:alert(1)"/><outline xmlUrl=""/></body></opml>"""
    found = subscriptions(body.encode())
    assert found.feeds == (Subscription("A & B", FEED, "https://a.example/"), Subscription("C", "https://c.example/rss"))
    assert dict(found.skipped) == {"listed twice": 1, "no address": 2}


def test_no_entity_is_expanded_and_no_file_read() -> None:
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    declared = f'<!DOCTYPE opml [<!ENTITY l0 "lol">{bomb}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    body = f'{declared}<opml><body><outline text="x&l11;&f;" xmlUrl="{FEED}"/></body></opml>'
    (feed,) = subscriptions(body.encode()).feeds
    assert len(feed.title) < 20


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "no OPML file"),
        (b"<html><body>hello", "no OPML file"),
        (b"<rss><channel/></rss>", "no OPML file"),
        (b"<opml>" + b"x" * MOST_BYTES, "larger than"),
    ],
)
def test_what_is_no_list_is_named(body: bytes, said: str) -> None:
    assert said in subscriptions(body).problem


def test_of_a_broken_file_what_is_whole_counts() -> None:
    assert [each.feed for each in subscriptions(f'<opml><outline xmlUrl="{FEED}"/><outline'.encode()).feeds] == [FEED]


@given(st.binary(max_size=300))
def test_any_bytes_are_a_list_or_a_problem(body: bytes) -> None:
    for each in (body, b"<opml>" + body, b'<opml><outline xmlUrl="' + body + b'"/></opml>'):
        found = subscriptions(each)
        assert found.feeds == () or found.problem == ""
