"""HTTP through requests: paced, kept as it came off the wire, within limits; every failure is one of our errors.

Redirects are followed here, not by requests, so that each hop is recorded, paced and checked. No cookies are kept, no
proxies or certificates taken from the environment.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakSet

from requests import PreparedRequest
from requests.structures import CaseInsensitiveDict
from urllib3.response import BaseHTTPResponse

from monitor import __version__
from monitor.errors import Stopped, Unreachable
from monitor.fetching import redirects
from monitor.fetching.body import decode, too_large
from monitor.fetching.connections import Line
from monitor.fetching.failures import LIBRARY, clean, is_stale, short, told
from monitor.fetching.pace import Pace
from monitor.fetching.watch import Watch
from monitor.model import Capture, Header, Hop, Request, milliseconds
from monitor.protocols import Clock
from monitor.settings import Politeness, Source

_CHUNK = 65536
_DROPPED = 65536  # so much of a redirect's body is read, for its connection to be used again
_SHORTEST_TIMEOUT = 0.001  # seconds; urllib3 refuses 0


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one request brought. ``target`` is the address that a redirect leads to."""

    status: int
    reason: str
    headers: tuple[Header, ...]
    codings: str | None
    wire: bytes
    at: datetime
    took: float
    target: str | None


class HttpFetcher:
    """Visits addresses over HTTP. May be used by many threads; each has its own connections.

    ``contact`` is named to the sites with every request. ``stop`` ends waiting and reading. :meth:`close` gives the
    connections back.
    """

    def __init__(self, clock: Clock, pace: Pace, *, contact: str | None, stop: threading.Event) -> None:
        self._clock = clock
        self._pace = pace
        self._stop = stop
        self._watch = Watch(stop)
        self._mine = threading.local()
        self._lines: WeakSet[Line] = WeakSet()
        self._headers = {
            "User-Agent": _agent(contact),
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Encoding": "gzip, deflate",
        }

    def fetch(self, request: Request, source: Source) -> Capture:
        """What answered at ``request.url``, whatever its status, redirects followed.

        The request is conditional when it has validators, but not after a redirect: they belong to the first address.
        Raises Unreachable, TooLarge or BadAnswer when nothing usable answered, Stopped when the service is told to stop.
        """
        url, conditions = request.url, _conditions(request)
        hops: tuple[Hop, ...] = ()
        took = 0.0
        while True:
            answer = self._ask(url, conditions, source)
            took += answer.took
            if answer.target is None:
                break
            hops = redirects.followed(hops, Hop(url, answer.status, answer.target), source.polite)
            url, conditions = answer.target, {}
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
        self._watch.close()
        for line in list(self._lines):
            line.close()

    def _ask(self, url: str, conditions: dict[str, str], source: Source) -> _Answer:
        """One request, answered. Raises FetchError, Stopped."""
        polite, host = source.polite, redirects.host_of(url)
        self._pace.wait(host, polite.gap)
        line, answer, problem = self._line(), None, None
        started = time.monotonic()
        self._watch.begin(line, started + polite.total.total_seconds())
        try:
            answer = self._answer(line, url, conditions, polite, started)
        except LIBRARY as wrong:
            problem = wrong
        finally:
            was_cut = self._watch.end(line)
        if answer is not None and not was_cut:
            return answer
        if self._stop.is_set():
            raise Stopped(f"told to stop while {short(url)} answered") from problem
        if was_cut or problem is None:
            seconds = polite.total.total_seconds()
            raise Unreachable(f"{short(url)}: no whole answer within {seconds:g} s (polite.total)") from problem
        raise told(problem, url, host, polite) from problem

    def _answer(self, line: Line, url: str, conditions: dict[str, str], polite: Politeness, started: float) -> _Answer:
        """The head of the answer and, unless it redirects, its body. Raises what LIBRARY lists, FetchError, Stopped."""
        raw = _send(line, _prepared(url, self._headers | conditions), polite)
        at = milliseconds(self._clock.now())
        target, wire = None, b""
        try:
            location = raw.headers.get("location") if raw.status in redirects.CODES else None
            if location is not None:
                target = redirects.target(url, location)
                self._drop(raw)
            else:
                wire = self._whole(raw, url, polite.max_bytes)
        finally:
            raw.close()  # does nothing to a body that was read to its end: its connection is already free for the next
            raw.release_conn()
        return _Answer(
            status=raw.status,
            reason=clean(raw.reason or ""),
            headers=tuple((clean(name), clean(value)) for name, value in raw.headers.items()),
            codings=raw.headers.get("content-encoding"),
            wire=wire,
            at=at,
            took=time.monotonic() - started,
            target=target,
        )

    def _whole(self, raw: BaseHTTPResponse, url: str, limit: int) -> bytes:
        """The body as it comes off the wire. Raises TooLarge beyond ``limit`` bytes."""
        if (raw.length_remaining or 0) > limit:
            raise too_large(short(url), limit)
        pieces: list[bytes] = []
        size = 0
        for piece in self._pieces(raw):
            size += len(piece)
            if size > limit:
                raise too_large(short(url), limit)
            pieces.append(piece)
        return b"".join(pieces)

    def _pieces(self, raw: BaseHTTPResponse) -> Iterator[bytes]:
        """The body piece by piece, each as soon as it is there."""
        while piece := raw.read1(_CHUNK, decode_content=False):
            if self._stop.is_set():
                raise Stopped("told to stop while a body came in")
            yield piece

    def _drop(self, raw: BaseHTTPResponse) -> None:
        """Read a redirect's body to its end if that is near. What is wrong with it does not matter."""
        size = 0
        try:
            for piece in self._pieces(raw):
                size += len(piece)
                if size > _DROPPED:
                    return
        except LIBRARY:
            return

    def _line(self) -> Line:
        """This thread's connections."""
        line: Line | None = getattr(self._mine, "line", None)
        if line is None:
            line = self._mine.line = Line()
            self._lines.add(line)
        return line


