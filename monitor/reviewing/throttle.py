"""How often somebody may try to sign in: a few times, then after waits that double. Kept in memory, for names and addresses."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import datetime, timedelta

_FREE = 5  # failures without a wait
_FIRST = timedelta(seconds=2)
_LONGEST = timedelta(minutes=15)
_KEPT = 10_000  # names and addresses; the one that failed the longest ago is forgotten first


class Throttle:
    """Counts failures. May be used by many threads."""

    def __init__(self) -> None:
        self._failures: OrderedDict[str, tuple[int, datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, names: tuple[str, ...], now: datetime) -> timedelta:
        """How long whoever has one of these names must wait until the next try; nothing where they need not."""
        with self._lock:
            waits = [self._until(name) - now for name in names if name in self._failures]
        return max([timedelta(0), *waits])

    def _until(self, name: str) -> datetime:
        count, last = self._failures[name]
        over = count - _FREE
        return last if over < 0 else last + min(_FIRST * 2 ** min(over, 20), _LONGEST)

    def failed(self, names: tuple[str, ...], now: datetime) -> None:
        """Note a failure."""
        with self._lock:
            for name in names:
                count, last = self._failures.pop(name, (0, now))
                self._failures[name] = (1 if now - last > 4 * _LONGEST else count + 1, now)
            while len(self._failures) > _KEPT:
                self._failures.popitem(last=False)

    def succeeded(self, names: tuple[str, ...]) -> None:
        """Forget the failures."""
        with self._lock:
            for name in names:
                self._failures.pop(name, None)
