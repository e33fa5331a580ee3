"""Flapping: a page that goes to and fro between two wordings, as two servers out of step make it, is one entry with a count.

A single return is an event, and stays one. From the second return on, what went to and fro is folded into the change
that began it. The change log itself never alters: folding lives beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from monitor.model import Change, Kind

_TURNS = frozenset({Kind.EDITED, Kind.REVERTED})
_LONGEST = timedelta(days=7)  # between two turns of the same to and fro
_FEWEST = 3  # changes that make it one: there, back, and there again


def folded(history: Sequence[Change]) -> dict[int, int]:
    """The changes of one page that belong to an earlier one, each with that one's number. ``history`` is oldest first."""
    found = {}
    for run in _runs(history):
        if len(run) >= _FEWEST:
            found.update({change.id: run[0].id for change in run[1:]})
    return found


def _runs(history: Sequence[Change]) -> Iterator[list[Change]]:
    """Neighbouring changes that lead to and fro between the same two versions."""
    run: list[Change] = []
    for change in history:
        if run and _turns_back(run[-1], change):
            run.append(change)
            continue
        yield run
        run = [change] if change.kind in _TURNS else []
    yield run


def _turns_back(last: Change, change: Change) -> bool:
    """Whether ``change`` undoes the one before it, soon after."""
    is_back = (change.before, change.after) == (last.after, last.before) and change.before is not None
    is_back = is_back and change.pictures == (last.pictures and last.pictures[::-1])
    return is_back and change.kind in _TURNS and change.at - last.at <= _LONGEST
