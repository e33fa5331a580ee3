"""kcna.kp changes its generation: other addresses, another layout, no day on the page. None of that is an edit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from parsing.markup import library
from sites import texts
from sites.kcna_kp import Item, listing_page, new_address, new_page, old_address, old_page
from standins import Answer, SetClock, Site
from storing.steps import EVERYTHING

from monitor.article import Article
from monitor.jobs.round import Tools, run_round
from monitor.model import Run, Seen
from monitor.parsing.reader import LayoutReader
from monitor.settings import Source
from monitor.storing.sqlite import SqliteStore, StoreFile

BEFORE, AFTER = datetime(2026, 6, 20, tzinfo=UTC), datetime(2026, 7, 20, tzinfo=UTC)
HTML = (("Content-Type", "text/html"),)
ARTICLES = (texts.POULTRY, texts.PLANT)


class Generations:
    """The source of the library, and the site on both sides of the change."""

    def __init__(self, store: SqliteStore) -> None:
        self.store = store
        self.clock = SetClock(BEFORE)
        self.site = Site(self.clock)
        self.kept = library("kcna-en")
        self.listing = self.kept.find.listings[0]
        old = tuple(old_address(n) for n in range(len(ARTICLES)))
        find = replace(self.kept.find, pages=old, listings=(), forms=(), session=None)  # as one would have had it then
        self.source: Source = replace(self.kept, find=find)
        self.tools = Tools(store, self.site, LayoutReader(), self.clock, "w", 10_000)

    def serve(self, address: str, page: str) -> None:
        self.site.pages[address] = Answer(page.encode(), headers=HTML)

    def before(self) -> None:
        """The site of 2022."""
        for n, article in enumerate(ARTICLES):
            assert article.published is not None
            self.serve(old_address(n), old_page(article, f"[{article.published:%Y.%-m.%-d.}]", n))

    def after(self, *articles: Article) -> None:
        """The site of July 2026: the old addresses redirect to the new ones."""
        items = []
        for n, article in enumerate(articles):
            self.site.pages[old_address(n)] = Answer(to=new_address(n))
            self.serve(new_address(n), new_page(article, n))
            items.append(Item(new_address(n), article.title, "2026-07-19"))
        self.serve(self.listing, listing_page(items, 1, 1))
        self.source = self.kept

    def round(self) -> Run:
        self.clock.move(timedelta(hours=13))
        return run_round(self.source, self.tools)

    def log(self) -> list[tuple[str, str]]:
        """What is news, oldest first."""
        changes = self.store.changes(replace(EVERYTHING, baseline=False))
        return [(change.kind.value, change.url) for change in reversed(list(changes))]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Generations]:
    with StoreFile(tmp_path / "monitor.db", lasting=False).open() as store:
        made = Generations(store)
        made.before()
        made.round()
        made.clock.at = AFTER
        yield made


def test_an_article_that_both_generations_show_is_moved_and_not_edited(site: Generations) -> None:
    assert site.log() == []
    site.after(*ARTICLES)
    for _ in range(4):
        site.round()
    assert sorted(site.log()) == sorted(("moved", new_address(n)) for n in range(2))
    states = {page.url: page.seen for page in site.store.pages()}
    assert states == {
        **{old_address(n): Seen.REDIRECTED for n in range(2)},
        **{new_address(n): Seen.PARSED for n in range(2)},
    }
    assert [incident.kind for incident in site.store.incidents() if incident.kind == "layout"] == []


def test_an_edit_made_after_the_change_is_one_of_the_new_page(site: Generations) -> None:
    site.after(*ARTICLES)
    site.round()
    site.round()
    words = tuple(text.replace("Pak Un Hyok, ", "") for text in texts.POULTRY.paragraphs)
    site.after(replace(texts.POULTRY, paragraphs=words), texts.PLANT)
    site.round()
    assert [each for each in site.log() if each[0] == "edited"] == [("edited", new_address(0))]
