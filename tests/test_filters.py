"""Filters as the query part of an address: there and back, and every mistake named."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standins import START

from monitor.errors import InputError
from monitor.filters import FILTERS, from_address, parse_instant, to_address
from monitor.model import EditClass, Kind, LogQuery, ReviewState

WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30) | st.none()
INSTANTS = st.integers(0, 10**6).map(lambda hours: START + timedelta(hours=hours)) | st.none()
QUERIES = st.builds(
    LogQuery,
    sources=st.frozensets(st.sampled_from(["kcna", "a-b.c"])),
    kinds=st.frozensets(st.sampled_from(Kind)),
    classes=st.frozensets(st.sampled_from(EditClass)),
    states=st.frozensets(st.sampled_from(ReviewState)),
    since=INSTANTS,
    until=INSTANTS,
    text=WORDS,
    changed=WORDS,
    watch=WORDS,
    assigned=WORDS,
    least=st.floats(0, 1),
    story=st.integers(1, 10**9) | st.none(),
    above=st.integers(0, 10**9),
    baseline=st.booleans(),
    hidden=st.booleans(),
    is_ranked=st.booleans(),
    start=st.tuples(st.floats(0, 1), st.integers(0, 10**9)) | st.none(),
    limit=st.just(50),
)


@given(QUERIES)
def test_filters_come_back_from_their_address(query: LogQuery) -> None:
    assert from_address(to_address(query), START) == query


@given(QUERIES)
def test_equal_filters_have_one_address(query: LogQuery) -> None:
    assert to_address(from_address(to_address(query), START)) == to_address(query)


def test_a_log_without_filters_has_an_empty_address() -> None:
    assert to_address(LogQuery()) == ""
    assert from_address("", START) == LogQuery(limit=50)


def test_a_form_sends_empty_fields_too() -> None:
    assert from_address("source=&text=%20&least=", START) == LogQuery(limit=50)


def test_a_length_of_time_stays_one_in_a_saved_address() -> None:
    query = from_address("since=24h&order=top", START)
    assert query.since == START - timedelta(hours=24)
    assert to_address(query, since="24h") == "since=24h&order=top"


def test_a_score_is_read_as_any_program_writes_it() -> None:
    found = [from_address(f"least={value}", START).least for value in ("0.5", ".5", "5e-1", "2.2e-309", "1.")]
    assert found == [0.5, 0.5, 0.5, 2.2e-309, 1]
    assert from_address(to_address(LogQuery(least=2.2e-309)), START).least == 2.2e-309


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("colour=red", "there is no filter 'colour'; the filters are source, kind, class"),
        ("kind=altered", "the filter kind: there is no 'altered'; there are new, copied"),
        ("least=2", "the filter least: '2' is no number from 0 to 1"),
        ("least=nan", "the filter least: 'nan' is no number from 0 to 1"),
        ("least=1e3", "the filter least: '1e3' is no number from 0 to 1"),
        ("least=e3", "the filter least: 'e3' is no number from 0 to 1"),
        ("least=%D9%A0", "is no number from 0 to 1"),
        ("since=yesterday", "the filter since: 'yesterday' is no time; write 2026-01-31"),
        ("since=9999999999999d", "is no time"),
        ("story=-1", "the filter story: '-1' is no number"),
        ("story=" + "9" * 30, "is no number"),
        ("limit=0", "the filter limit: should be from 1 to 1000; it is 0"),
        ("baseline=maybe", "the filter baseline: 'maybe' is neither yes nor no"),
        ("order=old", "the filter order: there is no 'old'; there are new and top"),
        ("after=1", "the filter after: '' is no number"),
        ("text=" + "x" * 501, "the filter text: is longer than 500 characters"),
    ],
)
def test_a_wrong_filter_is_named(address: str, said: str) -> None:
    with pytest.raises(InputError, match="filter") as raised:
        from_address(address, START)
    assert said in str(raised.value)


@given(st.text(max_size=60) | st.sampled_from(FILTERS).flatmap(lambda name: st.text(max_size=20).map(lambda v: f"{name}={v}")))
def test_any_address_gives_filters_or_our_error(address: str) -> None:
    with suppress(InputError):
        from_address(address, START)


def test_too_many_fields_are_refused_by_name() -> None:
    with pytest.raises(InputError, match="200"):
        from_address("&".join("source=a" for _ in range(300)), START)


def test_instants_are_read_as_people_write_them() -> None:
    assert parse_instant("2026-01-31", START) == datetime(2026, 1, 31, tzinfo=UTC)
    assert parse_instant("2026-01-31T12:00+09:00", START) == datetime(2026, 1, 31, 3, tzinfo=UTC)
    assert parse_instant("2h", START) == START - timedelta(hours=2)


def test_the_order_of_pairs_is_of_no_account() -> None:
    one, other = (from_address(address, START) for address in ("kind=new&kind=edited", "kind=edited&kind=new"))
    assert one == other == replace(LogQuery(limit=50), kinds=frozenset({Kind.NEW, Kind.EDITED}))
