"""``monitor review`` as a person uses it, and what ``log`` and ``show`` tell of it afterwards."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from cli.conftest import Run
from jobs.scene import Scene
from standins import START, article

from monitor.article import Article
from monitor.jobs.following.judge import Judge
from monitor.model import Act, LogQuery, ReviewState, Role, Watched
from monitor.settings import Program
from monitor.storing.sqlite import SqliteStore, StoreFile

NAMES = [f"p{number}" for number in range(1, 7)]


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    """Six pages lose the same name, and a seventh gets another number."""
    found = StoreFile(tmp_path / "monitor.db", lasting=False).open(create=True)
    scene = Scene(found)
    scene.tools = replace(scene.tools, judge=Judge(Program(), [scene.source]))
    scene.list(*NAMES, "pmine")
    for number, name in enumerate(NAMES, 1):
        scene.site.put(name, _text(number))
    scene.site.put("pmine", article("Mine", "The mine yields 400 tons a day, says the manager."))
    scene.round()
    for number, name in enumerate(NAMES, 1):
        scene.site.put(name, _text(number, "Jang Song Thaek "))
    scene.site.put("pmine", article("Mine", "The mine yields 900 tons a day, says the manager."))
    scene.round()
    return found


def _text(number: int, cut: str = "") -> Article:
    text = f"On day {number} vice chairman Jang Song Thaek opened site {number * 7} with {number * 3} workers."
    return article(f"Title of p{number}", text.replace(cut, "") if cut else text)


def number(store: SqliteStore, name: str) -> int:
    """The change of a page."""
    return next(change.id for change in store.changes(LogQuery(limit=None)) if change.url.endswith(name))


def states(store: SqliteStore, *names: str) -> list[str]:
    known = store.reviewed([number(store, name) for name in names])
    return [known[each].state.value if (each := number(store, name)) in known else "open" for name in names]


class Answers(io.StringIO):
    """A terminal at which somebody answers."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("option", "state", "said"),
    [
        ("--ack", ReviewState.ACKNOWLEDGED, "acknowledged"),
        ("--flag", ReviewState.FLAGGED, "flagged"),
        ("--dismiss", ReviewState.DISMISSED, "dismissed"),
    ],
)
def test_several_changes_at_once_and_back(run: Run, store: SqliteStore, option: str, state: ReviewState, said: str) -> None:
    status, out, err = run("review", number(store, "p1"), f"#{number(store, 'p2')}", option)
    assert (status, err) == (0, "")
    assert out == f"2 changes are {said}; `monitor review --undo` takes it back\n"
    assert states(store, "p1", "p2", "p3") == [state, state, "open"]
    assert "what you did with 2 changes is taken back" in run("review", "--undo")[1]
    assert states(store, "p1", "p2") == ["open", "open"]
    status, _, err = run("review", "--undo")
    assert status == 4
    assert "there is nothing left of" in err


def test_open_again(run: Run, store: SqliteStore) -> None:
    run("review", number(store, "p1"), "--flag")
    assert "is opened again" in run("review", number(store, "p1"), "--reopen")[1]
    assert states(store, "p1") == ["open"]


def test_what_is_taken_back_is_the_last_act_with_the_changes_that_were_named(run: Run, store: SqliteStore) -> None:
    one, two = number(store, "p1"), number(store, "p2")
    run("review", one, "--flag")
    run("review", two, "--flag")
    assert run("review", one, "--undo")[0] == 0
    assert states(store, "p1", "p2") == ["open", "flagged"]
    store.review([one], Act.FLAG, "kim", START)
    status, _, err = run("review", one, "--undo")
    assert (status, "with these changes" in err) == (4, True)
    assert states(store, "p1") == ["flagged"]


def test_a_note_and_somebody_to_look_into_it(run: Run, store: SqliteStore) -> None:
    one = number(store, "p1")
    assert "is noted" in run("review", one, "--note", "who\x1b was it?")[1]
    status, _, err = run("review", one, "--assign", "kim")
    assert (status, "there is no user 'kim'" in err) == (4, True)
    store.keep_user("kim", Role.REVIEWER, "x")
    assert "is assigned to kim" in run("review", one, "--assign", "kim")[1]
    shown = run("show", one)[1]
    assert "review: assigned to kim, 1 note" in shown
    assert "who\\x1b was it?" in shown
    assert "is assigned to nobody" in run("review", one, "--assign", "")[1]
    status, _, err = run("review", one, "--note", " ")
    assert (status, "the note is empty" in err) == (4, True)


