"""Pace: requests to one host start a gap or a little more apart, whichever threads and sources they come from."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from datetime import timedelta

from monitor.errors import Stopped

_LONGEST_WAIT = 3600.0  # in seconds, then looked at anew: threading takes no timeout beyond some centuries
_MORE = 0.3  # of a gap, that is waited on top of it at most
_MANY_HOSTS = 1000
_FORGOTTEN_AFTER = 3600.0  # seconds


class Pace:
    """Hands out the instants at which requests to a host may start. ``stop`` ends every wait.

    What lies between two requests is the gap and up to three tenths of it more, so that a server sees no clockwork.
    ``chance`` gives numbers from 0 to 1 for that.
    """

    def __init__(self, stop: threading.Event, chance: Callable[[], float] = random.random) -> None:
        self._stop = stop
        self._chance = chance
        self._lock = threading.Lock()
        self._last: dict[str, tuple[float, float]] = {}  # by host: the last start (monotonic) and the gap asked for it

    def wait(self, host: str, gap: timedelta) -> None:
        """Return when a request to ``host`` may start, at least ``gap`` after the one before it.

        Where two sources share a host with different gaps, the longer one lies between their requests. Raises Stopped
        when the service is told to stop, before or meanwhile.
        """
        start = self._take(host, gap.total_seconds())
        while not self._stop.is_set():
            left = start - time.monotonic()
            if left <= 0:
                return
            self._stop.wait(min(left, _LONGEST_WAIT))
        raise Stopped(f"told to stop before the request to {host}")

    def _take(self, host: str, gap: float) -> float:
        """The instant of this request's start; nobody else gets one closer to it than the gap."""
        now = time.monotonic()
        with self._lock:
            start = now
            if host in self._last:
                last, asked = self._last[host]
                start = max(now, last + max(gap, asked) * (1 + _MORE * self._chance()))
            self._last[host] = start, gap
            if len(self._last) > _MANY_HOSTS:
                self._last = {h: t for h, t in self._last.items() if t[0] + max(2 * t[1], _FORGOTTEN_AFTER) > now}
        return start
