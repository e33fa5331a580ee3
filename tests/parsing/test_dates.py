"""Days and instants: every format reads what it says, all of it, and never guesses."""

from __future__ import annotations

import locale
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.parsing.calendars import NAMED_READERS
from monitor.parsing.dates import Moment, read_day, read_moment
from monitor.parsing.months import full, short
from monitor.settings.formats import LANGUAGES, NAMED, format_problem

FEB = date(2026, 2, 3)
AUG = date(2024, 8, 3)


@pytest.mark.parametrize(
    ("text", "way", "day"),
    [
        # Korean, as newspapers and kcna.kp print it
        ("2023년 3월 13일", "korean", date(2023, 3, 13)),
        ("[2026.7.19.]", "korean", date(2026, 7, 19)),
        ("2023.3.13.", "korean", date(2023, 3, 13)),
        ("2023. 3. 13", "korean", date(2023, 3, 13)),
        ("2023.03.13 오후 2:05", "korean", date(2023, 3, 13)),
        ("2023-03-13(월) 14:05:09", "korean", date(2023, 3, 13)),
        ("2023년 3월 13일 월요일 14시 05분", "korean", date(2023, 3, 13)),
        ("13.3.2023", "korean", None),
        ("2023년 2월 30일", "korean", None),
        ("2023.3.13. 25:00", "korean", None),
        ("2023.3.13. 오후 14:00", "korean", None),
        # the Juche era: its year and 1911, held against the year beside it
        ("[Juche113.8.3.]", "juche", AUG),
        ("주체113(2024)년 8월 3일", "juche", AUG),
        ("Juche 113 (2024) . 8 . 3", "juche", AUG),
        ("주체113(2024).8.3.", "juche", AUG),
        ("주체113년 8월 3일", "juche", AUG),
        ("2024(Juche 113).8.3.", "juche", AUG),
        ("August 3, Juche 113 (2024)", "juche", AUG),
        ("3 Aug. Juche113", "juche", AUG),
        ("juche1.1.1", "juche", date(1912, 1, 1)),
        ("Juche 113 (2023) . 8 . 3", "juche", None),
        ("주체112(2024)년 8월 3일", "juche", None),
        ("Juche 0.8.3", "juche", None),
        ("Juche113.2.30.", "juche", None),
        ("Augustus 3, Juche 113", "juche", None),
        ("113.8.3.", "juche", None),
        ("2024.8.3.", "juche", None),
        # Chinese and Japanese
        ("2024年8月3日", "chinese", AUG),
        ("2024年8月3日 星期六 14:05", "chinese", AUG),
        ("２０２４年８月３日（土）１４時０５分", "japanese", AUG),
        ("2024年8月32日", "japanese", None),
        # ISO 8601
        ("2026-02-03", "iso", FEB),
        ("20260203", "iso", FEB),
        ("2026-02-03T10:00", "iso", FEB),
        ("2026-02-03 10:00:00.123456789 +0900", "iso", FEB),
        ("2026-02-03T23:59:60Z", "iso", FEB),
        ("2026-2-3", "iso", None),
        ("2026-02-31", "iso", None),
        ("0000-02-03", "iso", None),
        ("2026-02-03T24:00Z", "iso", None),
        ("2026-02-03T10:00+99:00", "iso", None),
        ("2026-02-03 and more", "iso", None),
        ("x2026-02-03", "iso", None),
        ("２０２６-02-03", "iso", None),
        # RFC 2822, and what is obsolete in it
        ("Tue, 03 Feb 2026 23:30:00 -0500", "rfc2822", FEB),
        ("3 Feb 26 23:30 EST (Eastern)", "rfc2822", FEB),
        ("03 Feb 99 00:00 GMT", "rfc2822", date(1999, 2, 3)),
        ("3 Feb 2026 23:30:00 KST", "rfc2822", FEB),
        ("Tue, 3 Fob 2026 23:30:00 GMT", "rfc2822", None),
        ("Tue, 31 Feb 2026 23:30:00 GMT", "rfc2822", None),
        ("Tue, 3 Feb 2026", "rfc2822", None),
        # patterns
        ("08/04/2021", "%d/%m/%Y", date(2021, 4, 8)),
        ("08/04/2021", "%m/%d/%Y", date(2021, 8, 4)),
        ("04/13/2021", "%d/%m/%Y", None),
        ("November 9, 2025", "%B %d, %Y", date(2025, 11, 9)),
        ("NOVEMBER  09, 2025", "%B %d, %Y", date(2025, 11, 9)),
        ("Nov 9, 2025", "%B %d, %Y", None),
        ("Sept. 9, 2025", "%b %d, %Y", date(2025, 9, 9)),
        ("May 9, 2025", "%b %d, %Y", date(2025, 5, 9)),
        ("20260203", "%Y%m%d", FEB),
        ("03.02.26", "%d.%m.%y", FEB),
        ("03.02.69", "%d.%m.%y", date(1969, 2, 3)),
        ("2026 034", "%Y %j", FEB),
        ("2026 366", "%Y %j", None),
        ("Tuesday 3 February 2026, 11.30 p.m. +0900", "%A %d %B %Y, %I.%M %p %z", FEB),
        ("Someday 3 February 2026", "%A %d %B %Y", None),
        ("2026-02-03 13:30 PM", "%Y-%m-%d %H:%M %p", None),
        ("100% 2026-02-03", "100%% %Y-%m-%d", FEB),
        ("2026x02x03", "%Y.%m.%d", None),
        ("202602 03", "%Y %m %d", None),
        # months in other languages
        ("3 февраля 2026 г.", "ru: %d %B %Y г.", FEB),
        ("Февраль 3, 2026", "ru: %B %d, %Y", FEB),
        ("martes, 3 de febrero de 2026", "es: %A, %d de %B de %Y", FEB),
        ("3 févr. 2026", "fr: %d %b %Y", FEB),
        ("3. Februar 2026", "de: %d. %B %Y", FEB),
        ("2026년 2월 3일", "ko: %Y년 %B %d일", FEB),
        ("3 February 2026", "ru: %d %B %Y", None),
        # a text that is none at all
        ("", "iso", None),
        ("2026-02-03" + " " * 300, "iso", None),
    ],
)  # fmt: skip
def test_a_format_reads_what_it_says_and_nothing_else(text: str, way: str, day: date | None) -> None:
    assert format_problem(way) is None
    assert read_day(text, (way,)) == day


