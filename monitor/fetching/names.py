"""Names looked up within a time: the system's resolver has limits of its own, which nobody else can shorten or cut.

So each look-up has a thread of its own. Whoever waits for it gives up in time, or when the service stops, and leaves it
behind; it ends when the resolver lets go. How many may be left behind is bounded, of one host more tightly than of all.
"""

from __future__ import annotations

import errno
import threading
import time
from _thread import start_new_thread
from collections.abc import Callable, Sequence

from monitor.errors import Stopped
from monitor.fetching.guard import LookUp

_MOST = 64  # look-ups under way at once, of all hosts
_MOST_OF_A_HOST = 4
_TICK = 0.25  # seconds after which a stop is seen at the latest


class Names:
    """Looks up names through ``resolve``. May be used by many threads; ``stop`` ends all waiting."""

    def __init__(self, resolve: LookUp, stop: threading.Event) -> None:
        self._resolve = resolve
        self._stop = stop
        self._change = threading.Condition()
        self._under_way: list[str] = []

    def addresses(self, host: str, port: int, due: float) -> Sequence[str]:
        """The addresses of ``host``, found before the monotonic instant ``due``.

        Raises TimeoutError when they are not, Stopped, and whatever ``resolve`` raises.
        """
        search = _Search()
        with self._change:
            self._wait(lambda: self._has_room(host), due, "too many look-ups are still without an answer")
            self._under_way.append(host)
            try:
                start_new_thread(self._run, (search, host, port))  # at half the cost of threading's, and no end waits for it
            except RuntimeError as wrong:
                self._under_way.remove(host)
                raise OSError(errno.EAGAIN, "the system starts no more threads") from wrong
            self._wait(lambda: search.is_over, due, "DNS did not answer")
        if search.wrong is not None:
            raise search.wrong
        return search.found

    def _has_room(self, host: str) -> bool:
        return len(self._under_way) < _MOST and self._under_way.count(host) < _MOST_OF_A_HOST

    def _wait(self, is_so: Callable[[], bool], due: float, why: str) -> None:
        """Wait until it ``is_so``. Raises TimeoutError, Stopped."""
        while not is_so():
            left = due - time.monotonic()
            if self._stop.is_set():
                raise Stopped("told to stop while a name was looked up")
            if left <= 0:
                raise TimeoutError(errno.ETIMEDOUT, why)
            self._change.wait(min(left, _TICK))

    def _run(self, search: _Search, host: str, port: int) -> None:
        try:
            search.found = self._resolve(host, port)
        except BaseException as wrong:  # noqa: BLE001  the border of a thread: it is raised where the name was wanted
            search.wrong = wrong
        with self._change:
            search.is_over = True
            self._under_way.remove(host)
            self._change.notify_all()


class _Search:
    """What became of a look-up."""

    __slots__ = ("found", "is_over", "wrong")

    def __init__(self) -> None:
        self.is_over = False
        self.found: Sequence[str] = ()
        self.wrong: BaseException | None = None
