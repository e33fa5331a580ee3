"""Golden pairs: every page under ``tests/pages/`` reads to the text beside it, byte for byte, and every listing to its links.

A pair is a test. ``SOURCE/NAME.html`` and ``NAME.txt`` are a page and the text it must read to, ``SOURCE/NAME.listing.html`` (or
``.xml``) and ``NAME.listing.txt`` a listing and its links: address, title and day, a tab between them, a line each. SOURCE is a
file of ``config/sources/`` or ``config/library/``, or a layout; then it is the source whose publication the text names.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sites
from parsing.markup import ROOT, URL, capture

from monitor.article import Article, fold, to_text
from monitor.config import load_sources
from monitor.parsing.address import host
from monitor.parsing.reader import LayoutReader
from monitor.parsing.trees import check_selector
from monitor.settings import Finding, Source

SEEN = datetime(2026, 11, 20, tzinfo=UTC)
FOLDER = ROOT / "tests" / "pages"
LISTINGS = sorted(page for page in FOLDER.glob("*/*.listing.*") if page.suffix != ".txt")
PAGES = sorted(page for page in FOLDER.glob("*/*.html") if page not in LISTINGS)
WATCHED = load_sources(ROOT / "config", check_selector)
SOURCES = {source.name: source for source in (*WATCHED, *load_sources(ROOT / "config", check_selector, "library"))}


def source_of(page: Path) -> Source:
    """The configured source that a page is of."""
    if page.parent.name in SOURCES:
        return SOURCES[page.parent.name]
    text = page.with_suffix(".txt").read_text("utf-8")
    found = [source for source in WATCHED if f"| Source: {source.publication} |" in text]
    (source,) = [source for source in found if page.parent.name in [layout.name for layout in source.layouts]]
    return source


def named(page: Path) -> str:
    return f"{page.parent.name}/{page.name.partition('.')[0]}"


def test_every_page_and_every_listing_has_its_text() -> None:
    assert {page.with_suffix(".txt") for page in (*PAGES, *LISTINGS)} == set(FOLDER.glob("*/*.txt"))


def test_the_pages_are_those_that_are_made() -> None:
    made = sites.files({seed.name: seed.read_bytes() for seed in (ROOT / "seeds").glob("*.txt")})
    stale = [name for name, data in made.items() if not (path := ROOT / "tests" / name).exists() or path.read_bytes() != data]
    assert stale == [], "write them anew: python -m tests.make_pages"


def test_every_source_has_a_page_and_every_way_to_find_articles_a_listing() -> None:
    layouts = {page.parent.name for page in PAGES}
    assert [name for name, source in SOURCES.items() if not layouts & {name, *(each.name for each in source.layouts)}] == []
    ways = {way for page in LISTINGS for way in ways_of(source_of(page).find)}
    assert ways == {"listings", "series", "forms", "feeds", "sitemaps"}


def ways_of(find: Finding) -> list[str]:
    return [way for way in ("listings", "series", "forms", "feeds", "sitemaps") if getattr(find, way)]


@pytest.mark.parametrize("page", PAGES, ids=named)
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


@pytest.mark.parametrize("page", [page for page in PAGES if source_of(page).layouts], ids=named)
def test_a_page_is_read_by_the_layout_of_its_name(page: Path) -> None:
    """``2022-otherwise`` of kcna.kp by ``kcna-kp-2022``: no layout stands in for another."""
    year = page.name.partition(".")[0].partition("-")[0]
    by = LayoutReader().read(capture(page.read_bytes()), source_of(page)).layout
    assert not year.isdecimal() or by.endswith(f"-{year}")


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_page_is_as_large_as_real_ones(page: Path) -> None:
    if page.parent.name == "kcna-watch":
        assert 60_000 <= page.stat().st_size <= 120_000
    elif page.parent.name != "example-rss":  # that one was never meant to be
        assert 20_000 <= page.stat().st_size <= 120_000


# Listings


@pytest.mark.parametrize("page", LISTINGS, ids=named)
def test_a_listing_reads_to_its_links(page: Path) -> None:
    lines = [line.split("\t") for line in page.with_suffix(".txt").read_text("utf-8").splitlines()]
    source = source_of(page)
    kind = "text/xml" if page.suffix == ".xml" else "text/html"
    seen = replace(capture(page.read_bytes(), kind, url=address_of(source)), at=SEEN)
    links = LayoutReader().listed(seen, source).links
    assert [link.url for link in links] == [url for url, _, _ in lines]
    for link, (_, title, day) in zip(links, lines, strict=True):
        assert fold(title) in link.title  # a bullet or a day may stand in the link, too
        assert (link.published.isoformat() if link.published else "") == day


def address_of(source: Source) -> str:
    """An address at which the source's listings are."""
    find = source.find
    return next(iter((*find.listings, *find.feeds, *(each.page(each.first) for each in find.series), *find.sitemaps)))


@pytest.mark.parametrize("page", LISTINGS, ids=named)
def test_no_link_leads_to_another_host(page: Path) -> None:
    hosts = {host(line.split("\t")[0]) for line in page.with_suffix(".txt").read_text("utf-8").splitlines()}
    assert hosts <= {host(address_of(source_of(page)))}