@pytest.mark.parametrize(
    ("text", "way", "zone", "day"),
    [
        ("2026-02-03T23:30:00-05:00", "iso", None, date(2026, 2, 3)),
        ("2026-02-03T23:30:00-05:00", "iso", "Asia/Seoul", date(2026, 2, 4)),
        ("2026-02-03T00:30:00+09:00", "iso", "UTC", date(2026, 2, 2)),
        ("2026-02-03T15:00:00Z", "iso", "Asia/Seoul", date(2026, 2, 4)),
        ("2026-02-03T14:59:59Z", "iso", "Asia/Seoul", date(2026, 2, 3)),
        ("2026-02-03T23:30:00", "iso", "Asia/Seoul", date(2026, 2, 3)),
        ("2026-02-03", "iso", "America/Los_Angeles", date(2026, 2, 3)),
        ("Tue, 03 Feb 2026 23:30:00 EST", "rfc2822", "Asia/Seoul", date(2026, 2, 4)),
        ("Tue, 03 Feb 2026 23:30:00 -0000", "rfc2822", "Asia/Seoul", date(2026, 2, 3)),
        ("03/02/2026 23:30 -0500", "%d/%m/%Y %H:%M %z", "Asia/Seoul", date(2026, 2, 4)),
        ("03/02/2026 23:30 GMT", "%d/%m/%Y %H:%M %Z", "Asia/Seoul", date(2026, 2, 4)),
        ("2026-07-01T03:30Z", "iso", "America/New_York", date(2026, 6, 30)),  # in summer time
        ("2026-12-01T04:30Z", "iso", "America/New_York", date(2026, 11, 30)),
        ("0001-01-01T00:00+05:00", "iso", "UTC", None),
        ("9999-12-31T23:00-05:00", "iso", "UTC", None),
    ],
)
def test_an_instant_is_of_the_day_that_it_is_in_the_zone(text: str, way: str, zone: str | None, day: date | None) -> None:
    assert read_day(text, (way,), zone) == day


def test_formats_are_tried_in_order() -> None:
    assert read_day("03/02/2026", ("%m/%d/%Y", "%d/%m/%Y")) == date(2026, 3, 2)
    assert read_day("13/02/2026", ("%m/%d/%Y", "%d/%m/%Y")) == date(2026, 2, 13)
    assert read_day("2026-02-03", ()) is None


