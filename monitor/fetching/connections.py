"""The connections of one thread: requests' adapter without what we do not need, and a way to cut them from outside.

Each connection goes to an address that the guard (``guard.py``) has seen, never to a name.

A blocked read knows only its own time limit, which each byte that arrives starts anew. So that a whole answer has a
limit too, and a stop need not wait, another thread (``watch.py``) may cut all connections of a thread at once. Looking
up a name and connecting cannot be cut; they end at their own limits.
"""

from __future__ import annotations

import http.client
import io
import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any
from weakref import WeakSet

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from monitor.fetching.guard import LookUp, checked, look_up

_HOSTS = 10  # connections kept open per thread, one to each of the hosts used last
_MOST_HEAD = 262_144  # bytes; browsers take as much
_MOST_ADDRESSES = 4  # of a host, that are tried within the time for connecting
_SHORTEST, _LONGEST = 0.001, 60.0  # seconds for connecting; a socket takes 0 for "do not wait"


class Line:
    """One thread's connections. All of it belongs to that thread but :meth:`cut`, which is anyone's.

    ``reach`` are the networks that may be reached though they are not public (``Source.reach``).
    """

    def __init__(self, reach: Sequence[str] = (), resolve: LookUp = look_up) -> None:
        self._opened = _Opened()
        self.adapter = Adapter(self._opened.note, lambda host, port: checked(host, resolve(host, port), reach))

    @property
    def connects(self) -> int:
        """How many connections were opened so far."""
        return self._opened.count

    def cut(self) -> None:
        """End every connection now: reads that wait for data return, the sockets stay open until their owner closes them."""
        for sock in self._opened.all():
            with suppress(OSError):  # it is closed already
                socket.socket.shutdown(sock, socket.SHUT_RDWR)  # not SSLSocket's, which would drop TLS state under the reader

    def close(self) -> None:
        """Close the connections that are not in use. The line can be used again."""
        self.adapter.close()


class Adapter(HTTPAdapter):
    """requests' adapter: keeps few connections, no cookies, and tells of each connection it opens.

    ``send`` is requests' own, so that what replaces it in tests (the library ``responses``) works here too.
    """

    def __init__(self, note: Callable[[Any], None], addresses: LookUp) -> None:
        super().__init__(pool_connections=_HOSTS, pool_maxsize=1)
        self.poolmanager.pool_classes_by_scheme = _pools(note, addresses)

    def build_response(self, req: PreparedRequest, resp: Any) -> Response:
        """The raw answer in as little wrapping as requests' types allow; nothing reads cookies or encodings from it."""
        response = Response()
        response.status_code = resp.status
        response.raw = resp
        response.request = req
        return response


class _Opened:
    """The sockets that were opened and still exist; a connection lets go of its socket before the body was read."""

    def __init__(self) -> None:
        self.count = 0
        self._lock = threading.Lock()
        self._sockets: WeakSet[socket.socket] = WeakSet()

    def note(self, sock: socket.socket) -> None:
        with self._lock:
            self.count += 1
            self._sockets.add(sock)

    def all(self) -> list[socket.socket]:
        with self._lock:
            return list(self._sockets)


def _pools(note: Callable[[Any], None], addresses: LookUp) -> dict[str, type[HTTPConnectionPool]]:
    """Connection pools by scheme. They ``note`` the socket of every connection they open, to one of a host's ``addresses``."""

    class Plain(HTTPConnection):
        response_class = _Answer

        def _new_conn(self) -> socket.socket:
            return _to_an_address(self, super()._new_conn, addresses)

        def connect(self) -> None:
            super().connect()
            note(self.sock)

    class Secure(HTTPSConnection):
        response_class = _Answer

        def _new_conn(self) -> socket.socket:
            return _to_an_address(self, super()._new_conn, addresses)

        def connect(self) -> None:
            super().connect()
            note(self.sock)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def _to_an_address(connection: HTTPConnection, connect: Callable[[], socket.socket], addresses: LookUp) -> socket.socket:
    """What ``connect`` opens while the host's name is replaced by its address; TLS, later, sees the name again.

    All addresses together get the time that one would have had. Raises Refused, and what urllib3 raises, of the last address.
    """
    host, timeout = connection._dns_host, connection.timeout
    whole = timeout if isinstance(timeout, int | float) else _LONGEST
    due = time.monotonic() + whole

    def attempt(address: str) -> socket.socket:
        connection._dns_host, connection.timeout = address, max(due - time.monotonic(), _SHORTEST)
        return connect()

    found = _found(connection, host.strip("[]"), addresses)
    try:
        for address in found[:-1]:
            with suppress(ConnectTimeoutError, NewConnectionError):
                return attempt(address)
        return attempt(found[-1])
    finally:
        connection._dns_host, connection.timeout = host, timeout


def _found(connection: HTTPConnection, host: str, addresses: LookUp) -> Sequence[str]:
    """Some addresses of ``host``, at least one. Raises Refused, and what urllib3 raises."""
    try:
        found = addresses(host, connection.port or 0)
    except socket.gaierror as wrong:
        raise NameResolutionError(host, connection, wrong) from wrong
    if not found:
        raise NewConnectionError(connection, f"{host} has no address")
    return found[:_MOST_ADDRESSES]


class _Answer(http.client.HTTPResponse):
    """An answer whose head must be whole: the standard library takes one that breaks off in a header for complete.

    Half a ``Location`` would lead to another address, and without ``Content-Length`` any body looks whole. Interim answers
    (RFC 9110, section 15.2) are passed over. The standard library takes at most 100 headers, each of at most 65,536 bytes;
    what all heads of one answer may come to is bounded here.
    """

    def begin(self) -> None:
        lines = _Lines(self.fp)
        while self.headers is None or self.status < 200:
            self.headers = self.msg = None  # type: ignore[assignment]  # what makes `begin` read another head
            self.fp = lines  # type: ignore[assignment]
            try:
                super().begin()
            finally:
                if self.fp is lines:  # type: ignore[comparison-overlap]
                    self.fp = lines.file
            if lines.last not in (b"\r\n", b"\n"):
                raise http.client.HTTPException("it breaks off in its head")
        lengths = {each.strip() for each in ",".join(self.headers.get_all("content-length", ())).split(",")}
        if len(lengths) > 1:  # RFC 9112, section 6.3; urllib3 refuses it too, but leaves the socket open
            raise http.client.HTTPException("it has two lengths")


class _Lines:
    """A file that remembers the last line that was read from it, and gives no more than the head of an answer may be."""

    __slots__ = ("file", "last", "left")

    def __init__(self, file: io.BufferedReader) -> None:
        self.file = file
        self.last = b""
        self.left = _MOST_HEAD

    def readline(self, limit: int = -1) -> bytes:
        self.last = self.file.readline(limit)
        self.left -= len(self.last)
        if self.left < 0:
            raise http.client.HTTPException(f"its head is larger than {_MOST_HEAD} bytes")
        return self.last

    def close(self) -> None:
        self.file.close()
