"""Stories in the store: clues, what is made of them, and what is told of many changes at once."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from standins import DAY, START, article
from storing.steps import Steps

from monitor.model import Clue, Cluster, Copies, Kind, LogQuery, Sighting, Story, StoryKind

CLUE = Clue(b"12345678", StoryKind.CAMPAIGN, "cut: A Name", 4)
OTHER = Clue(b"87654321", StoryKind.CAMPAIGN, "cut: A", 4)


@pytest.fixture
def edited(steps: Steps) -> Steps:
    """Three pages, of which each was edited: changes 4 to 6."""
    steps.add("p", "q", "r")
    for paragraph, kind in (("before", Kind.NEW), ("after", Kind.EDITED)):
        round_ = steps.round()
        for name in "pqr":
            steps.read(name, round_, article(name, paragraph), kind)
        steps.close(round_)
        steps.later(DAY)
    return steps


def cluster(steps: Steps, *changes: int) -> Cluster:
    return Cluster(tuple(Sighting(change, change - 3, START + DAY, 4) for change in changes))


def test_what_is_no_news_is_not_followed(edited: Steps) -> None:
    assert edited.store.to_follow(10) == [4, 5, 6]
    assert edited.store.to_follow(2) == [4, 5]
    edited.store.followed(5)
    assert edited.store.to_follow(10) == [6]
    edited.store.followed(4)
    assert edited.store.to_follow(10) == [6], "it never goes back"


def test_a_clue_is_seen_where_it_was_kept_once_a_change(edited: Steps) -> None:
    for _ in range(2):
        edited.store.keep_clues(4, [CLUE, OTHER])
    edited.store.keep_clues(5, [CLUE])
    assert edited.store.sightings(CLUE.key, 10) == [
        Sighting(5, edited.page("q").id, START + DAY, 4),
        Sighting(4, edited.page("p").id, START + DAY, 4),
    ]
    assert len(edited.store.sightings(CLUE.key, 1)) == 1
    assert edited.store.begun() == START


def test_a_story_that_grows_keeps_its_number(edited: Steps) -> None:
    edited.store.keep_stories(CLUE, [cluster(edited, 4, 5)])
    (first,) = edited.store.stories(4)
    edited.store.keep_stories(CLUE, [cluster(edited, 4, 5, 6)])
    assert edited.store.story(first.id) == Story(
        first.id, StoryKind.CAMPAIGN, "cut: A Name", 3, 3, START + DAY, START + DAY
    )
    assert edited.store.story_changes(first.id) == [4, 5, 6]


def test_a_story_that_is_none_any_more_goes(edited: Steps) -> None:
    edited.store.keep_stories(CLUE, [cluster(edited, 4, 5)])
    edited.store.keep_stories(CLUE, [])
    assert edited.store.stories(4) == []
    assert edited.store.story(1) is None


def test_of_several_stories_the_widest_is_told_and_then_the_one_in_most_words(edited: Steps) -> None:
    edited.store.keep_stories(OTHER, [cluster(edited, 4, 5)])
    edited.store.keep_stories(CLUE, [cluster(edited, 4, 5)])
    same = Clue(b"11111111", StoryKind.COPIES, "the same edit on copies", 4)
    edited.store.keep_stories(same, [cluster(edited, 4, 5, 6)])
    edited.store.shade_stories([OTHER.key, CLUE.key, same.key])
    told = edited.store.story_of([4, 5, 6, 99])
    assert {number: story.what for number, story in told.items()} == {4: CLUE.what, 5: CLUE.what, 6: same.what}
    assert [story.what for story in edited.store.stories(4)] == [CLUE.what, same.what]
    assert [story.what for story in edited.store.campaigns(LogQuery())] == [CLUE.what], "a part of a name is no further one"


def test_a_shadow_of_a_wider_one_is_told_again_once_it_is_its_own(edited: Steps) -> None:
    edited.store.keep_stories(CLUE, [cluster(edited, 4, 5, 6)])
    edited.store.keep_stories(OTHER, [cluster(edited, 5, 6)])
    edited.store.shade_stories([OTHER.key])
    assert [story.what for story in edited.store.campaigns(LogQuery())] == [CLUE.what]
    edited.store.keep_stories(CLUE, [cluster(edited, 4)])
    edited.store.shade_stories([CLUE.key, OTHER.key])
    assert [story.what for story in edited.store.campaigns(LogQuery())] == [OTHER.what, CLUE.what]


def test_nothing_is_known_of_what_has_no_story(edited: Steps) -> None:
    assert edited.store.story_of([]) == {}
    assert edited.store.stories(4) == []
    assert edited.store.copies(4) == Copies(0, 0)
    assert edited.store.moves(4, DAY) == []


def test_forgetting_stories_leaves_the_log(edited: Steps) -> None:
    edited.store.keep_clues(4, [CLUE])
    edited.store.keep_stories(CLUE, [cluster(edited, 4, 5)])
    before = edited.log()
    edited.store.forget_stories()
    assert (edited.store.stories(4), edited.store.sightings(CLUE.key, 10)) == ([], [])
    assert edited.store.to_follow(10) == [4, 5, 6]
    assert edited.log() == before


def test_a_move_needs_both_within_the_time(edited: Steps) -> None:
    """A removal of q; its text appears at s two days later."""
    edited.store.close_round(edited.round(), edited.at, [])
    (absence,) = gone(edited, "q")
    round_ = edited.round()
    edited.close(round_, [absence])
    edited.later(2 * DAY)
    edited.add("s")
    round_ = edited.round()
    edited.read("s", round_, article("q", "after"), Kind.NEW)
    edited.close(round_)
    removed, appeared = (change.id for change in reversed([*edited.store.changes(LogQuery(limit=2))]))
    assert edited.store.moves(appeared, 3 * DAY) == [(edited.page("q").id, removed)]
    assert edited.store.moves(appeared, timedelta(hours=1)) == []
    assert edited.store.moves(removed, 3 * DAY) == [], "of two lines the later one names the earlier"


def gone(steps: Steps, name: str) -> list:  # type: ignore[type-arg]
    from monitor.model import Absence

    return [Absence(steps.page(name).id, 3, steps.at, steps.at, None)]


def test_two_hundred_rows_are_told_at_once(edited: Steps) -> None:
    edited.store.keep_stories(CLUE, [cluster(edited, 4, 5, 6)])
    began = time.perf_counter()
    assert len(edited.store.story_of(range(1, 2001))) == 3
    assert time.perf_counter() - began < 2
