"""Golden pairs: every saved page under ``tests/pages/SOURCE/`` reads to the text beside it, byte for byte.

A pair is a test: add NAME.html and NAME.txt to the folder of a layout's name.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from parsing.markup import ROOT, URL, capture

from monitor.article import Article, to_text
from monitor.config import load_sources
from monitor.parsing.reader import LayoutReader
from monitor.parsing.trees import check_selector
from monitor.settings import Source

PAGES = sorted((ROOT / "tests" / "pages").glob("*/*.html"))
SOURCES = load_sources(ROOT / "config", check_selector)


def source_of(page: Path) -> Source:
    """The configured source whose publication the page's text names, read by the layout the folder is called after."""
    text = page.with_suffix(".txt").read_text("utf-8")
    found = [source for source in SOURCES if f"| Source: {source.publication} |" in text]
    (source,) = [source for source in found if page.parent.name in [layout.name for layout in source.layouts]]
    return source


def test_there_are_pages_and_each_has_its_text() -> None:
    assert len(PAGES) >= 4
    assert {page.stem for page in PAGES} == {text.stem for text in (ROOT / "tests" / "pages").glob("*/*.txt")}
    assert {page.stem.rpartition("-")[2] for page in PAGES} >= {"utf8", "cp1252"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_reads_to_its_text(page: Path) -> None:
    expected = page.with_suffix(".txt").read_bytes()
    source, seen = source_of(page), capture(page.read_bytes())
    read, whole = LayoutReader().read(seen, source), LayoutReader().read_whole(seen, source)
    for article in (read.article, whole.article):
        assert article is not None
        assert to_text(article).encode() == expected
    assert read.links == whole.links
    assert everything(read.article) == everything(whole.article)
    assert [link.url for link in read.links] == list(dict.fromkeys(card.url for card in read.article.cards))  # type: ignore[union-attr]
    assert URL not in [link.url for link in read.links]


def everything(article: Article | None) -> tuple[object, ...]:
    """An article with the addresses that are outside its equality."""
    assert article is not None
    return article, article.original_url, [card.url for card in article.cards]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_is_as_large_as_real_ones(page: Path) -> None:
    assert 60_000 <= page.stat().st_size <= 120_000
