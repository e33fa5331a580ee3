"""Backoff: a host that refuses, fails or asks for time is left alone for a while, longer each time, until it is well again.

State and arithmetic only, by host and by the way to it: what a proxy or a certificate spoils for one source says nothing of
another that goes another way. Nothing here waits or asks. It is kept in memory: a restart forgets it.
"""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from monitor.errors import Resting
from monitor.protocols import Clock
from monitor.settings import Connection, Source

IN_A_ROW = 5  # failures that make a host rest; fewer may be a few bad pages of a good host
SHORTEST, LONGEST = 60.0, 6 * 3600.0  # seconds of a rest of our own: it doubles each time, with jitter
LONGEST_ASKED = 24 * 3600.0  # seconds of a rest that a server asks for
_REFUSALS = frozenset({403, 429})
_MANY_HOSTS = 1000
_MOST_DOUBLINGS = 16

Way = tuple[tuple[str, ...], Connection]
"""How a source reaches its hosts. Where two sources differ in it, what one of them met need not be the host's doing."""

_USUAL: Way = (), Connection()


def way_of(source: Source) -> Way:
    """The way on which a source goes."""
    return source.reach, source.connection


@dataclass(slots=True)
class _State:
    """``failures`` in a row, ``rests`` that were needed and not yet made up for, the monotonic instant ``until`` it rests."""

    failures: int = 0
    rests: int = 0
    until: float = 0.0
    why: str = ""


class Backoff:
    """Which hosts rest, on which way, and until when. May be used by many threads. ``chance`` gives numbers from 0 to 1."""

    def __init__(
        self, clock: Clock, monotonic: Callable[[], float] = time.monotonic, chance: Callable[[], float] = random.random
    ) -> None:
        self._clock = clock
        self._monotonic = monotonic
        self._chance = chance
        self._lock = threading.Lock()
        self._states: dict[tuple[str, Way], _State] = {}

    def check(self, host: str, way: Way = _USUAL) -> None:
        """Raises Resting while ``host`` is to be left alone."""
        state = self._states.get((host, way)) if self._states else None
        if state is None:
            return
        left = state.until - self._monotonic()
        if left > 0:
            raise Resting(host=host, until=self._clock.now() + timedelta(seconds=left), why=state.why)

    def answered(self, host: str, status: int, retry_after: str | None = None, way: Way = _USUAL) -> None:
        """``host`` answered. 403, 429 and 5xx count as failures; the wait that 429 and 503 ask for is granted, within bounds."""
        if status in _REFUSALS or status >= 500:
            asked = asked_wait(retry_after, self._clock.now()) if status in (429, 503) else None
            self._fail((host, way), f"it answered {status}", asked)
        elif self._states and (host, way) in self._states:
            self._recover((host, way))

    def failed(self, host: str, why: str, way: Way = _USUAL) -> None:
        """``host`` gave no answer."""
        self._fail((host, way), why, None)

    def _fail(self, key: tuple[str, Way], why: str, asked: float | None) -> None:
        now = self._monotonic()
        with self._lock:
            state = self._states.setdefault(key, _State())
            state.failures += 1
            if asked:
                self._rest(state, now + asked, f"{why} and asked for {round(asked)} s (Retry-After)")
            elif state.failures >= IN_A_ROW and state.until <= now:  # else it is one that was under way when the rest began
                longest = min(SHORTEST * 2.0 ** min(state.rests, _MOST_DOUBLINGS), LONGEST)
                state.rests += 1
                # Jitter shortens, so that the bound holds and hosts that failed together are not all asked at once again.
                until = now + longest * (0.75 + self._chance() / 4)
                self._rest(state, until, f"{why}, the last of {state.failures} failures in a row")
            if len(self._states) > _MANY_HOSTS:
                self._states = {k: s for k, s in self._states.items() if s.until > now or s is state}

    def _rest(self, state: _State, until: float, why: str) -> None:
        if until > state.until:
            state.until, state.why = until, why

    def _recover(self, key: tuple[str, Way]) -> None:
        """A success ends the row and makes up for one rest."""
        with self._lock:
            state = self._states.get(key)
            if state is None:
                return
            state.failures = 0
            state.rests = max(0, state.rests - 1)
            if not state.rests and state.until <= self._monotonic():
                del self._states[key]


def asked_wait(header: str | None, now: datetime) -> float | None:
    """The seconds that ``Retry-After`` asks for (RFC 9110, section 10.2.3: a number, or an HTTP-date); None for garbage."""
    text = (header or "").strip()[:100]
    if re.fullmatch(r"[0-9]+", text):
        return min(float(text), LONGEST_ASKED)
    try:
        at = parsedate_to_datetime(text)
        # The date is always in GMT (RFC 9110, section 5.6.7); one without a zone is taken for that.
        seconds = ((at if at.tzinfo else at.replace(tzinfo=UTC)) - now).total_seconds()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return min(max(seconds, 0.0), LONGEST_ASKED)
