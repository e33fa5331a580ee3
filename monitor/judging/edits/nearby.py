"""Changed runs of a sentence side by side: what only follows another edit, and what belongs to the rewording beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from monitor.judging.edits import spelling
from monitor.judging.edits.pairing import Run
from monitor.judging.edits.speakers import SUBJECT
from monitor.judging.edits.taking import left
from monitor.judging.edits.tokens import Sort, Token
from monitor.model import Edit, EditClass

_NEAR = 3  # kept words between two runs that are read as one change
_FEW = 3  # words that say something: more of them are a cut or an addition also beside a rewording
_LONG = 12  # words that came or went, of which it is asked whether they are alike
_MOST = 8  # runs that went, each of which is looked at for one that came
_LOOKS = frozenset({EditClass.TYPOGRAPHY, EditClass.SPELLING})
_ONE_SIDED = frozenset({EditClass.CUT, EditClass.ADDITION})
_BREAKS = frozenset(",;:.!?()—–，、。")


def together(runs: Sequence[Run], now: Sequence[Token]) -> list[Edit]:
    """The edits of the runs of a sentence, each run seen beside its neighbours. ``now`` are the tokens as they stand now."""
    told = [run for run in runs if run.found]
    if len(told) < 2:
        return [edit for run in told for edit in run.found]
    told = [run for run in told if not _is_speaker(run, told)]
    told = _absorbed(_moved(told))
    near = [[other for other in _around(told, at) if _is_near(run, other, now)] for at, run in enumerate(told)]
    return [edit for at, run in enumerate(told) for edit in _seen(run, near[at])]


def _moved(told: list[Run]) -> list[Run]:
    """Words that stand elsewhere in their sentence are a rewording: ``the office said`` before and behind what it said."""
    gone = {_words(run): run for run in told if _is_one_sided(run, EditClass.CUT)}
    for come in [run for run in told if _is_one_sided(run, EditClass.ADDITION)]:
        cut = gone.pop(_words(come), None)
        if cut is None and len(gone) <= _MOST:
            cut = next((run for run in gone.values() if _are_alike(run, come)), None)
        if cut is not None and cut in told:
            cut.found = [Edit(EditClass.WORDING, cut.found[0].before, come.found[0].after)]
            told = [run for run in told if run is not come]
    return told


def _are_alike(cut: Run, come: Run) -> bool:
    """Whether half of the words that came, or more, are words that went elsewhere in the sentence."""
    gone, here = _words(cut), _words(come)
    if not 0 < min(len(gone), len(here)) <= max(len(gone), len(here)) <= _LONG:
        return False
    few, many = sorted((gone, here), key=len)
    return sum(any(spelling.is_form(one, other) for other in many) for one in few) * 2 >= len(few)


def _absorbed(told: list[Run]) -> list[Run]:
    """Words that came or went, and stand in the place of others elsewhere in the sentence: ``an appeal has been ruled out``."""
    left_over = list(told)
    for run in told:
        words = set(_words(run))
        if all(run.original) or not words or not all(edit.what in _ONE_SIDED for edit in run.found):
            continue
        opposite = 1 if run.original[0] else 0
        for other in left_over:
            if other is not run and all(other.original) and words <= {token.key for token in left(other.original[opposite])}:
                left_over = [each for each in left_over if each is not run]
                other.found = [_as_wording(edit) for edit in other.found]
                break
    return left_over


def _as_wording(edit: Edit) -> Edit:
    return replace(edit, what=EditClass.WORDING) if edit.what in _ONE_SIDED else edit


def _is_one_sided(run: Run, what: EditClass) -> bool:
    return len(run.found) == 1 and run.found[0].what is what and not all(run.original)


def _words(run: Run) -> tuple[str, ...]:
    return tuple(token.key for side in run.original for token in left(side))


def _is_speaker(run: Run, told: Sequence[Run]) -> bool:
    """Whether a run is who said it, where the verb of saying came or went far behind: 정부는 … 밝혔다."""
    side = run.original[0] or run.original[1]
    if all(run.original) or side[-1].text not in SUBJECT or side[-1].lead or len(left(side)) > _FEW:
        return False
    if not all(edit.what in _ONE_SIDED for edit in run.found):
        return False
    is_old = bool(run.original[0])
    return any(
        edit.what is EditClass.ATTRIBUTION and (edit.before if is_old else edit.after) and not (edit.before and edit.after)
        for other in told
        for edit in other.found
    )


def _around(told: Sequence[Run], at: int) -> list[Run]:
    return [*told[max(0, at - 1) : at], *told[at + 1 : at + 2]]


def _is_near(one: Run, other: Run, now: Sequence[Token]) -> bool:
    """Whether hardly a word stands between two runs, and no end of a clause."""
    first, second = (one, other) if one.place <= other.place else (other, one)
    start, end = first.place[1] + first.size[1], second.place[1]
    return end - start <= _NEAR and not any(c in _BREAKS for token in now[start : end + 1] for c in token.lead)


def _seen(run: Run, near: Sequence[Run]) -> Iterator[Edit]:
    for edit in run.found:
        if edit.what is EditClass.WORDING and _is_grammar(run) and any(_leads(other) for other in near):
            continue  # words of grammar that only follow what changed beside them
        if edit.what in _ONE_SIDED and any(_is_reworded(other) for other in near) and _count(run) <= _FEW:
            yield replace(edit, what=EditClass.WORDING)
        elif edit.what in _ONE_SIDED and _only_says(run) and any(_has(other, EditClass.ATTRIBUTION) for other in near):
            continue  # the verb of saying stands elsewhere now
        else:
            yield edit


def _is_grammar(run: Run) -> bool:
    return all(token.sort is Sort.FUNCTION for side in run.original for token in side)


def _leads(run: Run) -> bool:
    return not _is_grammar(run) and any(edit.what not in _LOOKS for edit in run.found)


def _is_reworded(run: Run) -> bool:
    """Whether words stand in the place of others, and one of them at least says something."""
    if not _has(run, EditClass.WORDING) or not all(run.original) or _is_grammar(run):
        return False
    old, new = _words(run)[: len(left(run.original[0]))], _words(run)[len(left(run.original[0])) :]
    return not (len(old) == len(new) and all(spelling.is_form(one, other) for one, other in zip(old, new, strict=True)))


def _has(run: Run, what: EditClass) -> bool:
    return any(edit.what is what for edit in run.found)


def _count(run: Run) -> int:
    return sum(len(left(side)) for side in run.original)


def _only_says(run: Run) -> bool:
    return all(token.sort is Sort.SAYING for side in run.original for token in left(side))
