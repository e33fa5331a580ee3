"""Feeds: what their entries say, in all their kinds, and what hostile ones cost."""

from __future__ import annotations

import builtins
import socket
import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsing.answers import AT, HOST, listed, names

from monitor.parsing.feeds import MOST_ELEMENTS

RSS2 = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"
     xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><title>Times</title><link>https://a.example/</link>
{}</channel></rss>"""
RSS1 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://a.example/"><title>T</title></channel>
<item rdf:about="https://a.example/1"><title>One</title><link>https://a.example/1</link><dc:date>2025-11-19T23:30:00-05:00</dc:date>
</item></rdf:RDF>"""
RSS09 = """<rss version="0.91"><channel><item><title>One</title><link>https://a.example/1</link>
<description>About one.</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/news/"><title>T</title>
<entry><title type="html">One &lt;b&gt;bold&lt;/b&gt;</title><link rel="edit" href="https://a.example/edit/9"/>
<link rel="alternate" type="text/html" href="1"/><id>tag:a.example,2025:1</id><published>2025-11-19T08:00:00+09:00</published>
<updated>2025-11-20T00:00:00Z</updated><summary>About &amp;amp; one.</summary></entry></feed>"""


def rss(*items: str) -> str:
    return RSS2.format("".join(f"<item>{each}</item>" for each in items))


def test_an_rss_entry_says_its_address_title_day_and_excerpt() -> None:
    (link,) = listed(
        rss(
            "<title>One &amp; only</title><link>https://a.example/1</link><guid>x</guid>"
            "<pubDate>Wed, 19 Nov 2025 08:00:00 +0900</pubDate><description><![CDATA[<p>About <b>one</b>.</p>]]></description>"
            "<content:encoded><![CDATA[<p>All of it.</p>]]></content:encoded>"
        )
    ).links
    assert (link.url, link.title, link.excerpt) == ("https://a.example/1", "One & only", "About one .")
    assert link.published == date(2025, 11, 18), "the day of the instant in UTC"
    assert link.altered is None


def test_an_atom_entry_says_when_it_was_altered() -> None:
    (link,) = listed(ATOM).links
    assert (link.url, link.title, link.excerpt) == ("https://a.example/news/1", "One bold", "About & one.")
    assert (link.published, link.altered) == (date(2025, 11, 18), datetime(2025, 11, 20, tzinfo=UTC))


@pytest.mark.parametrize("feed", [RSS1, RSS09, RSS1.replace("<rdf:RDF", "\n<!-- a comment --> <rdf:RDF")])
def test_older_kinds_are_read_too(feed: str) -> None:
    found = listed(feed)
    assert (found.kind, names(found), found.links[0].title, found.problem) == ("feed", ["1"], "One", "")


def test_a_json_feed_is_read() -> None:
    found = listed(
        '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "/1", "title": "One", "summary": "About.",'
        ' "date_published": "2025-11-19T23:00:00-05:00", "date_modified": "2025-11-21T00:00:00Z"}, 7, {"id": "no address"}]}'
    )
    (link,) = found.links
    assert (link.url, link.title, link.excerpt, link.published) == (f"{HOST}/1", "One", "About.", date(2025, 11, 20))
    assert link.altered == datetime(2025, 11, 21, tzinfo=UTC)
    assert dict(found.skipped) == {"an entry that is none": 1, "no http(s) address": 1}


@pytest.mark.parametrize(
    ("item", "address"),
    [
        ("<link>https://a.example/1</link>", "1"),
        ("<link>/1</link>", "1"),
        ("<guid>https://a.example/1</guid>", "1"),
        ('<guid isPermaLink="true">https://a.example/1</guid>', "1"),
        ('<atom:link rel="alternate" href="https://a.example/1"/>', "1"),
        ("<link>https://counter.example/9</link><feedburner:origLink>https://a.example/1</feedburner:origLink>", "1"),
        ("<link><![CDATA[ https://a.example/1 ]]></link>", "1"),
        ("<link>https://a.example/1?a=1&amp;b=2</link>", "1?a=1&b=2"),
        ("<link>https://a.example/1#comments</link>", "1"),
    ],
)
def test_an_entrys_address_is_found_where_feeds_put_it(item: str, address: str) -> None:
    assert names(listed(rss(f"<title>One</title>{item}"))) == [address]


@pytest.mark.parametrize(
    "day", ["Thu, 01 Jan 1970 00:00:00 GMT", "Wed, 19 Nov 2036 08:00:00 GMT", "yesterday", "", "Wed, 99 Nov 2025 08:00:00 GMT"]
)
def test_a_day_that_cannot_be_true_is_none(day: str) -> None:
    (link,) = listed(rss(f"<link>https://a.example/1</link><pubDate>{day}</pubDate>")).links
    assert link.published is None


def test_entries_with_one_id_and_two_addresses_are_two_and_one_address_is_one() -> None:
    same = "<guid isPermaLink='false'>7</guid>"
    found = listed(rss(*(f"<title>{n}</title><link>https://a.example/{n}</link>{same}" for n in (1, 2, 1))))
    assert names(found) == ["1", "2"]


