"""What takes long to count is counted the more seldom the longer it takes."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Found = TypeVar("Found")
_TIMES = 30  # something is good for so many times as long as it took
_KEPT = 64


class Remembered:
    """Remembers by key for a while. May be used by many threads."""

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, tuple[Any, float]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, key: Hashable, make: Callable[[], Found]) -> Found:
        """What ``make`` makes, or what it made a short while ago."""
        started = time.monotonic()
        with self._lock:
            known = self._known.get(key)
        if known is not None and started < known[1]:
            found: Found = known[0]
            return found
        found = make()
        now = time.monotonic()
        with self._lock:
            self._known[key] = found, now + (now - started) * _TIMES
            self._known.move_to_end(key)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return found

    def forget(self) -> None:
        """Forget all: something was altered by hand, and is to be seen at once."""
        with self._lock:
            self._known.clear()
