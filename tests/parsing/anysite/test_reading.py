"""Any page is read, the same way every time, and in time."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsing.anysite.made import PROSE, TITLE, URL, ps, read
from parsing.markup import JUNK

from monitor.parsing.anysite import read_any
from monitor.parsing.limits import TooDeep

_PIECES = [
    *JUNK, "Some text, and more of it. ", "<div class=article-body>", "<time datetime=2024-01-01>",
    "<script type='application/ld+json'>",
    '{"@type":"NewsArticle","headline":"x"}', "<article>", "<header>", "<figure>", "<span class=caption>",
    "<meta property='og:title' content=x>",
]  # fmt: skip


def test_a_page_of_a_site_that_nobody_described() -> None:
    found = read(
        f"<p>By Jane Doe</p><p>12 November 2024</p><div>{ps()}</div>", "<meta property='og:site_name' content='Daily Bugle'>"
    )
    assert (found.title, str(found.published), found.publication, found.paragraphs) == (TITLE, "2024-11-12", "Daily Bugle", PROSE)
    assert found.sure > 0.9
    assert found.how == "any site: h1 title, our own and trafilatura text"


@settings(deadline=None)  # parts of trafilatura are imported by the first page that needs them
@given(st.binary(max_size=400))
def test_any_bytes_are_read(text: bytes) -> None:
    assert read_any(text, URL) == read_any(text, URL)


@given(st.lists(st.sampled_from(_PIECES), max_size=30), st.text(max_size=30))
def test_any_page_is_read_and_always_the_same(pieces: list[str], url: str) -> None:
    text = "".join(pieces).encode("utf-8", "replace")
    assert read_any(text, url) == read_any(text, url)


@pytest.mark.parametrize(
    "text",
    [
        b"<div>" * 1900 + b"<p>" + b"Hello there, this is a text. " * 20,
        b"<h1>A</h1>" + b"<p>Hello there this is a sentence of some length, really.</p>" * 10_000,
        b"<ul>" + b"<li><a href=/x>Some link text here of length</a></li>" * 10_000,
        b"<p>" + b"word " * 1_000_000,
        b"<p>" + b"x<br>" * 50_000,
        b"<div class='" + b"ad " * 300_000 + b"'>text text text</div>",
        b"".join(b"<div class='c%d x%d article-%d'>text text text, hello.</div>" % (n, n, n) for n in range(10_000)),
        b"<title>" + b"a | b - " * 100_000 + b"</title><h1>x</h1>",
        b"<script type='application/ld+json'>" + b"[" * 500_000 + b"</script><p>x",
        b"<time datetime=2024-01-01>x</time>" * 10_000,
        b"<h1>T</h1>" + b"<p>12/11/2024 13/11/2024 2024-11-12 </p>" * 10_000,
    ],
)
def test_hostile_pages_are_read_in_time(text: bytes) -> None:
    began = time.process_time()
    with suppress(TooDeep):
        read_any(text, URL)
    assert time.process_time() - began < 5  # a second where nothing else runs


def test_the_title_is_not_in_the_body_again() -> None:
    assert read(f"<div><h2>{TITLE}</h2>{ps()}</div>").paragraphs == PROSE
