"""The connections of one thread: requests' adapter without what we do not need, and a way to cut them from outside.

Each connection goes to an address that the guard (``guard.py``) has seen, never to a name. Only to a proxy, which a person
named, it goes unseen; then the guard sees what the proxy is asked for.

A blocked read knows only its own time limit, which each byte that arrives starts anew. So that a whole answer has a
limit too, and a stop need not wait, another thread (``watch.py``) may cut all connections of a thread at once. Connecting
and agreeing on TLS cannot be cut, and looking up a name is only left behind (``names.py``); together they end in time.
"""

from __future__ import annotations

import base64
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakSet

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError, SSLError
from urllib3.util.ssltransport import SSLTransport

from monitor.fetching import tls
from monitor.fetching.failures import NoNameInTime, OtherCertificate, ProxyRefused
from monitor.fetching.guard import checked, look_up
from monitor.fetching.names import Names
from monitor.fetching.wire import Tape, TapedAnswer
from monitor.settings import Connection

_USUAL = Connection()
_NAMES = Names(look_up, threading.Event())
_HOSTS = 10  # connections kept open per thread, one to each of the hosts used last
_MOST_ADDRESSES = 4  # of a host, that are tried within the time for connecting
_SHORTEST, _LONGEST = 0.001, 60.0  # seconds for connecting; a socket takes 0 for "do not wait"
_LONGEST_CHECK = 5.0  # seconds for a look-up of what a proxy is asked for, which will look it up itself
_OTHER = re.compile('^Fingerprints did not match.*, got "(.*)"$')  # how urllib3 says which certificate it met
_NO_TUNNEL = "Tunnel connection failed: "  # how urllib3 and http.client begin to say that a proxy gave no way

Find = Callable[[str, int, float], Sequence[str]]
"""The addresses of a host that may be connected to, found before a monotonic instant. Raises Refused, OSError, Stopped."""


class Line:
    """One thread's connections. All of it belongs to that thread but :meth:`cut`, which is anyone's.

    ``reach`` are the networks that may be reached though they are not public (``Source.reach``), ``names`` looks up names,
    ``connection`` says how servers are connected to, ``login`` is the user and password for its proxy. ``tape`` holds the
    last request and its head.
    """

    def __init__(
        self, reach: Sequence[str] = (), names: Names = _NAMES, connection: Connection = _USUAL, login: str = ""
    ) -> None:
        self._opened = _Opened()
        self._reach, self._names = reach, names
        self._is_proxied = connection.proxy is not None
        self.tape = Tape()
        pools = _pools(self._opened, names.addresses if self._is_proxied else self._addresses, self.tape, connection)
        self.adapter = Adapter(pools, connection, login)

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
        longest = max(min(timeout, due - time.monotonic()), _SHORTEST)
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


Pools = dict[str, type[HTTPConnectionPool]]


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


class _Opened:
    """The sockets that were opened and still exist; a connection lets go of its socket before the body was read."""

    def __init__(self) -> None:
        self.count = 0
        self._lock = threading.Lock()
        self._sockets: WeakSet[socket.socket] = WeakSet()

    def note(self, sock: Any, *, is_new: bool = True) -> None:
        """A connection has this socket; TLS puts another one in place of the first, TLS within TLS a shell around it."""
        with self._lock:
            self.count += is_new
            self._sockets.add(sock.socket if isinstance(sock, SSLTransport) else sock)

    def all(self) -> list[socket.socket]:
        with self._lock:
            return list(self._sockets)


def _pools(opened: _Opened, addresses: Find, tape: Tape, connection: Connection) -> Pools:
    """Connection pools by scheme: their connections go to one of a host's ``addresses``, as ``connection`` says.

    The sockets are noted in ``opened``, what goes over the wire on ``tape``.
    """

    class Plain(HTTPConnection):
        response_class = partial(TapedAnswer, tape)  # type: ignore[assignment]

        def _new_conn(self) -> socket.socket:
            sock = _to_an_address(self, super()._new_conn, addresses)
            opened.note(sock)
            return sock

        def connect(self) -> None:
            super().connect()
            self.sock.settimeout(self.timeout)  # connecting had less of it in the end

        def _tunnel(self) -> None:
            with _refusals():
                super()._tunnel()

        def putrequest(self, *args: Any, **kwargs: Any) -> None:
            tape.clear()  # what came before was said to a proxy
            super().putrequest(*args, **kwargs)

        def send(self, data: Any) -> None:
            tape.add(data)
            super().send(data)

    class Secure(Plain, HTTPSConnection):
        def connect(self) -> None:
            self.ssl_context = tls.context_for(connection)
            self.cert_reqs = self.ssl_context.verify_mode
            self.assert_fingerprint = connection.certificate
            with _refusals():
                super().connect()
            opened.note(self.sock, is_new=False)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


@contextmanager
def _refusals() -> Iterator[None]:
    """What the libraries say only in words becomes an error of its own: a proxy gives no way, a certificate is another."""
    try:
        yield
    except SSLError as wrong:
        found = _OTHER.search(str(wrong))
        if found is None:
            raise
        raise OtherCertificate(found[1]) from wrong
    except OSError as wrong:
        if not str(wrong).startswith(_NO_TUNNEL):
            raise
        raise ProxyRefused(str(wrong).removeprefix(_NO_TUNNEL)) from wrong


def _to_an_address(connection: HTTPConnection, connect: Callable[[], socket.socket], addresses: Find) -> socket.socket:
    """What ``connect`` opens while the host's name is replaced by its address; TLS, later, sees the name again.

    The name and all addresses together get the time that one address would have had; what is left of it is the socket's
    timeout, for TLS. Raises Refused, Stopped, and what urllib3 raises, of the last address.
    """
    host, timeout = connection._dns_host, connection.timeout
    whole = timeout if isinstance(timeout, int | float) else _LONGEST
    due = time.monotonic() + whole

    def attempt(address: str) -> socket.socket:
        connection._dns_host, connection.timeout = address, max(due - time.monotonic(), _SHORTEST)
        sock = connect()
        sock.settimeout(max(due - time.monotonic(), _SHORTEST))
        return sock

    found = _found(connection, host.strip("[]"), addresses, due)
    try:
        for address in found[:-1]:
            with suppress(ConnectTimeoutError, NewConnectionError):
                return attempt(address)
        return attempt(found[-1])
    finally:
        connection._dns_host, connection.timeout = host, timeout


def _found(connection: HTTPConnection, host: str, addresses: Find, due: float) -> Sequence[str]:
    """Some addresses of ``host``, at least one. Raises Refused, Stopped, and what urllib3 raises."""
    try:
        found = addresses(host, connection.port or 0, due)
    except TimeoutError as wrong:
        raise NoNameInTime(wrong.strerror or str(wrong)) from wrong
    except socket.gaierror as wrong:
        raise NameResolutionError(host, connection, wrong) from wrong
    if not found:
        raise NewConnectionError(connection, f"{host} has no address")
    return found[:_MOST_ADDRESSES]
