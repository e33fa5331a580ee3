"""The seeds of ``fuzz.py``: inputs of every kind, as parsers might really meet them, dirty ones too."""

from __future__ import annotations

import base64
import gzip
import io
import json
import random
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli
import zstandard
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1]))

from parsing.markup import ROOT

_ENTITIES = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
_SPACES = 'xmlns:content="c" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
_ITEM = (
    "<item><title>One &amp; <b>two</b></title><link>https://a.example/1</link><guid>7</guid><dc:date>1970-01-01T00:00:00Z</dc:date>"
    "<pubDate>Wed, 19 Nov 2036 08:00:00 +0900</pubDate><description><![CDATA[<p>x</p>]]></description><content:encoded>y"
    "</content:encoded><enclosure url='a' length='9'/></item>"
)
_URL = "<url><loc>https://a.example/1</loc><lastmod>2025-11-19T08:00:00+09:00</lastmod><news:news><news:title>One</news:title></news:news></url>"
_LD = {
    "@context": "https://schema.org", "@graph": [{"@type": ["NewsArticle"], "headline": "One", "datePublished": "2025-11-19T08:00:00Z",
    "author": [{"name": "A"}], "publisher": {"name": "P"}, "articleBody": "x " * 200, "image": {"url": "a.jpg"}, "isAccessibleForFree": "False",
    "mainEntityOfPage": {"@id": "https://a.example/1"}}],
}  # fmt: skip
_WARC = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\nWARC-Date: 2025-11-19T08:00:00Z\r\nWARC-Record-ID: <urn:1>\r\n"
    "WARC-Payload-Digest: sha1:AAAA\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{}\r\n\r\n"
)
_HTTP = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 12\r\nSet-Cookie: a=b\r\n\r\n<h1>x</h1>yz"
_CHUNKED = "HTTP/1.1 100 Go on\r\n\r\nHTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nA: b\r\n\r\n"

_TEXTS: dict[str, tuple[str, ...]] = {
    "html": (
        "<html><head><title>T</title></head><body><h1>One</h1><div class='article-content'><p>A <b>b</b><br>c</p></div></body></html>",
        "<body><p>one<body><p>two</html><h1>behind",
        "<div><span><a href='/1'>one<a href='/2'>two<table><tr><td>x<li>y<p>z",
        "\u202eolleh\u202c <p dir=rtl>\u05d0\u200f\u0627 &#x202E; &#0; &#xD800; \x00\x01",
        "<meta charset=euc-kr><meta http-equiv=content-type content='text/html; charset=utf-16'><p>\uc870\uc120",
        "<article><h1 itemprop=headline>x</h1><time datetime='2025-11-19'>19.11.2025</time><p style='display:none'>y<figure><img srcset='a 1x, b 2x'>",
    ),
    "charsets": ("<meta charset='x-user-defined'>\xe9", "<?xml version='1.0' encoding='utf-7'?>+ADw-", "\ufeff<meta charset=gb18030>"),
    "feeds": (
        f'<?xml version="1.0"?><rss version="2.0" {_SPACES}><channel><title>T</title>{_ITEM}{_ITEM}</channel></rss>',
        f'<?xml version="1.0"?>{_ENTITIES}<rss><channel><item><title>&a;&b;&f;</title><link>https://a.example/1</link></item></channel></rss>',
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='/x/'><entry><title type='html'>&lt;b&gt;</title><link href='1'/><id>tag:1</id>"
        "<updated>2025-11-20T00:00:00Z</updated><content type='xhtml'><div><p>x</p></div></content><summary>y</summary></entry></feed>",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><item rdf:about='1'><link>/1</link></item>",
    ),
    "json": (
        '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "/1", "title": "<b>", "date_published": "2025-11-19"}]}',
        '{"items": [1e999, -0, NaN, "\\ud800", {"url": "\\udfff/1", "title": "\\u0000"}, [[[[]]]]]}',
    ),
    "sitemaps": (
        f"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='n'>{_URL}{_URL}</urlset>",
        "<sitemapindex><sitemap><loc>https://a.example/list/1</loc><lastmod>1970-01-01</lastmod></sitemap></sitemapindex>",
        "https://a.example/1\nhttps://a.example/2\njavascript:x\n",
    ),
    "robots": (
        "User-agent: *\nDisallow: /*/x$\nAllow: /\nCrawl-delay: 10\nSitemap: /s.xml\nRequest-rate: 1/5s\n",
        "User-agent: article-monitor\nUser-agent: b\nDisallow: /%zz*\nDisallow:\nVisit-time: 0600-0845\nHost: x\n# c\n",
    ),
    "json-ld": (
        f'<script type="application/ld+json">{json.dumps(_LD)}</script><h1>One</h1><p>{"x " * 50}</p>',
        "<script type='application/ld+json'>[{\"@type\": \"Article\", \"headline\": \"a\nb\"},]</script>",
        "<div itemscope itemtype='http://schema.org/NewsArticle'><h1 itemprop=headline>x</h1><meta itemprop=datePublished content='2025-11-19'></div>",
    ),
    "dates": (
        "2025-11-19T08:00:00.000+09:00", "Wed, 19 Nov 2025 08:00:00 (x) EST", "[Juche114(2025).11.19.]", "2025\ub144 11\uc6d4 19\uc77c \uc624\ud6c4 3:00",
        "2025\u5e7411\u670819\u65e5", "November 19, 2025", "19/11/25 03:00 PM +0900", "19 \u043d\u043e\u044f\u0431\u0440\u044f 2025", "120",
        "\u0662\u0660\u0662\u0665/\u0661\u0661/\u0661\u0669", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+14:00",
    ),
    "opml": (
        f"<?xml version='1.0'?>{_ENTITIES.replace('rss', 'opml')}<opml version='2.0'><body><outline text='f'><outline text='&a;' xmlUrl='https://a.example/f'"
        " htmlUrl='https://a.example/'/></outline></body></opml>",
    ),
    "articles": ("A title\n\nDate: 19/11/2025 | Source: S\n\nx", "November 19, 2025Nov 19, 2025\nW S\n\nT\n\nSource: S | Read original version at source"),
    "addresses": (
        "https://a.example/1?utm_source=x&b=%zz#f", "javascript:alert(1)", "data:text/html,<p>", "//[::1", "http://\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444:80/\u0434?\u0434=1",
        "http://xn--a.example./..//%2e%2e/", "http:\\\\a.example\\b c\td", "https://u:p@a.example:99999/", "a.jpg 1x, b.jpg 2x,,c 3w",
        "/resize/640/https://a.example/u/a-300x200.jpg?w=6", "https://xn--\u2488.com/\u2028", "http://\u2100.example/",
    ),
    "cookies": (
        "a=b; Path=/; Expires=Wed, 19 Nov 2025 08:00:00 GMT; Max-Age=10; Domain=.a.example\nc=d; Partitioned",
        '<https://a.example/1>; rel="memento"; datetime="x", <b>; rel=next;',
        "a=b; Expires=Fri, 31 Dec 9999 23:59:59 -9999999",
    ),
    "heads": (_HTTP, _CHUNKED),
    "warc": (_WARC.format(len(_HTTP), _HTTP), _WARC.format(len(_HTTP), _HTTP).replace("response", "revisit", 1)),
}  # fmt: skip


