"""Any two wordings of a page held against each other: what differs, and what an edit from the one to the other would be."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.errors import InputError
from monitor.jobs.following.judge import Judge
from monitor.jobs.watching import kept
from monitor.judging.words import differences
from monitor.model import Judgement, Page, Part, Version
from monitor.protocols import Store


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a page, what differs between them, and how much that matters."""

    before: Version
    after: Version
    parts: tuple[Part, ...]
    judgement: Judgement


def compare(page: Page, before: int, after: int, store: Store, judge: Judge) -> Comparison:
    """Hold two versions of a page against each other, by their numbers. Raises InputError for one there is not, StoreError."""
    old, new = (store.version(page.id, number) for number in (before, after))
    if old is None or new is None:
        count = len(store.versions(page.id))
        raise InputError(f"{page.url} has no version {before if old is None else after}; it has {count}")
    judgement = judge.between(page.source, old.article, new.article, kept(store))
    return Comparison(old, new, differences(old.article, new.article), judgement)
