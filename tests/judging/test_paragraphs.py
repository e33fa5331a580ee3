"""Which paragraph became which: every one is told once, and what stayed, moved, was split or replaced is told as that."""

from __future__ import annotations

import itertools
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.judging import paragraphs
from monitor.judging.paragraphs import Step, steps

A = "The dam was finished in January, the ministry of construction said."
B = "The workers who built it were given medals by the prime minister."
C = "Nobody knew what it had cost, and the papers did not ask."
D = "In spring the river rose higher than in any year before."


def step(old: tuple[int, int], new: tuple[int, int], *, is_moved: bool = False) -> Step:
    return Step(range(*old), range(*new), is_moved)


_PARAGRAPHS = st.lists(st.sampled_from([A, B, C, D, A + " " + B, C.upper(), "x", "y", "-0-"]), max_size=8)


@given(before=_PARAGRAPHS, after=_PARAGRAPHS)
def test_in_one_place_what_was_cut_comes_before_what_was_added(before: list[str], after: list[str]) -> None:
    for one, other in itertools.pairwise(steps(before, after)):
        is_one_place = (one.old.stop, one.new.stop) == (other.old.start, other.new.start)
        assert not (is_one_place and not one.old and not other.new)


@given(before=_PARAGRAPHS, after=_PARAGRAPHS)
def test_what_is_in_no_step_is_the_same_in_the_same_order(before: list[str], after: list[str]) -> None:
    found = steps(before, after)
    old, new = [at for each in found for at in each.old], [at for each in found for at in each.new]
    assert len(set(old)) == len(old)
    assert len(set(new)) == len(new)
    assert [text for at, text in enumerate(before) if at not in old] == [text for at, text in enumerate(after) if at not in new]


def test_the_shorter_paragraph_is_the_one_that_moved() -> None:
    assert steps([A, B, "Short and unlike."], ["Short and unlike.", A, B]) == [step((2, 3), (0, 1), is_moved=True)]


def test_two_paragraphs_that_changed_places_are_one_move() -> None:
    assert [each.is_moved for each in steps([A, D + D, B], [D + D, A, B])] == [True]


def test_a_paragraph_without_spaces_is_known_again_where_it_moved_and_was_edited() -> None:
    moved, still, other = (
        "国家主席习近平同志在北京会见了外宾。",
        "工厂的工人们完成了今年的计划,受到了表扬。",
        "朝鲜中央通讯社报道了这一消息。",
    )
    found = steps([moved, still, other], [still, other, moved.replace("同志", "")])
    assert found == [step((0, 1), (2, 3), is_moved=True)]


def test_a_repeated_paragraph_does_not_move() -> None:
    found = steps([A, "***", B, "***", C], [A, B, "***", C, "***"])
    assert not any(each.is_moved for each in found)


def test_a_paragraph_that_was_replaced() -> None:
    assert steps([A, B, C], [A, D, C]) == [step((1, 2), (1, 2))]


def test_paragraphs_that_were_cut_and_added() -> None:
    assert steps([A, B], [A, C, D, B]) == [step((1, 1), (1, 3))]
    assert steps([A, C, D, B], [A, B]) == [step((1, 3), (1, 1))]
    assert steps([A, C], [A, B.upper(), D, B]) == [step((1, 2), (1, 1)), step((2, 2), (1, 4))]


def test_a_move_out_of_an_edited_stretch() -> None:
    found = steps([A, B, C, D], [A.replace("January", "March"), C.replace("papers", "press"), D, B])
    assert found == [step((0, 1), (0, 1)), step((2, 3), (1, 2)), step((1, 2), (3, 4), is_moved=True)]


def test_a_paragraph_split_in_three() -> None:
    assert steps([D, f"{A} {B} {C}"], [D, A, B, C]) == [step((1, 2), (1, 4))]


def test_an_added_paragraph_that_repeats_what_is_kept_was_not_split_off() -> None:
    assert [len(each.new) for each in steps([A, B], [A.replace("January", "March"), A.replace("January", "May"), B])] == [1, 1]


def test_the_same_paragraphs_are_no_steps() -> None:
    assert steps([A, B], [A, B]) == []
    assert steps([], []) == []


def test_paragraphs_that_are_like_one_another_are_paired_in_their_order() -> None:
    tables = ["How many? 0 1 0 0 10 6 5", "How many? 0 0 1 5 10 5 1"]
    heads = ["I am satisfied with my work", "I feel that I am growing"]
    before = [heads[0], tables[0], heads[1], tables[1]]
    after = ["A chart", f"{heads[0]} now", f"{tables[0]} so", "Another chart", f"{heads[1]} now", f"{tables[1]} so"]
    found = steps(before, after)
    assert not any(each.is_moved for each in found)
    assert [(each.old.start, each.new.start) for each in found if each.old] == [(0, 1), (1, 2), (2, 4), (3, 5)]


def test_too_many_paragraphs_are_not_looked_for_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = [A, B, f"{C} {D}"], [C, D, B.replace("medals", "nothing"), A.replace("January", "March")]
    assert any(each.is_moved for each in steps(before, after))
    monkeypatch.setattr(paragraphs, "_MOST", 2)
    assert steps(before, after) == [step((0, 3), (0, 0)), step((3, 3), (0, 4))]


def test_long_paragraphs_are_not_looked_at_two_by_two() -> None:
    chance = random.Random(1)
    words = [f"w{number}" for number in range(3000)]
    before = [" ".join(chance.choices(words, k=2000)) for _ in range(150)]
    after = [" ".join(word if chance.random() < 0.7 else "q" for word in text.split()) for text in reversed(before)]
    started = time.process_time()
    assert sum(len(each.old) for each in steps(before, after)) == 150
    assert time.process_time() - started < 5  # it takes a second


def test_a_chain_of_sentences_that_went_over_is_told_in_pieces() -> None:
    heads = [f"The farm of village {number} harvested {number} tons of rice and {number} of maize." for number in range(2000)]
    tails = [f"Its chairman {number} praised worker {number} highly." for number in range(2000)]
    before = [f"{head} {tail}" for head, tail in zip(heads, tails, strict=True)]
    after = [heads[0], *(f"{tail} {head}" for head, tail in zip(heads[1:], tails, strict=False))]
    found = steps(before, after)
    assert len(found) > 1
    assert max(len(each.old) + len(each.new) for each in found) <= paragraphs._WIDEST
