"""Putting words into the index: of the texts that are kept, and of what changes cut and added. Some at the end of every round.

How far that came is noted in the store, so that it goes on where it was, whoever does it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from monitor.jobs.following.alone import Alone
from monitor.judging.words import differences
from monitor.model import Change, ChangeWords, Kind, Op, Part
from monitor.protocols import Store

AT_ONCE = 5_000  # texts of an older database that are indexed after one round, and changes: some seconds
_BATCH = 100
_BESIDE = 60  # characters of unchanged text on each side of a change that stand beside it
_MOST = 100_000  # characters of what a change cut, and of what it added


@dataclass(frozen=True, slots=True)
class Indexing:
    """Keeps the index of a ``store``."""

    store: Store

    def follow(self, most: int = AT_ONCE, step: Callable[[int], None] | None = None) -> int:
        """Index up to ``most`` texts that are not in the index yet, and as many changes. The number of texts. Raises StoreError.

        ``step`` is told each time how many texts were done.
        """
        done = 0
        while done < most and (some := self.store.index_texts(min(_BATCH, most - done))):
            done += some
            if step is not None:
                step(some)
        changes = 0
        while changes < most and (number := self._follow_changes()):
            changes += number
        return done

    def finish(self, step: Callable[[int], None] | None = None) -> int:
        """All of it. The number of texts. Raises StoreError."""
        return self.follow(sys.maxsize, step)

    def _follow_changes(self) -> int:
        changes = self.store.unindexed_changes(_BATCH)
        if changes:
            found = [words for change in changes if (words := self._words(change)) is not None]
            self.store.index_changes(found, changes[-1].id)
        return len(changes)

    def _words(self, change: Change) -> ChangeWords | None:
        """What a change cut and added; of one that comes or goes with its whole text the index of texts says it."""
        if change.kind not in (Kind.EDITED, Kind.REVERTED) or change.before == change.after:
            return None
        with Alone("a change without words", change=change.id):
            before, after = (self.store.version(change.page, number) for number in (change.before, change.after))
            if before is not None and after is not None:
                return words_of(change.id, differences(before.article, after.article))
        return None


def words_of(change: int, found: Sequence[Part]) -> ChangeWords:
    """What was cut and added, piece by piece on lines of their own, and the words beside that stayed."""
    texts: dict[Op, list[str]] = {op: [] for op in Op}
    for part in found:
        for at, piece in enumerate(part.pieces):
            if piece.op is not Op.KEPT:
                texts[piece.op].append(piece.text)
            else:
                texts[Op.KEPT] += _ends(piece.text, at > 0, at < len(part.pieces) - 1)
    cut, added, beside = ("\n".join(texts[op])[:_MOST] for op in (Op.CUT, Op.ADDED, Op.KEPT))
    return ChangeWords(change, cut, added, beside)


def _ends(kept: str, follows: bool, precedes: bool) -> list[str]:
    """What of an unchanged piece stands beside a change: after it, before it, or both. Words are left whole."""
    if len(kept) <= 2 * _BESIDE:
        return [kept] if follows or precedes else []
    head = kept[: kept.find(" ", _BESIDE)] if kept.find(" ", _BESIDE) > 0 else kept[:_BESIDE]
    start = kept.rfind(" ", 0, len(kept) - _BESIDE)
    tail = kept[start:] if start >= 0 else kept[-_BESIDE:]
    return [text for text, is_beside in ((head, follows), (tail, precedes)) if is_beside]
