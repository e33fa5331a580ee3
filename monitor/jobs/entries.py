"""The log as a person reads it: the changes of one story are one entry, where the first of them stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from monitor.model import Entry, LogQuery, StoryKind
from monitor.protocols import Log

_BATCH = 200
_FOLDED = (StoryKind.CAMPAIGN, StoryKind.COPIES)  # the two sides of a move are told apart, and name each other


def entries(store: Log, query: LogQuery) -> Iterator[Entry]:
    """The entries that ``query`` asks for, in its order; its limit is one of entries. Raises StoreError.

    Nothing is folded where one story is asked for, or what is hidden.
    """
    folds = query.story is None and not query.hidden
    return islice(_entries(store, replace(query, limit=None), folds=folds), query.limit)


def _entries(store: Log, query: LogQuery, *, folds: bool) -> Iterator[Entry]:
    told: set[int] = set()
    changes = store.changes(query)
    while some := list(islice(changes, _BATCH)):
        stories = store.story_of([change.id for change in some])
        for change in some:
            story = stories.get(change.id)
            if folds and story is not None and story.kind in _FOLDED:
                if story.id in told:
                    continue
                told.add(story.id)
            yield Entry(change, story if query.story is None else None)  # who asks for a story knows which
