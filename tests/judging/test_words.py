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
from monitor.judging.segments import weight
from monitor.judging.words import differences, words
from monitor.model import Op, Part, Piece

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
            assert weight(piece.text) >= 2


@given(before=TEXTS, after=TEXTS)
def test_what_is_kept_does_not_hang_on_which_text_came_first(before: str, after: str) -> None:
    assert joined(words(before, after)) == joined(words(after, before))


@given(before=articles(), after=articles())
def test_every_part_that_differs_is_told_and_no_other(before: Article, after: Article) -> None:
    parts = differences(before, after)
    told = {part.name for part in parts}
    assert told == {name for name in FIELDS if getattr(before, name) != getattr(after, name)}
    for part in parts:
        assert part.is_moved or any(piece.op is not Op.KEPT for piece in part.pieces)


def lines(part: Part, fate: Op) -> list[str]:
    text = joined(part.pieces, fate)
    return text.split("\n") if text else []


def rebuilt(paragraphs: tuple[str, ...], parts: tuple[Part, ...], *, forwards: bool) -> tuple[str, ...]:
    """The paragraphs on the other side of the edit, from those on one side and the parts."""
    here, there = (Op.CUT, Op.ADDED) if forwards else (Op.ADDED, Op.CUT)
    told: set[int] = set()
    placed: dict[int, str] = {}
    for part in parts:
        assert part.was is not None
        assert part.at is not None
        start, other = (part.was - 1, part.at - 1) if forwards else (part.at - 1, part.was - 1)
        old, new = lines(part, here), lines(part, there)
        assert tuple(old) == paragraphs[start : start + len(old)]
        assert told.isdisjoint(range(start, start + len(old))), "no paragraph is told twice"
        assert placed.keys().isdisjoint(range(other, other + len(new)))
        told.update(range(start, start + len(old)))
        placed |= dict(enumerate(new, other))
    same = iter([text for at, text in enumerate(paragraphs) if at not in told])
    count = len(paragraphs) - len(told) + len(placed)
    return tuple(placed[at] if at in placed else next(same) for at in range(count))


# Few different paragraphs, so that articles share, repeat, move, split and edit many of them.
_SENTENCES = (
    "The dam rose by 40 metres.",
    "The dam rose by 60 metres.",
    "Nothing else happened.",
    "-0-",
    "김정은동지께서 보시였다.",
)
_SOME_PARAGRAPHS = st.lists(st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=3).map(" ".join), max_size=8).map(tuple)
_NUMBERED = [f"Paragraph {n} tells of matter {n * n} at length." for n in range(6)]
_MOVED_ABOUT = st.permutations(_NUMBERED).map(lambda found: tuple(found[:5]))
PARAGRAPHS = st.one_of(_SOME_PARAGRAPHS, _MOVED_ABOUT)


