"""What is proposed for an example site, and what a source reads of it: for the tests of ``monitor add``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from jobs.example_sites import Served, Site, Truth

from monitor.article import Article
from monitor.errors import ParseError
from monitor.jobs.adding.add import Adder
from monitor.jobs.adding.scouting import Scout
from monitor.model import Request
from monitor.parsing.address import is_article
from monitor.parsing.reader import LayoutReader
from monitor.settings import Source
from monitor.telling.proposal import Proposal

NOW = datetime(2025, 11, 2, tzinfo=UTC)


def proposed(site: Site, start: str = "", name: str = "") -> tuple[Proposal, Served]:
    """What is proposed for a site from one of its addresses, and what was asked for."""
    served, reader = Served(site), LayoutReader()
    scout = Scout(served, reader, gap=timedelta(0))
    return Adder(scout, reader, NOW).propose(f"https://{site.host}{start or site.start}", name, lambda _: False), served


def read(site: Site, source: Source) -> Iterator[tuple[str, Truth, Article]]:
    """The articles that a source reads: path, what is true, what was read."""
    for path, truth in site.articles.items():
        capture = Served(site).fetch(Request(f"https://{site.host}{path}"), source)
        try:
            article = LayoutReader().read(capture, source).article
        except ParseError:
            continue
        if article is not None and is_article(capture.url, source):
            yield path, truth, article
