"""Links are gathered: once each, with all that is said of them, the others counted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from parsing.answers import AT, HOST, source

from monitor.parsing.gathering import Gathering, day_of, moment


def test_the_latest_alteration_and_the_first_title_count() -> None:
    gathered = Gathering(source(), HOST, AT)
    for title, day in (("", 2), ("One", 3), ("Other", 1)):
        gathered.add("/1", title=title, altered=datetime(2025, 1, day, tzinfo=UTC))
    (link,) = gathered.listed().links
    assert (link.title, link.altered) == ("One", datetime(2025, 1, 3, tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "kept"),
    [
        (date(2025, 1, 1), True),
        (date(2026, 1, 2), True),
        (date(2026, 1, 3), False),
        (date(1970, 1, 1), False),
        (date(1989, 12, 31), False),
    ],
)
def test_a_day_that_cannot_be_true_is_none(day: date, kept: bool) -> None:
    gathered = Gathering(source(), HOST, AT)
    gathered.add("/1", published=day)
    assert gathered.listed().links[0].published == (day if kept else None)


def test_what_is_said_is_folded_and_cut() -> None:
    gathered = Gathering(source(), HOST, AT)
    gathered.add("/1", title=" a\n b" + "c" * 10_000, excerpt="d" * 10_000)
    (link,) = gathered.listed().links
    assert (link.title[:6], len(link.title), len(link.excerpt)) == ("a bccc", 500, 1000)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2025-11-19", datetime(2025, 11, 19, tzinfo=UTC)),
        (" 2025-11-19T08:00Z ", datetime(2025, 11, 19, 8, tzinfo=UTC)),
        ("2025-11-19T08:00:00.123+09:00", datetime(2025, 11, 18, 23, 0, 0, 123000, tzinfo=UTC)),
        ("2025-11-19 08:00:00", datetime(2025, 11, 19, 8, tzinfo=UTC)),
        ("2025", None),
        ("2025-11", None),
        ("19.11.2025", None),
        ("2025-13-01", None),
        ("", None),
        (None, None),
        ("2" * 100_000, None),
    ],
)
def test_an_instant_is_read_as_the_standard_writes_it_or_not_at_all(text: str | None, at: datetime | None) -> None:
    assert moment(text) == at


def test_an_instants_day_is_that_in_utc_and_the_ends_of_time_have_none() -> None:
    east = timezone(timedelta(hours=9))
    assert day_of(datetime(2025, 11, 19, 8, tzinfo=east)) == date(2025, 11, 18)
    assert day_of(datetime(1, 1, 1, tzinfo=east)) is None
    gathered = Gathering(source(), HOST, AT)
    assert gathered.instant(datetime(1, 1, 1, tzinfo=east)) is None
