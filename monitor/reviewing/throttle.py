"""How often somebody may try to sign in: a few times, then after waits that double. Kept in memory, for names and addresses."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

_FREE = 5  # failures without a wait
_FIRST = timedelta(seconds=2)
_LONGEST = timedelta(minutes=15)
_KEPT = 10_000  # names and addresses; the one that failed the longest ago is forgotten first


class Throttle:
    """Counts failures. May be used by many threads."""

    def __init__(self) -> None:
        self._failures: OrderedDict[str, tuple[int, datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def attempt(self, names: tuple[str, ...], now: datetime) -> timedelta:
        """Begin a try, and count it as a failure for each of these names; but where one of them must wait, how long.

        It is counted before anybody knows how it ends: else whoever tries twelve passwords at the same moment would have
        twelve tries where there is one.
        """
        with self._lock:
            wait = max([timedelta(0), *(self._until(name) - now for name in names if name in self._failures)])
            if not wait:
                self._count(names, now)
        return wait

    def _until(self, name: str) -> datetime:
        count, last = self._failures[name]
        over = count - _FREE
        return last if over < 0 else last + min(_FIRST * 2 ** min(over, 20), _LONGEST)

    def _count(self, names: tuple[str, ...], now: datetime) -> None:
        for name in names:
            count, last = self._failures.pop(name, (0, now))
            self._failures[name] = (1 if now - last > 4 * _LONGEST else count + 1, now)
        while len(self._failures) > _KEPT:
            self._failures.popitem(last=False)

    def succeeded(self, own: str, address: str) -> None:
        """The try was none: forget the failures of ``own`` name, but of the ``address`` only this one.

        Else whoever has a password could sign in between guessing those of others.
        """
        with self._lock:
            self._failures.pop(own, None)
            count, last = self._failures.get(address, (0, None))
            if last is not None:
                self._failures[address] = max(0, count - 1), last


def network_of(address: str | None) -> str:
    """What counts as one address: of IPv6 the 64 bits that one customer has at least (RFC 6177)."""
    try:
        known = ip_address((address or "").partition("%")[0])
    except ValueError:
        return address or ""
    return str(known) if known.version == 4 else str(ip_network((known, 64), strict=False))
