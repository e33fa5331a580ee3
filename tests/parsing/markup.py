"""Pieces of HTML to build pages from and to break them with, and short hands for reading them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from hypothesis import strategies as st

from monitor.config import load_sources
from monitor.model import Capture
from monitor.parsing.trees import check_selector
from monitor.settings import Layout, Rule, Source

ROOT = Path(__file__).resolve().parent.parent.parent
URL = "https://kcnawatch.org/newstream/1763510400-123456789/some-slug/"

# What a page may be broken with, wherever it stands: tags that open, close or swallow what follows, comments, declarations,
# entities, the texts and elements that a layout looks for, and bytes that mean something to a parser.
JUNK = (
    "<!--", "-->", "--!>", "<!-->", "<!--->", "<!-- x -->", "<!", "<!x>", "<!DOCTYPE html>", "<![CDATA[", "]]>",
    "<?xml?>", "<?", "</", "</ >", "</3>", "<3", "<", ">", "/>", "&", "&#", "&#0;", "&#x80;", "&#xD800;", "&amp",
    "&notit;", "&shy;", "&#173;", "&nbsp;", '"', "'", "=", "\x00", "\x0c", "\r", "\r\n", "\xa0", "\xad", "\u200b",
    "\ufeff", "\ufffe", "\x01", "\x85", "𝒳", "<html>", '<html id="q">', "</html>", "<head>", "</head>", "<body>",
    '<body class="z">', "</body>", "<frameset>", "<frame>", "<title>", "</title>",
    "<title>Other | KCNA Watch</title>", '<base href="/x/">', '<base href="http://other.example/">',
    '<meta charset="utf-16">', '<meta charset="euc-kr">', "<p>", "</p>", '<p class="a" class="b">', "<p {x=1>",
    '<p "x">', "<p a<b>", "<p/ id=q/>", "<div>", "</div>", "<b>", "</b>", "<i>", "</i>", "<a>", "</a>",
    '<a href="/x">', "<nobr>", "<font>", "<br>", "</br>", "<br><br>", "<wbr>", "<hr>", "<h1>", "</h1>",
    "<h1>Other</h1>", "<h1><span>", "<li>", "<dd>", "<dt>", "<table>", "<tr>", "<td>", "</td>", "</table>",
    "<caption>", "<col>", "<form>", "<button>", "<select>", "<option>", "<textarea>", "</textarea>", "<plaintext>",
    "<xmp>", "<listing>", "<noembed>", "<noframes>", "<noscript>", "</noscript>", "<iframe>", "</iframe>", "<object>",
    "<embed>", "<template>", "</template>", "<template><h1>Other</h1></template>", "<script>", "</script>",
    "<script>'<h1>x'</script>", "<style>", "</style>", "<svg>", "</svg>", "<svg><title>x</title></svg>", "<math><mi>",
    "<ruby>x<rt>y</rt></ruby>", "<rt>", "<rp>", "<image>", "<isindex>", "<o:p>", "<x-y>", '<a:b xmlns:a="u">',
    '<svg xmlns="u" xmlns:l="v"><g l:href="a">', "<marquee>", "Date:", "Date: 01/01/2020 | Source: Naenara (En) | x",
    "<p>Date: 01/01/2020 | Source: Naenara (En) | x</p>", "<p>Source: Other | </p>", "Da<!-- -->te:", "Da&shy;te:",
    '<div class="article-content">', "<div class=article-content>",
    '<div class="article-content"><p>Early.</p></div>', '<DIV CLASS="x article-content y">',
    '<div class="article-content\xa0x">', '<div class="article-content\x0cx">', '<div CLASS="ARTICLE-CONTENT">',
    "<p>Read original version at source</p>", '<a href="/o">Read original version at source</a>',
    '<div class="article-desc"><h4><a href="/newstream/5-5/q/">T</a></h4></div>',
    '<p class="articled-date">November 19, 2025</p>', "More From Naenara (En)",
)  # fmt: skip

# What the body of a page may be built of.
_TEXT = (
    "word",
    "two words",
    " ",
    "\n  ",
    "a",
    ".",
    "&nbsp;",
    "&amp;",
    "&lt;b&gt;",
    "\xad",
    "&shy;",
    "\u2003",
    "조선",
    "Date:",
    "key",
)
_INLINE = (
    "<b>", "</b>", "<i>", "</i>", "<span class='a'>", "<span class='a b' id='s'>", "</span>", "<a href='/x'>",
    "<a href='/y' class='b'>", "</a>", "<nobr>", "</nobr>", "<wbr>", "<br>", "<br/>", "<ruby>", "<rt>", "</rt>",
    "</ruby>", "<o:p>", "</o:p>", "<img alt='x'>",
)  # fmt: skip
_BLOCKS = (
    "<p>", "<p class='a'>", "</p>", "<div>", "<div class='a'>", "<div id='d' class=' b  a '>", "</div>", "<ul>",
    "<li>", "</ul>", "<table>", "<tr>", "<td>", "<td class='b'>", "</td>", "</table>", "<h1>", "</h1>", "<hr>",
    "<blockquote>", "</blockquote>", "<dl>", "<dt>", "<dd>",
)  # fmt: skip
_UNSEEN = (
    "<!-- comment -->", "<script>var x = '<p>';</script>", "<style>p > a {}</style>",
    "<template><p>Date: no</p></template>", "<noscript>off</noscript>", "<svg><title>no</title><p>no</p></svg>",
    "<textarea><p>raw</textarea>", "<?pi x?>", "<iframe><p>x</iframe>",
)  # fmt: skip

fragments = st.lists(st.sampled_from(_TEXT + _TEXT + _INLINE + _BLOCKS + _UNSEEN), max_size=25).map("".join)
broken_fragments = st.lists(st.sampled_from(_TEXT + _INLINE + _BLOCKS + _UNSEEN + JUNK), max_size=25).map("".join)


def capture(page: str | bytes, content_type: str | None = "text/html", url: str = URL, answered: str | None = None) -> Capture:
    """A capture of ``page``."""
    body = page.encode("utf-8", "replace") if isinstance(page, str) else page
    headers = () if content_type is None else (("Content-Type", content_type),)
    return Capture(url, answered or url, 200, headers, body, body, datetime(2026, 2, 5, tzinfo=UTC))


def configured(name: str) -> Source:
    """A source of the shipped configuration."""
    return next(source for source in load_sources(ROOT / "config", check_selector) if source.name == name)


def layout(name: str = "plain", **rules: object) -> Layout:
    """A layout; what is not given is read from ``h1`` and ``p``."""
    parts: dict[str, object] = {"title": (Rule(css="h1"),), "paragraphs": (Rule(css="p"),)}
    return Layout(name=name, **(parts | rules))  # type: ignore[arg-type]


def source(*layouts: Layout, publication: str | None = "P", **settings: object) -> Source:
    """A source that is read by ``layouts``."""
    return Source("a", layouts or (layout(),), publication=publication, **settings)  # type: ignore[arg-type]


def library(name: str) -> Source:
    """A source of ``config/library/``."""
    return next(source for source in load_sources(ROOT / "config", check_selector, "library") if source.name == name)