def _agent(contact: str | None) -> str:
    """The name by which we go: product and comment (RFC 9110, section 10.1.5)."""
    said = clean(contact or "").strip().encode("ascii", "replace").decode().translate({40: None, 41: None, 92: None})
    return f"article-monitor/{__version__}" + (f" (+{said})" if said else "")


def _conditions(request: Request) -> dict[str, str]:
    """The headers that make a request conditional (RFC 9110, sections 13.1.2 and 13.1.3)."""
    conditions = {}
    if request.etag:
        conditions["If-None-Match"] = clean(request.etag)
    if request.last_modified:
        conditions["If-Modified-Since"] = clean(request.last_modified)
    return conditions


def _prepared(url: str, headers: dict[str, str]) -> PreparedRequest:
    """A request that is ready to be sent. What ``requests`` would prepare besides is not needed, and costs as much again."""
    prepared = PreparedRequest()
    prepared.method = "GET"
    if url.isascii():
        prepared.url = url
    else:
        prepared.prepare_url(url, None)
    prepared.headers = CaseInsensitiveDict(headers)
    return prepared


def _send(line: Line, prepared: PreparedRequest, polite: Politeness) -> BaseHTTPResponse:
    """The answer's head, its body still to be read. A kept-open connection that the server had closed is tried anew, once."""
    timeout = max(min(polite.timeout, polite.total).total_seconds(), _SHORTEST_TIMEOUT)
    before = line.connects
    try:
        response = line.adapter.send(prepared, stream=True, timeout=(timeout, timeout), verify=True)
    except LIBRARY as wrong:
        if line.connects != before or not is_stale(wrong):
            raise
        response = line.adapter.send(prepared, stream=True, timeout=(timeout, timeout), verify=True)
    raw: BaseHTTPResponse = response.raw
    return raw
