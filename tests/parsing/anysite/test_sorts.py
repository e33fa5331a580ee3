"""Sorts of pages, each with its evidence."""

from __future__ import annotations

import json
from typing import Any

import pytest
from parsing.anysite.made import TITLE, ps, read

from monitor.parsing.anysite import Sort

CARDS = "".join(
    f"<div class=x><h3><a href=/{n}>A headline of the article number {n}</a></h3><p>And a little more of it.</p></div>"
    for n in range(8)
)


def ld(thing: dict[str, Any]) -> str:
    return f"<script type='application/ld+json'>{json.dumps(thing)}</script>"


@pytest.mark.parametrize(
    ("sort", "body", "head", "path"),
    [
        (Sort.ARTICLE, ps(), "", "/news/1"),
        (Sort.ARTICLE, ps() + CARDS, "", "/news/1"),
        (Sort.STUB, "<p>It began on a Monday.</p><p>Subscribe to continue reading this article.</p>", "", "/news/1"),
        (
            Sort.STUB,
            "<p>It began on a Monday.</p>",
            ld({"@type": "NewsArticle", "headline": TITLE, "isAccessibleForFree": False}),
            "/news/1",
        ),
        (Sort.ARTICLE, ps() * 4, ld({"@type": "NewsArticle", "headline": TITLE, "isAccessibleForFree": "False"}), "/news/1"),
        (Sort.LIVE, ps(), ld({"@type": "LiveBlogPosting", "headline": TITLE}), "/news/1"),
        (Sort.VIDEO, ps(), ld({"@type": "VideoObject", "name": TITLE}), "/news/1"),
        (Sort.GALLERY, ps(), ld({"@type": "ImageGallery", "name": TITLE}), "/news/1"),
        (Sort.PRODUCT, ps(), ld({"@type": "Product", "name": TITLE}), "/news/1"),
        (Sort.THREAD, ps(), ld({"@type": "DiscussionForumPosting", "headline": TITLE}), "/news/1"),
        (Sort.LISTING, CARDS, "", "/news/"),
        (Sort.LISTING, CARDS, ld({"@type": "CollectionPage"}), "/tag/rivers/"),
        (Sort.FRONT, CARDS, "", "/"),
        (Sort.SEARCH, CARDS, "", "/search?q=river"),
    ],
)
def test_a_sort_is_told(sort: Sort, body: str, head: str, path: str) -> None:
    found = read(body, head, f"https://daily-bugle.example{path}")
    assert found.sorted.sort == sort
    assert bool(found.sorted.evidence) == (sort is not Sort.ARTICLE)


def test_what_is_no_plain_article_is_less_sure_and_says_so() -> None:
    found = read(ps(), ld({"@type": "LiveBlogPosting", "headline": TITLE}))
    assert found.sure < 0.5 < read(ps()).sure
    assert found.how.endswith("a live blog")
