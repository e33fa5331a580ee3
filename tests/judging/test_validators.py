"""Validators: which of them are of use, and by which a server would have answered 304."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given as over
from hypothesis import strategies as st
from standins import START, capture

from monitor.judging import validators
from monitor.model import Validators

EARLY, NOON, LATE = (f"Thu, 01 Jan 2026 {hour}:00:00 GMT" for hour in ("11", "12", "13"))


def given(**headers: str) -> Validators:
    named = tuple((name.replace("_", "-"), text) for name, text in headers.items())
    return validators.given(replace(capture(START), headers=named))


def test_what_is_given_is_kept_verbatim() -> None:
    assert given(ETag='W/"a b"', Last_Modified=EARLY, Date=NOON) == Validators('W/"a b"', EARLY)
    assert given() == Validators()


@pytest.mark.parametrize("altered", [NOON, LATE])
def test_a_last_modified_that_is_not_before_the_answer_is_of_no_use(altered: str) -> None:
    assert given(ETag='"1"', Last_Modified=altered, Date=NOON) == Validators('"1"', None)


@pytest.mark.parametrize("date", ["", "yesterday", "Thu, 99 Jan 2026 12:00:00 GMT"])
def test_where_the_instants_cannot_be_compared_it_is_kept(date: str) -> None:
    assert given(Last_Modified=NOON, Date=date) == Validators(None, NOON)
    assert given(Last_Modified="yesterday", Date=NOON) == Validators(None, "yesterday")


def test_a_zone_that_is_not_told_is_utc() -> None:
    assert given(Last_Modified="Thu, 01 Jan 2026 12:00:00 -0000", Date=NOON) == Validators()


@pytest.mark.parametrize(
    ("known", "now", "header"),
    [
        (Validators('"1"'), Validators('"1"'), "ETag"),
        (Validators('"1"'), Validators('W/"1"'), "ETag"),
        (Validators('W/"1"'), Validators('W/"2"'), None),
        (Validators('"1"', NOON), Validators('"2"', NOON), None),
        (Validators('"1"', NOON), Validators(None, NOON), None),
        (Validators(None, NOON), Validators('"1"', NOON), "Last-Modified"),
        (Validators(None, NOON), Validators(None, EARLY), "Last-Modified"),
        (Validators(None, NOON), Validators(None, LATE), None),
        (Validators(None, "a day"), Validators(None, "a day"), "Last-Modified"),
        (Validators(None, "a day"), Validators(None, NOON), None),
        (Validators(None, NOON), Validators(), None),
        (Validators(), Validators('"1"', NOON), None),
    ],
)
def test_by_what_a_server_would_have_answered_304(known: Validators, now: Validators, header: str | None) -> None:
    assert validators.would_vouch(known, now) == header


@over(st.text(), st.text())
def test_any_header_is_read_without_a_fault(one: str, other: str) -> None:
    assert given(Last_Modified=one, Date=other).etag is None
    validators.would_vouch(Validators(None, one), Validators(None, other))
