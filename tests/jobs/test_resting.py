"""A host that is left alone: its pages are passed over without a trace and stay due, and an incident says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from jobs.scene import INTERVAL, LISTING, Scene
from standins import HOUR, Answer, source, url

from monitor.errors import Disallowed, Resting
from monitor.jobs.resting import Mindful
from monitor.jobs.round import check_page
from monitor.model import Seen


def rest(scene: Scene, *names: str, why: str = "it answered 503") -> None:
    """Have the host of these pages left alone."""
    for name in names:
        error = Resting(host="a.example", until=scene.clock.now() + HOUR, why=why)
        scene.site.pages[LISTING if name == "list" else url(name)] = Answer(error=error)


def number(scene: Scene, name: str) -> int:
    page = scene.store.page_at(url(name))
    assert page is not None
    return page.id


def test_a_page_of_a_resting_host_is_passed_over_without_a_trace(known: Scene) -> None:
    before = known.store.page_status(number(known, "p1"))
    rest(known, "p1")
    run = known.round()
    assert known.site.visited() == ["list", "p1", "p2"], "the round goes on, each page is asked for once"
    assert run.seen == ((Seen.PARSED, 1),)
    assert known.store.page_status(number(known, "p1")) == before
    assert known.log() == []


def test_it_stays_due(known: Scene) -> None:
    rest(known, "p1", "p2")
    known.round()
    known.site.visited()
    known.put("p1", "p2", word="another word")
    known.round(HOUR)
    assert known.site.visited() == ["list", "p1", "p2"]
    assert known.log() == [("edited", "p1"), ("edited", "p2")]


def test_it_is_not_claimed_any_longer(known: Scene) -> None:
    rest(known, "p1")
    known.round()
    known.put("p1")
    outcome = check_page(number(known, "p1"), known.source, known.tools)
    assert outcome is not None
    assert outcome.observation.seen is Seen.PARSED


def test_many_pages_of_a_resting_host_end_the_round(scene: Scene) -> None:
    names = [f"p{n}" for n in range(100)]
    scene.list(*names)
    rest(scene, *names)
    assert scene.round().seen == ()
    assert sorted(scene.site.visited()[1:]) == sorted(names)


def test_the_incident_says_until_when_and_why_and_ends_with_a_page_that_was_read(known: Scene) -> None:
    rest(known, "p1", "p2")
    known.round()
    assert known.open() == {"resting": "a.example is left alone until 2026-01-01 01:00:00 UTC: it answered 503"}
    rest(known, "p1", "p2", why="it answered 429")
    known.round()
    assert known.open() == {"resting": "a.example is left alone until 2026-01-01 07:00:00 UTC: it answered 429"}
    known.fail("p1", "p2")
    known.round()
    assert "resting" in known.open(), "nothing was read yet"
    known.put("p1")
    known.round(4 * INTERVAL)
    assert known.open() == {}


def test_a_source_with_pages_on_another_host_keeps_the_incident_while_one_rests(known: Scene) -> None:
    rest(known, "p1")
    known.round()
    assert list(known.open()) == ["resting"]


def test_a_listing_of_a_resting_host_is_neither_well_nor_not(known: Scene) -> None:
    known.site.pages[LISTING] = Answer(b"no", 503)
    known.round()
    assert list(known.open()) == ["listing"]
    rest(known, "list")
    known.round()
    assert sorted(known.open()) == ["listing", "resting"]
    known.list("p1", "p2")
    known.round()
    assert known.open() == {}


def test_the_run_says_what_was_left_alone(known: Scene) -> None:
    assert known.round().resting == ""
    rest(known, "p2")
    assert known.round().resting == "a.example is left alone until 2026-01-01 07:00:00 UTC: it answered 503"


def test_a_visit_out_of_turn_says_so_and_leaves_nothing(known: Scene) -> None:
    rest(known, "p1")
    with pytest.raises(Resting):
        check_page(number(known, "p1"), known.source, known.tools)
    known.put("p1")
    known.round()
    assert "p1" in known.site.visited()


def test_what_the_first_round_passed_over_is_no_news_later(scene: Scene) -> None:
    scene.put("p1")
    scene.list("p1", "p2", "p3")
    rest(scene, "p2", "p3")
    scene.round(timedelta(0))
    scene.put("p2", "p3")
    scene.round()
    assert scene.log() == []
    assert len(scene.log(baseline=True)) == 3


def test_an_absence_is_not_proven_by_rest(known: Scene) -> None:
    for _ in range(5):
        rest(known, "p1")
        known.round()
    assert known.log() == []


def test_what_robots_txt_does_not_want_is_blocked_and_no_removal(known: Scene) -> None:
    known.site.pages[url("p1")] = Answer(error=Disallowed("its robots.txt does not want it fetched"))
    for _ in range(5):
        known.round(20 * INTERVAL)
    status = known.store.page_status(number(known, "p1"))
    assert status is not None
    assert (status.seen, status.detail) == (Seen.BLOCKED, "its robots.txt does not want it fetched")
    assert known.log() == []


def test_visits_before_the_rest_are_kept(scene: Scene) -> None:
    scene.put("p1")
    scene.list("p1", "p2")
    rest(scene, "p2")
    scene.round()
    assert scene.log(baseline=True) == [("new", "p1")]


def test_another_process_keeps_the_rests_that_were_noted_for_as_long_as_they_last(known: Scene) -> None:
    rest(known, "p1", "p2")
    known.round(timedelta(0), everything=True)
    known.site.visited()
    known.put("p1", "p2", word="another word")
    before = known.open()
    known.tools = replace(known.tools, fetcher=Mindful.of(known.site, known.clock, known.store, known.source, []))
    run = known.round(timedelta(0), everything=True)
    assert (run.resting, run.seen, known.site.visited()) == (before["resting"], (), [])
    assert known.open() == before
    assert known.round(HOUR, everything=True).changes == 2
    assert known.open() == {}


def test_a_rest_holds_for_the_sources_that_go_the_same_way(known: Scene) -> None:
    rest(known, "p1")
    known.round(timedelta(0), everything=True)
    same, other = source("same"), source("other", reach=("10.0.0.0/8",))
    for each, is_kept in ((same, True), (other, False)):
        mindful = Mindful.of(known.site, known.clock, known.store, each, [known.source, each])
        assert list(mindful.rests) == (["a.example"] if is_kept else [])
