"""HTTP fetching: robots.txt asked first, resting hosts left alone, paced, redirects followed; failures are our errors.

Redirects are followed here, not by requests, so that each hop is recorded, paced and checked like an address of its own.
"""

from __future__ import annotations

import threading

from monitor import __version__
from monitor.errors import Unreachable
from monitor.fetching import redirects
from monitor.fetching.asking import Answer, Asker
from monitor.fetching.backoff import Backoff
from monitor.fetching.body import ACCEPTED, decode
from monitor.fetching.failures import clean, short
from monitor.fetching.guard import LookUp, look_up
from monitor.fetching.pace import Pace
from monitor.fetching.robots import AGENT, MOST_BYTES, MOST_REDIRECTS, Robots
from monitor.model import Capture, Hop, Request
from monitor.protocols import Clock
from monitor.settings import Source

_NO_CONDITIONS: dict[str, str] = {}
_FOR_ROBOTS = {"Accept": "text/plain,*/*;q=0.1", "Accept-Encoding": "identity"}  # so that its first bytes can be read alone


class HttpFetcher:
    """Visits addresses over HTTP. May be used by many threads; each has its own connections.

    ``contact`` is named to the sites with every request. ``stop`` ends waiting and reading. ``backoff`` knows which hosts
    rest, ``resolve`` looks names up. :meth:`close` gives the connections back.
    """

    def __init__(
        self,
        clock: Clock,
        pace: Pace,
        *,
        contact: str | None,
        stop: threading.Event,
        backoff: Backoff | None = None,
        resolve: LookUp = look_up,
    ) -> None:
        self._pace = pace
        self._backoff = backoff or Backoff(clock)
        self._robots = Robots(self._robots_txt, clock)
        self._asker = Asker(clock, stop, resolve)
        self._headers = {
            "User-Agent": _agent(contact),
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Encoding": ACCEPTED,
        }

    def fetch(self, request: Request, source: Source) -> Capture:
        """What answered at ``request.url``, whatever its status, redirects followed.

        The request is conditional when it has validators, but not after a redirect: they belong to the first address.
        Raises Unreachable, Forbidden, Disallowed, TooLarge or BadAnswer when nothing usable answered, Resting when the host
        is left alone for now, Stopped when the service is told to stop.
        """
        url, conditions = request.url, _conditions(request)
        hops: tuple[Hop, ...] = ()
        took = 0.0
        while True:
            answer = self._visit(url, conditions, source)
            took += answer.took
            if answer.target is None:
                break
            hops = redirects.followed(hops, Hop(url, answer.status, answer.target), source.polite)
            url, conditions = answer.target, _NO_CONDITIONS
        return Capture(
            url=request.url,
            answered=url,
            status=answer.status,
            headers=answer.headers,
            wire=answer.wire,
            body=decode(answer.wire, answer.codings, limit=source.polite.max_bytes, url=short(url)),
            at=answer.at,
            took=took,
            reason=answer.reason,
            hops=hops,
        )

    def close(self) -> None:
        """Close all connections that are not in use. Idempotent; the fetcher can be used again."""
        self._asker.close()

    def _visit(self, url: str, conditions: dict[str, str], source: Source) -> Answer:
        """One page asked for, if its host will have it. Raises FetchError, Stopped."""
        host = redirects.host_of(url)
        self._backoff.check(host)
        gap = max(source.polite.gap, self._robots.gap(url, source))
        self._backoff.check(host)  # asking for its robots.txt may have shown that it is not well
        self._pace.wait(host, gap)
        return self._ask(host, url, conditions, source)

    def _robots_txt(self, url: str, source: Source) -> tuple[int, bytes]:
        """The status and the beginning of a robots.txt. Raises FetchError, Stopped."""
        for _ in range(MOST_REDIRECTS + 1):
            host = redirects.host_of(url)
            self._backoff.check(host)
            self._pace.wait(host, source.polite.gap)
            answer = self._ask(host, url, _FOR_ROBOTS, source, only=MOST_BYTES)
            if answer.target is None:
                break
            url = answer.target
        return answer.status, decode(answer.wire, answer.codings, limit=MOST_BYTES, url=short(url), only=True)

    def _ask(self, host: str, url: str, headers: dict[str, str], source: Source, *, only: int | None = None) -> Answer:
        """One request, and what its answer says of the host. Raises FetchError, Stopped."""
        try:
            answer = self._asker.ask(url, self._headers | headers, source, only=only)
        except Unreachable as wrong:
            self._backoff.failed(host, str(wrong))
            raise
        self._backoff.answered(host, answer.status, answer.retry_after)
        return answer


def _agent(contact: str | None) -> str:
    """The name by which we go: product and comment (RFC 9110, section 10.1.5)."""
    said = clean(contact or "").strip().encode("ascii", "replace").decode().translate({40: None, 41: None, 92: None})
    return f"{AGENT}/{__version__}" + (f" (+{said})" if said else "")


def _conditions(request: Request) -> dict[str, str]:
    """The headers that make a request conditional (RFC 9110, sections 13.1.2 and 13.1.3)."""
    conditions = {}
    if request.etag:
        conditions["If-None-Match"] = clean(request.etag)
    if request.last_modified:
        conditions["If-Modified-Since"] = clean(request.last_modified)
    return conditions
