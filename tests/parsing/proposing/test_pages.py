"""What a page says of its site: its name, its own address, its links with their longest texts."""

from __future__ import annotations

from parsing.markup import capture

from monitor.article import Article
from monitor.parsing.proposing.pages import front_of, sample_of


def test_name_title_address_and_links() -> None:
    page = (
        '<title>A page</title><meta property="og:site_name" content=" The  Times "><link rel="canonical" href="/own">'
        '<a href="/a"><img></a><a href="/a#x">Words of it</a><a href="javascript:x">no</a>'
        '<meta property="og:type" content="article">'
    )
    front = front_of(capture(page.encode()))
    assert (front.name, front.title, front.is_called_article) == ("The Times", "A page", True)
    assert [(link.url.rpartition("/")[2], link.title) for link in front.links] == [("a", "Words of it")]
    assert front.own is not None
    assert front.own.endswith("/own")


def test_a_page_that_cannot_be_read_says_nothing() -> None:
    deep = capture(b"<div>" * 100_000)
    assert front_of(deep).links == ()
    assert sample_of(deep, Article("p", "t", None, ("x",))) is None
