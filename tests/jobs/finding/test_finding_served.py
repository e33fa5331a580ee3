"""The whole road from listings, feeds and packed sitemaps to articles, on a real local server, through the real fetcher."""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from jobs.lists import Lists
from pytest_httpserver import HTTPServer
from standins import source
from werkzeug import Request, Response

from monitor.fetching.http import HttpFetcher
from monitor.fetching.pace import Pace
from monitor.jobs.round import run_round
from monitor.model import Seen
from monitor.settings import Duration, Finding, Politeness, Series
from monitor.storing.sqlite import StoreFile


class Paper:
    """A site as WordPress makes them: an AJAX listing, a malformed feed, an index of packed sitemaps. ``asked`` are paths."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.unmodified: list[str] = []

    def respond(self, request: Request) -> Response:
        path = request.full_path.rstrip("?")
        self.asked.append(path)
        if request.headers.get("If-None-Match") == '"1"':
            self.unmodified.append(path)
            return Response(status=304)
        body, kind = self.page(request)
        return Response(body, 200 if body else 404, headers={"ETag": '"1"'}, content_type=kind)

    def page(self, request: Request) -> tuple[bytes, str]:
        path, start = request.path, request.args.get("from", "")
        if path == "/ajax" and start:
            numbers = range(int(start) + 1, min(int(start) + 11, 26))
            cards = (f'<div class="article-desc"><h4><a href="/p{n}?utm_source=list">{n}</a></h4></div>' for n in numbers)
            return "".join(cards).encode() or b"0", "text/html"
        if path == "/feed":
            return b"<rss version=2.0><channel><item><link>/p31</link><enclosure url=x></item></channel></rss>", "text/html"
        if path == "/index.xml":
            return (
                b"<sitemapindex><sitemap><loc>/s.xml.gz</loc><lastmod>2025-01-01</lastmod></sitemap></sitemapindex>",
                "text/xml",
            )
        if path == "/s.xml.gz":
            return gzip.compress(b"<urlset><url><loc>/p41</loc></url></urlset>"), "application/x-gzip"
        if re.fullmatch(r"/p\d+", path):
            return f"<h1>Title {path}</h1><p>Words of {path}.</p></body>".encode(), "text/html"
        return b"", "text/plain"


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def lists(tmp_path: Path, httpserver: HTTPServer, paper: Paper) -> Iterator[Lists]:
    httpserver.expect_request(re.compile(".*")).respond_with_handler(paper.respond)
    host, stop = httpserver.url_for("").rstrip("/"), threading.Event()
    find = Finding(
        articles=(r"/p\d+",),
        series=(Series(f"{host}/ajax?from={{page}}&to=10", 0, 90, 10),),
        feeds=(f"{host}/feed",),
        sitemaps=(f"{host}/index.xml",),
    )
    polite = Politeness(gap=Duration(0), robots=False)
    with StoreFile(tmp_path / "monitor.db", lasting=False).open() as store:
        made = Lists(store, source=source(publication="P", find=find, polite=polite, reach=("127.0.0.0/8", "::1")))
        fetcher = HttpFetcher(made.clock, Pace(stop), contact="mailto:us@example.org", stop=stop)
        made.tools = replace(made.tools, fetcher=fetcher)
        yield made
        fetcher.close()


def test_articles_are_found_and_read_wherever_they_are_listed(lists: Lists, paper: Paper) -> None:
    run = run_round(lists.source, lists.tools)
    assert run.seen == ((Seen.PARSED, 27),)
    assert lists.problem() == ""
    found = [path for path in paper.asked if not path.startswith("/p")]
    assert found == [
        "/ajax?from=0&to=10",
        "/ajax?from=10&to=10",
        "/ajax?from=20&to=10",
        "/ajax?from=30&to=10",
        "/feed",
        "/index.xml",
        "/s.xml.gz",
    ]
    assert lists.store.listings_whole("a") is not None


def test_in_the_next_round_nothing_is_asked_for_twice_or_without_a_condition(lists: Lists, paper: Paper) -> None:
    run_round(lists.source, lists.tools)
    paper.asked.clear()
    run = run_round(lists.source, lists.tools, everything=True)
    assert [path for path in paper.asked if not path.startswith("/p")] == ["/ajax?from=0&to=10", "/feed", "/index.xml"]
    assert set(paper.asked) == set(paper.unmodified)
    assert run.seen == ((Seen.NOT_MODIFIED, 27),)
    assert lists.store.listings_whole("a") is not None