def seeds(kind: str) -> list[bytes]:
    """The inputs of one kind, each as a parser might really meet it."""
    found = [text.encode("utf-8", "surrogatepass") for text in _TEXTS.get(kind, ())]
    return [*found, *_FILES[kind]()] if kind in _FILES else found


def _of(*patterns: str) -> Callable[[], Iterator[bytes]]:
    """The files of the tests that one of ``patterns`` names."""
    return lambda: (path.read_bytes() for pattern in patterns for path in sorted(ROOT.glob(pattern)))


def _codings() -> Iterator[bytes]:
    text = b"<p>hello</p>" * 100
    yield from (gzip.compress(text), zlib.compress(text), brotli.compress(text), zstandard.compress(text))
    yield from (brotli.compress(bytes(9_000_000)), zstandard.compress(bytes(9_000_000)), gzip.compress(bytes(9_000_000)))


def _sitemaps() -> Iterator[bytes]:
    yield from (gzip.compress(text.encode()) for text in _TEXTS["sitemaps"])
    yield from _of("tests/pages/*/*sitemap*.xml")()


def _images() -> Iterator[bytes]:
    chance = random.Random(1)
    for mode, kind in (
        ("RGB", "JPEG"),
        ("RGBA", "PNG"),
        ("P", "PNG"),
        ("P", "GIF"),
        ("RGB", "WEBP"),
        ("CMYK", "JPEG"),
        ("I;16", "PNG"),
    ):
        size = 40 * 30 * {"RGB": 3, "RGBA": 4, "CMYK": 4, "I;16": 2}.get(mode, 1)
        picture, out = Image.frombytes(mode, (40, 30), chance.randbytes(size)), io.BytesIO()
        picture.save(out, kind)
        yield out.getvalue()
    yield base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


def _packed() -> Iterator[bytes]:
    yield from (gzip.compress(text.encode()) * 2 for text in _TEXTS["warc"])


_FILES: dict[str, Callable[[], Iterator[bytes]]] = {
    "pages": _of("tests/pages/*/*.html"),
    "anysite": _of("tests/anysite/*.html"),
    "listings": _of("tests/pages/*/*.listing.*ml"),
    "feeds": _of("tests/pages/*/*.xml"),
    "articles": _of("seeds/*.txt"),
    "codings": _codings,
    "sitemaps": _sitemaps,
    "images": _images,
    "warc": _packed,
}
