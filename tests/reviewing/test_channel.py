"""What waitress answers by itself, and how long it waits for those who are slow."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
from flask import Flask, Response
from reviewing.desk import Desk

from monitor.reviewing.security import HEADERS
from monitor.reviewing.server import Server
from monitor.settings import Web


def served(app: Flask) -> Iterator[Server]:
    server, stop = Server(app, Web(listen="127.0.0.1:0"), has_users=False), threading.Event()
    server._server.adj.channel_timeout, server._server.adj.cleanup_interval = 1, 0
    thread = threading.Thread(target=server.run, args=(stop,), daemon=True)
    thread.start()
    yield server
    stop.set()
    thread.join(10)


@pytest.fixture
def server(desk: Desk) -> Iterator[Server]:
    yield from served(desk.app)


def connected(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", int(server.address.split(":")[2].strip("/"))), timeout=30)


def asked(server: Server, request: bytes) -> bytes:
    """All that is answered until the server closes the connection."""
    with connected(server) as line:
        line.sendall(request)
        return b"".join(iter(lambda: line.recv(65536), b""))


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"\x00\x01\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n", b"413"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", b"501"),
    ],
)
def test_what_is_no_request_is_refused_with_our_headers(server: Server, request_: bytes, status: bytes) -> None:
    head = asked(server, request_).partition(b"\r\n\r\n")[0].decode().lower()
    assert status.decode() in head.splitlines()[0]
    for name, value in HEADERS.items():
        assert head.count(f"{name.lower()}: {value.lower()}") == 1


def test_of_an_answer_to_head_there_is_no_body(server: Server) -> None:
    head, _, body = asked(server, b"HEAD /export/changes.csv HTTP/1.1\r\nHost: localhost\r\n\r\n").partition(b"\r\n\r\n")
    assert b" 200 " in head.splitlines()[0]
    assert body == b""


def test_a_request_that_trickles_in_is_given_up(server: Server) -> None:
    with connected(server) as line:
        line.sendall(b"GET / HTTP/1.1\r\n")
        pieces = 0
        try:
            while pieces < 100:
                line.sendall(b"X: y\r\n")
                pieces += 1
                line.settimeout(0.2)
                try:
                    if line.recv(100) == b"":
                        break
                except TimeoutError:
                    continue
        except (BrokenPipeError, ConnectionResetError):
            pass
    assert pieces < 100  # each came in time; all of them did not


def test_a_reader_who_takes_nothing_holds_no_thread() -> None:
    app, is_over = Flask("endless"), threading.Event()

    def endless() -> Iterator[bytes]:
        try:
            while True:
                yield b"x" * 1_000_000
        finally:
            is_over.set()

    app.add_url_rule("/", view_func=lambda: Response(endless()))
    for server in served(app):
        with connected(server) as line:
            line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert is_over.wait(30)
