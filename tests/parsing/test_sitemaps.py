"""Sitemaps and their indexes, packed ones, robots.txt and plain lists; hostile ones."""

from __future__ import annotations

import builtins
import gzip
import socket
import time
from datetime import UTC, date, datetime
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsing.answers import HOST, listed, names

from monitor.parsing.gathering import MOST

packed = partial(gzip.compress, mtime=0)  # the same at any time: it is part of tests' names

SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
URL = "<url><loc>https://a.example/{}</loc></url>"


def urlset(*entries: str, head: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>{head}<urlset xmlns="{SPACE}">{"".join(entries)}</urlset>'


def test_a_sitemap_says_its_addresses_and_when_they_were_altered() -> None:
    found = listed(
        urlset(
            "<url><loc> https://a.example/1?a=1&amp;b=2 </loc><lastmod>2025-11-19T08:00:00+09:00</lastmod></url>",
            "<url><loc><![CDATA[https://a.example/2]]></loc><lastmod>2025-11-20</lastmod><priority>0.5</priority></url>",
            "<url><loc>https://a.example/3</loc><lastmod>2025</lastmod></url>",
            "<url><loc>https://a.example/about</loc></url><url></url>",
        )
    )
    assert (found.kind, found.problem, names(found)) == ("sitemap", "", ["1?a=1&b=2", "2", "3"])
    altered = [datetime(2025, 11, 18, 23, tzinfo=UTC), datetime(2025, 11, 20, tzinfo=UTC), None]
    assert [link.altered for link in found.links] == altered
    assert dict(found.skipped) == {"no article's address": 1, "no http(s) address": 1}


def test_a_news_sitemap_says_titles_and_days_and_pictures_are_no_articles() -> None:
    (link,) = listed(
        urlset(
            "<url><loc>https://a.example/1</loc><news:news><news:publication><news:name>N</news:name></news:publication>"
            "<news:publication_date>2025-11-19T08:00:00+09:00</news:publication_date><news:title>One</news:title></news:news>"
            "<image:image><image:loc>https://a.example/9.jpg</image:loc><image:title>no</image:title></image:image></url>"
        )
    ).links
    assert (link.url, link.title, link.published, link.altered) == (f"{HOST}/1", "One", date(2025, 11, 18), None)


def test_an_index_names_sitemaps_those_altered_last_first() -> None:
    found = listed(
        f'<sitemapindex xmlns="{SPACE}"><sitemap><loc>https://a.example/a.xml</loc></sitemap>'
        "<sitemap><loc>/b.xml</loc><lastmod>2025-01-01</lastmod></sitemap>"
        "<sitemap><loc>https://www.a.example/c.xml.gz</loc><lastmod>2025-02-01</lastmod></sitemap>"
        "<sitemap><loc>https://elsewhere.example/d.xml</loc></sitemap></sitemapindex>"
    )
    assert found.kind == "index"
    assert found.further == ("https://www.a.example/c.xml.gz", f"{HOST}/b.xml", f"{HOST}/a.xml")
    assert found.altered == (datetime(2025, 2, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC), None)
    assert dict(found.skipped) == {"a sitemap on another host": 1}


@pytest.mark.parametrize("at", ["1970-01-01", "2036-01-01", "yesterday", "0000-00-00", "9999-12-31T23:59:59-23:59"])
def test_an_instant_that_cannot_be_true_is_none(at: str) -> None:
    (link,) = listed(urlset(f"<url><loc>https://a.example/1</loc><lastmod>{at}</lastmod></url>")).links
    assert link.altered is None


@pytest.mark.parametrize(
    "body",
    [
        urlset(URL.format(1), URL.format(2)).replace("</urlset>", ""),
        urlset(URL.format(1), "<url><loc>https://a.example/2</url>"),
        urlset(URL.format(1), '<url xmlns:a="&#xD800;"><loc>https://a.example/2</loc></url>'),
        urlset(URL.format(1), "<url><loc>https://a.example/2?a=1&b=2</loc></url>"),
        "\ufeff  \n" + urlset(URL.format(1), URL.format(2)),
        urlset(URL.format(1), URL.format(2), head="<!-- made by hand --><?xml-stylesheet href='x'?>"),
        urlset(URL.format(1), URL.format(2)).replace(f' xmlns="{SPACE}"', ""),
        urlset(URL.format(1), URL.format(2)).replace("<loc>", "<sm:loc>").replace("</loc>", "</sm:loc>"),
    ],
)
def test_a_malformed_sitemap_is_read_as_far_as_it_goes(body: str) -> None:
    assert names(listed(body))[0] == "1"


def test_packed_sitemaps_are_told_by_their_first_bytes() -> None:
    whole = packed(urlset(URL.format(1), URL.format(2)).encode())
    assert names(listed(whole, kind="text/html")) == ["1", "2"]
    two = packed(b'<urlset xmlns="x">') + packed(URL.format(1).encode() + b"</urlset>")
    assert names(listed(two)) == ["1"], "parts that follow one another are one file (RFC 1952, section 2.2)"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (packed(urlset(*(URL.format(n) for n in range(999))).encode())[:-200], "its packed bytes break off"),
        (packed(b"<urlset>" + b" " * 60_000_000), "more than 50 MiB, unpacked"),
        (packed(b"<a>" * 1000), "what is packed in it is neither a sitemap nor a feed"),
        (b"\x1f\x8bno gzip", "its packed bytes are damaged"),
        (b"\x1f\x8b", "its packed bytes break off"),
        (packed(b"<urlset>") + packed(b"") * 50_000, "more than 100 parts, each packed by itself"),
    ],
)
def test_what_is_wrong_with_packed_bytes_is_said(body: bytes, why: str) -> None:
    assert listed(body).problem.startswith(why)


