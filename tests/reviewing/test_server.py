"""Where the review page listens, and that it answers many at once."""

from __future__ import annotations

import gc
import logging
import socket
import threading
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from reviewing.desk import Desk

from monitor.errors import InputError
from monitor.reviewing.server import Server, address_of
from monitor.settings import Web


@pytest.mark.parametrize(
    ("listen", "found"),
    [
        ("127.0.0.1:8380", ("127.0.0.1", 8380)),
        ("[::1]:80", ("::1", 80)),
        ("8380", ("127.0.0.1", 8380)),
        ("localhost:0", ("localhost", 0)),
    ],
)
def test_an_address_to_listen_on_is_read(listen: str, found: tuple[str, int]) -> None:
    assert address_of(listen) == found


def test_a_name_of_several_addresses_is_listened_to_at_any_free_port(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    found = socket.getaddrinfo

    def both(host: str, *rest: Any, **more: Any) -> list[Any]:
        names = ("127.0.0.1", "127.0.0.2") if host == "localhost" else (host,)
        return [each for name in names for each in found(name, *rest, **more)]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    server = Server(desk.app, Web(listen="localhost:0"), has_users=False)
    server.close()
    assert int(server.address.rstrip("/").rpartition(":")[2]) > 0


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_port_that_is_taken_is_said(desk: Desk) -> None:
    server = Server(desk.app, Web(listen="127.0.0.1:0"), has_users=False)
    port = server.address.split(":")[2].strip("/")
    with pytest.raises(InputError, match="cannot be listened on"):
        Server(desk.app, Web(listen=f"127.0.0.1:{port}"), has_users=False)
    server.close()
    gc.collect()  # waitress leaves the socket open that it could not bind


@pytest.mark.parametrize("proxy", ["*", "localhost", "10.0.0.0/8"])
def test_a_proxy_is_named_by_its_address(desk: Desk, proxy: str) -> None:
    with pytest.raises(InputError, match=r"web\.proxy is .* like 127\.0\.0\.1"):
        Server(desk.app, Web(listen="127.0.0.1:0", proxy=proxy), has_users=True)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_without_users_nothing_but_this_machine_is_listened_to(desk: Desk) -> None:
    with pytest.raises(InputError, match="there are no users yet"):
        Server(desk.app, Web(listen="0.0.0.0:0"), has_users=False)


def test_twenty_people_read_at_once_each_thread_with_a_handle_of_its_own(desk: Desk) -> None:
    server, stop = Server(desk.app, Web(listen="127.0.0.1:0"), has_users=False), threading.Event()
    thread = threading.Thread(target=server.run, args=(stop,), daemon=True)
    thread.start()

    def read(number: int) -> int:
        address = f"{server.address}{'?order=new' if number % 2 else 'changes/20'}"
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310  our own server
            return len(answer.read())

    with ThreadPoolExecutor(20) as people:
        sizes = list(people.map(read, range(40)))
    stop.set()
    thread.join(10)
    assert not thread.is_alive()
    assert min(sizes) > 5000


def test_what_is_under_way_when_it_is_told_to_stop_ends_quietly(caplog: pytest.LogCaptureFixture) -> None:
    app, stop, asked, answer = Flask("slow"), *(threading.Event() for _ in range(3))

    @app.get("/")
    def slow() -> str:
        asked.set()
        answer.wait(30)
        return "x" * 5_000_000

    server = Server(app, Web(listen="127.0.0.1:0"), has_users=False)
    thread = threading.Thread(target=server.run, args=(stop,), daemon=True)
    with caplog.at_level(logging.INFO), ThreadPoolExecutor(1) as people:
        thread.start()
        found = people.submit(lambda: urllib.request.urlopen(server.address, timeout=30).read())  # noqa: S310  our own server
        assert asked.wait(30)
        stop.set()
        answer.set()
        assert len(found.result()) == 5_000_000
    thread.join(10)
    assert not thread.is_alive()
    assert caplog.records == []


def test_a_page_that_hangs_holds_up_no_stop(caplog: pytest.LogCaptureFixture) -> None:
    app, stop, asked, answer = Flask("hanging"), *(threading.Event() for _ in range(3))

    @app.get("/")
    def hanging() -> str:
        asked.set()
        answer.wait(30)
        return "late"

    server = Server(app, Web(listen="127.0.0.1:0"), has_users=False)
    thread = threading.Thread(target=server.run, args=(stop,), daemon=True)
    with ThreadPoolExecutor(1) as people:
        thread.start()
        found = people.submit(lambda: urllib.request.urlopen(server.address, timeout=30).read())  # noqa: S310  our own server
        assert asked.wait(30)
        stop.set()
        thread.join(15)
        assert not thread.is_alive()
        assert isinstance(found.exception(timeout=15), OSError)
        answer.set()
        server.close()
    assert "Bad file descriptor" not in caplog.text
