"""The log as a person reads it: a campaign is one entry, and the limit is one of entries."""

from __future__ import annotations

import pytest
from jobs.scene import Scene
from standins import HOUR, article

from monitor.jobs.entries import REREAD, entries, with_notes, with_reviews
from monitor.model import Act, Entry, Incident, LogQuery, ReviewState, StoryKind

NAMES = [f"p{number}" for number in range(1, 8)]
EVERYTHING = LogQuery(limit=None)


@pytest.fixture
def purged(scene: Scene) -> Scene:
    """A name was cut from seven pages, and one other page got another number."""
    texts = {
        name: f"On day {i} the vice chairman Jang Song Thaek opened site {i * 7} with workers of county {i * 3}."
        for i, name in enumerate(NAMES, 1)
    }
    scene.list(*NAMES, "other")
    for name, text in texts.items():
        scene.site.put(name, article(f"Title of {name}", text))
    scene.site.put("other", article("Title of another", "The mine yields 400 tons a day, says the manager."))
    scene.round()
    for name, text in texts.items():
        scene.site.put(name, article(f"Title of {name}", text.replace("Jang Song Thaek ", "")))
    scene.site.put("other", article("Title of another", "The mine yields 900 tons a day, says the manager."))
    scene.round()
    return scene


def found(scene: Scene, query: LogQuery = EVERYTHING) -> list[Entry]:
    return list(entries(scene.store, query))


def test_a_campaign_is_one_entry(purged: Scene) -> None:
    assert len(list(purged.store.changes(EVERYTHING))) == 8
    first, second = sorted(found(purged), key=lambda entry: entry.story is None)
    assert first.story is not None
    assert (first.story.kind, first.story.pages) == (StoryKind.CAMPAIGN, 7)
    assert second.story is None
    assert second.change.url.endswith("other")


def test_the_limit_is_one_of_entries(purged: Scene) -> None:
    assert len(found(purged, LogQuery(limit=2))) == 2
    assert len(found(purged, LogQuery(limit=1))) == 1


def test_a_story_is_shown_whole(purged: Scene) -> None:
    story = next(entry.story for entry in found(purged) if entry.story)
    inside = found(purged, LogQuery(story=story.id, limit=None))
    assert sorted(entry.change.url[-2:] for entry in inside) == NAMES


def test_nothing_is_folded_where_what_is_hidden_is_asked_for(purged: Scene) -> None:
    assert len(found(purged, LogQuery(hidden=True, limit=None))) == 8


def test_without_stories_each_change_is_an_entry(known: Scene) -> None:
    known.put("p1", "p2", word="other")
    known.round()
    assert [entry.story for entry in found(known)] == [None, None]


def test_what_was_done_to_a_source_stands_between_the_changes(known: Scene) -> None:
    known.put("p1", "p2", word="other")
    known.round()
    known.clock.move(HOUR)
    known.store.note("a", REREAD, known.clock.now(), "captures read again")
    known.put("p1", word="third")
    known.round()
    everything = LogQuery(limit=None)
    lines = list(with_notes(entries(known.store, everything), known.store, everything))
    assert [isinstance(line, Incident) for line in lines] == [False, True, False, False]
    for query in (LogQuery(is_ranked=True), LogQuery(least=0.1), LogQuery(sources=frozenset({"b"})), LogQuery(text="x")):
        assert not any(isinstance(line, Incident) for line in with_notes([], known.store, query))


def test_a_story_that_an_earlier_page_told_is_not_told_again(purged: Scene) -> None:
    whole = [entry.change.id for entry in found(purged)]
    query, told = LogQuery(limit=1), list[int]()
    while page := found(purged, query):
        told += [entry.change.id for entry in page]
        query = LogQuery(limit=1, start=(0.0, page[-1].change.id))
    assert told == whole


def test_entries_say_where_they_stand_with_their_reviewers(purged: Scene) -> None:
    first, second = found(purged)
    purged.store.review([second.change.id], Act.FLAG, "kim", purged.clock.now())
    told = list(with_reviews([first, second], purged.store))
    assert [entry.change for entry in told] == [first.change, second.change]
    assert [entry.reviewed.state for entry in told] == [ReviewState.OPEN, ReviewState.FLAGGED]
    assert told[0] is first
