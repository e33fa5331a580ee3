"""A site with listings in HTML, feeds and sitemaps, and rounds over it with the real reader."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from standins import HOST, Answer, SetClock, Site, source, url

from monitor.jobs.round import Tools, run_round
from monitor.model import Request
from monitor.parsing.reader import LayoutReader
from monitor.settings import Finding, Source
from monitor.storing.sqlite import SqliteStore


@dataclass
class Lists:
    """The service's hand over it."""

    store: SqliteStore
    clock: SetClock = field(default_factory=SetClock)
    source: Source = field(default_factory=lambda: source(publication="P", find=Finding(articles=(r"/p\d+$",))))

    def __post_init__(self) -> None:
        self.site = Site(self.clock)
        self.tools = Tools(self.store, self.site, LayoutReader(), self.clock, "w", 10_000)

    def find(self, **find: object) -> None:
        """Set where articles are found."""
        self.source = replace(self.source, find=replace(self.source.find, **find))  # type: ignore[arg-type]

    def write(self, *numbers: int) -> None:
        """Have the site hold articles of these numbers."""
        for number in numbers:
            self.site.pages[url(f"p{number}")] = Answer(f"<h1>Title {number}</h1><p>Words of {number}.</p></body>".encode())

    def put(self, path: str, body: str, etag: str | None = None) -> None:
        self.site.pages[f"{HOST}/{path}"] = Answer(body.encode(), etag=etag)

    def list(self, path: str, *numbers: int, more: str = "", etag: str | None = None) -> None:
        """Have a page link to articles, and to its next page."""
        self.write(*numbers)
        links = "".join(f'<h4><a href="/p{number}">Title {number}</a></h4>' for number in numbers)
        self.put(path, f'{links}<a class="next" href="{more}">more</a>' if more else links, etag)

    def feed(self, path: str, *numbers: int, updated: str = "") -> None:
        self.write(*numbers)
        when = f"<updated>{updated}</updated>" if updated else ""
        entries = (f'<entry><title>T</title><link href="{HOST}/p{n}"/>{when}</entry>' for n in numbers)
        self.put(path, f'<feed xmlns="http://www.w3.org/2005/Atom">{"".join(entries)}</feed>')

    def sitemap(self, path: str, *numbers: int, lastmod: str = "", etag: str | None = None) -> None:
        self.write(*numbers)
        when = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
        self.put(path, f"<urlset>{''.join(f'<url><loc>{HOST}/p{n}</loc>{when}</url>' for n in numbers)}</urlset>", etag)

    def index(self, path: str, *named: str | tuple[str, str], etag: str | None = None) -> None:
        """Have an index name sitemaps, each with the day on which it was altered where one is given."""
        pairs = [(each, "") if isinstance(each, str) else each for each in named]
        entries = (f"<sitemap><loc>/{name}</loc>{f'<lastmod>{at}</lastmod>' if at else ''}</sitemap>" for name, at in pairs)
        self.put(path, f"<sitemapindex>{''.join(entries)}</sitemapindex>", etag)

    def round(self) -> None:
        self.clock.move(timedelta(hours=6))
        self.site.asked.clear()
        run_round(self.source, self.tools)

    def asked(self) -> list[str]:
        """What was asked for in the last round, less the articles."""
        return [each.url.removeprefix(f"{HOST}/") for each in self.site.asked if each.is_listing]

    def requests(self) -> dict[str, Request]:
        return {each.url.removeprefix(f"{HOST}/"): each for each in self.site.asked}

    def known(self) -> list[int]:
        return sorted(int(page.url.rpartition("/p")[2]) for page in self.store.pages())

    def problem(self) -> str:
        return next((each.detail for each in self.store.incidents() if each.kind == "listing"), "")

    def is_whole(self) -> bool:
        """Whether all listings were read to their end in the last round."""
        return self.store.listings_whole("a") == self.clock.now()


def logged(caplog: pytest.LogCaptureFixture) -> Sequence[dict[str, object]]:
    """What the rounds said of themselves at their ends."""
    return [vars(each)["fields"] for each in caplog.records if each.levelno == logging.INFO and each.message == "round ended"]
