"""Meta tags and microdata."""

from __future__ import annotations

from monitor.parsing.anysite.meta import Said, said
from monitor.parsing.anysite.page import tree_of


def read(head: str = "", body: str = "") -> Said:
    return said(tree_of(f"<html lang='en-GB'><head>{head}</head><body>{body}<p>x</p></body></html>".encode()))


def test_open_graph_and_the_pages_title() -> None:
    found = read(
        "<title>A title | Site</title><meta property='og:title' content='A title'><meta property='og:site_name' content='Site'>"
    )
    assert (found.titles, found.page_title, found.site, found.language) == (("A title",), "A title | Site", "Site", "en-gb")


def test_the_title_of_a_drawing_is_not_the_pages() -> None:
    assert read(body="<svg><title>Search</title></svg>").page_title == ""


def test_days_that_are_said_but_not_those_of_an_alteration() -> None:
    found = read(
        "<meta property='article:published_time' content='2024-11-03'>"
        "<meta property='article:modified_time' content='2025-01-01'>",
        "<span itemprop='datePublished' content='2024-11-04'>x</span><span itemprop='dateModified' content='2025-01-01'>x</span>",
    )
    assert [text for _, text in found.published] == ["2024-11-03", "2024-11-04"]


def test_the_day_of_a_comment_is_not_the_articles() -> None:
    comment = (
        "<div itemscope itemtype='https://schema.org/Comment'><time itemprop='datePublished' datetime='2024-11-05'>x</time></div>"
    )
    assert read(body=comment).published == ()


def test_microformats_and_pubdate() -> None:
    found = read(body="<abbr class='published' title='2024-11-03'>today</abbr><time pubdate datetime='2024-11-04'>x</time>")
    assert sorted(text for _, text in found.published) == ["2024-11-03", "2024-11-04"]
