"""A redesign is one incident and no edit, whatever it does to the pages; an edit of many pages is news, however many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from jobs.newspaper import OLD, Newspaper, Page, old_page, written
from standins import url

from monitor.article import Article
from monitor.errors import Stopped
from monitor.jobs.round import check_page
from monitor.model import LogQuery, Request, Seen
from monitor.settings import Layout, Rule
from monitor.storing.sqlite import StoreFile


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Newspaper]:
    with StoreFile(tmp_path / "monitor.db", lasting=False).open() as store:
        paper = Newspaper(store)
        assert paper.log() == []
        yield paper


def with_ad(article: Article) -> str:
    """Every page has the same new paragraph among those of its text."""
    return old_page(article).replace("<div class=story>", "<div class=story><p class=ad>Read more in our application.</p>")


def with_two_columns(article: Article) -> str:
    """Half of the text is outside the element that the layout reads."""
    return old_page(replace(article, paragraphs=article.paragraphs[:2])).replace(
        "</body>", "".join(f"<p class=more>{each}</p>" for each in article.paragraphs[2:]) + "</body>"
    )


def without_day(article: Article) -> str:
    return old_page(article).replace("<time", "<span").replace("</time>", "</span>")


def with_site_name(article: Article) -> str:
    """The headline that the layout finds first is the site's."""
    return old_page(article).replace("<nav>", "<h1 class=headline>The Paper of Today</h1><nav>")


def in_one_block(article: Article) -> str:
    """Line breaks where paragraphs were."""
    return old_page(replace(article, paragraphs=(" ".join(article.paragraphs),)))


def unread(article: Article) -> str:
    return old_page(article).replace("headline", "title")


REDESIGNS = [
    (with_ad, "paragraphs gained 'Read more in our application.' (old: div.story)", replace(OLD, drop=("p.ad",))),
    (with_two_columns, "paragraphs lost a third", replace(OLD, paragraphs=(Rule(css="div.story, p.more"),))),
    (without_day, "published is missing (old: time @datetime)", replace(OLD, published=(Rule(css="span", attr="datetime"),))),
    (with_site_name, "title gained 'The Paper of Today' (old: h1.headline)", replace(OLD, title=(Rule(css="nav + h1"),))),
    (unread, "title cannot be read (old: h1.headline)", replace(OLD, title=(Rule(css="h1"),))),
]


@pytest.mark.parametrize(("design", "said", "layout"), REDESIGNS, ids=lambda each: getattr(each, "__name__", ""))
def test_a_redesign_is_one_incident_and_what_was_edited_meanwhile_is_found_afterwards(
    paper: Newspaper, design: Page, said: str, layout: Layout
) -> None:
    paper.design = design
    for _ in range(3):
        paper.edit("a7", lambda paragraphs: (*paragraphs[:3], "It was altered.", *paragraphs[4:]))
        paper.round()
    assert paper.log() == []
    assert said in paper.open()["layout"]
    assert sum(incident.kind == "layout" for incident in paper.store.incidents(open_only=False)) == 1
    paper.read_by(layout)
    paper.round(timedelta(days=30))
    assert paper.edited() == ["a7"]
    assert "layout" not in paper.open()
    assert all(page.seen is Seen.PARSED for page in paper.store.pages())
    paper.round()
    assert paper.edited() == ["a7"]


def test_an_edit_before_a_redesign_shows_nothing_of_the_redesign(paper: Newspaper) -> None:
    """The new layout comes before the old one, and reads captures of the old design without their day."""
    paper.design = without_day
    paper.round()
    paper.edit("a7", lambda paragraphs: (*paragraphs[:4], "It was altered."))
    paper.read_by(replace(OLD, name="new", published=(Rule(css="span", attr="datetime"),)), OLD)
    paper.round(timedelta(days=30))
    assert paper.edited() == ["a7"]
    (change,) = paper.store.changes(LogQuery())
    before, after = (paper.store.version(change.page, number) for number in (change.before, change.after))
    assert before is not None
    assert after is not None
    assert (before.number, before.article.published) == (1, after.article.published)


def test_paragraphs_that_are_divided_otherwise_on_every_page_are_a_redesign(paper: Newspaper) -> None:
    paper.design = in_one_block
    paper.round()
    assert paper.log() == []
    assert "paragraphs is divided otherwise" in paper.open()["layout"]


def test_a_redesign_that_is_taken_back_leaves_nothing(paper: Newspaper) -> None:
    paper.design = with_ad
    paper.round()
    paper.design = old_page
    paper.round()
    assert (paper.log(), paper.open()) == ([], {})


def test_a_redesign_in_the_middle_of_a_round_is_seen(paper: Newspaper) -> None:
    asked = []

    def redesign(request: Request) -> None:
        asked.append(request.url)
        if len(asked) == 30:
            paper.design = with_ad
            paper.publish()

    paper.site.before = redesign
    paper.round()
    assert paper.log() == []
    assert "layout" in paper.open()


def test_once_a_redesign_is_found_no_other_pages_are_asked(paper: Newspaper) -> None:
    paper.design = with_two_columns
    paper.site.asked.clear()
    paper.round()
    assert len(paper.site.asked) < 60 + 16 * 4 + 7 + 1, "three and the front page for each of the first batch, then none"


def test_while_a_redesign_is_known_a_single_visit_is_held_back(paper: Newspaper) -> None:
    paper.design = with_ad
    paper.round()
    outcome = check_page(paper.store.page_at(url("a3")).id, paper.source, paper.tools)  # type: ignore[union-attr]
    assert outcome is not None
    assert outcome.observation.seen is Seen.BROKEN
    assert outcome.observation.detail.startswith("held back, as many pages read otherwise all at once: paragraphs gained")
    assert paper.log() == []


