"""How values stand in columns: instants, days, headers read back as they were; captures have a row when they prove something."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standins import START, article, capture, outcome
from storing.steps import Steps

from monitor.model import Capture, Hop, Kind, Seen, milliseconds
from monitor.storing.sqlite import SqliteStore
from monitor.storing.values import (
    day,
    from_day,
    from_instant,
    headers_json,
    instant,
    maybe_instant,
    packed_headers,
    unpacked_headers,
)

_HEADERS = st.lists(st.tuples(st.text(max_size=20), st.text(max_size=60)), max_size=20).map(tuple)


@given(at=st.datetimes(timezones=st.just(UTC)))
def test_instants_to_the_millisecond(at: datetime) -> None:
    assert instant(from_instant(at)) == milliseconds(at)


def test_an_instant_is_the_same_in_any_zone() -> None:
    assert from_instant(START.astimezone(timezone(timedelta(hours=9)))) == from_instant(START)
    assert maybe_instant(None) is None
    assert maybe_instant(0) == datetime(1970, 1, 1, tzinfo=UTC)


@given(found=st.none() | st.dates())
def test_days(found: date | None) -> None:
    assert day(from_day(found)) == found


def test_a_day_is_a_number_people_can_read() -> None:
    assert from_day(date(2025, 11, 19)) == 20251119


@given(headers=_HEADERS, base=st.binary(max_size=300))
def test_headers(headers: tuple[tuple[str, str], ...], base: bytes) -> None:
    taken = replace(capture(START), headers=headers)
    flat = [part for name, value in headers for part in (name.lower(), value)]
    text = json.dumps(flat, ensure_ascii=False).encode("utf-8", "replace").decode()
    assert json.loads(unpacked_headers(packed_headers(taken, base), base)) == json.loads(text)


def test_headers_like_those_before_take_little() -> None:
    def at(second: int) -> Capture:
        day = f"Thu, 01 Jan 2026 00:00:{second:02} GMT"
        return replace(capture(START), headers=(("Date", day), ("Content-Type", "text/html"), ("ETag", f'"{second}abcdef"')))

    first, second = at(1), at(2)
    assert len(packed_headers(second, headers_json(first))) < 40
    assert unpacked_headers(b"damaged", b"") == b""


# Captures


def rows(sqlite: SqliteStore) -> list[int]:
    """The status of every capture that has a row."""
    return [status for (status,) in sqlite.handle.rows("SELECT status FROM capture ORDER BY id")]


@pytest.fixture
def steps(sqlite: SqliteStore) -> Steps:
    made = Steps(sqlite)
    made.add("one")
    return made


def test_what_proves_something_has_a_row(sqlite: SqliteStore, steps: Steps) -> None:
    round_ = steps.round()
    steps.read("one", round_, article("first"), Kind.NEW)
    steps.same("one", round_)
    assert rows(sqlite) == [200]
    steps.read("one", round_, article("second"), Kind.EDITED)
    steps.same("one", round_, Kind.REVERTED, back_to=1)
    assert rows(sqlite) == [200, 200, 200]


def test_an_absence_that_proves_nothing_is_not_kept(sqlite: SqliteStore, steps: Steps) -> None:
    steps.read("one", steps.round(), article(), Kind.NEW)
    steps.later()
    for _ in range(3):
        round_ = steps.round(stale=timedelta(0))
        steps.gone("one", round_)
        steps.close(round_)
    assert sqlite.handle.value("SELECT count(*) FROM absence") == 0


def test_what_a_row_holds(sqlite: SqliteStore, steps: Steps) -> None:
    hops = (Hop("https://a.example/one", 301, "/two"),)
    taken = replace(
        capture(steps.at, "https://a.example/one", body=b"decoded", took=0.1234, hops=hops),
        answered="https://a.example/two",
        wire=b"wire",
        headers=(("X-Odd", "\udc80\x1b[31m"),),
    )
    done = outcome(steps.at, Seen.PARSED, Kind.NEW, new=article())
    done = replace(done, observation=replace(done.observation, capture=taken))
    steps.finish("one", steps.round(), done)
    found = sqlite.handle.rows("SELECT answered, wire_digest, wire_size, body_size, took_ms, length(hops) > 0 FROM capture")
    assert found == [("https://a.example/two", taken.digest, 4, 7, 123, 1)]
