"""Days as people and machines write them: read in one way, or not at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.parsing.anysite.written import days_in, first_day, order_among, order_of

DAY = date(2024, 11, 3)


@pytest.mark.parametrize(
    "text",
    [
        "2024-11-03T23:30:00+09:00", "2024-11-03", "Sun, 03 Nov 2024 10:00:00 GMT", "November 3, 2024", "3. November 2024",
        "3 de noviembre de 2024", "2024.11.3.", "2024년 11월 3일", "2024年11月3日", "20241103T101010Z", "Nov. 3rd, 2024",
        "3 ноября 2024 г.", "2024/11/03", "Sun Nov  3 09:41:27 CEST 2024", "Juche113.11.3.", "주체113(2024)년 11월 3일",
        "3 Νοεμβρίου 2024", "3 พฤศจิกายน 2567", "3 tháng 11 năm 2024", "Politics3 November 2024",
    ],
)  # fmt: skip
def test_a_day_is_read(text: str) -> None:
    assert first_day(text) == DAY


@pytest.mark.parametrize("text", ["03/11/2024", "3.11.2024", "03-11-2024"])
def test_numbers_that_can_be_read_in_two_ways_are_no_day(text: str) -> None:
    assert [each.day for each in days_in(text)] == [None]
    assert first_day(text, day_first=True) == DAY
    assert first_day(text, day_first=False) == date(2024, 3, 11)


def test_numbers_that_can_be_no_other_day_are_one() -> None:
    assert first_day("25/11/2024") == date(2024, 11, 25) == first_day("11/25/2024")


@pytest.mark.parametrize(
    "text", ["", "1970-01-01", "0001-01-01T00:00:00", "2024-13-45", "May 2024", "31 June 2024", "12345678901"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert first_day(text) is None


def test_two_days_are_not_one() -> None:
    assert first_day("3 May 2024, 4 May 2024") is None


def test_a_language_settles_the_order_only_where_that_is_certain() -> None:
    assert (order_of("fr"), order_of("en-GB"), order_of("en-US"), order_of("en"), order_of("")) == (True, True, None, None, None)


def test_other_numbers_of_the_page_settle_it() -> None:
    assert order_among(iter(["25/11/2024", "03/11/2024"])) is True
    assert order_among(iter(["11/25/2024"])) is False
    assert order_among(iter(["11/25/2024", "25/11/2024"])) is None


@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2300, 1, 1)))
def test_every_iso_day_is_read_as_it_is(day: date) -> None:
    assert first_day(day.isoformat()) == (day if day != date(1970, 1, 1) else None)


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert all(each.start < each.end for each in days_in(text))
