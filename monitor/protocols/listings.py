"""What the store knows of listings: how far they were read, which pages they bring forward, where a backfill stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from monitor.model import BackfillState, Heard, ListingState, Page


class Listings(Protocol):
    """One instance belongs to one thread; methods raise StoreError. ``listing`` is any name that the caller keeps to."""

    def listing(self, listing: str) -> ListingState:
        """What is remembered of a listing."""

    def listing_reads(self, names: Sequence[str]) -> dict[str, ListingState]:
        """What is remembered of those of these listings that were ever read."""

    def is_listing_known(self, beginning: str) -> bool:
        """Whether there is a listing whose name begins so."""

    def keep_listing(self, listing: str, state: ListingState) -> None:
        """Remember a listing's state."""

    def keep_listings_whole(self, source: str, now: datetime, *, whole: bool) -> None:
        """Note a look at all listings of a source, and whether all of them were read to their end."""

    def listings_whole(self, source: str) -> datetime | None:
        """When the source's listings were looked at last, if all of them were read to their end then; else None.

        Only then is an article that none of them shows missing from them.
        """

    def last_visits(self, keys: Sequence[str]) -> dict[str, datetime]:
        """The last visits of those of these pages that were visited, by key."""

    def taken_up(self, keys: Sequence[str]) -> dict[str, datetime]:
        """When the pages with these keys were taken up, less those that are not known."""

    def bring_forward(self, keys: Sequence[str], now: datetime) -> int:
        """Make these pages due now, if they are under watch and not yet due. The number of those that this altered."""

    def heard(self, said: Sequence[Heard]) -> list[Heard]:
        """Remember the titles that others give to pages; those that were not heard of the page before.

        Only of pages that were read, and are watched and not gone.
        """

    def title_of(self, key: str) -> str:
        """The title that a page bears; empty where none is known."""

    def look_again(self, keys: Sequence[str], now: datetime) -> int:
        """Make these pages due now, also in a round in which they were visited already, if their last visit went well."""

    def shown(self, listing: str) -> list[str]:
        """The keys of the pages that a listing showed when it was read last, in its order."""

    def keep_shown(self, listing: str, keys: Sequence[str]) -> None:
        """Remember what a listing shows."""

    def unvisited(self, source: str, limit: int, after: int = 0) -> list[Page]:
        """Up to ``limit`` pages of the baseline that were never visited, in the order they were found, behind ``after``."""

    def unvisited_size(self, source: str) -> int:
        """How many pages of the source's baseline were never visited."""

    def backfill(self, source: str, task: str) -> dict[str, BackfillState]:
        """How far a backfill came, by listing. ``task`` names what was asked for: another one begins anew."""

    def keep_backfill(self, source: str, task: str, listing: str, state: BackfillState) -> None:
        """Remember how far a backfill came with a listing; what belongs to another task is forgotten."""

    def end_backfill(self, source: str) -> None:
        """Forget how far a backfill came: it is done."""