@given(before=PARAGRAPHS, after=PARAGRAPHS)
def test_the_parts_at_their_places_give_both_articles_whole(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    parts = differences(replace(article(), paragraphs=before), replace(article(), paragraphs=after))
    assert rebuilt(before, parts, forwards=True) == after
    assert rebuilt(after, parts, forwards=False) == before


@given(before=PARAGRAPHS, after=PARAGRAPHS)
def test_articles_keep_the_same_text_whichever_came_first(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    one, other = (replace(article(), paragraphs=paragraphs) for paragraphs in (before, after))
    there, back = differences(one, other), differences(other, one)
    kept = {(part.was, part.at, joined(part.pieces), part.is_moved) for part in there}
    assert {each for each in kept if each[2]} == {
        (part.at, part.was, joined(part.pieces), part.is_moved) for part in back if joined(part.pieces)
    }


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
        # Whole words and numbers, with what belongs to them.
        ("They won't come.", "They will come.", "They [-won't-]{+will+} come."),
        ("a rise of 3.5% in all", "a rise of 35% in all", "a rise of [-3.5%-]{+35%+} in all"),
        ("some 5,156 officials met", "some 5 156 officials met", "some [-5,156-]{+5 156+} officials met"),
        ("it cost $3.5 million", "it cost $35 million", "it cost [-$3.5-]{+$35+} million"),
        ("Pyongyang, August 5 (KCNA) -- So", "Pyongyang, August 5 -- So", "Pyongyang, August 5 [-(KCNA) -]-- So"),
        (
            "see https://a.example/b?c now",
            "see https://a.example/d?c now",
            "see [-https://a.example/b?c-]{+https://a.example/d?c+} now",
        ),
        ("e\u0301tat de sie\u0300ge", "e\u0301tats de sie\u0300ge", "[-e\u0301tat-]{+e\u0301tats+} de sie\u0300ge"),
        # Where a person would say that it begins.
        ("He met Kim Jong Un.", "He met the Comrade Kim Jong Un.", "He met {+the Comrade +}Kim Jong Un."),
        ("It rose. It fell.", "It rose. It sank then. It fell.", "It rose. {+It sank then. +}It fell."),
        ("a; b; c; d", "a; c; d", "a; [-b; -]c; d"),
        ("Did it rise?", "Did it rise? Did it fall?", "Did it rise?{+ Did it fall?+}"),
        # A phrase between two longer changes goes with them.
        (
            "is the wise man of them all now",
            "was our great man of those many now",
            "[-is the wise man of them all-]{+was our great man of those many+} now",
        ),
    ],
)
def test_what_a_person_sees(before: str, after: str, expected: str) -> None:
    assert shown(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # Korean: the particle alone where the noun stays, else the whole word. A noun that ends like a particle is whole.
        ("조선은 강국이다.", "조선이 강국이다.", "조선[-은-]{+이+} 강국이다."),
        ("김정은동지께서는 보시였다.", "김정은동지께서 보시였다.", "김정은동지[-께서는-]{+께서+} 보시였다."),
        ("평양에서 회의가 열렸다.", "서울에서 회의가 열렸다.", "[-평양에서-]{+서울에서+} 회의가 열렸다."),
        ("나라는 강하다", "당은 강하다", "[-나라는-]{+당은+} 강하다"),
        ("사회주의 건설", "사회주의의 건설", "사회주의{+의+} 건설"),
        ("박봉주, 최룡해, 김재룡이 왔다.", "박봉주, 김재룡이 왔다.", "박봉주, [-최룡해, -]김재룡이 왔다."),
        ("로동당 중앙위원회는 갔다", "로동당중앙위원회는 갔다", "[-로동당 중앙위원회는-]{+로동당중앙위원회는+} 갔다"),
        # Chinese and Japanese by character, katakana by word.
        ("习近平同志在北京会见了外宾。", "习近平在北京会见了美国外宾。", "习近平[-同志-]在北京会见了{+美国+}外宾。"),
        ("朝鲜中央通讯社8月5日电", "朝鲜中央通讯社8月6日电", "朝鲜中央通讯社8月[-5-]{+6+}日电"),
        ("金正恩同志视察了工厂。", "金正恩总书记视察了农场。", "金正恩[-同志-]{+总书记+}视察了[-工厂-]{+农场+}。"),
        ("総書記はミサイルを発射した。", "総書記はロケットを発射した。", "総書記は[-ミサイル-]{+ロケット+}を発射した。"),
        # Thai by cluster, so that no vowel or tone mark is parted from its consonant; Devanagari by word.
        ("เดินทางไปกรุงเทพฯ วันนี้", "เดินทางไปเชียงใหม่ วันนี้", "เดินทางไป[-กรุงเทพฯ-]{+เชียงใหม่+} วันนี้"),
        ("प्रधानमंत्री ने कहा", "राष्ट्रपति ने कहा", "[-प्रधानमंत्री-]{+राष्ट्रपति+} ने कहा"),
    ],
)
def test_what_a_reader_of_other_scripts_sees(before: str, after: str, expected: str) -> None:
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


NUMBERS = [f"w{number}" for number in range(30_000)]
HAN = "".join(chr(0x4E00 + number * number % 3001) for number in range(400_000))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("the a " * 10_000, "the b " * 10_000),
        ("x" * 1_000_000, "-" * 100_000),
        ("word " * 200_000, "word " * 150_000 + "last"),
        ("a b " * 100_000, "a c " * 100_000),
        (" ".join(NUMBERS), " ".join(NUMBERS[::-1])),
        (HAN, HAN[::-1]),
        (HAN[:60_000], HAN[59_999::-1]),
        ("It is so. " * 100_000, "It was so. " * 100_000),
    ],
    ids=["in turn", "one word", "repeated", "long and in turn", "reverse", "Han", "shorter Han", "sentences"],
)
def test_hostile_texts_are_fast_too(before: str, after: str) -> None:
    started = time.process_time()
    pieces = words(before, after)
    assert time.process_time() - started < 5  # each takes less than a second
    assert joined(pieces, Op.CUT) == before
    assert joined(pieces, Op.ADDED) == after


def test_a_change_in_a_very_long_text_is_still_shown_by_its_words() -> None:
    text = " ".join(f"The dam rose by {number} metres." for number in range(20_000))
    changed = text.replace("by 500 metres", "by 501 metres").replace("by 15000 metres", "by 15001 metres")
    assert [piece.text for piece in words(text, changed) if piece.op is not Op.KEPT] == ["500", "501", "15000", "15001"]


def test_many_paragraphs_are_fast_too() -> None:
    many = tuple(f"Paragraph {number}" for number in range(20_000))
    for other in (many[::-1], tuple(f"{text} b" for text in many), ("same",) * 20_000, tuple(f"x{n}" for n in range(20_000))):
        started = time.process_time()
        parts = differences(article("T", *many), article("T", *other))
        assert time.process_time() - started < 5  # each takes less than a second
        assert rebuilt(many, parts, forwards=True) == other


