"""How many changes are in each state. Counting a large log takes a while, so that is done the more seldom the longer it takes."""

from __future__ import annotations

import threading
import time

from monitor.model import ReviewState
from monitor.protocols import Store

_TIMES = 100  # a count is good for so many times as long as it took


class Counts:
    """Counts, and remembers. May be used by many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._news, self._until = 0, 0.0

    def of(self, store: Store) -> dict[str, int]:
        """The changes by state, and ``all`` of them. What people did counts at once, new changes a little later."""
        found = {state.value: 0 for state in ReviewState} | store.review_counts()
        everything = max(self._all(store), sum(found.values()))
        reviewed = sum(count for state, count in found.items() if state != ReviewState.OPEN)
        return found | {ReviewState.OPEN.value: everything - reviewed, "all": everything}

    def _all(self, store: Store) -> int:
        started = time.monotonic()
        with self._lock:
            if started < self._until:
                return self._news
        found = store.news_count()
        now = time.monotonic()
        with self._lock:
            self._news, self._until = found, now + (now - started) * _TIMES
        return found
