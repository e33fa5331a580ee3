"""The store in numbers: what the charts draw, and lists of pages by how they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from monitor.model import Incident
from monitor.model.statistics import Backfilled, By, DayCount, Days, Delays, Known, Pages, RoundDays, Standing


class Statistics(Protocol):
    """Counts, made when they are asked for. Days are those of UTC. Without ``sources`` all count. Methods raise StoreError."""

    def changes_per_day(self, days: Days, by: By, sources: Sequence[str] = ()) -> list[DayCount]:
        """The changes of these days by kind, band of scores or source; neither baseline, nor muted, nor folded."""

    def round_days(self, days: Days, sources: Sequence[str] = ()) -> list[RoundDays]:
        """The rounds that took place on these days, checks of single pages left out."""

    def incidents_of(self, days: Days, sources: Sequence[str] = ()) -> list[Incident]:
        """The incidents that lasted into these days, oldest first."""

    def known_since(self) -> list[Known]:
        """When each source came under watch, by name."""

    def delays(self, days: Days, sources: Sequence[str] = ()) -> Delays:
        """How long after publication, and after their page was seen first, the edits and removals of these days came.

        Of the newest ones only, where they are many.
        """

    def standing(self, words: str, days: Days, sources: Sequence[str] = ()) -> Standing:
        """In each week of these days, how many pages bore a wording that holds the words; none where these ask for nothing."""

    def backfilled(self) -> list[Backfilled]:
        """How far backfills have come, of the sources with one that is under way or that have baseline pages to visit."""

    def some_pages(self, source: str | None, stand: str | None, after: int, limit: int) -> Pages:
        """Up to ``limit`` pages after the one of that number, by their numbers.

        ``stand`` is what their last visit proved, ``not yet visited``, ``paused`` or ``forgotten``. Pages that are forgotten are
        left out otherwise.
        """
