"""Reviews in words: where a change stands, its review log, and what was done."""

from __future__ import annotations

from dataclasses import replace

import pytest
from standins import START
from telling.printing import shown

from monitor.model import Act, Review, Reviewed, ReviewState
from monitor.telling.reviews import DONE, done_line, meanwhile_line, reviews_text, standing

FLAG = Review(1, 1, 7, Act.FLAG, "ann", START)
NOTE = Review(2, 2, 7, Act.NOTE, "kim", START, "look\nat \x1b[31mthis")
UNDO = Review(3, 3, 7, Act.UNDO, "ann", START)


@pytest.mark.parametrize(
    ("reviewed", "said"),
    [
        (Reviewed(), ""),
        (Reviewed(ReviewState.FLAGGED), "flagged"),
        (Reviewed(assigned="kim", notes=1), "assigned to kim, 1 note"),
        (Reviewed(ReviewState.DISMISSED, "k\x1b", 2), "dismissed, assigned to k\\x1b, 2 notes"),
    ],
)
def test_where_a_change_stands(reviewed: Reviewed, said: str) -> None:
    assert standing(reviewed) == said


def test_the_review_log_of_a_change() -> None:
    assert reviews_text(Reviewed(), []).plain == ""
    lines = [replace(FLAG, is_undone=True), NOTE, UNDO, Review(4, 4, 7, Act.ASSIGN, "ann", START, "kim")]
    assert shown(reviews_text(Reviewed(assigned="kim", notes=1), lines)).splitlines() == [
        "",
        "review: assigned to kim, 1 note",
        "  2026-01-01 00:00  ann flagged  (taken back)",
        "  2026-01-01 00:00  kim noted",
        "    look",
        "    at \\x1b[31mthis",
        "  2026-01-01 00:00  ann took something back",
        "  2026-01-01 00:00  ann assigned it to kim",
    ]


def test_what_was_done_in_a_line() -> None:
    assert set(DONE) == set(Act)
    assert done_line(Act.FLAG, [7]) == "change 7 is flagged"
    assert done_line(Act.ASSIGN, [7, 8], "kim") == "2 changes are assigned to kim"
    assert done_line(Act.ASSIGN, [7]) == "change 7 is assigned to nobody"


def test_what_somebody_else_did_meanwhile() -> None:
    assert meanwhile_line(NOTE).startswith("change 7: meanwhile kim left a note on it at 2026-01-01 00:00 UTC")
    assert "ann flagged at" in meanwhile_line(FLAG)