def test_what_leads_nowhere_is_counted_by_why() -> None:
    addresses = [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://a.example/" + "1" * 10_000,
        "https://u:p@a.example/1",
        "/about",
    ]
    found = listed(rss(*(f"<link>{each}</link>" for each in addresses)))
    assert found.links == ()
    assert dict(found.skipped) == {"no http(s) address": 3, "longer than 2,000 characters": 1, "no article's address": 1}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (rss("<title>조선</title><link>https://a.example/1</link>").replace("UTF-8", "EUC-KR").encode("euc-kr"), None),
        (rss("<title>조선</title><link>https://a.example/1</link>").replace("UTF-8", "EUC-KR").encode(), None),
        (rss("<title>조선</title><link>https://a.example/1</link>").encode(), "text/xml; charset=iso-8859-1"),
        (rss("<title>조선</title><link>https://a.example/1</link>").encode("utf-16"), None),
    ],
)
def test_a_wrong_encoding_harms_no_title(body: bytes, kind: str | None) -> None:
    assert [link.title for link in listed(body, kind=kind).links] == ["조선"]


@pytest.mark.parametrize(
    "feed",
    [
        rss("<title>A & B</title><link>https://a.example/1</link>"),
        rss("<title>A</title><link>https://a.example/1</link><enclosure url=x.mp3 length=1>"),
        rss("<title>A&nbsp;B</title><link>https://a.example/1</link>"),
        rss("<title><![CDATA[A&#" + "9" * 5000 + ";]]></title><link>https://a.example/1</link>"),
        rss("<title>A</title><link>https://a.example/1</link>")[:-20],
        "\n\n" + rss("<title>A\x0b\x00</title><link>https://a.example/1</link>"),
        rss("<title>A</title><link>https://a.example/1</link>") + "<script>trailing</script>",
    ],
)
def test_a_malformed_feed_is_read_all_the_same(feed: str) -> None:
    assert names(listed(feed)) == ["1"]


# Hostile ones

ENTITIES = """<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY h SYSTEM "http://127.0.0.1:9/x">
<!ENTITY % p SYSTEM "http://127.0.0.1:9/y"> %p;]>"""


@pytest.mark.parametrize("name", ["a", "d", "f", "h"])
def test_no_entity_is_expanded_and_none_opens_a_file_or_a_socket(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = ENTITIES + rss(f"<title>x&{name};</title><link>https://a.example/1</link>").partition("?>")[2]
    listed(feed)  # whatever is imported late is imported now

    def refuse(*_arguments: object, **_rest: object) -> None:
        raise AssertionError("opened")

    monkeypatch.setattr(builtins, "open", refuse)
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    (link,) = listed(feed).links
    assert len(link.title) < 20
    assert "root" not in link.title


BOMBS = {
    "depth": "<rss>" + "<a>" * 100_000,
    "depth in an entry": "<rss><channel><item>" + "<a x=y>" * 100_000,
    "attributes": "<rss><channel><item " + " ".join(f"a{n}='1'" for n in range(50_000)) + "/>",
    "entries": "<rss><channel>" + "<item/>" * 200_000,
    "signs": "<rss><channel><item><title>" + "<" * 200_000,
    "ampersands": "<rss><channel><item><title>" + "&" * 200_000,
    "sections": "<rss><channel><item><title>" + "<![CDATA[" * 50_000,
    "comments": "<rss>" + "<!--" * 100_000,
    "declarations": "<rss>" + "<!x" * 100_000,
    "doctype": "<!DOCTYPE " * 50_000 + "<rss>",
    "subset": "<!DOCTYPE x [" + "]" * 200_000 + "<rss>",
    "references": "<rss><channel><item><title>" + "&#" * 100_000,
    "texts": "<rss>" + "<content:encoded>" * 50_000,
    "depth with a prefix": "<rss>" + "<atom:link href='" * 100_000,
    "half a character": '<rss xmlns:a="&#xD800;"><channel><item>' + "<a>" * 100_000,
    "unclosed": '<feed xmlns="http://www.w3.org/2005/Atom"><entry x=y>' + "<p>" * 60_000,
    "JSON": '{"items": ' + "[" * 200_000,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_bomb_costs_more_than_a_moment(bomb: str) -> None:
    begun = time.perf_counter()
    assert listed(BOMBS[bomb]).links == ()
    assert time.perf_counter() - begun < 5


def test_the_shape_of_a_feed_that_is_refused_is_named() -> None:
    assert listed(BOMBS["depth"]).problem == "its elements stand more than 100 deep in one another"
    assert listed(BOMBS["attributes"]).problem == "an element of it bears more than 100 attributes"


def test_of_an_endless_feed_the_first_entries_are_read_and_the_others_counted() -> None:
    entry = "<item><title>T</title><link>https://a.example/{}</link></item>"
    found = listed(RSS2.format("".join(entry.format(n) for n in range(5000))))
    assert 1000 < len(found.links) <= MOST_ELEMENTS / 6
    assert dict(found.skipped) == {"beyond the part of the feed that is read": 5000 - len(found.links)}
    assert found.problem == ""


def test_an_empty_feed_says_so() -> None:
    assert (listed(RSS2.format("")).kind, listed(RSS2.format("")).problem) == ("feed", "it holds no entry")
    assert "damaged" in listed("<rss><channel><title>x").problem


@given(st.binary(max_size=300), st.sampled_from(["<rss><channel><item>", "<feed>", '{"items": [{', "<rdf:RDF>", ""]))
@settings(max_examples=150, deadline=None)
def test_any_bytes_at_all_are_read_or_refused(body: bytes, head: str) -> None:
    found = listed(head.encode() + body)
    assert all(link.url.startswith(("http://", "https://")) for link in found.links)
    assert all(link.published is None or link.published.year <= AT.year + 1 for link in found.links)
