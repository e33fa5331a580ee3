"""The log as it is passed on: changes with their stories, reviews and words, some at a time; none has to be remembered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from monitor.errors import StoreDamaged
from monitor.jobs.entries import entries
from monitor.judging.words import differences
from monitor.model import Act, Change, Entry, LogQuery, Part, Review, Reviewed, Told
from monitor.protocols import Store

_BATCH = 100
_NOBODY = Reviewed()


def every(store: Store, query: LogQuery) -> Iterator[Told]:
    """Every change that ``query`` asks for, one by one. Raises StoreError."""
    changes = store.changes(query)
    while some := list(islice(changes, _BATCH)):
        stories = store.story_of([change.id for change in some])
        yield from tell([Entry(change, stories.get(change.id)) for change in some], store)


def folded(store: Store, query: LogQuery) -> Iterator[Told]:
    """The same as a person reads it: a campaign, or an edit of copies, is one entry. Raises StoreError."""
    found = entries(store, query)
    while some := list(islice(found, _BATCH)):
        yield from tell(some, store)


def tell(some: Iterable[Entry], store: Store) -> Iterator[Told]:
    """These entries with all that is told of them. Raises StoreError."""
    found = list(some)
    states = store.reviewed([entry.change.id for entry in found])
    for entry in found:
        reviewed = states.get(entry.change.id, _NOBODY)
        notes = _notes(entry.change, store) if reviewed.notes else ()
        yield Told(entry.change, entry.story, reviewed, parts_of(entry.change, store), notes)


def _notes(change: Change, store: Store) -> tuple[Review, ...]:
    return tuple(line for line in store.reviews(change.id) if line.act is Act.NOTE and not line.is_undone)


def parts_of(change: Change, store: Store) -> tuple[Part, ...]:
    """What differs between the wordings before and after; nothing where one is damaged, which its title says."""
    if change.before is None or change.after is None or change.before == change.after:
        return ()
    try:
        before, after = (store.version(change.page, number) for number in (change.before, change.after))
    except StoreDamaged:
        return ()
    return tuple(differences(before.article, after.article)) if before and after else ()
