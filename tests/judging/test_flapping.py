"""To and fro between two wordings is one entry; a single return is an event."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standins import DAY, HOUR, START, url

from monitor.judging.flapping import folded
from monitor.model import Change, Kind

Turn = tuple[Kind, int | None, int | None]
EDITED, REVERTED = Kind.EDITED, Kind.REVERTED


def history(*turns: Turn, apart: timedelta = HOUR) -> list[Change]:
    return [
        Change(number, START + number * apart, kind, "a", 1, url("p"), "T", before=before, after=after)
        for number, (kind, before, after) in enumerate(turns, 1)
    ]


NEW, THERE, BACK, AGAIN = (Kind.NEW, None, 1), (EDITED, 1, 2), (REVERTED, 2, 1), (REVERTED, 1, 2)


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        ([], {}),
        ([NEW], {}),
        ([NEW, THERE], {}),
        ([NEW, THERE, BACK], {}),
        ([NEW, THERE, BACK, AGAIN], {3: 2, 4: 2}),
        ([NEW, THERE, BACK, AGAIN, BACK, AGAIN], {3: 2, 4: 2, 5: 2, 6: 2}),
        ([NEW, THERE, (EDITED, 2, 3), (REVERTED, 3, 2)], {}),
        ([NEW, THERE, BACK, AGAIN, (EDITED, 2, 3)], {3: 2, 4: 2}),
        ([NEW, THERE, BACK, (EDITED, 1, 3), (REVERTED, 3, 1)], {}),
        ([NEW, THERE, (Kind.REMOVED, 2, None), (Kind.RESTORED, None, 2), BACK, AGAIN], {}),
        ([NEW, THERE, BACK, (Kind.REMOVED, 1, None), (Kind.RESTORED, None, 1), AGAIN], {}),
    ],
)
def test_from_the_second_return_on_it_is_one_entry(turns: list[Turn], expected: dict[int, int]) -> None:
    assert folded(history(*turns)) == expected


def test_what_returns_after_more_than_a_week_is_an_event() -> None:
    assert folded(history(NEW, THERE, BACK, AGAIN, apart=7 * DAY)) == {3: 2, 4: 2}
    assert folded(history(NEW, THERE, BACK, AGAIN, apart=7 * DAY + HOUR)) == {}


@given(st.lists(st.tuples(st.sampled_from([EDITED, REVERTED]), st.integers(1, 3), st.integers(1, 3)), max_size=12))
def test_what_is_folded_into_is_earlier_and_stays_itself(turns: list[tuple[Kind, int, int]]) -> None:
    found = folded(history(*turns))
    assert all(into < change and into not in found for change, into in found.items())


def test_pictures_go_to_and_fro_only_between_the_same_two_sets() -> None:
    def edits(*sets: tuple[int, int]) -> dict[int, int]:
        made = history(*[(EDITED, 1, 1)] * len(sets))
        return folded([replace(change, pictures=each) for change, each in zip(made, sets, strict=True)])

    assert edits((1, 2), (2, 1), (1, 2)) == {2: 1, 3: 1}
    assert edits((1, 2), (2, 3), (3, 4)) == {}
