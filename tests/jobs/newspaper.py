"""A newspaper of many articles, in HTML, whose site can be redesigned and whose articles can be edited, and rounds over it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from standins import Answer, SetClock, Site, url
from storing.steps import EVERYTHING
from visit.test_evidence import Shelf

from monitor.article import Article
from monitor.jobs.round import Tools, run_round
from monitor.model import NewPage, Run
from monitor.parsing.reader import LayoutReader
from monitor.protocols import Archive
from monitor.settings import Duration, Finding, Layout, Rule, Source
from monitor.storing.sqlite import SqliteStore

INTERVAL = Duration(hours=6)
OLD = Layout(
    name="old",
    title=(Rule(css="h1.headline"),),
    published=(Rule(css="time", attr="datetime"),),
    paragraphs=(Rule(css="div.story"),),
)
WORDS = "river harvest minister council village engine market winter signal bridge paper evening garden travel music".split()  # noqa: SIM905
Page = Callable[[Article], str]


def old_page(article: Article) -> str:
    """An article in the design that the layout ``old`` reads."""
    paragraphs = "".join(f"<p>{each}</p>" for each in article.paragraphs)
    day = article.published.isoformat() if article.published else ""
    return (
        f"<html><body><nav>Home</nav><h1 class=headline>{article.title}</h1><time datetime={day}>a day</time>"
        f"<div class=story>{paragraphs}</div></body></html>"
    )


def written(number: int) -> Article:
    """An article of its own: a title, a day, and five paragraphs of a few dozen words."""
    chance = random.Random(number)
    paragraphs = tuple(" ".join(chance.choices(WORDS, k=30)) + f" {number}.{at}." for at in range(5))
    return Article("The Paper", f"Title {number}", date(2025, 1 + number % 12, 1 + number % 28), paragraphs)


@dataclass
class Newspaper:
    """Rounds over a source of ``count`` pages, with a real reader."""

    store: SqliteStore
    count: int = 60
    archive: Archive = field(default_factory=Shelf)
    clock: SetClock = field(default_factory=SetClock)
    source: Source = field(
        default_factory=lambda: Source(
            "paper", (OLD,), publication="The Paper", find=Finding(articles=(r"/a\d+$",)), interval=INTERVAL
        )
    )
    design: Page = old_page
    articles: dict[str, Article] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.site = Site(self.clock)
        self.tools = Tools(self.store, self.site, LayoutReader(), self.clock, "w", 10_000, self.archive)
        self.articles = {f"a{number}": written(number) for number in range(self.count)}
        self.store.sync_sources([self.source.name], self.clock.now())
        pages = [NewPage(f"a.example/{name}", url(name)) for name in self.articles]
        self.store.add_pages(self.source.name, pages, self.clock.now())
        self.round(timedelta(0))

    def publish(self) -> None:
        for name, article in self.articles.items():
            self.site.pages[url(name)] = Answer(self.design(article).encode())

    def round(self, after: timedelta = INTERVAL) -> Run:
        self.publish()
        self.clock.move(after)
        return run_round(self.source, self.tools)

    def edit(self, name: str, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> None:
        """Alter the paragraphs of an article."""
        self.articles[name] = replace(self.articles[name], paragraphs=change(self.articles[name].paragraphs))

    def read_by(self, *layouts: Layout) -> None:
        """From now on these layouts read the source."""
        self.source = replace(self.source, layouts=layouts)

    def log(self) -> list[tuple[str, str]]:
        """What was logged since the first round, oldest first."""
        changes = self.store.changes(replace(EVERYTHING, baseline=False))
        return [(change.kind.value, change.url.rpartition("/")[2]) for change in reversed(list(changes))]

    def edited(self) -> list[str]:
        assert {kind for kind, _ in self.log()} <= {"edited", "reverted"}
        return sorted(name for _, name in self.log())

    def open(self) -> dict[str, str]:
        """The open incidents, by kind."""
        return {incident.kind: incident.detail for incident in self.store.incidents()}
