"""The watch over requests under way: it cuts those that take too long in all, and every one when the service stops.

One thread does it for all, looks four times a second, and ends when there has been nothing to watch for a while.
"""

from __future__ import annotations

import threading
import time

from monitor.fetching.connections import Line

_TICK = 0.25  # seconds
_IDLE_TICKS = 120


class Watch:
    """Cuts a line whose request is overdue. ``stop`` makes every request overdue."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._lock = threading.Lock()
        self._due: dict[Line, float] = {}
        self._cut: set[Line] = set()
        self._thread: threading.Thread | None = None
        self._is_closed = False

    def begin(self, line: Line, due: float) -> None:
        """A request starts on ``line`` that must have ended at the monotonic instant ``due``."""
        with self._lock:
            self._due[line] = due
            self._is_closed = False
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="fetch watch", daemon=True)
                self._thread.start()

    def end(self, line: Line) -> bool:
        """The request on ``line`` is over. Whether it was cut; then what was read of its answer may not be all."""
        with self._lock:
            self._due.pop(line, None)
            if line not in self._cut:
                return False
            self._cut.discard(line)
            return True

    def close(self) -> None:
        """End the thread as soon as nothing is under way. Idempotent; the next request starts it again."""
        self._is_closed = True

    def _run(self) -> None:
        tick = threading.Event()  # never set: a sleep that does not depend on `stop`, which must not make this loop spin
        idle = 0
        while True:
            tick.wait(_TICK)
            with self._lock:
                idle = 0 if self._due else idle + 1
                if idle > _IDLE_TICKS or (idle and (self._is_closed or self._stop.is_set())):
                    self._thread = None
                    return
                self._look()

    def _look(self) -> None:
        """Cut what is overdue, at every tick anew: a connection that was just being opened has no socket to cut yet."""
        now = time.monotonic()
        for line, due in self._due.items():
            if now >= due or self._stop.is_set():
                self._cut.add(line)
                line.cut()
