"""Which items are the same: rising, equal, the same as rapidfuzz finds in short sequences, and bounded in time for long ones."""

from __future__ import annotations

import itertools
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.judging import aligning
from monitor.judging.aligning import blocks, encoded, rising, shared_start

TEXTS = st.text(st.sampled_from("abcdef"), max_size=60)


@given(old=TEXTS, new=TEXTS)
def test_blocks_are_equal_and_rise_in_both(old: str, new: str) -> None:
    check(old, new)


def check(old: str, new: str) -> int:
    """The number of items that are the same, after a look at every block."""
    found = blocks(old, new)
    for i, j, size in found:
        assert size
        assert old[i : i + size] == new[j : j + size]
    for (i, j, size), (i_next, j_next, _) in itertools.pairwise(found):
        assert i + size <= i_next
        assert j + size <= j_next
        assert (i + size, j + size) != (i_next, j_next)
    return sum(size for _, _, size in found)


@given(seed=st.integers(0, 1000))
def test_long_sequences_lose_little(seed: int) -> None:
    chance = random.Random(seed)
    old = [chr(0x100 + min(int(chance.paretovariate(0.6)), 3000)) for _ in range(1500)]
    new = [each if chance.random() < 0.9 else chr(0x2000 + chance.randrange(9)) for each in old]
    kept = sum(one == other for one, other in zip(old, new, strict=True))
    assert check("".join(old), "".join(new)) >= 0.97 * kept


def test_a_gap_that_nothing_holds_is_aligned_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aligning, "_SMALL", 100)
    monkeypatch.setattr(aligning, "_CELLS", 1000)
    assert check("ab" * 200, "ac" * 200) == 200


@pytest.mark.parametrize(("old", "new"), [("ab", "ac"), ("ab", "cb"), ("ab", "ba"), ("a", "b")])
def test_long_sequences_take_no_long_time(old: str, new: str) -> None:
    started = time.process_time()
    check(old * 50_000, new * 50_000)
    assert time.process_time() - started < 5


def test_items_are_encoded_by_what_is_in_both() -> None:
    old, new = encoded(["one", "two", "only here"], ["two", "one", "only there"])
    assert old[:2] == new[1::-1]
    assert len({*old, *new}) == 4


@given(start=TEXTS, old=TEXTS, new=TEXTS)
def test_the_shared_start(start: str, old: str, new: str) -> None:
    length = shared_start(start + old, start + new)
    assert length >= len(start)
    one, other = start + old, start + new
    assert one[:length] == other[:length]
    assert one == other or one[length : length + 1] != other[length : length + 1]


@given(places=st.permutations(range(6)), weights=st.lists(st.integers(1, 9), min_size=6, max_size=6))
def test_the_heaviest_rising_subsequence_is_the_heaviest(places: list[int], weights: list[int]) -> None:
    chosen = rising(places, weights)
    picked = [places[at] for at in chosen]
    assert picked == sorted(picked)
    every = [found for size in range(7) for found in itertools.combinations(range(6), size)]
    rises = [found for found in every if all(places[one] < places[other] for one, other in itertools.pairwise(found))]
    assert sum(weights[at] for at in chosen) == max(sum(weights[at] for at in found) for found in rises)


def test_nothing_rises_in_nothing() -> None:
    assert [*rising([])] == []
