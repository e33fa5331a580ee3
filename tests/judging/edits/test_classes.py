"""The classes of edit: the labelled pairs, and what holds of any two articles."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from judging.pairs import CLASSES, Pair, tally, tuning
from strategies import articles

from monitor.article import Article
from monitor.judging.edits import edits, judge
from monitor.model import EditClass, Kind
from monitor.settings import Weights

PAIRS = tuning()
MIRRORED = {EditClass.CUT: EditClass.ADDITION, EditClass.ADDITION: EditClass.CUT}
LOOK_AT_NOW = {EditClass.SWAPPED, EditClass.EMPTIED}


def found(pair: Pair) -> set[str]:
    return {edit.what.value for edit in edits(pair.before, pair.after, pair.other)}


def article(*paragraphs: str, title: str = "A title") -> Article:
    return Article("The Times", title, None, paragraphs)


def test_every_class_is_found_precisely_and_fully_in_the_pairs_for_tuning() -> None:
    counted = tally(PAIRS, found)
    assert {
        name: (each.precision, each.recall) for name, each in counted.items() if min(each.precision, each.recall) < 0.95
    } == {}
    assert set(counted) == set(CLASSES)


def test_the_classes_are_those_of_the_pairs() -> None:
    assert {each.value for each in EditClass} == {*CLASSES, "picture"}, "pictures are no text, and beside the pairs"


@given(articles())
def test_an_article_was_not_edited_into_itself(one: Article) -> None:
    assert edits(one, one) == ()


def mirrored(before: Article, after: Article) -> None:
    there, back = edits(before, after), edits(after, before)
    if {edit.what for edit in (*there, *back)} & LOOK_AT_NOW:
        return
    turned = Counter((MIRRORED.get(edit.what, edit.what), edit.after, edit.before) for edit in back)
    assert Counter((edit.what, edit.before, edit.after) for edit in there) == turned


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.id)
def test_turned_about_the_same_is_found_with_before_for_after(pair: Pair) -> None:
    mirrored(pair.before, pair.after)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(articles(), articles())
def test_any_two_articles_can_be_judged_and_turned_about(one: Article, other: Article) -> None:
    mirrored(one, other)
    assert edits(one, other) == edits(one, other)
    assert bool(edits(one, other)) == ((one.publication, one.title, one.published, one.paragraphs) != (
        other.publication, other.title, other.published, other.paragraphs))  # fmt: skip


WORDS = [
    "Kim",
    "Jong",
    "Un",
    "won't",
    "not",
    "3.5%",
    "5 156",
    "$20",
    "May",
    "8,",
    "2021",
    '"said',
    'so"',
    "김정은동지는",
    "4월",
    "없다",
    "不",
    "said",
    "a",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30), st.lists(st.sampled_from(WORDS), max_size=30))
def test_any_facts_in_any_order_can_be_judged_and_turned_about(one: list[str], other: list[str]) -> None:
    mirrored(article(" ".join(one)), article(" ".join(other)))


HAN = ["".join(chr(0x4E00 + n * n * step % 2999) for n in range(170_000)) for step in (1, 2, 3, 5)]
HUGE = {
    "one word": ("the " * 100_000, "the " * 80_000 + "a " * 20_000),
    "open quotes": ("'a " * 100_000, "'a " * 100_000 + "b"),
    "quotes": ('" ' * 100_000, '"a ' * 100_000),
    "names": ("Kim Jong Un " * 30_000, "Kim Jong Il " * 30_000),
    "numbers": (" ".join(map(str, range(40_000))), " ".join(map(str, range(1, 40_001)))),
    "digits": ("1" * 300_000, "2" * 300_000),
    "separators": ("1 " * 150_000, "1," * 150_000),
    "hyphens": ("a-" * 150_000, "b-" * 150_000),
    "slashes": ("a/" * 150_000, "b/" * 150_000),
    "sentences": ("a. " * 100_000, "b. " * 100_000),
    "Korean": ("김정은동지께서는 " * 30_000, "김정일동지께서는 " * 30_000),
    "Chinese": ("中国人民不会" * 30_000, "中国人民会" * 30_000),
}


@pytest.mark.parametrize("name", HUGE)
def test_no_text_takes_long(name: str) -> None:
    old, new = HUGE[name]
    started = time.perf_counter()
    assert edits(article(old), article(new))
    assert time.perf_counter() - started < 5  # a second, on a machine that is busy with other tests


MANY = tuple(f"Item {number} says {number * 7 % 1000} of them." for number in range(100_000))
LONG = {
    "the last tenth edited": (MANY, (*MANY[:90_000], *(text.replace("Item", "Kim Thing") for text in MANY[90_000:]))),
    "one edited": (MANY, (*MANY[:50_000], "Another one.", *MANY[50_001:])),
    "reversed": (MANY, MANY[::-1]),
    "equal": (("same",) * 100_000, ("new", *["same"] * 99_999)),
    "different": (MANY, tuple(f"b{number}" for number in range(100_000))),
    "1 MB without blanks": (("x" * 1_000_000,), ("x" * 500_000 + "y" * 500_000,)),
    "300,000 words": ((" ".join(f"w{n % 3000}" for n in range(300_000)),), (" ".join(f"w{n % 2999}" for n in range(300_000)),)),
    "1 MB of Han": (tuple(HAN[:2]), tuple(HAN[2:])),
}


@pytest.mark.parametrize("name", LONG)
def test_no_article_takes_long_to_be_judged(name: str) -> None:
    old, new = LONG[name]
    started = time.process_time()
    found = judge(Kind.EDITED, article(*old), article(*new), Weights(), ["Kim Jong Un", "w17"])
    assert time.process_time() - started < 5  # a second
    assert found.edits


def test_names_known_from_far_before_an_edit_are_looked_for_nearby_only_and_places_stay() -> None:
    before, after = (article(*MANY[:20_000], f"Then came {name} of it.", *MANY[20_000:]) for name in ("Kim Jong Un", "Ri Il"))
    assert [(edit.what, edit.place) for edit in edits(before, after)] == [(EditClass.NAME, "paragraph 20001")]


def test_a_change_beyond_what_is_read_is_told_all_the_same() -> None:
    long = tuple(f"Sentence {number} of a long report." for number in range(4000))
    (edit,) = edits(article("Begins so.", *long, "Ends well."), article("Begins so.", *long, "Ends badly."))
    assert (edit.what, edit.place) == (EditClass.WORDING, "paragraph 4002")
    other = tuple(text.replace("long", "short") for text in long)
    assert any("beyond" in edit.place for edit in edits(article(*long), article(*other)))


def test_places_are_those_after_the_edit() -> None:
    before = article("First.", "The dam cost 5 million won.", "Last.")
    after = article("New first paragraph.", "First.", "The dam cost 6 million won.", "Last.")
    assert {(edit.what, edit.place) for edit in edits(before, after)} == {
        (EditClass.ADDITION, "paragraph 1"), (EditClass.NUMBER, "paragraph 3"),
    }  # fmt: skip


def test_the_published_date_the_source_and_the_title_are_fields() -> None:
    before = article("A text.")
    after = replace(before, publication="The Post", title="Another title")
    assert [(edit.what, edit.place) for edit in edits(before, after)][:2] == [
        (EditClass.HEADLINE, "title"), (EditClass.SOURCE, "publication"),
    ]  # fmt: skip
