"""Looking around on a site: what is asked for, in which order, and what is made of what cannot be had."""

from __future__ import annotations

from datetime import timedelta

import pytest
from jobs.example_sites import SITES, Served, Site

from monitor.errors import InputError, Unreachable
from monitor.jobs.adding.scouting import Scout
from monitor.model import Capture, Request
from monitor.parsing.reader import LayoutReader
from monitor.settings import Source

HOME = "https://a.example"
HEADLINES = "".join(f'<a href="/2025/11/{n:02}/some-words-{n}">A headline of some words {n}</a>' for n in range(1, 9))


def site(**pages: str) -> Site:
    """A site with a front page of headlines and what is given, by path (``_`` for ``/``, ``-`` for ``.``)."""
    found = Site("A", "a.example")
    found.put("/", f"<html><head>{pages.pop('head', '')}</head><body>{HEADLINES}{pages.pop('more', '')}</body></html>")
    for name, body in pages.items():
        found.put("/" + name.replace("__", "-").replace("_", "."), body, "text/plain")
    return found


def scout(what: Site) -> Scout:
    return Scout(Served(what), LayoutReader(), gap=timedelta(0))


def sitemap(*paths: str) -> str:
    return "<urlset>" + "".join(f"<url><loc>{HOME}{path}</loc></url>" for path in paths) + "</urlset>"


def test_robots_txt_names_the_sitemap_and_an_index_is_followed_a_little() -> None:
    index = "".join(f"<sitemap><loc>{HOME}/{name}.xml</loc></sitemap>" for name in ("pages", "posts", "news", "tags"))
    what = site(
        robots_txt=f"Sitemap: {HOME}/index.xml\n",
        index_xml=f"<sitemapindex>{index}</sitemapindex>",
        posts_xml=sitemap("/2025/11/01/some-words-1"),
        news_xml=sitemap("/2025/11/02/some-words-2"),
    )
    looked = scout(what)
    found = looked.around(f"{HOME}/")
    assert [link.url for link in found.sitemaps[f"{HOME}/index.xml"]] == [f"{HOME}/2025/11/0{n}/some-words-{n}" for n in (1, 2)]
    assert isinstance(looked.fetcher, Served)
    assert f"{HOME}/tags.xml" not in looked.fetcher.asked
    assert f"{HOME}/sitemap.xml" not in looked.fetcher.asked


def test_feeds_of_comments_are_left_and_what_is_no_feed_is_none() -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/{}">'
    feed = f"<rss><channel><item><title>T</title><link>{HOME}/2025/11/01/some-words-1</link></item></channel></rss>"
    what = site(head=link.format("comments/feed") + link.format("page") + link.format("feed.xml"), page="<p>no", feed_xml=feed)
    looked = scout(what)
    assert list(looked.around(f"{HOME}/").feeds) == [f"{HOME}/feed.xml"]
    assert isinstance(looked.fetcher, Served)
    assert f"{HOME}/comments/feed" not in looked.fetcher.asked


def test_no_address_is_asked_for_twice() -> None:
    looked = scout(site())
    assert looked.fetched(f"{HOME}/") is looked.fetched(f"{HOME}/")
    assert isinstance(looked.fetcher, Served)
    assert looked.fetcher.asked == [f"{HOME}/"]


def test_sections_are_pages_with_short_names_that_list_articles() -> None:
    named = {"/world": "World", "/about": "About us", "https://b.example/x": "Elsewhere", "/empty": "Empty"}
    menu = "".join(f'<a href="{address}">{name}</a>' for address, name in named.items())
    what = site(more=menu, world=f"<html>{HEADLINES}", empty="<html>nothing")
    looked = scout(what)
    found = looked.sections(looked.around(f"{HOME}/"), lambda url: "/2025/" in url)
    assert list(found) == [f"{HOME}/world"]


@pytest.mark.parametrize(("path", "is_article"), [("", False), ("first", True)])
def test_an_article_is_told_from_a_page_that_lists_them(path: str, is_article: bool) -> None:
    what = SITES["newspaper"]()
    start = next(iter(what.articles)) if path else "/politics"
    found = scout(what).around(f"https://{what.host}{start}")
    assert (found.is_article, found.is_part) == (is_article, not is_article)


def test_what_cannot_be_had_is_noted_and_only_the_start_is_needed() -> None:
    class Broken(Served):
        def fetch(self, request: Request, source: Source) -> Capture:
            if request.url.endswith(".txt"):
                raise Unreachable(f"{request.url}: no answer")
            return super().fetch(request, source)

    looked = Scout(Broken(site()), LayoutReader(), gap=timedelta(0))
    looked.around(f"{HOME}/")
    assert f"{HOME}/robots.txt: no answer" in looked.tried
    with pytest.raises(Unreachable):
        looked.fetched(f"{HOME}/robots.txt")
    with pytest.raises(InputError, match="answered 404"):
        looked.around(f"{HOME}/nowhere")
