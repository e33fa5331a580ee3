"""Both sides of the store, as one handle."""

from __future__ import annotations

from typing import Protocol

from monitor.protocols.log import Log
from monitor.protocols.rounds import Rounds


class Store(Rounds, Log, Protocol):
    """Both sides, as one handle."""

    def close(self) -> None:
        """Give the handle back. Idempotent."""
