"""The connections of one thread: requests' adapter without what we do not need, and a way to cut them from outside.

A blocked read knows only its own time limit, which each byte that arrives starts anew. So that a whole answer has a
limit too, and a stop need not wait, another thread (``watch.py``) may cut all connections of a thread at once. Looking
up a name and connecting cannot be cut; they end at their own limits.
"""

from __future__ import annotations

import http.client
import io
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from weakref import WeakSet

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

_HOSTS = 10  # connections kept open per thread, one to each of the hosts used last


class Line:
    """One thread's connections. All of it belongs to that thread but :meth:`cut`, which is anyone's."""

    def __init__(self) -> None:
        self._opened = _Opened()
        self.adapter = Adapter(self._opened.note)

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

    def __init__(self, note: Callable[[Any], None]) -> None:
        super().__init__(pool_connections=_HOSTS, pool_maxsize=1)
        self.poolmanager.pool_classes_by_scheme = _pools(note)

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


def _pools(note: Callable[[Any], None]) -> dict[str, type[HTTPConnectionPool]]:
    """Connection pools by scheme, which ``note`` the socket of every connection they open."""

    class Plain(HTTPConnection):
        response_class = _Answer

        def connect(self) -> None:
            super().connect()
            note(self.sock)

    class Secure(HTTPSConnection):
        response_class = _Answer

        def connect(self) -> None:
            super().connect()
            note(self.sock)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


class _Answer(http.client.HTTPResponse):
    """An answer whose head must be whole: the standard library takes one that breaks off in a header for complete.

    Half a ``Location`` would lead to another address, and without ``Content-Length`` any body looks whole. Interim answers
    (RFC 9110, section 15.2) are passed over.
    """

    def begin(self) -> None:
        while self.headers is None or self.status < 200:
            self.headers = self.msg = None  # type: ignore[assignment]  # what makes `begin` read another head
            lines = _Lines(self.fp)
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
    """A file that remembers the last line that was read from it."""

    __slots__ = ("file", "last")

    def __init__(self, file: io.BufferedReader) -> None:
        self.file = file
        self.last = b""

    def readline(self, limit: int = -1) -> bytes:
        self.last = self.file.readline(limit)
        return self.last

    def close(self) -> None:
        self.file.close()
