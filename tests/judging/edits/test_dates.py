"""Days and hours: the same in another writing, and not the same."""

from __future__ import annotations

import pytest

from monitor.judging.edits import dates
from monitor.judging.edits.reading import read
from monitor.judging.edits.tokens import Sort

YEARS = frozenset({2021})


def day(text: str) -> dates.Day:
    (token,) = [token for token in read(f"It was on {text}.") if token.sort is Sort.DATE]
    return token.day


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("April 8, 2021", "2021-04-08"), ("08/04/2021", "April 8, 2021"), ("04/08/2021", "8 April 2021"),
        ("April 8", "April 8, 2021"),
        ("8th of April", "Apr. 8"), ("Juche 110", "2021"), ("7 a.m.", "07:00"), ("7 p.m.", "19:00"),
        ("주체110년 4월 8일", "2021년 4월 8일"),
    ],
)  # fmt: skip
def test_one_day_in_two_writings(one: str, other: str) -> None:
    assert dates.is_same(day(one) if one != "2021" else (("y", 2021),), day(other) if other != "2021" else (("y", 2021),), YEARS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("April 8, 2021", "2021-08-04"), ("April 8", "April 8, 2020"), ("April 8", "April 9"), ("May 8", "June 8"),
        ("Thursday", "Friday"),
        ("7 a.m.", "7 p.m."), ("23일", "24일"), ("yesterday", "today"),
    ],
)  # fmt: skip
def test_two_days(one: str, other: str) -> None:
    assert not dates.is_same(day(one), day(other), YEARS)


@pytest.mark.parametrize(
    "text",
    ["May Holloway came.", "Peter March spoke.", "They may go.", "3일간 계속되였다.", "3개월 걸렸다.", "It took 2021 workers."],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert [token.text for token in read(text) if token.sort is Sort.DATE] == []


def test_a_day_that_is_in_no_calendar_is_none() -> None:
    assert dates.numeric("2021-02-30") == ()
    assert dates.numeric("31/31/2021") == ()
