"""The sources as a list of feeds: what is written reads back, whatever they are called."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from standins import START

from monitor.article import fold
from monitor.parsing.opml import Subscription, subscriptions
from monitor.settings import Finding, Source
from monitor.telling.opml import opml

FEED = "https://a.example/feed?x=1&y=2"


@given(st.text(max_size=50))
def test_a_list_reads_back(title: str) -> None:
    text = opml([Source("a", (), title=title, find=Finding(feeds=(FEED,)))], START)
    (found,) = subscriptions(text.encode("utf-8")).feeds
    assert (found.feed, found.site) == (FEED, "https://a.example/")
    kept = "".join(sign for sign in fold(title) if sign not in "\ufffe\uffff")
    assert found.title == (fold(kept) if fold(title) else "a")


def test_a_source_without_feeds_is_named_with_its_listing() -> None:
    sources = [Source("a", (), find=Finding(listings=("https://a.example/list",))), Source("b", ())]
    text = opml(sources, START)
    assert '<outline type="link" text="a" title="a" url="https://a.example/list"/>' in text
    assert text.count("<outline") == 1
    assert subscriptions(text.encode()).feeds == ()


def test_a_source_with_a_listing_gives_it_as_its_site() -> None:
    source = Source("a", (), find=Finding(listings=("https://a.example/list",), feeds=(FEED,)))
    assert subscriptions(opml([source], START).encode()).feeds == (Subscription("a", FEED, "https://a.example/list"),)
