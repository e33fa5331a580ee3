"""Reading in full: one visit in so many holds the shortcut to the whole page, and a disagreement is never an edit."""

from __future__ import annotations

import pytest
from standins import Answer, PlainReader, article, url
from visit.scene import FIRST, SECOND, Scene

from monitor.errors import ParseError
from monitor.model import Seen


def test_one_visit_in_so_many_is_unconditional_and_reads_in_full(scene: Scene) -> None:
    scene.full_read_every = 4
    scene.put(FIRST, etag='"1"')
    read_in_full = []
    for _ in range(12):
        scene.reader.calls.clear()
        scene.visit()
        read_in_full.append("whole" in scene.reader.calls)
        assert (scene.site.asked[-1].etag is None) == (read_in_full[-1] or len(read_in_full) == 1)
    assert sum(read_in_full) == 3
    assert scene.log() == ["new"]
    assert scene.incidents() == []


def test_pages_are_read_in_full_at_different_visits(scene: Scene) -> None:
    scene.full_read_every = 4
    scene.know("two", "three", "four")
    for name in ("one", "two", "three", "four"):
        scene.put(article(name), name=name)
        scene.visit(name)
    assert scene.reader.calls.count("whole") == 1


def disagree(scene: Scene, **differs: list[str]) -> None:
    """From now on the whole reading differs from the shortcut's."""
    scene.reader = PlainReader(**differs)


@pytest.mark.parametrize("differs", [{"invented": ["More."]}, {"blind": ["The first wording."]}])
def test_a_disagreement_turns_the_shortcut_off_and_says_so(read: Scene, differs: dict[str, list[str]]) -> None:
    disagree(read, **differs)
    read.visit(full=True)
    assert read.store.is_shortcut_off("a")
    (incident,) = read.store.incidents()
    assert incident.kind == "shortcut"
    assert url("one") in incident.detail
    read.reader.calls.clear()
    read.visit()
    assert "whole" in read.reader.calls
    assert read.log() == ["new"]


def test_a_disagreement_is_no_edit(read: Scene) -> None:
    read.know("two")
    read.put(SECOND, name="two")
    read.visit("two")
    disagree(read, invented=["More."])
    for _ in range(3):
        read.visit(full=True)
        read.visit("two")
    assert read.log() == ["new", "new"]
    assert read.bears() == article("First", "The first wording.", "More."), "what the whole page says is what counts now"
    assert [version.layout for version in read.store.versions(read.page().id)] == ["plain", "plain, whole"]
    assert read.bears("two") == article("Second", "The second wording.", "More.")


def test_a_true_edit_at_the_same_time_is_logged(read: Scene) -> None:
    disagree(read, invented=["More."])
    read.put(SECOND)
    read.visit(full=True)
    assert read.log() == ["new", "edited"]
    assert read.bears() == article("Second", "The second wording.", "More.")
    read.visit()
    assert read.log() == ["new", "edited"]


def test_edits_are_logged_after_the_shortcut_was_turned_off(read: Scene) -> None:
    disagree(read, invented=["More."])
    read.visit(full=True)
    read.put(SECOND)
    read.visit()
    read.put(FIRST)
    read.visit()
    assert read.log() == ["new", "edited", "reverted"]


def test_a_disagreement_at_first_sight_takes_the_whole_reading(scene: Scene) -> None:
    scene.put(FIRST)
    scene.reader.invented = ["More."]
    scene.visit(full=True)
    scene.visit()
    assert scene.log() == ["new"]
    assert scene.bears() == article("First", "The first wording.", "More.")
    assert scene.incidents() == ["shortcut"]


def test_a_removed_page_that_only_another_reader_reads_otherwise_is_back_and_not_edited(read: Scene) -> None:
    read.store.handle.write("UPDATE page SET gone = 1")
    disagree(read, invented=["More."])
    assert read.visit(full=True).decision.changes == ("restored",)
    assert read.log() == ["new", "restored"]


def test_a_disagreement_behind_a_redirect_is_no_other_page(read: Scene) -> None:
    read.put(FIRST, name="moved")
    read.site.pages[url("one")] = Answer(to=url("moved"))
    disagree(read, invented=["More."])
    assert read.seen(full=True) is Seen.PARSED
    assert read.log() == ["new"]


def unreadable(*_: object) -> None:
    raise ParseError(source="a", url="u", field="title", tried=["h1"])


def test_what_the_shortcut_reads_and_the_whole_reading_does_not_is_a_disagreement(read: Scene) -> None:
    read.reader.read_whole = unreadable  # type: ignore[method-assign,assignment]
    assert read.seen(full=True) is Seen.BROKEN
    assert read.incidents() == ["shortcut"]
    assert read.log() == ["new"]


def test_what_the_whole_reading_reads_and_the_shortcut_does_not_is_a_disagreement(read: Scene) -> None:
    read.reader.read = unreadable  # type: ignore[method-assign,assignment]
    assert read.seen() is Seen.PARSED, "and is looked at as soon as the shortcut fails on a page it could read"
    assert read.incidents() == ["shortcut"]
    assert (read.log(), read.bears()) == (["new"], FIRST)


def test_what_neither_reads_is_no_disagreement(read: Scene) -> None:
    read.site.pages[url("one")] = Answer(b"a shell")
    assert read.seen(full=True) is Seen.BROKEN
    assert read.seen() is Seen.BROKEN
    assert read.incidents() == []
