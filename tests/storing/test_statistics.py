"""The log in numbers: changes by day, when edits come, on how many pages a term stood."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from standins import DAY, HOUR, START, article
from storing.steps import Steps

from monitor.model import Judged, Kind, LogQuery
from monitor.model.statistics import Band, By, Days, Delay
from monitor.protocols import Store
from monitor.storing.days import mondays
from monitor.storing.sqlite import StoreFile

LOG = LogQuery(limit=None, hidden=True)
MONTH = Days(START.date(), START.date() + timedelta(days=31))


@pytest.fixture
def told(steps: Steps) -> Steps:
    """Two pages that are read on the first day; one is edited two days and three hours later, the other removed on day 9."""
    steps.add("old")
    round_ = steps.round()
    steps.read("old", round_, article("Apples", "We eat red apples.", published=date(2025, 12, 30)), Kind.NEW)
    steps.close(round_)
    steps.add("one", "gone")
    round_ = steps.round()
    steps.read("one", round_, article("Pears", "We eat pears.", published=date(2026, 1, 1)), Kind.NEW)
    steps.read("gone", round_, article("Apples and pears", "We eat both.", published=date(2025, 12, 31)), Kind.NEW)
    steps.close(round_)
    steps.later(2 * DAY + 3 * HOUR)
    steps.read("one", steps.round(), article("Pears", "We eat green pears.", published=date(2026, 1, 1)), Kind.EDITED)
    steps.later(6 * DAY)
    for _ in range(3):
        round_ = steps.round()
        steps.gone("gone", round_)
        steps.same("one", round_)
        found = steps.store.absences(round_, steps.at)
        steps.close(round_, found if len(found) and found[0].visits == 3 else ())
        steps.later()
    while steps.store.index_texts(100):
        pass
    return steps


def days(store: Store, *sources: str, of: Days = MONTH, by: By = By.KIND) -> list[tuple[int, Kind | Band | str | None, int]]:
    found = store.changes_per_day(of, by, sources)
    return [(each.day.day, each.kind or each.band or each.source, each.count) for each in found]


def test_changes_are_counted_by_day_source_and_kind_and_baseline_is_no_change(told: Steps) -> None:
    assert days(told.store) == [(1, Kind.NEW, 2), (3, Kind.EDITED, 1), (9, Kind.REMOVED, 1)]
    assert days(told.store, by=By.SOURCE) == [(1, "a", 2), (3, "a", 1), (9, "a", 1)]
    assert days(told.store, of=Days(date(2026, 1, 2), date(2026, 1, 9))) == [(3, Kind.EDITED, 1)]
    assert days(told.store, "a") == days(told.store)
    assert days(told.store, "no such") == []


def test_scores_fall_into_bands_and_what_is_muted_does_not_count(told: Steps) -> None:
    numbers = {change.kind: change.id for change in told.store.changes(LOG)}
    told.store.keep_judgement(numbers[Kind.EDITED], b"r", Judged(0.6, "why"))
    told.store.keep_judgement(numbers[Kind.REMOVED], b"r", Judged(0.599, "why"))
    for change in told.store.changes(LOG):
        if change.kind is Kind.NEW:
            told.store.keep_judgement(change.id, b"r", Judged(0.1, "why", muted=True))
    assert days(told.store, by=By.BAND) == [(3, Band.HIGH, 1), (9, Band.MIDDLING, 1)]
    assert days(told.store) == [(3, Kind.EDITED, 1), (9, Kind.REMOVED, 1)]


def test_delays_are_told_from_the_published_day_and_from_the_first_sight(told: Steps) -> None:
    found = told.store.delays(MONTH)
    assert found.days == (Delay(2, 1), Delay(9, 1))
    assert found.hours == (Delay(51, 1), Delay(195 + 2, 1))
    assert (found.looked_at, found.is_cut) == (2, False)
    assert told.store.delays(MONTH, ["no such"]).looked_at == 0


def test_a_term_stands_in_the_weeks_in_which_a_wording_with_it_was_seen(told: Steps) -> None:
    weeks = {each.isoformat(): count for each, count in told.store.standing("pears", MONTH).weeks}
    assert weeks == {"2025-12-29": 2, "2026-01-05": 1, "2026-01-12": 0, "2026-01-19": 0, "2026-01-26": 0}
    green = told.store.standing("green", MONTH).weeks
    assert [count for _, count in green] == [1, 1, 0, 0, 0]
    assert [count for _, count in told.store.standing("nobody said so", MONTH).weeks] == [0] * 5
    assert [count for _, count in told.store.standing("pears", MONTH, ["no such"]).weeks] == [0] * 5


def test_words_that_ask_for_nothing_stood_nowhere(told: Steps) -> None:
    assert {count for _, count in told.store.standing("...", MONTH).weeks} == {0}


def test_a_term_does_not_stand_in_the_weeks_between_two_stays(steps: Steps) -> None:
    steps.add("one")
    steps.read("one", steps.round(), article("Fruit", "We eat pears."), Kind.NEW)
    steps.later(DAY)
    steps.read("one", steps.round(), article("Fruit", "We eat apples."), Kind.EDITED)
    steps.later(20 * DAY)
    steps.same("one", steps.round(), Kind.REVERTED, back_to=1)
    steps.store.index_texts(10)
    assert [count for _, count in steps.store.standing("pears", MONTH).weeks] == [1, 0, 0, 1, 0]
    assert [count for _, count in steps.store.standing("apples", MONTH).weeks] == [1, 0, 0, 0, 0]
    between = Days(date(2026, 1, 6), date(2026, 1, 13))
    assert {count for _, count in steps.store.standing("pears", between).weeks} == {0}


@settings(max_examples=25, deadline=None)
@given(turns=st.lists(st.tuples(st.integers(1, 12), st.booleans(), st.booleans()), max_size=8))
def test_a_page_stands_in_the_weeks_of_the_stays_of_its_wordings(turns: list[tuple[int, bool, bool]]) -> None:
    """``turns``: after so many days a page says the other thing, or the same; and perhaps is seen again a day later."""
    with TemporaryDirectory() as folder, StoreFile(Path(folder) / "a.db", lasting=False).open() as store:
        steps = Steps(store)
        steps.add("one")
        steps.read("one", steps.round(), article("Fruit", "We eat pears."), Kind.NEW)
        standing, known = 1, 1
        for days_later, turns_over, is_seen in turns:
            steps.later(days_later * DAY)
            if turns_over and known == 1:
                steps.read("one", steps.round(), article("Fruit", "We eat apples."), Kind.EDITED)
                standing = known = 2
            elif turns_over:
                standing = 3 - standing
                steps.same("one", steps.round(), Kind.REVERTED, back_to=standing)
            if is_seen:
                steps.later(DAY)
                steps.same("one", steps.round())
        store.index_texts(10)
        span = Days(START.date(), START.date() + timedelta(days=120))
        stays = store.stays(steps.page("one").id)
        for number, word in ((1, "pears"), (2, "apples")):
            found = [(stay.first.date(), stay.last.date()) for stay in stays.get(number, ())]
            week = timedelta(days=7)
            weeks = {each: any(first < each + week and last >= each for first, last in found) for each in mondays(span)}
            assert {week: bool(count) for week, count in store.standing(word, span).weeks} == weeks
