"""Which items of two sequences are the same one: in order, in bounded time.

Short sequences are aligned by Levenshtein distance (rapidfuzz). Long ones are first held together at the short runs that stand
once in each (Bram Cohen's patience diff, with runs instead of single lines), and where there are none, piece by piece.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

Block = tuple[int, int, int]  # where it begins in the one and in the other sequence, and how many items are the same
_Gap = tuple[int, int, int, int]
_SMALL = 250_000  # a gap of so many items by items is aligned as a whole
_CELLS = 25_000_000  # so many comparisons at most, a hundredth of a second, for a gap that has no runs to hold it
_RUNS = (4, 2, 1)  # the lengths of runs to look for


def encoded(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[str, str]:
    """Two sequences as strings with one character an item, the same for the same: the fastest form to compare."""
    inside = set(new)
    common = [item for item in dict.fromkeys(old) if item in inside]
    index = dict(zip(common, map(chr, range(2, len(common) + 2)), strict=True))
    return "".join([index.get(item, "\x00") for item in old]), "".join([index.get(item, "\x01") for item in new])


def blocks(old: str, new: str) -> list[Block]:
    """The runs of characters that are the same, in order in both; neighbouring runs are one."""
    found: list[Block] = []
    for i, j, size in _aligned(old, new, (0, len(old), 0, len(new)), _RUNS):
        if found and size and found[-1][0] + found[-1][2] == i and found[-1][1] + found[-1][2] == j:
            found[-1] = (found[-1][0], found[-1][1], found[-1][2] + size)
        elif size:
            found.append((i, j, size))
    return found


def _aligned(old: str, new: str, gap: _Gap, runs: tuple[int, ...]) -> Iterator[Block]:
    i, i_end, j, j_end = gap
    start = shared_start(old[i:i_end], new[j:j_end])
    yield i, j, start
    i, j = i + start, j + start
    if i == i_end or j == j_end:
        return
    end = shared_start(old[i:i_end][::-1], new[j:j_end][::-1])
    i_end, j_end = i_end - end, j_end - end
    if i < i_end and j < j_end:
        yield from _inside(old, new, (i, i_end, j, j_end), runs)
    yield i_end, j_end, end


def _inside(old: str, new: str, gap: _Gap, runs: tuple[int, ...]) -> Iterator[Block]:
    i, i_end, j, j_end = gap
    cells = (i_end - i) * (j_end - j)
    if cells <= _SMALL or not runs:
        yield from _piecewise(old, new, gap, -(-cells // _CELLS))
        return
    for i_anchor, j_anchor, size in _anchors(old[i:i_end], new[j:j_end], runs[0]):
        yield from _aligned(old, new, (i, gap[0] + i_anchor, j, gap[2] + j_anchor), runs[1:])
        i, j = gap[0] + i_anchor + size, gap[2] + j_anchor + size
        yield i - size, j - size, size
    yield from _aligned(old, new, (i, i_end, j, j_end), runs[1:])


def shared_start(old: str, new: str) -> int:
    """With how many of the same characters two strings begin."""
    low, most, step = 0, min(len(old), len(new)), 1
    while low < most and old[low : low + step] == new[low : low + step]:
        low, step = low + step, 2 * step
    low, high = min(low, most), min(most, low + step - 1)
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _anchors(old: str, new: str, size: int) -> list[Block]:
    """The runs of ``size`` that stand once in each, as far as they are in the same order; neighbouring ones joined."""
    where_old, where_new = _once(old, size), _once(new, size)
    pairs = [(i, where_new[run]) for run, i in where_old.items() if run in where_new]
    if not pairs:
        return []
    chosen = [pairs[at] for at in rising([j for _, j in pairs])]
    starts = [at for at in range(1, len(chosen)) if (chosen[at - 1][0] + 1, chosen[at - 1][1] + 1) != chosen[at]]
    return [(*chosen[start], end - start) for start, end in pairwise([0, *starts, len(chosen)])]


def _once(text: str, size: int) -> dict[str, int]:
    """Where the runs stand that stand once in ``text``."""
    found = [text[at : at + size] for at in range(len(text) - size + 1)]
    last = dict(zip(found, range(len(found)), strict=True))
    if len(last) < len(found):
        for run in {run for at, run in enumerate(found) if last[run] != at}:
            del last[run]
    return last


def rising(places: Sequence[int], weights: Sequence[int] | None = None) -> Sequence[int]:
    """The indices of the heaviest rising subsequence of different ``places``; each weighs 1 where no weights are given."""
    if all(one < other for one, other in pairwise(places)):
        return range(len(places))
    # Of the subsequences found so far, only those are kept that no other beats in both: it ends no later and weighs no less.
    last: list[int] = []
    heaviest: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, place in enumerate(places):
        slot = bisect_left(last, place)
        total = (heaviest[slot - 1] if slot else 0) + (weights[at] if weights else 1)
        before.append(ends[slot - 1] if slot else -1)
        beaten = slot
        while beaten < len(last) and heaviest[beaten] <= total:
            beaten += 1
        last[slot:beaten], heaviest[slot:beaten], ends[slot:beaten] = [place], [total], [at]
    chosen = [ends[-1]]
    while before[chosen[-1]] >= 0:
        chosen.append(before[chosen[-1]])
    return chosen[::-1]


def _piecewise(old: str, new: str, gap: _Gap, pieces: int) -> Iterator[Block]:
    """A gap in so many pieces of the same share of both sides, each aligned by Levenshtein distance."""
    i, i_end, j, j_end = gap
    pieces = max(1, pieces)
    if pieces > 1 and set(old[i:i_end]).isdisjoint(new[j:j_end]):
        return
    for piece in range(pieces):
        i_from, i_to = (i + (i_end - i) * step // pieces for step in (piece, piece + 1))
        j_from, j_to = (j + (j_end - j) * step // pieces for step in (piece, piece + 1))
        if i_from == i_to or j_from == j_to or i_to - i_from == j_to - j_from == 1:
            if old[i_from:i_to] == new[j_from:j_to]:
                yield i_from, j_from, i_to - i_from
            continue
        for block in Levenshtein.opcodes(old[i_from:i_to], new[j_from:j_to]).as_matching_blocks():
            yield i_from + block.a, j_from + block.b, block.size
