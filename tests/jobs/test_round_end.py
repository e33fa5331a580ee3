"""The end of a round: what is gone for good, and what is wrong with a source; and a check between two rounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from jobs.scene import INTERVAL, Scene
from standins import DAY, HOUR, START, Answer, article, source, url

from monitor.errors import Stopped, Unreachable
from monitor.jobs.round import check_page, close_round, visit_pages
from monitor.model import LogQuery
from monitor.settings import Duration, Finding

# Removals


def gone(scene: Scene, rounds: int, after: timedelta = INTERVAL) -> list[tuple[str, str]]:
    """The log after so many rounds in which p1 is not found."""
    scene.site.pages.pop(url("p1"), None)
    for _ in range(rounds):
        scene.round(after)
    return scene.log()


def test_three_agreeing_visits_over_an_hour_make_a_removal(known: Scene) -> None:
    assert gone(known, 2) == []
    assert gone(known, 1) == [("removed", "p1")]
    (removed,) = known.store.changes(LogQuery())
    assert (removed.at, removed.before, removed.after, removed.title) == (known.clock.now(), 1, None, "Title of p1")
    assert gone(known, 3) == [("removed", "p1")], "which is logged once"
    known.put("p1")
    known.round()
    assert known.log() == [("removed", "p1"), ("restored", "p1")]


def test_three_visits_within_an_hour_do_not(known: Scene) -> None:
    known.source = replace(known.source, interval=Duration(minutes=20))
    known.round()
    assert gone(known, 3, Duration(minutes=20)) == []
    assert gone(known, 1, Duration(minutes=20)) == [("removed", "p1")]


def test_a_page_away_for_one_visit_begins_anew(known: Scene) -> None:
    assert gone(known, 2) == []
    known.put("p1")
    known.round()
    assert gone(known, 2) == []


@pytest.mark.parametrize(
    "answer", [Answer(b"no", 404), Answer(b"no", 503), Answer(b"a shell"), Answer(error=Unreachable("down"))]
)
def test_rounds_in_which_no_neighbour_was_read_prove_nothing(known: Scene, answer: Answer) -> None:
    known.site.pages[url("p2")] = answer
    assert gone(known, 20) == []


def test_a_neighbour_in_another_source_is_heard_when_rounds_are_closed_together(known: Scene) -> None:
    other = source("b", find=Finding(pages=(url("q1"),)))
    known.site.put("q1", article("Q"))
    known.fail("p2")
    known.drop("p1")
    for _ in range(3):
        known.clock.move(INTERVAL)
        visited = [visit_pages(each, known.tools, everything=True) for each in (known.source, other)]
        for each in visited:
            close_round(each, known.tools)
    assert known.log() == [("removed", "p1")]


def test_an_absence_in_a_round_cut_short_counts_once(known: Scene) -> None:
    known.drop("p1")
    known.stop_at("p2")
    with pytest.raises(Stopped):
        known.round()
    known.go_on()
    known.round(HOUR)
    assert gone(known, 1) == []
    assert gone(known, 1) == [("removed", "p1")]


# Incidents


def test_a_blind_round_is_an_incident_until_something_is_read(known: Scene) -> None:
    known.fail("p1", "p2")
    known.round()
    assert known.open() == {"blind": "none of 2 pages could be read; 2 unreachable, like this one: down"}
    known.put("p2")
    known.round(4 * INTERVAL)
    assert known.open() == {}
    assert known.log() == []


def test_a_round_with_nothing_due_is_not_blind(known: Scene) -> None:
    known.round(timedelta(0))
    assert known.open() == {}


def test_a_blind_incident_is_not_ended_by_a_round_with_nothing_due(known: Scene) -> None:
    known.fail("p1", "p2")
    known.round()
    known.round(timedelta(minutes=1))
    assert list(known.open()) == ["blind"]


def test_a_clock_that_goes_back_is_an_incident_and_makes_all_pages_due(known: Scene) -> None:
    known.round()
    known.site.asked.clear()
    known.round(-DAY)
    assert known.site.visited() == ["list", "p1", "p2"]
    assert "the clock went back: the last round was at 2026-01-01 06:00:00+00:00" in known.open()["clock"]
    known.round()
    assert known.site.visited() == ["list", "p1", "p2"]
    for _ in range(4):
        known.round()
    assert known.open() == {}, "once time has come as far as before"
    assert known.log() == []


def test_a_clock_that_goes_back_a_little_is_nothing(known: Scene) -> None:
    known.round(-timedelta(seconds=30))
    assert known.open() == {}


def test_a_clock_that_went_back_proves_no_removal(known: Scene) -> None:
    assert gone(known, 1) == []
    known.clock.move(-2 * DAY)
    assert gone(known, 2, timedelta(minutes=10)) == []


# A check


@pytest.fixture
def checked(known: Scene) -> Callable[[], object]:
    page = known.store.page_at(url("p1"))
    assert page is not None
    number = page.id
    return lambda: check_page(number, known.source, known.tools)


def test_a_check_visits_one_page_now(known: Scene, checked: Callable[[], object]) -> None:
    known.put("p1", word="another word")
    assert checked() is not None
    assert known.site.visited() == ["p1"]
    assert known.log() == [("edited", "p1")]


def test_a_check_leaves_the_rounds_alone(known: Scene, checked: Callable[[], object]) -> None:
    known.stop_at("p2")
    with pytest.raises(Stopped):
        known.round()
    known.go_on()
    checked()
    known.site.asked.clear()
    known.round(HOUR)
    assert known.site.visited() == ["list", "p2"]


def test_a_page_that_somebody_else_visits_is_not_checked(known: Scene, checked: Callable[[], object]) -> None:
    round_ = known.store.open_check("a", known.clock.now())
    known.store.claim_due(round_, START + DAY, timedelta(0), "somebody else", HOUR, 10)
    assert checked() is None
    assert known.site.visited() == []


def test_a_check_that_is_stopped_leaves_the_page_free(known: Scene, checked: Callable[[], object]) -> None:
    known.stop_at("p1")
    with pytest.raises(Stopped):
        checked()
    known.go_on()
    assert checked() is not None


# Outages


def test_a_source_that_cannot_be_read_is_tried_in_every_round_and_read_whole_when_it_is_back(known: Scene) -> None:
    """Pages that all fail alike are not put off one by one: that says nothing of a page."""
    names = [f"p{number}" for number in range(1, 9)]
    known.put(*names)
    known.list(*names)
    known.round()
    known.fail(*names)
    for _ in range(12):
        known.site.asked.clear()
        known.round()
        assert set(known.site.visited()) & set(names), "some page is tried"
    known.put(*names, word="other")
    known.round()
    known.round()
    assert sorted(name for kind, name in known.log() if kind == "edited") == names


def test_where_other_pages_are_read_one_that_fails_is_put_off_as_ever(known: Scene) -> None:
    known.fail("p1")
    tried = 0
    for _ in range(12):
        known.site.asked.clear()
        known.round()
        tried += "p1" in known.site.visited()
    assert tried < 8
