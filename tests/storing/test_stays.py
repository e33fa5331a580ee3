"""When a wording stood: each time it was there, never while another one was, as the change log has it."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from standins import HOUR, START, article
from storing.steps import Steps

from monitor.model import Kind, SearchQuery
from monitor.storing.sqlite import SqliteStore
from monitor.storing.stays import _lasting, _Sight, _stays, _told

A, B = article("Title", "It says one thing."), article("Title", "It says another thing.")


def hours(steps: Steps, name: str = "one") -> dict[int, list[tuple[int, int]]]:
    """The stays of the versions of a page, in hours since the start."""
    found = steps.store.stays(steps.page(name).id)
    return {number: [(_hour(stay.first), _hour(stay.last)) for stay in stays] for number, stays in found.items()}


def _hour(at: datetime) -> int:
    return int((at - START) / HOUR)


def there_and_back(steps: Steps) -> None:
    """A page that says A, then B from the second hour on, then A again from the fourth on, and still in the fifth."""
    steps.add("one")
    steps.read("one", steps.round(), A, Kind.NEW)
    steps.later(2 * HOUR)
    steps.read("one", steps.round(), B, Kind.EDITED)
    steps.later()
    steps.same("one", steps.round())
    steps.later()
    steps.same("one", steps.round(), Kind.REVERTED, back_to=1)
    steps.later()
    steps.same("one", steps.round())


def test_a_wording_that_stayed_has_one_time(steps: Steps) -> None:
    steps.add("one")
    steps.read("one", steps.round(), A, Kind.NEW)
    steps.later()
    steps.same("one", steps.round())
    assert hours(steps) == {1: [(0, 1)]}


def test_a_wording_that_went_and_came_back_has_two(steps: Steps) -> None:
    there_and_back(steps)
    assert hours(steps) == {1: [(0, 2), (4, 5)], 2: [(2, 3)]}


def removed(steps: Steps) -> None:
    """A page that says A, and is removed after one hour, beside another one that stays."""
    steps.add("one", "beside")
    first = steps.round()
    steps.read("one", first, A, Kind.NEW)
    steps.read("beside", first, article("Beside", "It stays."), Kind.NEW)
    steps.close(first)
    steps.later()
    round_ = steps.round()
    steps.same("beside", round_)
    steps.gone("one", round_)
    steps.close(round_, steps.store.absences(round_, steps.at))
    assert steps.page("one").gone


def test_a_removal_ends_a_stay_and_a_return_begins_one(steps: Steps) -> None:
    removed(steps)
    assert hours(steps) == {1: [(0, 0)]}
    steps.later()
    steps.same("one", steps.round(), Kind.RESTORED)
    assert hours(steps) == {1: [(0, 1), (2, 2)]}


def test_a_page_that_comes_back_with_another_text_did_not_bear_the_old_one_again(steps: Steps) -> None:
    removed(steps)
    steps.later()
    steps.read("one", steps.round(), B, Kind.RESTORED, Kind.EDITED)
    assert hours(steps) == {1: [(0, 0)], 2: [(2, 2)]}


def test_a_search_says_each_time_and_finds_nothing_in_between(steps: Steps) -> None:
    there_and_back(steps)
    steps.store.index_texts(10)
    (hit,) = steps.store.search(SearchQuery('"one thing"')).hits
    assert [(_hour(stay.first), _hour(stay.last)) for stay in hit.stays] == [(0, 2), (4, 5)]
    between = {"since": START + 2.5 * HOUR, "until": START + 3.5 * HOUR}
    for is_ranked in (False, True):
        assert steps.store.search(SearchQuery('"one thing"', is_ranked=is_ranked, **between)).hits == ()
        assert len(steps.store.search(SearchQuery('"another thing"', is_ranked=is_ranked, **between)).hits) == 1
        assert len(steps.store.search(SearchQuery('"one thing"', is_ranked=is_ranked, since=START + 4 * HOUR)).hits) == 1


def test_no_hit_is_lost_where_many_stood_at_other_times(steps: Steps) -> None:
    names = [f"p{number}" for number in range(12)]
    steps.add(*names)
    for at, text in enumerate(("needle {}", "other {}")):
        round_ = steps.round()
        for number, name in enumerate(names):
            steps.read(name, round_, article("T", text.format(number)), Kind.EDITED if at else Kind.NEW)
        steps.later()
    round_ = steps.round()
    for name in names[:9]:
        steps.same(name, round_, Kind.REVERTED, back_to=1)
    steps.store.index_texts(100)
    query = {"since": START + 1.2 * HOUR, "until": START + 1.8 * HOUR, "limit": 2}
    assert steps.store.search(SearchQuery("needle", **query)).hits == ()
    assert len(steps.store.search(SearchQuery("other", **{**query, "since": START + HOUR})).hits) == 2


VERSIONS = st.none() | st.integers(1, 4)


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans(), VERSIONS)), st.dictionaries(st.integers(1, 4), st.integers(0, 40)))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_no_two_wordings_stand_at_the_same_time(found: list[tuple[int, bool, int | None]], until: dict[int, int]) -> None:
    ordered = sorted(found, key=lambda each: each[:2])
    sights = [_Sight(1, at, is_import and version is not None, version) for at, is_import, version in ordered]
    stays = [*_stays([*_told(_lasting(sights), until)], until)]
    assert all(first <= last for _, first, last in stays)
    assert all(before[2] <= after[1] for before, after in pairwise(stays))


def test_a_page_without_a_version_has_no_stays(store: SqliteStore) -> None:
    steps = Steps(store)
    steps.add("one")
    assert hours(steps) == {}
    assert store.stays(999) == {}


def test_many_turns_are_all_told(steps: Steps) -> None:
    there_and_back(steps)
    for turn in range(20):
        steps.later(timedelta(hours=1))
        steps.same("one", steps.round(), Kind.EDITED if turn % 2 == 0 else Kind.REVERTED, back_to=2 if turn % 2 == 0 else 1)
    found = hours(steps)
    assert (len(found[1]), len(found[2])) == (12, 11)
    told = sorted(stay for stays in found.values() for stay in stays)
    assert all(before[1] <= after[0] for before, after in pairwise(told))
