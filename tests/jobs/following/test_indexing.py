"""At the end of a round, the words of what it brought are in the index; what an older database holds gets there bit by bit."""

from __future__ import annotations

import pytest
from jobs.scene import Scene
from standins import article

from monitor.jobs.following.indexing import Indexing, words_of
from monitor.judging.words import differences
from monitor.model import ChangeWords, LogQuery, SearchQuery


def edit(scene: Scene, text: str, name: str = "p1") -> None:
    scene.site.put(name, article(f"Title of {name}", text))
    scene.round()


def changed(scene: Scene, words: str) -> list[int]:
    return [change.id for change in scene.store.changes(LogQuery(changed=words))]


def test_what_a_round_brings_is_found_when_it_is_over(known: Scene) -> None:
    edit(known, "Jang Song Thaek opened the dam at Huichon.")
    edit(known, "The dam at Huichon was opened.")
    (hit,) = known.store.search(SearchQuery('"jang song thaek"')).hits
    assert (hit.url, hit.is_current) == ("https://a.example/p1", False)
    newest = next(known.store.changes(LogQuery())).id
    assert changed(known, '"jang song thaek"') == [newest, newest - 1]
    assert changed(known, "huichon -jang") == []
    assert known.store.unindexed_texts() == 0
    assert known.store.unindexed_changes(10) == []


def test_what_another_round_left_is_done_bit_by_bit(known: Scene) -> None:
    for number in range(5):
        edit(known, f"wording number {number}")
    with known.store.atomic():
        for table in ("text_words", "change_words"):
            known.store.handle.write(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")  # noqa: S608
        known.store.handle.write("DELETE FROM progress WHERE name LIKE 'indexed%'")
    steps: list[int] = []
    index, missing = Indexing(known.store), known.store.unindexed_texts()
    assert index.follow(2) == 2
    assert known.store.unindexed_texts() == missing - 2
    assert index.finish(steps.append) == sum(steps) == missing - 2
    assert index.finish() == 0
    assert len(known.store.search(SearchQuery("wording")).hits) == 5
    assert len(changed(known, "4")) == 1


def test_a_change_whose_text_is_damaged_holds_up_no_other(known: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.jobs.following.indexing.differences", _broken)
    edit(known, "first needle")
    monkeypatch.undo()
    edit(known, "second noodle")
    assert len(changed(known, "noodle")) == 1
    assert known.store.unindexed_changes(10) == []


def _broken(*_: object) -> None:
    raise ZeroDivisionError


def test_the_words_of_an_edit_and_those_beside_it() -> None:
    far, near = "Far away. " * 20, "On Monday the minister"
    before = article("T", f"{far}{near} Jang said no. {far}")
    after = article("T", f"{far}{near} Kim said no. {far}")
    found = words_of(7, differences(before, after))
    assert (found.change, found.cut, found.added) == (7, "Jang", "Kim")
    assert near in found.beside
    assert "said no" in found.beside
    assert len(found.beside) < 200


def test_words_of_nothing() -> None:
    assert words_of(1, ()) == ChangeWords(1, "", "", "")
