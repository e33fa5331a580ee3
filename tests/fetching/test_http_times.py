"""Time: silence ends at the timeout, a slow answer at the total, everything at the stop."""

from __future__ import annotations

import threading
import time

import pytest
from fetching.servers import Serve, Step, drip, page
from fetching.standins import a_source, seconds

from monitor.errors import Stopped, Unreachable
from monitor.fetching.http import HttpFetcher
from monitor.model import Request

SOURCE = a_source()


@pytest.mark.parametrize(
    "steps", [[3.0], [b"HTTP/1.1 200 OK\r\n", 3.0], [b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", 3.0]]
)
def test_silence_ends_at_the_timeout(fetcher: HttpFetcher, serve: Serve, steps: list[Step]) -> None:
    server = serve(steps)
    with pytest.raises(Unreachable, match=r"sent nothing for 0\.3 s \(polite\.timeout\)$"):
        fetcher.fetch(Request(server.url), a_source(timeout=seconds(0.3)))


@pytest.mark.parametrize(
    ("start", "drop"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\n", b"X"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0"),
        (b"HTTP/1.0 200 OK\r\n\r\n", b"x"),
    ],
)
def test_an_answer_that_drips_ends_at_the_total(fetcher: HttpFetcher, serve: Serve, start: bytes, drop: bytes) -> None:
    server = serve([start, *drip(drop, 0.05, 100)])
    before = time.monotonic()
    with pytest.raises(Unreachable, match=r"no whole answer within 0\.4 s \(polite\.total\)$"):
        fetcher.fetch(Request(server.url), a_source(total=seconds(0.4)))
    assert 0.4 <= time.monotonic() - before < 2
    server.answer = page(b"well again")
    assert fetcher.fetch(Request(server.url), SOURCE).body == b"well again"


def test_a_slow_answer_within_its_time(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve([b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", *drip(b"x", 0.03, 10)])
    assert fetcher.fetch(Request(server.url), a_source(timeout=seconds(0.5))).body == b"x" * 10


def test_no_request_after_the_stop(fetcher: HttpFetcher, serve: Serve, stop: threading.Event) -> None:
    server = serve(page(b"x"))
    stop.set()
    with pytest.raises(Stopped):
        fetcher.fetch(Request(server.url), SOURCE)
    assert server.connections == 0


@pytest.mark.parametrize(
    "steps",
    [
        [9.0],
        [b"HTTP/1.1 200 OK\r\n", 9.0],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", *drip(b"x", 0.1, 90)],
        [b"HTTP/1.0 200 OK\r\n\r\nabc", 9.0],
    ],
)
def test_a_stop_ends_what_is_under_way(fetcher: HttpFetcher, serve: Serve, stop: threading.Event, steps: list[Step]) -> None:
    server = serve(steps)
    threading.Timer(0.2, stop.set).start()
    before = time.monotonic()
    with pytest.raises(Stopped):
        fetcher.fetch(Request(server.url), SOURCE)
    assert time.monotonic() - before < 2
