"""How a connection is opened: what time each of a host's addresses has."""

from __future__ import annotations

import socket

import pytest
from urllib3.connection import HTTPConnection
from urllib3.exceptions import ConnectTimeoutError

from monitor.fetching import dialling

SILENT = ("192.0.2.1", "192.0.2.2")  # they never answer
ANSWERS = "192.0.2.3"


class Hours:
    """A monotonic clock that goes on only while somebody waits."""

    now = 0.0

    def monotonic(self) -> float:
        return self.now


def test_an_address_that_never_answers_leaves_time_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, connection, given = Hours(), HTTPConnection("many.example", timeout=8.0), list[object]()
    monkeypatch.setattr(dialling, "time", clock)

    def connect() -> socket.socket:
        given.append(connection.timeout)
        if connection._dns_host == ANSWERS:
            return socket.socket()
        assert isinstance(connection.timeout, float)
        clock.now += connection.timeout
        raise ConnectTimeoutError("it never answered")

    with dialling._to_an_address(connection, connect, lambda *_: [*SILENT, ANSWERS]) as sock:
        assert sock.gettimeout() == 2.0
    assert given == [4.0, 2.0, 2.0]
    assert (connection._dns_host, connection.timeout) == ("many.example", 8.0)
