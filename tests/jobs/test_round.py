"""A round: every due page is visited once, whatever comes in between; what the first round brings is baseline."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from jobs.scene import INTERVAL, LISTING, Scene
from standins import HOUR, Answer, url

from monitor.errors import Stopped
from monitor.jobs.round import check_page, run_round
from monitor.model import Seen
from monitor.settings import Duration, Removal
from monitor.storing.sqlite import SqliteStore, StoreFile

# Rounds


def test_each_page_is_visited_once_a_round(known: Scene) -> None:
    known.round()
    known.round()
    assert known.site.visited() == ["list", "p1", "p2"] * 2


def test_more_pages_than_are_handed_out_at_once(scene: Scene) -> None:
    names = [f"p{number}" for number in range(40)]
    scene.put(*names)
    scene.list(*names)
    scene.round()
    assert sorted(scene.site.visited()[1:]) == sorted(names)


def test_a_round_that_comes_a_little_early_visits_all_the_same(known: Scene) -> None:
    known.round(INTERVAL * 3 / 4)
    assert known.site.visited() == ["list", "p1", "p2"]
    known.round(INTERVAL / 4)
    assert known.site.visited() == ["list"], "but what was visited just now is not due"
    known.round(timedelta(0), everything=True)
    assert known.site.visited() == ["list", "p1", "p2"], "unless everything is wanted"


def test_paused_and_forgotten_pages_are_not_visited(known: Scene) -> None:
    for name, state in (("p1", "paused"), ("p2", "forgotten")):
        page = known.store.page_at(url(name))
        assert page is not None
        known.store.set_page_state(page.id, state)  # type: ignore[arg-type]
    known.round(everything=True)
    assert known.site.visited() == ["list"]


def test_on_visit_is_told_of_every_page(known: Scene) -> None:
    told: list[tuple[str, Seen]] = []
    known.clock.move(INTERVAL)
    run_round(known.source, known.tools, on_visit=lambda page, outcome: told.append((page.url, outcome.observation.seen)))
    assert told == [(url("p1"), Seen.PARSED), (url("p2"), Seen.PARSED)]


def test_a_visit_overtaken_by_somebody_else_is_not_counted(known: Scene) -> None:
    known.put("p1", word="another word")
    known.store.finish = lambda claim, outcome: False  # type: ignore[method-assign]
    assert known.round().seen == ((Seen.PARSED, 1),), "the quiet visit of p2 alone"


def test_a_source_is_logged_with_what_happened(known: Scene, caplog: pytest.LogCaptureFixture) -> None:
    known.put("p1", word="another word")
    known.fail("p2")
    with caplog.at_level(logging.INFO, "monitor"):
        known.round()
    assert [record.getMessage() for record in caplog.records] == ["round started", "change", "visit", "round ended"]
    assert caplog.records[-1].__dict__["fields"] == {"source": "a", "round": 2, "changes": 1, "parsed": 1, "unreachable": 1}


# The baseline


def test_the_baseline_lasts_until_a_round_read_something(scene: Scene) -> None:
    scene.put("p1")
    scene.site.pages[LISTING] = Answer(b"no", 503)
    scene.round()
    scene.list("p1", "p2")
    scene.fail("p1", "p2")
    scene.round()
    scene.put("p1", "p2")
    scene.round(4 * INTERVAL)
    assert scene.log() == []
    assert len(scene.log(baseline=True)) == 2
    scene.put("p3")
    scene.list("p3")
    scene.round()
    assert scene.log() == [("new", "p3")]


def test_a_first_round_cut_short_is_baseline_to_its_end(scene: Scene) -> None:
    scene.put("p1", "p2")
    scene.list("p1", "p2")
    scene.stop_at("p2")
    with pytest.raises(Stopped):
        scene.round()
    scene.go_on()
    scene.put("p3")
    scene.list("p1", "p2", "p3")
    scene.round(HOUR)
    assert scene.log() == []
    assert len(scene.log(baseline=True)) == 3


# Cut short


def test_a_round_cut_short_is_gone_on_with_and_visits_nothing_twice(known: Scene) -> None:
    known.put("p1", "p3", "p4", word="another word")
    known.list("p1", "p2", "p3", "p4")
    known.stop_at("p2")
    with pytest.raises(Stopped):
        known.round()
    assert known.site.visited() == ["list", "p1", "p2"]
    assert known.log() == [("edited", "p1")]
    known.go_on()
    run = known.round(HOUR)
    assert known.site.visited() == ["list", "p2", "p3", "p4"]
    assert dict(run.seen) == {Seen.PARSED: 3}
    assert known.log() == [("edited", "p1"), ("new", "p3"), ("new", "p4")]


def test_quiet_visits_before_the_stop_are_kept(known: Scene) -> None:
    known.stop_at("p2")
    with pytest.raises(Stopped):
        known.round()
    page = known.store.page_at(url("p1"))
    assert page is not None
    assert page.visits == 2


def test_a_page_is_free_again_after_the_stop(known: Scene) -> None:
    known.stop_at("p1")
    with pytest.raises(Stopped):
        known.round()
    known.go_on()
    other = replace(known.tools, worker="somebody else")
    page = known.store.page_at(url("p2"))
    assert page is not None
    assert check_page(page.id, known.source, other) is not None


def test_a_round_cut_short_long_ago_is_not_gone_on_with(known: Scene) -> None:
    known.stop_at("p2")
    with pytest.raises(Stopped):
        known.round()
    known.go_on()
    known.site.asked.clear()
    known.round(INTERVAL + HOUR)
    assert known.site.visited() == ["list", "p2", "p1"]


def test_a_round_gone_on_with_is_not_blind_because_the_rest_fails(known: Scene) -> None:
    known.stop_at("p2")
    with pytest.raises(Stopped):
        known.round()
    known.go_on()
    known.fail("p2")
    known.round(HOUR)
    assert known.open() == {}


class _Killed(BaseException):
    """The process ends here."""


def test_killed_at_any_moment_the_log_is_that_of_an_undisturbed_run(tmp_path: Path) -> None:
    """The first commit of a round is its last, then the second one is, and so on; each time the round is gone on with."""
    calm = _two_rounds(tmp_path / "calm.db", -1)[1]
    kills = 0
    for commits in range(30):
        was_killed, log = _two_rounds(tmp_path / f"killed{commits}.db", commits)
        assert log == calm
        kills += was_killed
    assert 10 < kills < 30
    assert [kind for kind, _ in calm] == ["edited", "new", "new", "new", "new", "new", "removed"]


def _two_rounds(path: Path, commits: int) -> tuple[bool, list[tuple[str, str]]]:
    """Two rounds, the second killed after so many commits, unless it had fewer; the log when it was gone on with."""
    scene = Scene(StoreFile(path, lasting=False).open())
    scene.source = replace(scene.source, removal=Removal(visits=1, span=Duration(0)))
    scene.put("p1", "p2", "p3")
    scene.list("p1", "p2", "p3")
    scene.round()
    scene.put("p1", word="another word")
    scene.put("p4", "p5")
    scene.drop("p3")
    scene.list("p1", "p2", "p3", "p4", "p5", etag='"1"')
    _kill_after(commits, scene.store)
    try:
        scene.round()
    except _Killed:
        scene.store.close()
        pages, scene = scene.site.pages, Scene(StoreFile(path, lasting=False).open(), scene.clock, scene.source)
        scene.site.pages = pages
        scene.store.release_all()
        scene.round(HOUR)
        return True, _closed(scene)
    return False, _closed(scene)


def _closed(scene: Scene) -> list[tuple[str, str]]:
    log = sorted(scene.log(baseline=True))
    scene.store.close()
    return log


def _kill_after(commits: int, store: SqliteStore) -> None:
    left, run = commits, store.handle._run

    def counted(sql: str, values: Sequence[object]) -> sqlite3.Cursor:
        nonlocal left
        left -= sql == "COMMIT"
        if left == -1 and sql == "COMMIT":
            raise _Killed
        return run(sql, values)

    if commits >= 0:
        store.handle._run = counted  # type: ignore[method-assign]