def test_all_that_is_like_it_is_shown_and_asked_before(run: Run, store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    one = number(store, "p1")
    status, out, err = run("review", one, "--dismiss", "--like", "words")
    assert (status, "say --yes" in err) == (2, True)
    assert states(store, *NAMES) == ["open"] * 6
    monkeypatch.setattr("sys.stdin", Answers("n\n"))
    assert run("review", one, "--dismiss", "--like", "words")[0] == 130
    assert states(store, *NAMES) == ["open"] * 6
    monkeypatch.setattr("sys.stdin", Answers("y\n"))
    status, out, err = run("review", one, "--dismiss", "--like", "words")
    assert (status, err) == (0, "")
    assert "The same words: " in out
    assert out.count("Title of p") == 6
    assert "6 changes are dismissed" in out
    assert states(store, *NAMES, "pmine") == ["dismissed"] * 6 + ["open"]
    assert "what you did with 6 changes is taken back" in run("review", "--undo")[1]


def test_nobodys_decision_is_overruled_by_what_is_like_it(run: Run, store: SqliteStore) -> None:
    store.review([number(store, "p2")], Act.FLAG, "kim", START)
    assert "5 changes are dismissed" in run("review", number(store, "p1"), "--dismiss", "--like", "class", "--yes")[1]
    assert states(store, "p2") == ["flagged"]
    out = run("review", number(store, "pmine"), "--ack", "--like", "story", "--yes")[1]
    assert "no other open change is like" in out
    assert "is acknowledged" in out


def test_a_change_that_is_not_there_stops_all_of_it(run: Run, store: SqliteStore) -> None:
    status, _, err = run("review", number(store, "p1"), 999, "--flag")
    assert (status, "there is no change #999" in err) == (4, True)
    assert states(store, "p1") == ["open"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("1",), "say one of --ack"),
        (("1", "--ack", "--flag"), "one act at a time, not --ack and --flag at once"),
        (("--ack",), "name the changes"),
        (("1", "2", "--ack", "--like", "words"), "--like goes with one change"),
        (("1", "--undo", "--like", "words"), "--like goes with one change"),
        (("x", "--ack"), "'x' is no change"),
    ],
)
def test_what_makes_no_sense_is_said(run: Run, store: SqliteStore, arguments: tuple[str, ...], said: str) -> None:
    status, _, err = run("review", *arguments)
    assert (status, said in err) == (2, True)


def test_the_log_says_where_changes_stand(run: Run, store: SqliteStore) -> None:
    one = number(store, "pmine")
    run("review", one, "--flag")
    (line,) = [line for line in run("log")[1].splitlines() if line.startswith(f"#{one} ")]
    assert line.endswith(" | flagged")
    objects = [json.loads(line) for line in run("log", "--json")[1].splitlines()]
    assert {(each["state"], each["assigned"]) for each in objects if each["id"] == one} == {("flagged", "")}
    assert {each["state"] for each in objects if each["id"] != one} == {"open"}
    assert [line for line in run("log", "--state", "flagged")[1].splitlines() if line.startswith("#")] == [line]


def test_a_change_names_the_others_of_its_story(run: Run, store: SqliteStore) -> None:
    shown = run("show", number(store, "p1"))[1]
    assert "`monitor log --story" in shown
    for name in NAMES[1:]:
        assert f"  #{number(store, name)} edited" in shown
        assert f"https://a.example/{name}\n" in shown
    assert "`monitor log --story" not in run("show", number(store, "pmine"))[1]


def test_a_watch_word_kept_on_the_page_filters_the_log(run: Run, store: SqliteStore) -> None:
    assert run("log", "--watch", "tons")[0] == 4
    store.keep_watched(Watched("Tonnes", ("tons",), "ann", START))
    status, out, _ = run("log", "--watch", "tonnes")
    assert (status, [line.split()[0] for line in out.splitlines() if line.startswith("#")]) == (0, [f"#{number(store, 'pmine')}"])
