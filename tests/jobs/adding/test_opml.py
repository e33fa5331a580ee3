"""From a list of feeds to sources: one for each that no source has, never by a name that is taken."""

from __future__ import annotations

from monitor.jobs.adding.opml import imported
from monitor.parsing.address import is_article
from monitor.parsing.opml import Subscription
from monitor.settings import Finding, Source

LIST = [
    Subscription("A", "https://www.a-b.example/feed", "https://a-b.example/"),
    Subscription("", "https://feeds.c.example/rss"),
    Subscription("A2", "https://a-b.example/other"),
]


def test_each_new_feed_becomes_a_source() -> None:
    found = [each.source for each in imported(LIST, [], lambda name: name == "feeds-c")]
    assert [source.name for source in found if source] == ["a-b", "feeds-c-2", "a-b-2"]
    first, second, _ = found
    assert first is not None
    assert second is not None
    assert (first.title, first.publication, first.find.feeds) == ("A", "A", ("https://www.a-b.example/feed",))
    assert second.title == "feeds.c.example"
    assert is_article("https://www.a-b.example/2025/x", first)
    assert not is_article("https://elsewhere.example/?https://a-b.example/x", first)


def test_a_feed_that_a_source_has_is_left() -> None:
    have = Source("mine", (), find=Finding(feeds=(LIST[0].feed,)))
    found = list(imported(LIST, [have], lambda _: False))
    assert [(each.known, each.source is None) for each in found] == [("mine", True), ("", False), ("", False)]