def test_a_robots_file_names_sitemaps_on_any_host() -> None:
    text = "User-agent: *\nDisallow: /x\nSitemap: https://a.example/s.xml\nsitemap:/b.xml # ours\nSitemap: javascript:x\n"
    found = listed(text, url=f"{HOST}/robots.txt")
    assert (found.kind, found.further) == ("robots", (f"{HOST}/s.xml", f"{HOST}/b.xml"))
    assert dict(found.skipped) == {"no http(s) address": 1}
    assert listed("User-agent: *\n", url=f"{HOST}/robots.txt").problem == "it names no sitemap"


def test_a_plain_list_holds_an_address_a_line() -> None:
    found = listed("https://a.example/1\r\n\r\n  https://a.example/2  \nhttps://a.example/1\nhttps://b.example/3\nno address")
    assert (found.kind, names(found)) == ("addresses", ["1", "2"])
    assert dict(found.skipped) == {"no article's address": 1, "no http(s) address": 1}


# Hostile ones

ENTITIES = """<!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;"><!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY h SYSTEM "http://127.0.0.1:9/x">
<!ENTITY % p SYSTEM "http://127.0.0.1:9/y"> %p;]>"""


@pytest.mark.parametrize("name", ["a", "c", "f", "h"])
def test_no_entity_is_expanded_and_none_opens_a_file_or_a_socket(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    body = urlset(f"<url><loc>https://a.example/1&{name};</loc></url>", head=ENTITIES)
    listed(body)

    def refuse(*_arguments: object, **_rest: object) -> None:
        raise AssertionError("opened")

    monkeypatch.setattr(builtins, "open", refuse)
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert all(len(link.url) < 30 for link in listed(body).links)


BOMBS = {
    "elements": packed(b"<urlset>" + b"<a/>" * 12_000_000),
    "attributes": b"<urlset><a " + b" ".join(b"a%d='1'" % n for n in range(100_000)) + b">",
    "depth with a prefix": b"<urlset>" + b"<atom:link href='" * 100_000,
    "depth": b"<urlset>" + b"<a>" * 300_000,
    "one long address": b"<urlset><url><loc>https://a.example/1" + b"1" * 9_000_000,
    "comments": b"<urlset>" + b"<!--" * 200_000,
    "a prologue of comments": b"<!---->" * 200_000 + b"<urlset>",
    "lines of a robots file": b"Sitemap: x\n" * 200_000,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_bomb_costs_more_than_a_moment(bomb: str) -> None:
    begun = time.perf_counter()
    assert listed(BOMBS[bomb], url=f"{HOST}/robots.txt").links == ()
    assert time.perf_counter() - begun < 5


def test_what_is_beyond_the_fifty_thousand_is_counted() -> None:
    found = listed(urlset(*(URL.format(n) for n in range(MOST + 7))))
    assert len(found.links) == MOST
    assert dict(found.skipped) == {"beyond the first 50,000": 7}


@given(
    st.binary(max_size=300),
    st.sampled_from([b"<urlset><url><loc>", b"<sitemapindex><sitemap>", b"\x1f\x8b", b"https://a.example/"]),
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_at_all_are_read_or_refused(body: bytes, head: bytes) -> None:
    found = listed(head + body)
    assert all(link.url.startswith(("http://", "https://")) for link in found.links)
    assert len(found.altered) in (0, len(found.further))
