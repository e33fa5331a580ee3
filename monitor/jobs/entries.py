"""The log as a person reads it: the changes of one story are one entry, where the first of them stands, and what was done to a
source (``monitor reparse``) is a line between them.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice, takewhile

from monitor.model import Entry, Incident, LogQuery, Story, StoryKind
from monitor.protocols import Log, Store

REREAD = "reparsed"  # the kind of note that `monitor reparse` leaves
_BATCH = 60  # a page of the inbox
_FOLDED = (StoryKind.CAMPAIGN, StoryKind.COPIES)  # the two sides of a move are told apart, and name each other


def entries(store: Log, query: LogQuery) -> Iterator[Entry]:
    """The entries that ``query`` asks for, in its order; its limit is one of entries. Raises StoreError.

    Nothing is folded where one story is asked for, or what is hidden. Where ``query`` goes on after a change, a story that
    was told up to there is not told again.
    """
    folds = query.story is None and not query.hidden
    return islice(_entries(store, replace(query, limit=None), folds=folds), query.limit)


def _entries(store: Log, query: LogQuery, *, folds: bool) -> Iterator[Entry]:
    told: set[int] = set()
    numbers = store.numbers(query)
    while some := list(islice(numbers, _BATCH)):
        stories = store.story_of(some)
        shown: list[int] = []
        for number in some:
            story = stories.get(number)
            if folds and story is not None and story.kind in _FOLDED:
                if story.id in told:
                    continue
                told.add(story.id)
                if query.start is not None and _is_told_before(store, query, story, number):
                    continue
            shown.append(number)
        for change in store.changes_of(shown):
            yield Entry(change, stories.get(change.id) if query.story is None else None)  # who asks for a story knows which


def _is_told_before(store: Log, query: LogQuery, story: Story, change: int) -> bool:
    """Whether the page of the log before this one has the entry of ``story``: for a change of it that comes before ``change``."""
    of_story = store.numbers(replace(query, story=story.id, start=None, limit=None))
    earlier = takewhile(lambda each: each != change, of_story)
    while some := list(islice(earlier, _BATCH)):
        widest = store.story_of(some)
        if any(each.id == story.id for each in widest.values()):
            return True
    return False


def with_reviews(found: Iterable[Entry], store: Store) -> Iterator[Entry]:
    """``found``, each with where it stands with its reviewers. Raises StoreError."""
    found = iter(found)
    while some := list(islice(found, _BATCH)):
        states = store.reviewed([entry.change.id for entry in some])
        for entry in some:
            known = states.get(entry.change.id)
            yield entry if known is None else replace(entry, reviewed=known)


def with_notes(found: Iterable[Entry], store: Log, query: LogQuery) -> Iterator[Entry | Incident]:
    """``found``, and between them, by their instants, what was done to the sources that ``query`` asks for.

    Only the log as it happened has such lines: they have no score, and no filter fits them but source and time.
    """
    words = (query.text, query.changed, query.watch)
    filters = (*words, query.kinds, query.classes, query.least, query.story, query.is_ranked, query.states, query.assigned)
    notes = [] if any(filters) else [note for note in store.incidents(open_only=False) if _is_told(note, query)]
    return heapq.merge(found, sorted(notes, key=_instant, reverse=True), key=_instant, reverse=True)


def _is_told(note: Incident, query: LogQuery) -> bool:
    is_asked_for = (not query.sources or note.source in query.sources) and (query.since is None or note.started >= query.since)
    return note.kind == REREAD and is_asked_for


def _instant(line: Entry | Incident) -> datetime:
    return line.started if isinstance(line, Incident) else line.change.at
