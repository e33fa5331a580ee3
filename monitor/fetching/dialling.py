"""How a connection is opened: to one of a host's addresses, within a time; by plain HTTP or TLS, straight or through a proxy."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar
from weakref import WeakSet

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError, SSLError
from urllib3.util.ssltransport import SSLTransport

from monitor.fetching import tls
from monitor.fetching.failures import NoNameInTime, OtherCertificate, ProxyRefused
from monitor.fetching.wire import Tape, TapedAnswer
from monitor.settings import Connection

SHORTEST = 0.001  # seconds for connecting at least; a socket takes 0 for "do not wait"
_LONGEST = 60.0  # seconds for connecting at most
_HALF = 0.5  # share of the time that is left, for an address that is not the last
_MOST_ADDRESSES = 4  # of a host, that are tried within the time for connecting
_OTHER = re.compile('^Fingerprints did not match.*, got "(.*)"$')  # how urllib3 says which certificate it met
_NO_TUNNEL = "Tunnel connection failed: "  # how urllib3 and http.client begin to say that a proxy gave no way

Find = Callable[[str, int, float], Sequence[str]]
"""The addresses of a host that may be connected to, found before a monotonic instant. Raises Refused, OSError, Stopped."""

Pools = dict[str, type[HTTPConnectionPool]]
"""The pools of connections by scheme."""


class Opened:
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
        """Those that exist still."""
        with self._lock:
            return list(self._sockets)


@dataclass(frozen=True, slots=True)
class Way:
    """How the connections of one thread are opened: to one of a host's ``addresses``, as ``connection`` says.

    Their sockets are noted in ``opened``, what goes over the wire on ``tape``.
    """

    opened: Opened
    addresses: Find
    tape: Tape
    connection: Connection


class _Plain(HTTPConnection):
    """A connection that goes a ``way``, which is given to it by its class: see :func:`pools_of`."""

    way: ClassVar[Way]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.response_class = partial(TapedAnswer, self.way.tape)  # type: ignore[assignment]

    def _new_conn(self) -> socket.socket:
        sock = _to_an_address(self, super()._new_conn, self.way.addresses)
        self.way.opened.note(sock)
        return sock

    def connect(self) -> None:
        super().connect()
        self.sock.settimeout(self.timeout)  # connecting had less of it in the end

    def _tunnel(self) -> None:
        with _refusals():
            super()._tunnel()

    def putrequest(self, *args: Any, **kwargs: Any) -> None:
        self.way.tape.clear()  # what came before was said to a proxy
        super().putrequest(*args, **kwargs)

    def send(self, data: Any) -> None:
        self.way.tape.add(data)
        super().send(data)


class _Secure(_Plain, HTTPSConnection):
    """The same over TLS, with a context whose certificates are loaded already."""

    def connect(self) -> None:
        self.ssl_context = tls.context_for(self.way.connection)
        self.cert_reqs = self.ssl_context.verify_mode
        self.assert_fingerprint = self.way.connection.certificate
        with _refusals():
            super().connect()
        self.way.opened.note(self.sock, is_new=False)


def pools_of(the_way: Way) -> Pools:
    """Pools whose connections go ``the_way``: classes of its own, because urllib3 makes what the class of a pool names."""

    class Plain(_Plain):
        way = the_way

    class Secure(_Secure):
        way = the_way

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

    The name and all addresses together get the time that one address would have had, each half of what is left while others
    remain: the first may never answer. What is left in the end is the socket's timeout, for TLS. Raises Refused, Stopped, and
    what urllib3 raises, of the last address.
    """
    host, timeout = connection._dns_host, connection.timeout
    whole = timeout if isinstance(timeout, int | float) else _LONGEST
    due = time.monotonic() + whole

    def attempt(address: str, share: float = 1.0) -> socket.socket:
        connection._dns_host, connection.timeout = address, max(share * (due - time.monotonic()), SHORTEST)
        sock = connect()
        sock.settimeout(max(due - time.monotonic(), SHORTEST))
        return sock

    found = _found(connection, host.strip("[]"), addresses, due)
    try:
        for address in found[:-1]:
            with suppress(ConnectTimeoutError, NewConnectionError):
                return attempt(address, _HALF)
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
