"""Time: silence ends at the timeout, a slow answer at the total, everything at the stop."""

from __future__ import annotations

import threading
import time

import pytest
from fetching.servers import Serve, Step, drip, page, path
from fetching.standins import StillClock, a_source, seconds

from monitor.errors import Stopped, Unreachable
from monitor.fetching.http import HttpFetcher
from monitor.fetching.pace import Pace
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


@pytest.mark.parametrize("pause", [0.15, 0.5])
def test_redirects_and_what_they_lead_to_have_one_time_together(fetcher: HttpFetcher, serve: Serve, pause: float) -> None:
    """Also where it is over between two requests."""
    server = serve(lambda head: [pause, page(b"", f"Location: {path(head)}x", status="302 Found")])
    before = time.monotonic()
    said = r"/x+: no whole answer within 0\.4 s, redirects included \(polite\.total\)$"
    with pytest.raises(Unreachable, match=said if pause < 0.4 else r"within 0\.4 s \(polite\.total\)$"):
        fetcher.fetch(Request(server.url), a_source(total=seconds(0.4), redirects=20))
    assert time.monotonic() - before < 2
    assert len(server.heads) <= 4


def test_what_is_waited_between_two_redirects_is_not_counted(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve(lambda head: page(b"x") if path(head) == "/b" else page(b"", "Location: /b", status="302 Found"))
    assert fetcher.fetch(Request(server.url), a_source(total=seconds(0.3), gap=seconds(0.4))).body == b"x"


def test_redirects_of_robots_txt_have_one_time_together(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve(lambda head: [0.15, page(b"", f"Location: {path(head)}x", status="302 Found")])
    with pytest.raises(Unreachable, match=r"robots\.txtx+: .* 0\.4 s, redirects included \(polite\.total\); without"):
        fetcher.fetch(Request(server.url), a_source(total=seconds(0.4), robots=True))


def test_connecting_and_tls_have_one_time_together(stop: threading.Event, serve: Serve) -> None:
    def slowly(host: str, port: int) -> list[str]:
        time.sleep(0.4)
        return ["127.0.0.1"]

    server, fetcher = serve([9.0]), HttpFetcher(StillClock(), Pace(stop), contact=None, stop=stop, resolve=slowly)
    before = time.monotonic()
    with pytest.raises(Unreachable, match=r"0\.6 s \(polite\.timeout\)$"):
        fetcher.fetch(Request(f"https://site.example:{server.port}/"), a_source(timeout=seconds(0.6)))
    assert time.monotonic() - before < 0.95  # by far less than twice the time, which two waits would take
    fetcher.close()
