"""One request and its answer, over requests: within limits of time and size, kept as it came off the wire.

What a redirect, a robots.txt, a cookie or a resting host means is not known here (``http.py``). No proxies or certificates
are taken from the environment.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from weakref import WeakSet

from requests import PreparedRequest
from requests.structures import CaseInsensitiveDict
from urllib3.response import BaseHTTPResponse

from monitor.errors import ConfigError, Forbidden, Stopped, Unreachable
from monitor.fetching import redirects
from monitor.fetching.body import too_large
from monitor.fetching.connections import Line
from monitor.fetching.failures import LIBRARY, clean, is_stale, short, told
from monitor.fetching.guard import LookUp
from monitor.fetching.names import Names
from monitor.fetching.watch import Watch
from monitor.model import Header, milliseconds
from monitor.protocols import Clock
from monitor.settings import Connection, Politeness, Source

Secrets = Callable[[str], str]
"""The secret that a reference of the config (``env:NAME``, ``file:/path``) stands for. Raises ConfigError."""

_CHUNK = 65536
_DROPPED = 65536  # so much of a redirect's body is read, for its connection to be used again
_ANEW = frozenset({408, 421})  # RFC 9110, sections 15.5.9 and 15.5.20: of a kept-open connection, not of what was asked


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request brought. ``target`` is the address that a redirect leads to; then ``wire`` may not be all of the body.

    ``cookies`` are its ``Set-Cookie`` headers; ``sent`` and ``head`` are as in a capture.
    """

    status: int
    reason: str
    headers: tuple[Header, ...]
    codings: str | None
    retry_after: str | None
    wire: bytes
    at: datetime
    took: float
    target: str | None
    cookies: tuple[str, ...] = ()
    sent: bytes = b""
    head: bytes = b""


class Asker:
    """Sends requests. May be used by many threads; each has its own connections. ``stop`` ends what is under way."""

    def __init__(self, clock: Clock, stop: threading.Event, resolve: LookUp, secrets: Secrets) -> None:
        self._clock = clock
        self._stop = stop
        self._names = Names(resolve, stop)
        self._secrets = secrets
        self._watch = Watch(stop)
        self._mine = threading.local()
        self._lines: WeakSet[Line] = WeakSet()

    def ask(
        self,
        url: str,
        headers: Mapping[str, str],
        source: Source,
        *,
        spent: float = 0.0,
        only: int | None = None,
        form: redirects.Form | None = None,
    ) -> Answer:
        """The answer to a GET of ``url`` or a POST of ``form``, ``only`` the first so many bytes of its body.

        ``spent`` are the seconds that the redirects before it took of the time for all (``polite.total``).
        Raises FetchError, Stopped.
        """
        polite = source.polite
        line, answer, problem = self._line(source, url), None, None
        due = time.monotonic() + polite.total.total_seconds() - spent
        self._watch.begin(line, due)
        try:
            answer = self._answer(line, _prepared(url, headers, form), url, polite, due, only)
        except LIBRARY as wrong:
            problem = wrong
        finally:
            was_cut = self._watch.end(line)
        if answer is not None and not was_cut:
            return answer
        if self._stop.is_set():
            raise Stopped(f"told to stop while {short(url)} answered") from problem
        if problem is not None and not was_cut:
            error = told(problem, url, redirects.host_of(url), polite, source.connection.proxy or "")
            if not isinstance(error, Unreachable) or time.monotonic() < due:  # the time left may be less than polite.timeout
                raise error from problem
        raise too_late(url, polite, is_redirected=spent > 0) from problem

    def close(self) -> None:
        """Close all connections that are not in use. Idempotent; the asker can be used again."""
        self._watch.close()
        for line in list(self._lines):
            line.close()

    def _answer(
        self, line: Line, prepared: PreparedRequest, url: str, polite: Politeness, due: float, only: int | None
    ) -> Answer:
        """The head of the answer and, unless it redirects, its body. Raises what LIBRARY lists, FetchError, Stopped."""
        started = time.monotonic()
        raw = _send(line, prepared, polite.timeout.total_seconds(), due)
        at = milliseconds(self._clock.now())
        try:
            location = raw.headers.get("location") if raw.status in redirects.CODES else None
            target = None if location is None else redirects.target(url, location)
            wire = self._body(raw, url, polite.max_bytes, only) if target is None else self._dropped(raw)
        finally:
            raw.close()  # does nothing to a body that was read to its end: its connection is already free for the next
            raw.release_conn()
        return Answer(
            status=raw.status,
            reason=clean(raw.reason or ""),
            headers=tuple((clean(name), clean(value)) for name, value in raw.headers.items()),
            codings=raw.headers.get("content-encoding"),
            retry_after=raw.headers.get("retry-after"),
            wire=wire,
            at=at,
            took=time.monotonic() - started,
            target=target,
            cookies=tuple(raw.headers.getlist("set-cookie")),
            sent=line.tape.sent,
            head=line.tape.head,
        )

    def _dropped(self, raw: BaseHTTPResponse) -> bytes:
        """A redirect's body, for the connection to be used again: what is wrong with it does not matter."""
        return self._read(raw, _DROPPED, is_needed=False)

    def _body(self, raw: BaseHTTPResponse, url: str, limit: int, only: int | None) -> bytes:
        """The body as it comes off the wire, ``only`` so much of it or all. Raises TooLarge where all is over ``limit`` bytes."""
        if only is not None:
            return self._read(raw, only)[:only]
        if (raw.length_remaining or 0) > limit:
            raise too_large(short(url), limit)
        wire = self._read(raw, limit)
        if len(wire) > limit:
            raise too_large(short(url), limit)
        return wire

    def _read(self, raw: BaseHTTPResponse, limit: int, *, is_needed: bool = True) -> bytes:
        """The body until more than ``limit`` bytes of it came. Where it is not needed, what is wrong with it does not matter."""
        pieces: list[bytes] = []
        size = 0
        try:
            for piece in self._pieces(raw):
                size += len(piece)
                pieces.append(piece)
                if size > limit:
                    break
        except LIBRARY:
            if is_needed:
                raise
        return b"".join(pieces)

    def _pieces(self, raw: BaseHTTPResponse) -> Iterator[bytes]:
        """The body piece by piece, each as soon as it is there."""
        while piece := raw.read1(_CHUNK, decode_content=False):
            if self._stop.is_set():
                raise Stopped("told to stop while a body came in")
            yield piece

    def _line(self, source: Source, url: str) -> Line:
        """This thread's connections for sources that are connected to and may reach so far as this one; no other shares them.

        Raises Forbidden where the login for its proxy is missing.
        """
        lines: dict[tuple[tuple[str, ...], Connection], Line] | None = getattr(self._mine, "lines", None)
        if lines is None:
            lines = self._mine.lines = {}
        key = source.reach, source.connection
        line = lines.get(key)
        if line is None:
            line = lines[key] = Line(source.reach, self._names, source.connection, self._login(source.connection, url))
            self._lines.add(line)
        return line

    def _login(self, connection: Connection, url: str) -> str:
        try:
            login = self._secrets(connection.proxy_login) if connection.proxy_login else ""
            if login and ":" not in login:
                raise ConfigError([f"{connection.proxy_login} should hold `user:password`, and has no colon"])
        except ConfigError as wrong:
            raise Forbidden(f"{short(url)}: not asked: `connection.proxy_login`: {'; '.join(wrong.problems)}") from wrong
        return login