@pytest.mark.parametrize("design", [with_ad, unread])
def test_the_pages_are_due_as_often_as_before(paper: Newspaper, design: Page) -> None:
    paper.design = design
    for _ in range(3):
        assert sum(count for _, count in paper.round().seen) == 60


def test_its_captures_are_kept(paper: Newspaper) -> None:
    paper.design = with_ad
    paper.round()
    page = paper.store.page_at(url("a3"))
    assert page is not None
    assert len(paper.store.kept(page.id)) == 2


def test_what_looks_like_a_redesign_and_is_none_is_logged_once_somebody_says_so(paper: Newspaper) -> None:
    paper.design = with_ad
    paper.round()
    assert paper.store.deny_drift("paper", paper.clock.now())
    assert paper.open() == {}
    paper.round()
    assert len(paper.edited()) == 60
    assert paper.open() == {}
    paper.round()
    assert paper.store.no_drift("paper") == frozenset(), "and said once, it holds for this time"
    assert not paper.store.deny_drift("paper", paper.clock.now())


# What is no redesign


def test_a_name_that_is_cut_from_many_pages_is_news(paper: Newspaper) -> None:
    names = [f"a{number}" for number in range(0, 60, 2)]
    for name in names:
        paper.edit(name, lambda p: (p[0] + " Jang Song Thaek was there.", *p[1:]))
    purged = paper_with_articles(paper)
    for name in names:
        purged.edit(name, lambda p: (p[0].replace("Jang Song Thaek", "An official"), *p[1:]))
    purged.round()
    assert purged.edited() == sorted(names)
    assert purged.open() == {}


def paper_with_articles(paper: Newspaper) -> Newspaper:
    """The same, once its articles as they are now are what is known of them."""
    paper.round()
    paper.store.handle.write("UPDATE change SET baseline = 1")
    paper.store.handle.write("UPDATE facet SET baseline = 1")
    assert paper.open() == {}
    return paper


@pytest.mark.parametrize("share", [20, 60])
def test_a_paragraph_that_is_cut_from_many_pages_is_news(paper: Newspaper, share: int) -> None:
    """Even when it was the longest of them, and even from every page."""
    names = [f"a{number}" for number in range(share)]
    common = " ".join(["The leader gave guidance on the spot."] * 30)
    for name in names:
        paper.edit(name, lambda p: (*p, common))
    purged = paper_with_articles(paper) if share < 60 else accepted(paper)
    for name in names:
        purged.edit(name, lambda p: p[:-1])
    purged.round()
    assert purged.edited() == sorted(names)
    assert purged.open() == {}


def accepted(paper: Newspaper) -> Newspaper:
    """What was added to every page looks like a redesign, until somebody says that it is none."""
    paper.round()
    paper.store.deny_drift("paper", paper.clock.now())
    return paper_with_articles(paper)


def test_pages_next_to_each_other_that_are_emptied_are_news(paper: Newspaper) -> None:
    """They fill several batches of visits; only pages from elsewhere tell that it is no redesign."""
    names = [f"a{number}" for number in range(35)]
    for name in names:
        paper.edit(name, lambda p: ("This article was withdrawn.",))
    paper.round()
    assert paper.edited() == sorted(names)
    assert paper.open() == {}


def test_few_pages_from_elsewhere_are_asked(paper: Newspaper) -> None:
    paper.site.asked.clear()
    names = [f"a{number}" for number in range(35)]
    for name in names:
        paper.edit(name, lambda p: p[:3])
    paper.round()
    assert paper.edited() == sorted(names)
    assert len(paper.site.asked) == 60 + 7


def test_a_note_on_many_pages_is_news(paper: Newspaper) -> None:
    names = [f"a{number}" for number in range(20, 50)]
    for name in names:
        paper.edit(name, lambda p: ("Correction: an earlier version named a wrong office.", *p))
    paper.round()
    assert paper.edited() == sorted(names)
    assert paper.open() == {}


def test_single_edits_are_logged_in_their_round(paper: Newspaper) -> None:
    paper.edit("a3", lambda p: p[:2])
    paper.edit("a50", lambda p: (*p, "More."))
    paper.round()
    assert paper.edited() == ["a3", "a50"]


def test_a_small_source_has_no_redesign_to_wait_for(tmp_path: Path) -> None:
    with StoreFile(tmp_path / "small.db", lasting=False).open() as store:
        paper = Newspaper(store, 4)
        paper.design = with_ad
        paper.round()
        assert len(paper.edited()) == 4


def test_a_round_that_is_cut_short_leaves_what_was_put_aside_due(paper: Newspaper) -> None:
    paper.design = with_ad
    paper.edit("a2", lambda p: (*p, "More."))

    def stop(request: Request) -> None:
        if request.url == url("a4"):
            raise Stopped("told to stop")

    paper.site.before = stop
    with pytest.raises(Stopped):
        paper.round()
    assert paper.log() == []
    due = {page.url for page in paper.store.pages() if page.next_visit and page.next_visit <= paper.clock.now()}
    assert {url(f"a{number}") for number in range(5)} <= due
    paper.site.before = lambda request: None
    paper.design = old_page
    paper.round(timedelta(minutes=5))
    assert paper.edited() == ["a2"]


def test_the_articles_are_all_different() -> None:
    assert len({written(number).paragraphs for number in range(60)}) == 60
