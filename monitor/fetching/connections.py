"""The connections of one thread: requests' adapter without what we do not need, and a way to cut them from outside.

Each connection goes to an address that the guard (``guard.py``) has seen, never to a name (``dialling.py``). Only to a proxy,
which a person named, it goes unseen; then the guard sees what the proxy is asked for.

A blocked read knows only its own time limit, which each byte that arrives starts anew. So that a whole answer has a
limit too, and a stop need not wait, another thread (``watch.py``) may cut all connections of a thread at once. Connecting
and agreeing on TLS cannot be cut, and looking up a name is only left behind (``names.py``); together they end in time.
"""

from __future__ import annotations

import base64
import socket
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter

from monitor.fetching import tls
from monitor.fetching.dialling import SHORTEST, Opened, Pools, Way, pools_of
from monitor.fetching.guard import checked, look_up
from monitor.fetching.names import Names
from monitor.fetching.wire import Tape
from monitor.settings import Connection

_USUAL = Connection()
_NAMES = Names(look_up, threading.Event())
_HOSTS = 10  # connections kept open per thread, one to each of the hosts used last
_LONGEST_CHECK = 5.0  # seconds for a look-up of what a proxy is asked for, which will look it up itself


class Line:
    """One thread's connections. All of it belongs to that thread but :meth:`cut`, which is anyone's.

    ``reach`` are the networks that may be reached though they are not public (``Source.reach``), ``names`` looks up names,
    ``connection`` says how servers are connected to, ``login`` is the user and password for its proxy. ``tape`` holds the
    last request and its head.
    """

    def __init__(
        self, reach: Sequence[str] = (), names: Names = _NAMES, connection: Connection = _USUAL, login: str = ""
    ) -> None:
        self._opened = Opened()
        self._reach, self._names = reach, names
        self._is_proxied = connection.proxy is not None
        self.tape = Tape()
        find = names.addresses if self._is_proxied else self._addresses
        self.adapter = Adapter(pools_of(Way(self._opened, find, self.tape, connection)), connection, login)

    @property
    def connects(self) -> int:
        """How many connections were opened so far."""
        return self._opened.count

    def send(self, prepared: PreparedRequest, timeout: float, due: float) -> Response:
        """The answer, its body still to be read.

        No wait is longer than ``timeout`` seconds, none for a connection goes on after the monotonic instant ``due``.
        Raises Refused, Stopped, and what the libraries raise.
        """
        self.tape.clear()
        if self._is_proxied:
            self._check(prepared.url or "", due)
        longest = max(min(timeout, due - time.monotonic()), SHORTEST)
        return self.adapter.send(prepared, stream=True, timeout=(longest, longest), proxies=self.adapter.proxies)

    def _addresses(self, host: str, port: int, due: float) -> Sequence[str]:
        return checked(host, self._names.addresses(host, port, due), self._reach)

    def _check(self, url: str, due: float) -> None:
        """Refuse what leads inwards, as far as it can be looked up here: many a proxy stands where names cannot be."""
        parts = urlsplit(url)
        with suppress(OSError):
            self._addresses(parts.hostname or "", parts.port or 0, min(due, time.monotonic() + _LONGEST_CHECK))

    def cut(self) -> None:
        """End every connection now: reads that wait for data return, the sockets stay open until their owner closes them."""
        for sock in self._opened.all():
            with suppress(OSError):  # it is closed already
                socket.socket.shutdown(sock, socket.SHUT_RDWR)  # not SSLSocket's, which would drop TLS state under the reader

    def close(self) -> None:
        """Close the connections that are not in use. The line can be used again."""
        self.adapter.close()


class Adapter(HTTPAdapter):
    """requests' adapter: keeps few connections, no cookies, opens those of ``pools``, knows its proxy.

    ``send`` is requests' own, so that what replaces it in tests (the library ``responses``) works here too.
    """

    def __init__(self, pools: Pools, connection: Connection, login: str) -> None:
        super().__init__(pool_connections=_HOSTS, pool_maxsize=1)
        self.poolmanager.pool_classes_by_scheme = pools
        self.proxies = {"http": connection.proxy, "https": connection.proxy} if connection.proxy else None
        self._pools = pools
        self._connection = connection
        self._login = login

    def build_response(self, req: PreparedRequest, resp: Any) -> Response:
        """The raw answer in as little wrapping as requests' types allow; nothing reads cookies or encodings from it."""
        response = Response()
        response.status_code = resp.status
        response.raw = resp
        response.request = req
        return response

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Nothing: every connection brings its own context, with its certificates loaded once, not at each connection."""

    def proxy_manager_for(self, proxy: str, **_: Any) -> Any:
        """The pools behind the proxy."""
        is_known = proxy in self.proxy_manager
        more = {} if is_known else {"proxy_ssl_context": tls.context_for_proxy(self._connection)}
        manager = super().proxy_manager_for(proxy, **more)
        manager.pool_classes_by_scheme = self._pools
        return manager

    def proxy_headers(self, proxy: str) -> dict[str, str]:  # noqa: ARG002
        """How we log in at the proxy (RFC 7617)."""
        return {"Proxy-Authorization": "Basic " + base64.b64encode(self._login.encode()).decode()} if self._login else {}