def test_a_moment_holds_what_is_written() -> None:
    written = "2026-02-03 11:30 pm +0530"
    assert read_moment(written, ("%Y-%m-%d %I:%M %p %z",)) == Moment(FEB, time(23, 30), timedelta(hours=5, minutes=30))
    assert read_moment("12:00 a.m. 3/2/2026", ("%I:%M %p %d/%m/%Y",)) == Moment(FEB, time(0, 0))


def test_months_are_twelve_in_every_language() -> None:
    for language in LANGUAGES:
        assert set(full(language).values()) == set(range(1, 13)), language
        assert set(short(language).values()) == set(range(1, 13)), language


def test_every_name_that_the_settings_allow_has_a_reader() -> None:
    assert set(NAMED) == set(NAMED_READERS)


def test_english_months_are_read_whatever_the_locale() -> None:
    before = locale.setlocale(locale.LC_TIME)
    other = next((name for name in ("de_DE.UTF-8", "fr_FR.UTF-8", "C.UTF-8", "C") if _is_set(name)), None)
    try:
        assert other is not None
        assert read_day("March 3, 2026", ("%B %d, %Y",)) == date(2026, 3, 3)
    finally:
        locale.setlocale(locale.LC_TIME, before)


def _is_set(name: str) -> bool:
    try:
        locale.setlocale(locale.LC_TIME, name)
    except locale.Error:
        return False
    return True


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("%d/%m", "does not write a whole day"),
        ("%B %d", "does not write a whole day"),
        ("%Y-%m-%d %m", "says the same twice"),
        ("%Y %B %m %d", "says the same twice"),
        ("%Q", "holds %Q, which is no directive"),
        ("%x", "holds %x, which is no directive"),
        ("%Y-%m-%d%", "holds %, which is no directive"),
        ("xx: %d %B %Y", "names the language 'xx'"),
        ("jucke", "did you mean 'juche'"),
        ("", "is no way to write a date"),
    ],
)
def test_a_wrong_format_is_told_why(pattern: str, problem: str) -> None:
    assert problem in (format_problem(pattern) or "")


# Laws

DAYS = st.dates()
INSTANTS = st.datetimes(
    min_value=datetime(1950, 1, 3),  # noqa: DTZ001  hypothesis wants it so
    max_value=datetime(2049, 12, 29),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=9)), timezone(timedelta(hours=-9, minutes=-30))]),
)


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d %B %Y", "%b %d, %Y", "%A, %d. %b %Y", "%Y%m%d"]))
def test_what_a_pattern_writes_it_reads(day: date, pattern: str) -> None:
    padded = pattern.replace("%Y", f"{day.year:04}")  # strftime does not pad years everywhere
    assert read_day(day.strftime(padded), (pattern,)) == day


@given(INSTANTS)
def test_an_instant_reads_the_same_in_iso_and_in_mail(at: datetime) -> None:
    seoul = at.astimezone(timezone(timedelta(hours=9))).date()
    if at.date() >= date(1990, 1, 1):  # it was not always nine hours
        assert read_day(at.isoformat(), ("iso",), "Asia/Seoul") == seoul
        assert read_day(format_datetime(at), ("rfc2822",), "Asia/Seoul") == seoul
    assert read_day(at.isoformat(), ("iso",)) == at.date()


@given(st.integers(1, 199), st.integers(0, 13), st.integers(0, 32))
def test_a_juche_day_is_a_day_1911_years_later(era: int, month: int, day: int) -> None:
    try:
        wanted = date(era + 1911, month, day)
    except ValueError:
        wanted = None
    both = f"{era} ({era + 1911})"
    written = (f"[Juche{era}.{month}.{day}.]", f"주체{both}년 {month}월 {day}일", f"Juche {both} . {month} . {day}")
    assert [read_day(each, ("juche",)) for each in written] == [wanted] * 3


@given(
    st.text(alphabet="0123456789-/.:, TZ+年月日년월일주체JucheFebGMT[]()pm%", max_size=40) | st.text(max_size=30),
    st.sampled_from([*NAMED, "%d/%m/%Y", "%B %d, %Y %I:%M %p %z", "ko: %Y년 %B %d일"]),
    st.sampled_from([None, "Asia/Seoul"]),
)
def test_any_text_is_a_day_or_none(text: str, way: str, zone: str | None) -> None:
    day = read_day(text, (way,), zone)
    assert day is None or isinstance(day, date)
