"""The rows of a list of changes: each with its words, where it stands with its reviewers, and what an act on it takes in.

What was cut and added in a change never alters, so it is made once and remembered.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app

from monitor.errors import StoreDamaged
from monitor.jobs.triage import MOST, Scope
from monitor.judging.words import differences
from monitor.model import Change, Entry, Part, Reviewed, Story, StoryKind
from monitor.protocols import Store
from monitor.reviewing.glance import Glance, glance

_REMEMBERED = 5000
_FOLDED = (StoryKind.CAMPAIGN, StoryKind.COPIES)
_NOBODY = Reviewed()


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the inbox. ``size`` is how many changes an act takes in at most: those of its story where it stands for one."""

    change: Change
    story: Story | None
    reviewed: Reviewed
    glance: Glance
    is_new: bool = False
    size: int = 1

    @property
    def scope(self) -> Scope:
        """What an act on this row takes in."""
        return Scope.STORY if self.size > 1 else Scope.THIS


class Glances:
    """Remembers glances by the number of their change. May be used by many threads."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, Glance] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, change: Change, store: Store) -> Glance:
        """The first changed words of a change; none where one of its texts is damaged, which its title says."""
        with self._lock:
            known = self._known.get(change.id)
        if known is not None:
            return known
        try:
            found = glance(parts_of(store, change))
        except StoreDamaged:
            return Glance()
        with self._lock:
            self._known[change.id] = found
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return found


def parts_of(store: Store, change: Change) -> Sequence[Part]:
    """What differs between the wordings before and after a change. Raises StoreError."""
    if not change.before or not change.after or change.before == change.after:
        return ()
    before, after = store.version(change.page, change.before), store.version(change.page, change.after)
    return differences(before.article, after.article) if before and after else ()


def rows(store: Store, found: Sequence[Entry], looked: int, *, folds: bool) -> list[Row]:
    """The rows of these entries; where the log ``folds``, one stands for its story. Raises StoreError."""
    states = store.reviewed([entry.change.id for entry in found])
    glances: Glances = current_app.extensions["glances"]
    return [
        Row(
            entry.change,
            entry.story,
            states.get(entry.change.id, _NOBODY),
            glances.of(entry.change, store),
            entry.change.id > looked,
            min(entry.story.changes, MOST) if folds and entry.story and entry.story.kind in _FOLDED else 1,
        )
        for entry in found
    ]
