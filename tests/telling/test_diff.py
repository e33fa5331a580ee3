"""What a person sees of a change: names of parts, moves, splits, and the first of it in one line."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from standins import article

from monitor.judging.words import differences
from monitor.model import Op, Part, Piece
from monitor.telling import diff
from monitor.telling.marked import in_words, marked

A = "The dam was finished in January, the ministry of construction said."
B = "The workers who built it were given medals by the prime minister."
C = "Nobody knew what it had cost. The papers did not ask."


def lines(before: Sequence[str], after: Sequence[str], *, whole: bool = True) -> list[str]:
    return diff.parts(differences(article("T", *before), article("T", *after)), whole=whole).plain.strip().split("\n")


@pytest.mark.parametrize("size", [80, 500, 5000])
def test_two_long_words_that_begin_alike_are_told_from_where_they_differ(size: int) -> None:
    pieces = (Piece(Op.CUT, "x" * size + "spring"), Piece(Op.ADDED, "x" * size + "autumn"))
    found = [Part("title", pieces)]
    for said in (diff.glance(found).plain, in_words(found), "".join(marked(found))):
        assert "spring" in said
        assert "autumn" in said


def test_a_paragraph_that_moved() -> None:
    assert lines([A, B, C], [B, C, A]) == ["paragraph 3, moved from 1", A]
    moved = lines([A, B, C], [B, C, A.replace("January", "March")])
    assert moved == ["paragraph 3, moved from 1", A.replace("January", "[-January-]{+March+}")]


def test_what_moved_as_it_was_is_shown_by_its_beginning() -> None:
    long = " ".join(f"word{number}" for number in range(30))
    shown = lines([long, 6 * B, 6 * C], [6 * B, 6 * C, long], whole=False)
    assert shown == ["paragraph 3, moved from 1", "word0 word1 word2 word3 word4 word5 word6 word7 word8 word9 …"]


def test_paragraphs_that_moved_together() -> None:
    assert lines([A, B, 4 * C, 5 * C], [4 * C, 5 * C, A, B])[0] == "paragraphs 3 to 4, moved from 1 to 2"


def test_paragraphs_that_were_cut_are_named_by_their_number_before() -> None:
    assert lines(["x1", A, C], [C]) == ["paragraphs 1 to 2, cut", "[-x1-]", f"[-{A}-]"]
    assert lines([C], [C, "x1"]) == ["paragraph 2, added", "{+x1+}"]


def test_a_paragraph_that_was_split_shows_where() -> None:
    one, two = "Nobody knew what it had cost.", "The papers did not ask."
    assert lines([A, C], [A, one, two]) == ["paragraphs 2 to 3", f"{one}{{+¶+}}", two]
    assert lines([A, one, two], [A, C]) == ["paragraph 2", f"{one}[-¶-] {two}"]


def test_spaces_that_changed_are_seen() -> None:
    assert lines(["The  dam rose"], ["The dam rose"])[1] == "The[- -] dam rose"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((Part("paragraphs", (Piece(Op.KEPT, A),), 3, 1, is_moved=True),), f"moved: {A} "),
        (differences(article("T", A), article("T", A.replace("January", "March"))), "[-January-] {+March+} "),
        ((Part("title", (Piece(Op.CUT, "a"), Piece(Op.KEPT, " "), Piece(Op.ADDED, 80 * "b"))),), "[-a-] and 1 more"),
    ],
)
def test_the_first_of_a_change(parts: Sequence[Part], expected: str) -> None:
    assert diff.glance(parts).plain == expected
