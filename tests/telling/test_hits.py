"""Hits as they are printed: harmless, on two lines, with what was found marked."""

from __future__ import annotations

from standins import DAY, HOUR, START

from monitor.model import Hit, Span, Stay
from monitor.telling.hits import as_object, hit_text
from monitor.telling.stays import stays_text

EVIL = "\x1b[31mred\u202e"


def hit(*snippet: Span, title: str = "A title") -> Hit:
    stays = (Stay(START, START), Stay(START + HOUR, START + HOUR))
    return Hit(1, "https://a.example/" + EVIL, "a", (Span(title),), 2, START, START + HOUR, False, snippet, stays)


def test_nothing_of_a_site_reaches_the_terminal_raw() -> None:
    text = hit_text(hit(Span(EVIL), Span(f"{EVIL}\n", is_match=True), title=EVIL), marks=True).plain
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert len(text.splitlines()) == 2


def test_what_was_found_is_marked_where_there_is_no_colour() -> None:
    found = hit(Span("said "), Span("Pak", is_match=True))
    assert hit_text(found, marks=True).plain.endswith("    said [Pak]")
    assert hit_text(found, marks=False).plain.endswith("    said Pak")


def test_a_long_title_is_cut() -> None:
    assert "x" * 100 + " …" in hit_text(hit(title="x" * 500), marks=True).plain


def test_the_object_that_json_prints() -> None:
    found = as_object(hit(Span("Pak", is_match=True)))
    assert (found["title"], found["version"], found["current"]) == ("A title", 2, False)
    assert found["last_seen"] == "2026-01-01T01:00:00.000Z"
    assert found["stood"] == [
        {"from": "2026-01-01T00:00:00.000Z", "to": "2026-01-01T00:00:00.000Z"},
        {"from": "2026-01-01T01:00:00.000Z", "to": "2026-01-01T01:00:00.000Z"},
    ]
    assert found["snippet"] == [{"text": "Pak", "match": True}]


def test_each_time_that_a_wording_stood_is_said_and_of_many_the_latest() -> None:
    line = hit_text(hit(), marks=True).plain
    assert line.startswith("2026-01-01 00:00 to 2026-01-01 00:00, 2026-01-01 01:00 to 2026-01-01 01:00  past")
    times = [Stay(START + number * DAY, START + number * DAY + HOUR) for number in range(5)]
    assert stays_text(times).startswith("2 times from 2026-01-01 00:00 on, 2026-01-03 00:00 to 2026-01-03 01:00, ")
    assert stays_text(times[1:]).startswith("1 time from 2026-01-02 00:00 on, 2026-01-03")
