"""Which paragraph became which: edited in place, moved, split, merged, cut or added.

Paragraphs that stand once on both sides are the same one, and those left over are paired by the words they share. The heaviest
run of pairs that are in the same order stays in place, and the others moved.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, pairwise

from monitor.judging.aligning import blocks, encoded, rising
from monitor.judging.likeness import dice
from monitor.judging.segments import features, sentences, weight

_SAME = 0.3  # likeness from which a paragraph is the old one edited in place. Paragraphs on other matters lie below 0.2
_SURE = 0.6  # ... whatever the others are like
_MOVED = 0.5  # ... and at another place
_LONG = 4  # words a paragraph needs to be known again at another place, if it was edited too
_PART = 0.4  # which share of a paragraph must come from another one to be a part split off from it
_COMMON = 8  # a word that stands in more paragraphs than this leads to none of them
_CANDIDATES = 3  # paragraphs with which a paragraph shares the most of such words, of which the likest is looked for
_CROSSED = 10_000_000  # marks by pairs, up to which pairs are looked at two by two: 200 paragraphs of 100 words or so
_ABOUT = 0.1  # likenesses that differ by no more tell nothing
_TRACE = 3  # marks, a word beside another one, that must have gone over before sentences are compared
_MOST = 10_000  # paragraphs that differ, beyond which none is looked for at another place or in parts
_WIDEST = 50  # paragraphs that are told as one because text went over between them
_ONE_BY_ONE = 50  # so many paragraphs that share nothing are told one by one
Feature = str | tuple[str, str]
Pairs = dict[int, int]  # paragraphs after by paragraphs before, counted from 0
Scores = dict[tuple[int, int], float]  # how like a paragraph before and one after are


@dataclass(frozen=True, slots=True)
class Step:
    """A run of paragraphs before and what became of it, as ranges counted from 0. An empty range says between which."""

    old: range
    new: range
    is_moved: bool = False


def steps(before: Sequence[str], after: Sequence[str]) -> list[Step]:
    """What differs, in the order of the text after; what is the same in its place is left out."""
    if before == after:
        return []
    if list(before) <= list(after):
        found = _steps(before, after)
    else:
        found = [replace(step, old=step.new, new=step.old) for step in _steps(after, before)]
    return _cuts_first(sorted(found, key=lambda step: (step.new.start, step.new.stop, step.old.start)))


def _cuts_first(found: list[Step]) -> list[Step]:
    """In one place, what was cut before what was added, whichever text the comparison began with."""
    for at, (one, other) in enumerate(pairwise([*found])):
        if not one.old and not other.new and _touch(one, other):
            found[at] = Step(other.old, range(one.new.start, one.new.start))
            found[at + 1] = Step(range(other.old.stop, other.old.stop), one.new)
    return found


def _steps(before: Sequence[str], after: Sequence[str]) -> list[Step]:
    known: dict[str, set[Feature]] = {}
    stays, moves = _paired(before, after, known)
    found = [Step(range(i, i + 1), range(j, j + 1)) for i, j in stays.items()]
    found += _leftovers(stays, moves, len(before), len(after))
    in_order = sorted(found, key=lambda step: (step.old.start, step.new.start))
    told = [step for step in in_order if before[step.old.start : step.old.stop] != after[step.new.start : step.new.stop]]
    joined = _joined(before, after, told, known) if len(told) <= _MOST else told
    return _in_runs(joined) + [Step(old, new, is_moved=True) for old, new in _runs(moves)]


def _runs(pairs: Pairs) -> list[tuple[range, range]]:
    """Neighbours that moved together as one."""
    found: list[tuple[range, range]] = []
    for i, j in sorted(pairs.items()):
        if found and found[-1][0].stop == i and found[-1][1].stop == j:
            found[-1] = range(found[-1][0].start, i + 1), range(found[-1][1].start, j + 1)
        else:
            found.append((range(i, i + 1), range(j, j + 1)))
    return found


# Pairs


def _paired(before: Sequence[str], after: Sequence[str], known: dict[str, set[Feature]]) -> tuple[Pairs, Pairs]:
    """The pairs that stayed in place, the equal ones among them, and those that moved."""
    start = _same(before, after)
    end = min(_same(before[::-1], after[::-1]), min(len(before), len(after)) - start)
    stays = {at: at for at in range(start)}
    stays |= {len(before) - at: len(after) - at for at in range(end, 0, -1)}
    inner, moves = _inner(before[start : len(before) - end], after[start : len(after) - end], known)
    stays |= {i + start: j + start for i, j in inner.items()}
    return stays, {i + start: j + start for i, j in moves.items()}


def _same(before: Sequence[str], after: Sequence[str]) -> int:
    """With how many of the same paragraphs two texts begin."""
    pairs = enumerate(zip(before, after, strict=False))
    return next((at for at, (old, new) in pairs if old != new), min(len(before), len(after)))


def _inner(before: Sequence[str], after: Sequence[str], known: dict[str, set[Feature]]) -> tuple[Pairs, Pairs]:
    count_old, count_new = Counter(before), Counter(after)
    where = {text: at for at, text in enumerate(after) if count_new[text] == 1}
    exact = {i: where[text] for i, text in enumerate(before) if count_old[text] == 1 and text in where}
    taken = set(exact.values())
    old = {i: before[i] for i in range(len(before)) if i not in exact and before[i] not in count_new}
    new = {j: after[j] for j in range(len(after)) if j not in taken and after[j] not in count_old}
    if not old or not new or len(old) + len(new) > _MOST:
        old, new = {}, {}
    known |= {text: features(text) for text in (*old.values(), *new.values())}
    like = _alike({i: known[text] for i, text in old.items()}, {j: known[text] for j, text in new.items()})
    pairs = sorted([(i, j, 1.0) for i, j in exact.items()] + [(i, j, score) for (i, j), score in like.items()])
    chosen = rising([j for _, j, _ in pairs], [int(len(before[i]) * score) + 1 for i, _, score in pairs])
    stays = {pairs[at][0]: pairs[at][1] for at in chosen}
    moves = {i: j for i, j, score in pairs if i not in stays and (score >= 1 or (score >= _MOVED and weight(before[i]) > _LONG))}
    for i_gap, j_gap, *_ in list(_gaps(stays, moves, len(before), len(after))):
        one, other = encoded([before[i] for i in i_gap], [after[j] for j in j_gap])
        stays |= {i_gap[i + at]: j_gap[j + at] for i, j, size in blocks(one, other) for at in range(size)}
    return stays, moves


def _gaps(stays: Pairs, moves: Pairs, old: int, new: int) -> Iterator[tuple[list[int], list[int], int, int]]:
    """The paragraphs before and after that are in no pair, gap by gap; where it ends before, and where it begins after."""
    come = set(moves.values())
    for (i, j), (i_next, j_next) in pairwise([(-1, -1), *sorted(stays.items()), (old, new)]):
        i_gap = [at for at in range(i + 1, i_next) if at not in moves]
        j_gap = [at for at in range(j + 1, j_next) if at not in come]
        if i_gap or j_gap:
            yield i_gap, j_gap, i_next, j + 1


def _alike(old: dict[int, set[Feature]], new: dict[int, set[Feature]]) -> Scores:
    """The paragraphs that are most alike, one to one, with their likeness."""
    found: Scores = {}
    if len(old) == len(new):  # mostly each was edited where it stood
        pairs = zip(old.items(), new.items(), strict=True)
        found = {(i, j): score for (i, one), (j, other) in pairs if (score := dice(one, other)) >= _SURE}
    gone, come = {i for i, _ in found}, {j for _, j in found}
    rest = {i: marks for i, marks in old.items() if i not in gone}, {j: marks for j, marks in new.items() if j not in come}
    return found | _likest(*rest)


def _likest(old: Mapping[int, set[Feature]], new: Mapping[int, set[Feature]]) -> Scores:
    """:func:`_alike` wherever they stand: of those that share rare words, the likest pairs first."""
    bearers: defaultdict[Feature, list[int]] = defaultdict(list)
    for j, marks in new.items():
        for mark in marks:
            bearers[mark].append(j)
    rare = {mark: found for mark, found in bearers.items() if len(found) <= _COMMON}
    scores = []
    for i, marks in old.items():
        votes = Counter(chain.from_iterable([rare[mark] for mark in marks & rare.keys()]))
        scores += [(dice(marks, new[j]), i, j) for j, _ in votes.most_common(_CANDIDATES)]
    found: Scores = {}
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for score, i, j in sorted(scores, key=lambda each: (-each[0], abs(each[1] - each[2]), each[1], each[2])):
        if score < _SAME:
            break
        if i not in taken_old and j not in taken_new:
            found[i, j] = score
            taken_old.add(i)
            taken_new.add(j)
    size = sum(len(old[i]) + len(new[j]) for i, j in found)
    return _uncrossed(found, old, new) if size * len(found) <= _CROSSED else found


def _uncrossed(pairs: Scores, old: Mapping[int, set[Feature]], new: Mapping[int, set[Feature]]) -> Scores:
    """The pairs with those exchanged that cross and are about as like the other way round: nothing moved then."""
    found = sorted(pairs)
    for one, other in combinations(range(len(found)), 2):
        (i, j), (i_next, j_next) = found[one], found[other]
        if j > j_next:
            scores = dice(old[i], new[j_next]), dice(old[i_next], new[j])
            if min(scores) >= _SAME and sum(scores) >= pairs[i, j] + pairs[i_next, j_next] - _ABOUT:
                found[one], found[other] = (i, j_next), (i_next, j)
                pairs |= {found[one]: scores[0], found[other]: scores[1]}
    return {pair: pairs[pair] for pair in found}


# What is in no pair


def _leftovers(stays: Pairs, moves: Pairs, old: int, new: int) -> Iterator[Step]:
    """Cut and added paragraphs; as many of the one as of the other became one another, in their order."""
    for i_gap, j_gap, i_end, j_start in _gaps(stays, moves, old, new):
        if len(i_gap) == len(j_gap) <= _ONE_BY_ONE:
            yield from (Step(range(i, i + 1), range(j, j + 1)) for i, j in zip(i_gap, j_gap, strict=True))
        else:
            yield from (Step(range(i, i + 1), range(j_start, j_start)) for i in i_gap)
            yield from (Step(range(i_end, i_end), range(j, j + 1)) for j in j_gap)


def _in_runs(found: Iterable[Step]) -> list[Step]:
    """Neighbours that were only cut, or only added, as one."""
    done: list[Step] = []
    for step in found:
        if done and _touch(done[-1], step) and not ((done[-1].old or step.old) and (done[-1].new or step.new)):
            done[-1] = _one(done[-1], step)
        else:
            done.append(step)
    return done


def _touch(one: Step, other: Step) -> bool:
    """Whether two steps follow each other on both sides."""
    return (one.old.stop, one.new.stop) == (other.old.start, other.new.start)


def _one(one: Step, other: Step) -> Step:
    return Step(range(one.old.start, other.old.stop), range(one.new.start, other.new.stop))


@dataclass(frozen=True, slots=True)
class _Told:
    """A step with its text, and what is new in it and gone from it."""

    step: Step
    old: Sequence[str]
    new: Sequence[str]
    gone: set[Feature]
    come: set[Feature]


def _told(before: Sequence[str], after: Sequence[str], step: Step, known: dict[str, set[Feature]]) -> _Told:
    old, new = before[step.old.start : step.old.stop], after[step.new.start : step.new.stop]
    for text in (*old, *new):
        if text not in known:
            known[text] = features(text)
    old_marks, new_marks = (set().union(*(known[text] for text in side)) for side in (old, new))
    return _Told(step, old, new, old_marks - new_marks, new_marks - old_marks)


def _joined(before: Sequence[str], after: Sequence[str], found: Sequence[Step], known: dict[str, set[Feature]]) -> list[Step]:
    """Neighbours between which text went over as one step: a paragraph that was split, or two that were merged."""
    done: list[_Told] = []
    for step in found:
        here = _told(before, after, step, known)
        while done and _touch(done[-1].step, here.step) and _size(done[-1]) + _size(here) <= _WIDEST and _gave(done[-1], here):
            here = _told(before, after, _one(done.pop().step, here.step), known)
        done.append(here)
    return [each.step for each in done]


def _size(told: _Told) -> int:
    return len(told.old) + len(told.new)


def _gave(one: _Told, other: _Told) -> bool:
    """Whether text went over: to a paragraph that was added beside it, from one that was cut, or a sentence between two."""
    over = one.gone & other.come, one.come & other.gone
    most = max(len(over[0]), len(over[1]))
    if not most:
        return False
    if one.old and one.new and other.old and other.new:
        return most >= _TRACE and bool(
            (_sentences(one.old) - _sentences(one.new)) & (_sentences(other.new) - _sentences(other.old))
            or (_sentences(one.new) - _sentences(one.old)) & (_sentences(other.old) - _sentences(other.new))
        )
    side = other if one.old and one.new else one
    return len(over[0] | over[1]) >= _PART * len(side.gone | side.come)


def _sentences(paragraphs: Iterable[str]) -> set[str]:
    return {sentence for text in paragraphs for sentence in sentences(text)}
