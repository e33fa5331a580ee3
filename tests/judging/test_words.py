"""The words that changed: the pieces always give both texts back, and show what a person would call the change."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standins import article
from strategies import articles

from monitor.article import Article
from monitor.judging.words import differences, words
from monitor.model import Op, Piece

# Few different words, so that texts share many; white space and marks of every kind among them.
_BITS = ("a", "b", "word", "don't", "1,234", " ", "  ", "\n", "\xa0", "\u2028", ".", "'", "“", "é", "김", "😀")
_SOME = st.lists(st.sampled_from(_BITS))
TEXTS = st.one_of(st.text(max_size=80), _SOME.map("".join), _SOME.map(" ".join))
FIELDS = ("publication", "title", "published", "paragraphs")


def joined(pieces: tuple[Piece, ...], *fates: Op) -> str:
    return "".join(piece.text for piece in pieces if piece.op in (Op.KEPT, *fates))


def shown(before: str, after: str) -> str:
    """The pieces as a person sees them."""
    marks = {Op.KEPT: "{}", Op.CUT: "[-{}-]", Op.ADDED: "{{+{}+}}"}
    return "".join(marks[piece.op].format(piece.text) for piece in words(before, after))


# Laws


@given(before=TEXTS, after=TEXTS)
def test_kept_and_cut_are_the_text_before_and_kept_and_added_the_text_after(before: str, after: str) -> None:
    pieces = words(before, after)
    assert joined(pieces, Op.CUT) == before
    assert joined(pieces, Op.ADDED) == after


@given(before=TEXTS, after=TEXTS)
def test_pieces_are_not_empty_and_no_two_neighbours_have_the_same_fate(before: str, after: str) -> None:
    pieces = words(before, after)
    assert all(piece.text for piece in pieces)
    fates = [piece.op for piece in pieces]
    assert all(one is not other for one, other in itertools.pairwise(fates))
    assert (Op.ADDED, Op.CUT) not in set(itertools.pairwise(fates)), "what was cut comes first"


@given(before=TEXTS, after=TEXTS)
def test_space_that_both_sides_end_with_is_kept(before: str, after: str) -> None:
    pieces = words(before, after)
    for cut, added in itertools.pairwise(pieces):
        if (cut.op, added.op) == (Op.CUT, Op.ADDED):
            assert not (cut.text.endswith(" ") and added.text.endswith(" "))


@given(text=TEXTS)
def test_the_same_text_is_kept_whole(text: str) -> None:
    assert words(text, text) == ((Piece(Op.KEPT, text),) if text else ())


@given(before=TEXTS, after=TEXTS)
def test_a_kept_piece_between_two_changes_is_long_enough_to_read(before: str, after: str) -> None:
    for piece in words(before, after)[1:-1]:
        if piece.op is Op.KEPT and "\n" not in piece.text and not piece.text.isspace():
            assert len(piece.text.split()) >= 2


@given(before=articles(), after=articles())
def test_every_part_that_differs_is_told_and_no_other(before: Article, after: Article) -> None:
    parts = differences(before, after)
    told = {part.name for part in parts}
    assert told == {name for name in FIELDS if getattr(before, name) != getattr(after, name)}
    for part in parts:
        assert any(piece.op is not Op.KEPT for piece in part.pieces)


# What is shown


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a b c d e f", "a b c d e f g", "a b c d e f{+ g+}"),
        ("a b c d e f g", "a b c d e f", "a b c d e f[- g-]"),
        ("one two three four.", "one two three four, five.", "one two three four{+, five+}."),
        ("There were Pak Un Hyok, Choe Kyong Su.", "There were Choe Kyong Su.", "There were [-Pak Un Hyok, -]Choe Kyong Su."),
        ("the dam rose by 40 metres", "the dam rose by 60 metres", "the dam rose by [-40-]{+60+} metres"),
        ("1.2 million saplings", "1.3 million saplings", "[-1.2-]{+1.3+} million saplings"),
        ('He said "it is so" twice', "He said “it is so” twice", 'He said [-"-]{+“+}it is so[-"-]{+”+} twice'),
        ("the workers' families came", "the workers’ families came", "the workers[-'-]{+’+} families came"),
        ("aaa bbb ccc ddd eee fff", "aaa xxx ccc yyy eee fff", "aaa [-bbb ccc ddd-]{+xxx ccc yyy+} eee fff"),
        ("aaa bbb ccc ddd eee fff", "aaa xxx ccc ddd yyy fff", "aaa [-bbb-]{+xxx+} ccc ddd [-eee-]{+yyy+} fff"),
        ("", "all new", "{+all new+}"),
        ("all gone", "", "[-all gone-]"),
        ("one\ntwo", "one\ntwo and a half", "one\ntwo{+ and a half+}"),
        ("x y", "y x", "[-x y-]{+y x+}"),
        ("The  cat sat", "The cat sat", "The[- -] cat sat"),
    ],
)
def test_what_a_person_sees(before: str, after: str, expected: str) -> None:
    assert shown(before, after) == expected


def test_a_long_text_is_fast_and_small_changes_stay_small() -> None:
    text = [f"w{number * number % 3001}" for number in range(20_000)]
    other = list(text)
    for at in range(0, 20_000, 500):
        other[at] = "changed"
    started = time.perf_counter()
    pieces = words(" ".join(text), " ".join(other))
    assert time.perf_counter() - started < 5  # it takes a fifth of a second
    assert sum(piece.op is Op.ADDED for piece in pieces) == 40
    assert {piece.text for piece in pieces if piece.op is Op.ADDED} == {"changed"}


@pytest.mark.parametrize(("before", "after"), [("the a " * 10_000, "the b " * 10_000), ("x" * 1_000_000, "-" * 100_000)])
def test_hostile_texts_are_fast_too(before: str, after: str) -> None:
    started = time.perf_counter()
    pieces = words(before, after)
    assert time.perf_counter() - started < 10  # it takes half a second
    assert joined(pieces, Op.CUT) == before


# Articles


def test_fields_come_in_the_order_of_the_page() -> None:
    before = article("Old title", "First.", "Second.", published=date(2026, 1, 1))
    after = replace(before, publication="Q", title="New title", published=None, paragraphs=("First.", "Second!"))
    assert [(part.name, part.at) for part in differences(before, after)] == [
        ("publication", None),
        ("title", None),
        ("published", None),
        ("paragraphs", 2),
    ]


def test_what_is_in_no_digest_is_no_difference() -> None:
    before = article()
    assert differences(before, replace(before, site="S", masthead=date(2026, 1, 2), has_original=True)) == ()


def test_runs_of_paragraphs_are_parts_of_their_own() -> None:
    before = article("T", "one", "two", "three", "four", "five")
    after = replace(before, paragraphs=("one", "two 2", "three", "four", "new", "five"))
    assert [(part.at, "".join(p.text for p in part.pieces if p.op is Op.ADDED)) for part in differences(before, after)] == [
        (2, " 2"),
        (5, "new"),
    ]


def test_a_paragraph_that_is_put_before_an_edited_one_hides_no_words() -> None:
    before = article("T", "The dam rose by forty metres in January alone.")
    after = replace(before, paragraphs=("A new first paragraph.", "The dam rose by sixty metres in January alone."))
    (part,) = differences(before, after)
    assert [piece.text for piece in part.pieces if piece.op is Op.CUT] == ["forty"]
    assert [piece.text for piece in part.pieces if piece.op is Op.ADDED] == ["A new first paragraph.\n", "sixty"]


def test_a_paragraph_that_is_gone() -> None:
    before = article("T", "one", "two", "three")
    (part,) = differences(before, replace(before, paragraphs=("one", "three")))
    assert (part.at, part.pieces) == (2, (Piece(Op.CUT, "two"),))
