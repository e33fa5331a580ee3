"""How sources and pages stand: rounds and incidents by day, backfills, lists of pages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from standins import DAY, HOUR, START, article
from storing.steps import Steps

from monitor.model import Kind, Seen
from monitor.model.statistics import Backfilled, Days, Known, RoundDays

WEEK = Days(START.date(), START.date() + timedelta(days=7))


def test_rounds_are_counted_by_the_days_on_which_they_began_and_ended(steps: Steps) -> None:
    steps.add("one")
    for pause in (HOUR, 21 * HOUR):
        round_ = steps.round()
        steps.later(pause)
        steps.close(round_)
    round_ = steps.round()
    steps.later(4 * HOUR)
    steps.close(round_)
    steps.later(DAY)
    steps.round()
    first, second, third = date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)
    assert steps.store.round_days(WEEK) == [
        RoundDays("a", first, first, 2), RoundDays("a", first, second, 1), RoundDays("a", third, None, 1),
    ]  # fmt: skip
    assert steps.store.round_days(Days(second, third)) == [RoundDays("a", first, second, 1)]
    assert steps.store.round_days(WEEK, ["b"]) == []


def test_a_check_of_a_page_is_no_round(steps: Steps) -> None:
    steps.add("one")
    steps.store.open_check("a", steps.at)
    assert steps.store.round_days(WEEK) == []


def test_incidents_are_of_all_days_that_they_last_into(steps: Steps) -> None:
    steps.add("one")
    steps.store.open_incident("a", "blind", steps.at, "why")
    steps.later(2 * DAY)
    steps.store.close_incident("a", "blind", steps.at)
    steps.store.open_incident("a", "listing", steps.at, "why")
    kinds = [
        [each.kind for each in steps.store.incidents_of(Days(day, day + timedelta(days=1)))]
        for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3), date(2026, 1, 6))
    ]
    assert kinds == [[], ["blind"], ["blind"], ["blind", "listing"], ["listing"]]
    assert steps.store.incidents_of(WEEK, ["b"]) == []


def test_sources_are_known_since_they_were_taken_up(steps: Steps) -> None:
    steps.store.sync_sources(["b"], steps.at)
    steps.later()
    steps.store.sync_sources(["a"], steps.at)
    assert steps.store.known_since() == [Known("a", START + HOUR), Known("b", START)]


@pytest.fixture
def standing(steps: Steps) -> Steps:
    """Pages that stand in different ways."""
    steps.add("well", "gone", "new", "paused", "blocked", "forgotten")
    steps.add("other", source="b")
    round_ = steps.round()
    for name in ("well", "paused", "forgotten"):
        steps.read(name, round_, article(name), Kind.NEW)
    steps.gone("gone", round_)
    steps.fail("blocked", round_, Seen.BLOCKED)
    steps.store.set_page_state(steps.page("paused").id, "paused")
    steps.store.set_page_state(steps.page("forgotten").id, "forgotten")
    return steps


def names(steps: Steps, source: str | None, stand: str | None) -> list[str]:
    return [page.url.rpartition("/")[2] for page in steps.store.some_pages(source, stand, 0, 100).pages]


def test_pages_are_listed_by_how_they_stand(standing: Steps) -> None:
    assert names(standing, None, None) == ["well", "gone", "new", "paused", "blocked", "other"]
    assert names(standing, "a", None) == ["well", "gone", "new", "paused", "blocked"]
    assert names(standing, "a", "parsed") == ["well", "paused"]
    assert names(standing, None, "not yet visited") == ["new", "other"]
    assert names(standing, "a", "gone") == ["gone"]
    assert names(standing, "a", "blocked") == ["blocked"]
    assert names(standing, "a", "paused") == ["paused"]
    assert names(standing, "a", "forgotten") == ["forgotten"]
    assert names(standing, "a", "unreachable") == []
    assert names(standing, "nobody", None) == []


def test_a_list_of_pages_goes_on_where_it_ended_and_loses_none(standing: Steps) -> None:
    found, after = [], 0
    while True:
        some = standing.store.some_pages(None, None, after, 2)
        found += [page.url for page in some.pages]
        if some.further is None:
            break
        after = some.further
    assert found == [page.url for page in standing.store.some_pages(None, None, 0, 100).pages]
    assert len(found) == 6


def test_a_source_says_what_its_pages_add_up_to(standing: Steps) -> None:
    found = {each.name: each for each in standing.store.sources()}
    assert found["a"].pages == 5
    assert dict(found["a"].by_seen) == {None: 1, Seen.BLOCKED: 1, Seen.GONE: 1, Seen.PARSED: 2}
    assert found["a"].last_visit == START
    assert (found["b"].last_visit, found["b"].next_visit) == (None, START)


def test_what_is_left_of_a_backfill_is_told(standing: Steps) -> None:
    assert standing.store.backfilled() == [Backfilled("a", 0, 0, 1), Backfilled("b", 0, 0, 1)]