SHORT = tuple(f"Paragraph {number}" for number in range(100_000))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("same",) * 100_000, ("new", *["same"] * 99_999)),
        (SHORT, tuple(f"x{number}" for number in range(100_000))),
        (SHORT, SHORT[::-1]),
        (SHORT, tuple(f"{text} b" if at % 2 else text for at, text in enumerate(SHORT))),
    ],
    ids=["equal", "different", "reversed", "every second edited"],
)
def test_100_000_paragraphs_take_seconds_and_give_both_texts_whole(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    started = time.process_time()
    parts = differences(article("T", *before), article("T", *after))
    assert time.process_time() - started < 8  # each takes a second or two
    assert rebuilt(before, parts, forwards=True) == after


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
    new, edited = differences(before, after)
    assert new.pieces == (Piece(Op.ADDED, "A new first paragraph."),)
    assert [piece.text for piece in edited.pieces if piece.op is Op.CUT] == ["forty"]
    assert [piece.text for piece in edited.pieces if piece.op is Op.ADDED] == ["sixty"]
    assert (edited.was, edited.at) == (1, 2)


def test_a_paragraph_that_is_gone() -> None:
    before = article("T", "one", "two", "three")
    (part,) = differences(before, replace(before, paragraphs=("one", "three")))
    assert (part.at, part.pieces) == (2, (Piece(Op.CUT, "two"),))


FIRST = "The dam was finished in January, the ministry of construction said."
SECOND = "The workers who built it were given medals by the prime minister."
THIRD = "Nobody knew what it had cost. The papers did not ask. No figures were given."


def test_a_paragraph_that_moved_is_not_told_as_cut_and_added() -> None:
    (part,) = differences(article("T", FIRST, SECOND, THIRD), article("T", SECOND, THIRD, FIRST))
    assert (part.is_moved, part.was, part.at, part.pieces) == (True, 1, 3, (Piece(Op.KEPT, FIRST),))


def test_a_paragraph_that_moved_and_was_edited_shows_its_words() -> None:
    edited = FIRST.replace("January", "March")
    (part,) = differences(article("T", FIRST, SECOND, THIRD), article("T", SECOND, THIRD, edited))
    assert (part.is_moved, part.was, part.at) == (True, 1, 3)
    assert [piece.text for piece in part.pieces if piece.op is not Op.KEPT] == ["January", "March"]


def test_neighbours_that_moved_together_are_one_part() -> None:
    far = [f"This is what is said of the {n}th of the matters, at some length." for n in range(5)]
    (part,) = differences(article("T", FIRST, SECOND, *far), article("T", *far, FIRST, SECOND))
    assert (part.is_moved, part.was, part.at, part.pieces) == (True, 1, 6, (Piece(Op.KEPT, f"{FIRST}\n{SECOND}"),))


def test_a_paragraph_that_was_split_shows_only_where() -> None:
    start, end = "Nobody knew what it had cost.", "The papers did not ask. No figures were given."
    (part,) = differences(article("T", FIRST, THIRD, SECOND), article("T", FIRST, start, end, SECOND))
    assert [piece.text for piece in part.pieces if piece.op is not Op.KEPT] == [" ", "\n"]
    assert (part.was, part.at, part.is_moved) == (2, 2, False)


def test_paragraphs_that_were_merged_show_only_where() -> None:
    (part,) = differences(article("T", FIRST, SECOND, THIRD), article("T", FIRST, f"{SECOND} {THIRD}"))
    assert [piece.text for piece in part.pieces if piece.op is not Op.KEPT] == ["\n", " "]


def test_a_sentence_that_went_to_the_next_paragraph_is_kept() -> None:
    start, end = "Nobody knew what it had cost. The papers did not ask.", "No figures were given."
    before = article("T", FIRST, THIRD, SECOND)
    after = article("T", FIRST, start, f"{end} {SECOND}")
    (part,) = differences(before, after)
    assert "".join(piece.text for piece in part.pieces if piece.op is not Op.KEPT).split() == []


def test_each_edited_paragraph_finds_its_old_self_among_others() -> None:
    before = article("T", FIRST, SECOND, THIRD)
    first, third = FIRST.replace("January", "March"), THIRD.replace("cost", "taken")
    after = article("T", "This is new.", first, "And so is this.", "And this.", third)
    found = differences(before, after)
    assert [(part.was, part.at, part.is_moved) for part in found if joined(part.pieces)] == [(1, 2, False), (3, 5, False)]
    assert [part.was for part in found if {piece.op for piece in part.pieces} == {Op.CUT}] == [2]
