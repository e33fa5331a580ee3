"""The report: one file that loads nothing and runs nothing."""

from __future__ import annotations

import re
from dataclasses import replace

from telling.told import AT, CAMPAIGN, HEAD, hostile, told

from monitor.model import Act, Review
from monitor.telling.report import Summary, report


def made(*rows: object) -> str:
    about = Summary(AT, "from 2026-01-01 00:00", 3, 1000, [("edited", 2), ("removed", 0)], [("kcna", 2)], [CAMPAIGN], HEAD)
    return "".join(report(about, rows))  # type: ignore[arg-type]


def test_it_says_what_it_is_of_and_what_changed() -> None:
    text = made(told())
    assert "<title>What changed: from 2026-01-01 00:00</title>" in text
    assert "drops the name Pak Un Hyok" in text
    assert "<del>[-Pak Un Hyok-]</del>" in text
    assert "ab" * 32 in text
    assert "14 changes on 12 pages" in text
    assert "removed" not in text


def test_it_stands_alone() -> None:
    text = made(told(), hostile())
    assert "default-src 'none'" in text
    assert not re.search(r"<(script|img|link|iframe|svg|object)\b", text)
    assert re.findall(r'(?:src|href)="([^"]*)"', text) == ["https://a.example/p"]
    assert "@import" not in text
    assert "url(" not in text


def test_where_nothing_fits_it_says_so() -> None:
    assert "No change fits." in made()


def test_what_reviewers_decided_and_wrote_stands_in_it() -> None:
    note = Review(4, 4, 7, Act.NOTE, "ben", AT, "<b>ask</b>\nthe desk")
    text = made(replace(told(), notes=(note,)))
    assert "flagged by ann, assigned to ann" in text
    assert "Note by ben, 2026-01-03 07:30 UTC: &lt;b&gt;ask&lt;/b&gt;<br>the desk" in text


def test_one_change_fits() -> None:
    assert "1 change fits." in "".join(report(Summary(AT, "", 1, None), [told()]))
