"""Stories, through whole rounds: the same edit on copies, moves, campaigns; bit by bit the same as all at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jobs.scene import INTERVAL, LISTING, Scene
from standins import Answer, article, url

from monitor.article import Article
from monitor.jobs.following.stories import Stories
from monitor.judging.campaigns import Rule
from monitor.model import Change, Kind, LogQuery, Story, StoryKind
from monitor.settings import Duration, Finding
from monitor.storing.sqlite import SqliteStore, StoreFile

NAME = "Jang Song Thaek"
PLACES = ("Sinyang", "Taechong", "Paeksok", "Yongjin", "Hwanggang", "Ryongmun", "Sunchon", "Anju", "Mirae", "Kaechon", "Nampho")


def text(number: int, *more: str) -> Article:
    """An article like no other, about the delegation and its guest."""
    place = PLACES[number % len(PLACES)]
    own = " ".join(f"{word}{number}" for word in ("builders", "wheat", "bricks", "harvest", "lessons", "trains", "looms", "nets"))
    return article(f"{place} News {number}", f"{own} in {place}.", f"The guests were Pak Pong Ju, {NAME}, Kim Ki Nam.", *more)


def without(what: Article, old: str = f"{NAME}, ", new: str = "") -> Article:
    return replace(what, paragraphs=tuple(each.replace(old, new) for each in what.paragraphs))


@pytest.fixture
def ten(scene: Scene) -> Scene:
    """Ten pages, taken in as baseline."""
    for number in range(10):
        scene.site.put(f"p{number}", text(number))
    scene.list(*(f"p{number}" for number in range(10)))
    scene.round(timedelta(0))
    return scene


def edit(scene: Scene, *numbers: int, old: str = f"{NAME}, ", new: str = "") -> None:
    for number in numbers:
        scene.site.put(f"p{number}", without(text(number), old, new))


def changes(store: SqliteStore, *kinds: Kind) -> list[Change]:
    return sorted(store.changes(LogQuery(kinds=frozenset(kinds), limit=None)), key=lambda change: change.id)


def names(store: SqliteStore, story: Story) -> list[str]:
    found = (store.change(number) for number in store.story_changes(story.id))
    return sorted({change.url.rpartition("/")[2] for change in found if change})


# Campaigns


def test_a_name_cut_from_many_pages_is_one_campaign_over_rounds(ten: Scene) -> None:
    edit(ten, 0, 1, 2)
    ten.round()
    assert ten.store.campaigns(LogQuery()) == []
    edit(ten, 3, 4)
    ten.round()
    first = ten.store.campaigns(LogQuery())
    assert [(story.what, story.pages) for story in first] == [(f"cut: {NAME}", 5)]
    edit(ten, 5, 6)
    ten.round()
    (story,) = ten.store.campaigns(LogQuery())
    assert (story.id, story.pages, story.kind) == (first[0].id, 7, StoryKind.CAMPAIGN), "it grows, and keeps its number"
    assert names(ten.store, story) == [f"p{number}" for number in range(7)]
    assert story.last - story.first == 2 * INTERVAL
    found = changes(ten.store, Kind.EDITED)
    assert ten.store.story_of([change.id for change in found]) == {change.id: story for change in found}
    assert ten.store.story(story.id) == story


def test_a_name_that_stood_beside_the_purged_one_is_no_campaign_of_its_own(scene: Scene) -> None:
    """Thirty pages lose a passage about the one, on most of which the other is named as well; one more loses the other alone."""
    pages = [f"p{number}" for number in range(31)]
    for number, name in enumerate(pages):
        who = f"{NAME} and {'Pak Pong Ju' if number < 22 else 'Kim Ki Nam'}" if number < 30 else "Pak Pong Ju"
        passage = f"In the evening the guests were shown the new houses of the town, where {who} had a talk with the builders."
        scene.site.put(name, article(f"News {number}", f"The {number}th day began well and ended in rain.", passage))
    scene.list(*pages)
    scene.round(timedelta(0))
    for number, name in enumerate(pages):
        scene.site.put(name, article(f"News {number}", f"The {number}th day began well and ended in rain."))
    scene.round()
    (story,) = scene.store.campaigns(LogQuery())
    assert (story.what, story.pages) == (f"cut: {NAME}", 30)
    other = next(change.id for change in changes(scene.store, Kind.EDITED) if change.url == url("p30"))
    assert scene.store.stories(other) == []


def test_an_edit_that_is_another_one_is_not_in_it(ten: Scene) -> None:
    edit(ten, 0, 1, 2, 3, 4)
    edit(ten, 5, old="guests", new="visitors")
    ten.round()
    (story,) = ten.store.campaigns(LogQuery())
    assert names(ten.store, story) == [f"p{number}" for number in range(5)]
    other = next(change.id for change in changes(ten.store, Kind.EDITED) if change.url == url("p5"))
    assert ten.store.story_of([other]) == {}
    assert ten.store.stories(other) == []


def test_a_section_that_is_removed_is_one(scene: Scene) -> None:
    pages = [f"news/culture/p{number}" for number in range(6)]
    for number, name in enumerate(pages):
        scene.site.put(name, text(number))
    scene.site.put("p7", text(7))
    scene.source = replace(scene.source, find=Finding(listings=(LISTING,), articles=("/p",)))
    scene.list(*pages, "p7")
    scene.round(timedelta(0))
    scene.drop(*pages)
    for _ in range(3):
        scene.round()
    (story,) = scene.store.campaigns(LogQuery())
    assert (story.what, story.pages) == ("removed under a.example/news/culture/", 6)


def test_campaigns_are_those_of_a_source_and_of_late(ten: Scene) -> None:
    edit(ten, 0, 1, 2, 3, 4)
    ten.round()
    assert len(ten.store.campaigns(LogQuery(sources=frozenset(["a"]), since=ten.clock.now()))) == 1
    assert ten.store.campaigns(LogQuery(sources=frozenset(["b"]))) == []
    assert ten.store.campaigns(LogQuery(since=ten.clock.now() + timedelta(hours=1))) == []


def test_a_campaign_may_go_over_several_sources(ten: Scene) -> None:
    other = Scene(ten.store, ten.clock, replace(ten.source, name="b", find=Finding(listings=(f"{LISTING}2",), articles=("/q",))))
    other.site = ten.site
    other.tools = ten.tools
    for number in (6, 7):
        ten.site.put(f"q{number}", text(10 + number))
    ten.site.pages[f"{LISTING}2"] = Answer("\n".join(url(f"q{number}") for number in (6, 7)).encode())
    other.round(timedelta(0))
    edit(ten, 0, 1, 2)
    for number in (6, 7):
        ten.site.put(f"q{number}", without(text(10 + number)))
    ten.round()
    other.round(timedelta(0), everything=True)
    (story,) = ten.store.campaigns(LogQuery())
    assert names(ten.store, story) == ["p0", "p1", "p2", "q6", "q7"]
    assert ten.store.campaigns(LogQuery(sources=frozenset(["b"]))) == [story]


def test_what_makes_a_campaign_is_set(ten: Scene) -> None:
    ten.tools = replace(ten.tools, campaigns=Rule(Duration(days=1), 2))
    edit(ten, 0, 1)
    ten.round()
    assert len(ten.store.campaigns(LogQuery())) == 1


def test_the_first_round_is_no_campaign(ten: Scene) -> None:
    assert ten.store.handle.value("SELECT count(*) FROM clue") == 0


# Copies


@pytest.fixture
def copies(scene: Scene) -> Scene:
    """A text at three addresses, and another page."""
    for name in ("p1", "p2", "p3"):
        scene.site.put(name, text(1))
    scene.site.put("p4", text(4))
    scene.list("p1", "p2", "p3", "p4")
    scene.round(timedelta(0))
    return scene


def test_the_same_edit_on_copies_is_one_story(copies: Scene) -> None:
    for name in ("p1", "p3"):
        copies.site.put(name, without(text(1)))
    copies.round()
    one, three = changes(copies.store, Kind.EDITED)
    (story,) = copies.store.stories(one.id)
    assert (story.kind, story.what, story.pages) == (StoryKind.COPIES, "the same edit on copies", 2)
    assert names(copies.store, story) == ["p1", "p3"]
    told = copies.store.copies(three.id)
    assert (told.pages, told.alike, told.is_alone) == (2, 1, False)
    assert copies.store.campaigns(LogQuery()) == []


@pytest.mark.parametrize("what", ["published", "typography"])
def test_another_day_or_other_signs_on_copies_are_the_same_edit_too(copies: Scene, what: str) -> None:
    before = text(1)
    day = before.published + timedelta(days=3) if before.published else None
    signs = tuple(each.replace(".", "!") for each in before.paragraphs)
    after = replace(before, published=day) if what == "published" else replace(before, paragraphs=signs)
    for name in ("p1", "p3"):
        copies.site.put(name, after)
    copies.round()
    one, three = changes(copies.store, Kind.EDITED)
    assert [story.kind for story in copies.store.stories(one.id)] == [StoryKind.COPIES]
    assert not copies.store.copies(three.id).is_alone


def test_an_edit_of_one_copy_is_alone_among_them(copies: Scene) -> None:
    copies.site.put("p2", without(text(1)))
    copies.round()
    (change,) = changes(copies.store, Kind.EDITED)
    told = copies.store.copies(change.id)
    assert (told.pages, told.alike, told.is_alone) == (2, 0, True)


def test_it_is_alone_no_more_once_the_others_follow(copies: Scene) -> None:
    copies.site.put("p2", without(text(1)))
    copies.round()
    copies.site.put("p1", without(text(1)))
    copies.round()
    assert [copies.store.copies(change.id).alike for change in changes(copies.store, Kind.EDITED)] == [1, 1]


def test_copies_edited_in_different_ways_are_none(copies: Scene) -> None:
    copies.site.put("p1", without(text(1)))
    copies.site.put("p2", without(text(1), "guests", "visitors"))
    copies.round()
    found = changes(copies.store, Kind.EDITED)
    assert [copies.store.stories(change.id) for change in found] == [[], []]
    assert [copies.store.copies(change.id).is_alone for change in found] == [True, True]


def test_a_page_without_copies_is_not_alone_among_any(copies: Scene) -> None:
    copies.site.put("p4", without(text(4)))
    copies.round()
    (change,) = changes(copies.store, Kind.EDITED)
    assert (copies.store.copies(change.id).pages, copies.store.copies(change.id).is_alone) == (0, False)


def test_a_removal_of_one_copy_is_alone_and_of_all_is_not(copies: Scene) -> None:
    copies.drop("p1")
    for _ in range(3):
        copies.round()
    (first,) = changes(copies.store, Kind.REMOVED)
    assert copies.store.copies(first.id).is_alone
    copies.drop("p2", "p3")
    for _ in range(3):
        copies.round()
    assert [copies.store.copies(change.id).alike for change in changes(copies.store, Kind.REMOVED)] == [2, 2, 2]


# Moves


@pytest.mark.parametrize("rounds_before", [0, 1, 3])
def test_a_removal_and_the_appearance_of_its_text_name_each_other(known: Scene, rounds_before: int) -> None:
    """The removal is in the log as one, whichever came first."""
    known.drop("p1")
    for _ in range(rounds_before):
        known.round()
    known.site.put("p9", article("Title of p1", "word p1"))
    known.list("p2", "p9")
    for _ in range(4):
        known.round()
    (removed,) = changes(known.store, Kind.REMOVED)
    (appeared,) = changes(known.store, Kind.COPIED, Kind.MOVED, Kind.NEW)
    assert appeared.kind is (Kind.MOVED if rounds_before == 3 else Kind.COPIED)
    (story,) = known.store.stories(removed.id)
    assert (story.kind, names(known.store, story)) == (StoryKind.MOVED, ["p1", "p9"])
    assert known.store.stories(appeared.id) == [story]
    assert known.store.campaigns(LogQuery()) == []


def test_a_page_that_came_back_before_its_text_appeared_elsewhere_did_not_move(known: Scene) -> None:
    known.drop("p1")
    for _ in range(3):
        known.round()
    known.put("p1")
    known.round()
    known.site.put("p9", article("Title of p1", "word p1"))
    known.list("p1", "p2", "p9")
    known.round()
    (removed,) = changes(known.store, Kind.REMOVED)
    assert known.store.stories(removed.id) == []


def test_the_removal_of_a_copy_that_always_stood_beside_another_is_no_move(copies: Scene) -> None:
    copies.drop("p1")
    for _ in range(3):
        copies.round()
    (removed,) = changes(copies.store, Kind.REMOVED)
    assert copies.store.stories(removed.id) == []


def test_a_text_that_comes_back_elsewhere_long_afterwards_is_no_story(known: Scene) -> None:
    known.drop("p1")
    for _ in range(3):
        known.round()
    known.site.put("p9", article("Title of p1", "word p1"))
    known.list("p2", "p9")
    known.round(timedelta(days=60))
    (appeared,) = changes(known.store, Kind.MOVED)
    assert known.store.stories(appeared.id) == []


# Bit by bit


_EVENTS = st.tuples(st.integers(0, 9), st.sampled_from(["cut", "term", "gone", "back"]))
_STEPS = st.lists(st.lists(_EVENTS, max_size=8), max_size=6)


def everything(store: SqliteStore) -> list[object]:
    stories = store.handle.rows(
        "SELECT key, kind, what, pages, changes, first_id, first_at, last_at, is_shadow, id FROM story ORDER BY key, first_id"
    )
    return [(*row[:-1], store.story_changes(row[-1])) for row in stories]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_STEPS)
def test_made_anew_from_the_log_they_come_out_the_same(
    tmp_path_factory: pytest.TempPathFactory, steps: list[list[tuple[int, str]]]
) -> None:
    with StoreFile(tmp_path_factory.mktemp("stories") / "monitor.db", lasting=False).open() as store:
        scene = Scene(store)
        scene.tools = replace(scene.tools, campaigns=Rule(Duration(days=1), 2))
        for number in range(10):
            scene.site.put(f"p{number}", text(number // 2))
        scene.list(*(f"p{number}" for number in range(10)))
        scene.round(timedelta(0))
        for step in steps:
            for number, what in step:
                _live(scene, number, what)
            scene.round()
        before = everything(store)
        log = changes(store)
        Stories(store, scene.tools.campaigns).remake()
        assert everything(store) == before
        assert changes(store) == log


def _live(scene: Scene, number: int, what: str) -> None:
    article = text(number // 2)
    if what == "gone":
        scene.site.pages[url(f"p{number}")] = Answer(b"no", 404)
    else:
        old, new = {"cut": (f"{NAME}, ", ""), "term": ("guests", "visitors"), "back": ("", "")}[what]
        scene.site.put(f"p{number}", without(article, old, new) if old else article)


def test_what_was_taken_in_is_not_looked_at_again(ten: Scene) -> None:
    edit(ten, 0)
    ten.round()
    assert Stories(ten.store).follow() == 0
    assert Stories(ten.store).remake() == 1
