"""Acts on changes and on all like one of them: what is like it, how many, and what others did meanwhile."""

from __future__ import annotations

from dataclasses import replace

import pytest
from jobs.scene import Scene
from standins import article

from monitor.errors import InputError, NoSuchChange
from monitor.jobs import triage
from monitor.jobs.following.judge import Judge
from monitor.jobs.triage import Scope
from monitor.model import Act, Change, LogQuery, ReviewState, Role
from monitor.settings import Program

NAMES = [f"p{number}" for number in range(1, 7)]


@pytest.fixture
def edited(scene: Scene) -> Scene:
    """Six pages lose the same name, two get another number, one a curly quote."""
    scene.tools = replace(scene.tools, judge=Judge(Program(), [scene.source]))
    texts = {
        name: f"On day {i} vice chairman Jang Song Thaek opened site {i * 7} with {i * 3} workers."
        for i, name in enumerate(NAMES, 1)
    }
    scene.list(*NAMES, "pone", "ptwo", "pquote")
    for name, text in texts.items():
        scene.site.put(name, article(f"Title of {name}", text))
    scene.site.put("pone", article("One", "The mine yields 400 tons a day, says the manager."))
    scene.site.put("ptwo", article("Two", "In spring the river rose by 400 tons in a county."))
    scene.site.put("pquote", article("Three", 'It was "good" for all.'))
    scene.round()
    for name, text in texts.items():
        scene.site.put(name, article(f"Title of {name}", text.replace("Jang Song Thaek ", "")))
    scene.site.put("pone", article("One", "The mine yields 900 tons a day, says the manager."))
    scene.site.put("ptwo", article("Two", "In spring the river rose by 900 tons in a county."))
    scene.site.put("pquote", article("Three", "It was “good” for all."))
    scene.round()
    return scene


def change(scene: Scene, name: str) -> Change:
    return next(each for each in scene.store.changes(LogQuery(limit=None)) if each.url.endswith(f"/{name}"))


def names(scene: Scene, found: triage.Like) -> list[str]:
    changes = (scene.store.change(number) for number in found.changes)
    return [each.url.rpartition("/")[2] for each in changes if each is not None]


def test_the_same_story_takes_in_its_open_changes(edited: Scene) -> None:
    first, other = change(edited, "p1"), change(edited, "p2")
    edited.store.review([other.id], Act.FLAG, "kim", edited.clock.now())
    found = triage.like(edited.store, first, Scope.STORY)
    assert names(edited, found) == ["p1", "p3", "p4", "p5", "p6"]
    assert found.what.startswith("The same story: ")


def test_the_same_class_is_all_classes_of_the_same_kind_and_source(edited: Scene) -> None:
    found = triage.like(edited.store, change(edited, "pquote"), Scope.CLASS)
    assert names(edited, found) == ["pquote"]
    assert sorted(names(edited, triage.like(edited.store, change(edited, "pone"), Scope.CLASS))) == ["pone", "ptwo"]


def test_the_same_words_are_those_and_no_others(edited: Scene) -> None:
    found = triage.like(edited.store, change(edited, "pone"), Scope.WORDS)
    assert sorted(names(edited, found)) == ["pone", "ptwo"]
    assert found.what == "The same words: “400” → “900”"


def test_only_what_there_is_more_of_is_offered(edited: Scene) -> None:
    assert [each.scope for each in triage.likes(edited.store, change(edited, "pquote"))] == []
    assert [each.scope for each in triage.likes(edited.store, change(edited, "p1"))] == [Scope.STORY, Scope.CLASS, Scope.WORDS]
    assert triage.like(edited.store, change(edited, "pquote"), Scope.STORY).changes == (change(edited, "pquote").id,)
    assert triage.like(edited.store, change(edited, "p1"), Scope.THIS).changes == (change(edited, "p1").id,)


def test_no_more_are_taken_in_than_may_be(edited: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(triage, "MOST", 3)
    found = triage.like(edited.store, change(edited, "p1"), Scope.STORY)
    assert (len(found.changes), found.is_more) == (3, True)
    assert found.changes[0] == change(edited, "p1").id


def test_an_act_is_one_batch_and_tells_what_others_did_since(edited: Scene) -> None:
    store, now = edited.store, edited.clock.now()
    one, two, three = (change(edited, name).id for name in ("p1", "p2", "p3"))
    (seen,) = store.review([one], Act.FLAG, "kim", now)
    (since,) = store.review([one], Act.NOTE, "kim", now, "look")
    store.review([two], Act.FLAG, "ann", now)
    done = triage.act(store, {one: seen.id, two: 0}, Act.DISMISS, "ann", now, also=[three])
    assert done.meanwhile == (since,)
    assert [line.change for line in done.lines] == [one, two, three]
    assert len({line.batch for line in done.lines}) == 1
    assert {each.state for each in store.reviewed([one, two, three]).values()} == {ReviewState.DISMISSED}
    with pytest.raises(NoSuchChange, match="there is no change #999; nothing was done"):
        triage.act(store, {one: 0, 999: 0}, Act.FLAG, "ann", now)
    assert store.reviews(one)[-1].act is not Act.FLAG


@pytest.mark.parametrize(
    ("act", "text", "why"),
    [
        (Act.NOTE, " \r\n", "the note is empty"),
        (Act.NOTE, "x" * 10_001, "10000 is the most"),
        (Act.ASSIGN, "nobody", "there is no user 'nobody'"),
    ],
)
def test_a_text_that_cannot_be_is_refused(scene: Scene, act: Act, text: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        triage.text_for(scene.store, act, "ann", text)


def test_everybody_may_take_a_change_themselves_or_give_it_to_a_user(scene: Scene) -> None:
    scene.store.keep_user("kim", Role.REVIEWER, "x")
    assert [triage.text_for(scene.store, Act.ASSIGN, "ann", who) for who in ("ann", "kim", "")] == ["ann", "kim", ""]
    assert triage.text_for(scene.store, Act.NOTE, "ann", " a\r\nb ") == "a\nb"
