"""All sides of the store, as one handle."""

from __future__ import annotations

from typing import Protocol

from monitor.protocols.listings import Listings
from monitor.protocols.log import Log
from monitor.protocols.outbox import Outbox
from monitor.protocols.reviews import Reviews
from monitor.protocols.rounds import Rounds
from monitor.protocols.search import Search
from monitor.protocols.statistics import Statistics


class Store(Rounds, Listings, Log, Reviews, Search, Statistics, Outbox, Protocol):
    """All sides, as one handle."""

    def is_current(self) -> bool:
        """Whether what was opened is still what is at its place, and nobody put another there, or none."""

    def close(self) -> None:
        """Give the handle back. Idempotent."""
