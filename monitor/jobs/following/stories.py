"""Which changes belong together: after each round, what it logged is held against what was logged before.

Nothing in the log alters. What is found hangs on the log alone: made anew from the beginning, it comes out the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from monitor.jobs.following.alone import Alone
from monitor.judging import campaigns
from monitor.judging.campaigns import USUAL, Rule
from monitor.judging.words import differences
from monitor.model import Change, Clue, Kind
from monitor.protocols import Store
from monitor.visiting.alike import Alike

MOST_SIGHTINGS = 20_000  # of one clue, the latest: enough for any campaign, and a bound for what is held in memory
_BATCH = 200
_MOST_SIGNED = 2_000  # texts of an older database that are signed after one round: a few seconds


@dataclass(frozen=True, slots=True)
class Stories:
    """Follows the log of a ``store``."""

    store: Store
    rule: Rule = USUAL

    def follow(self) -> int:
        """Take in the changes that were logged since the last time. Their number. Raises StoreError."""
        self._sign()
        total = 0
        while some := self._follow_some():
            total += some
        return total

    def remake(self) -> int:
        """Forget all stories and make them anew from the log. The number of changes. Raises StoreError."""
        self.store.forget_stories()
        return self.follow()

    def _sign(self) -> None:
        alike, signed = Alike(self.store), 0
        while signed < _MOST_SIGNED and (some := alike.sign_missing()):
            signed += some

    def _follow_some(self) -> int:
        """Take in the next changes: they are looked into first and written then, so that nobody waits for the words."""
        changes = self.store.to_follow(_BATCH)
        taken = [each for number in changes for each in self._taken(number)]
        if changes:
            with self.store.atomic():
                for number, clues in taken:
                    self.store.keep_clues(number, clues)
                self._tell({clue.key: clue for _, clues in taken for clue in clues}.values())
                self.store.followed(changes[-1])
        return len(changes)

    def _taken(self, number: int) -> list[tuple[int, tuple[Clue, ...]]]:
        """The clues of a change, and those that it brings to light of earlier ones."""
        change = self.store.change(number)
        if change is None:
            return []
        with Alone("a change without clues", change=number):
            if change.kind in (Kind.EDITED, Kind.REVERTED):
                return [(number, self._of_edit(change))]
            if change.kind is Kind.REMOVED or change.kind.is_first:
                return self._of_move(change) or [(number, self._of_removal(change) if change.kind is Kind.REMOVED else ())]
        return []

    def _of_edit(self, change: Change) -> tuple[Clue, ...]:
        before, after = (self.store.version(change.page, number) for number in (change.before, change.after))
        if before is None or after is None:
            return ()
        parts = differences(before.article, after.article)
        family, all_of_it = self.store.family_of(change.id), campaigns.edited(parts)
        same = (campaigns.same_edit(family, all_of_it),) if family is not None and all_of_it else ()
        return (*same, *campaigns.of_edit(campaigns.replacements(parts)))

    def _of_removal(self, change: Change) -> tuple[Clue, ...]:
        family = self.store.family_of(change.id)
        same = (campaigns.same_edit(family, None),) if family is not None else ()
        return (*same, *campaigns.of_removal(change.source, change.url, change.title))

    def _of_move(self, change: Change) -> list[tuple[int, tuple[Clue, ...]]]:
        """The clue of each move that a change completes, at both of its sides."""
        found: list[tuple[int, tuple[Clue, ...]]] = []
        for page, other in self.store.moves(change.id, self.rule.window):
            old, new = (change.page, page) if change.kind is Kind.REMOVED else (page, change.page)
            clues = (campaigns.move(old, new),)
            found += [(change.id, clues), (other, clues)]
        return found

    def _tell(self, touched: Iterable[Clue]) -> None:
        """See which of these clues make a story now."""
        begun, told = self.store.begun(), []
        for clue in touched:
            found = self.store.sightings(clue.key, MOST_SIGHTINGS)
            if begun is not None and len({each.page for each in found}) > 1:
                self.store.keep_stories(clue, campaigns.runs(clue.kind, found, begun, self.rule))
                told.append(clue.key)
        self.store.shade_stories(told)