def _prepared(url: str, headers: Mapping[str, str], form: redirects.Form | None) -> PreparedRequest:
    """A request that is ready to be sent. What ``requests`` would prepare besides is not needed, and costs as much again."""
    prepared = PreparedRequest()
    prepared.method = "GET" if form is None else "POST"
    if url.isascii():
        prepared.url = url
    else:
        prepared.prepare_url(url, None)
    prepared.headers = CaseInsensitiveDict(headers)
    if form is not None:
        prepared.body = urlencode(form).encode()
        prepared.headers["Content-Type"] = "application/x-www-form-urlencoded"
        prepared.headers["Content-Length"] = str(len(prepared.body))
    return prepared


def too_late(url: str, polite: Politeness, *, is_redirected: bool) -> Unreachable:
    """What is raised when an answer, with the redirects on the way to it, takes longer than it may in all."""
    seconds = polite.total.total_seconds()
    more = ", redirects included" if is_redirected else ""
    return Unreachable(f"{short(url)}: no whole answer within {seconds:g} s{more} (polite.total)")


def _send(line: Line, prepared: PreparedRequest, timeout: float, due: float) -> BaseHTTPResponse:
    """The answer's head, its body still to be read. What a kept-open connection spoiled is tried anew, once.

    That is when the server had closed it, or answers that it waited too long (408) or that the connection is not for this
    host (421). Nobody knows whether the server had acted on a POST before it closed, so none is sent twice (RFC 9110, section
    9.2.2). It gets a new connection instead, which no server has closed for its age.
    """
    is_post = prepared.method == "POST"
    if is_post:
        line.close()
    before = line.connects
    try:
        raw: BaseHTTPResponse = line.send(prepared, timeout, due).raw
        if raw.status not in _ANEW or line.connects != before or is_post:
            return raw
        raw.close()
        raw.release_conn()
    except LIBRARY as wrong:
        if line.connects != before or is_post or not is_stale(wrong):
            raise
    again: BaseHTTPResponse = line.send(prepared, timeout, due).raw
    return again
