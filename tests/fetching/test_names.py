"""Names: looked up within a time, given up when it is over or the service stops; few look-ups are left behind."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

import pytest
from fetching.servers import Serve, page
from fetching.standins import StillClock, a_source, seconds

from monitor.errors import Stopped, Unreachable
from monitor.fetching import names as module
from monitor.fetching.http import HttpFetcher
from monitor.fetching.names import Names
from monitor.fetching.pace import Pace
from monitor.model import Request
from monitor.settings import Connection, Source


class Dns:
    """A resolver that does not answer for names in ``.hangs`` until it is ``released``. ``asked`` are the names."""

    def __init__(self) -> None:
        self.released = threading.Event()
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        if host.endswith(".hangs"):
            self.released.wait(30)
        if host == "unknown":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return ["127.0.0.1"]


@pytest.fixture
def dns() -> Iterator[Dns]:
    made = Dns()
    yield made
    made.released.set()


@pytest.fixture
def fetcher(dns: Dns, stop: threading.Event) -> Iterator[HttpFetcher]:
    made = HttpFetcher(StillClock(), Pace(stop), contact=None, stop=stop, resolve=dns)
    yield made
    made.close()


def soon() -> float:
    return time.monotonic() + 0.05


def late() -> float:
    return time.monotonic() + 30


def test_what_the_resolver_says_is_said(dns: Dns, stop: threading.Event) -> None:
    names = Names(dns, stop)
    assert names.addresses("site.example", 80, late()) == ["127.0.0.1"]
    with pytest.raises(socket.gaierror, match="Name or service not known"):
        names.addresses("unknown", 80, late())


def test_a_name_that_hangs_is_given_up_and_others_are_found(dns: Dns, stop: threading.Event) -> None:
    names = Names(dns, stop)
    with pytest.raises(TimeoutError, match="DNS did not answer"):
        names.addresses("name.hangs", 80, soon())
    assert names.addresses("site.example", 80, late()) == ["127.0.0.1"]


@pytest.mark.parametrize("most", ["_MOST", "_MOST_OF_A_HOST"])
def test_few_are_left_behind(dns: Dns, stop: threading.Event, monkeypatch: pytest.MonkeyPatch, most: str) -> None:
    monkeypatch.setattr(module, most, 2)
    names = Names(dns, stop)
    for _ in range(5):
        with suppress(TimeoutError):
            names.addresses("name.hangs", 80, soon())
    assert dns.asked == ["name.hangs"] * 2
    if most == "_MOST":
        with pytest.raises(TimeoutError, match="too many look-ups are still without an answer"):
            names.addresses("site.example", 80, soon())
    else:
        assert names.addresses("site.example", 80, late()) == ["127.0.0.1"]
    dns.released.set()
    assert names.addresses("name.hangs", 80, late()) == ["127.0.0.1"]


def test_where_no_thread_can_be_started(dns: Dns, stop: threading.Event, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise RuntimeError("can't start new thread")

    names = Names(dns, stop)
    with monkeypatch.context() as patch:
        patch.setattr(module, "start_new_thread", none)
        for _ in range(module._MOST_OF_A_HOST + 1):
            with pytest.raises(OSError, match="the system starts no more threads"):
                names.addresses("site.example", 80, late())
    assert names.addresses("site.example", 80, late()) == ["127.0.0.1"]


def test_a_fetch_ends_in_time(fetcher: HttpFetcher) -> None:
    before = time.monotonic()
    said = r"^http://name\.hangs/: the name name\.hangs was not found within 0\.3 s \(polite\.timeout\): DNS did not answer$"
    with pytest.raises(Unreachable, match=said):
        fetcher.fetch(Request("http://name.hangs/"), a_source(timeout=seconds(0.3)))
    assert time.monotonic() - before < 3


def test_a_fetch_ends_at_the_total_where_that_is_less(fetcher: HttpFetcher) -> None:
    with pytest.raises(Unreachable, match=r"no whole answer within 0\.2 s \(polite\.total\)$"):
        fetcher.fetch(Request("http://name.hangs/"), a_source(total=seconds(0.2)))


def test_a_proxy_whose_name_hangs(fetcher: HttpFetcher) -> None:
    with pytest.raises(Unreachable, match=r"no connection to the proxy http://proxy\.hangs:3128: "):
        fetcher.fetch(Request("http://8.8.8.8/"), by_proxy("http://proxy.hangs:3128"))


def test_the_check_of_what_a_proxy_is_asked_for_ends_in_time(
    fetcher: HttpFetcher, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proxy looks the name up itself; that it cannot be here is as if it were unknown."""
    monkeypatch.setattr("monitor.fetching.connections._LONGEST_CHECK", 0.1)
    proxy = serve(page(b"x"))
    assert fetcher.fetch(Request("http://name.hangs/"), by_proxy(proxy.url)).body == b"x"


def by_proxy(proxy: str) -> Source:
    return replace(a_source(timeout=seconds(0.5)), connection=Connection(proxy=proxy))


def test_a_stop_does_not_wait_for_a_name(fetcher: HttpFetcher, stop: threading.Event) -> None:
    threading.Timer(0.1, stop.set).start()
    before = time.monotonic()
    with pytest.raises(Stopped):
        fetcher.fetch(Request("http://name.hangs/"), a_source(timeout=seconds(20)))
    assert time.monotonic() - before < 3


def test_a_connection_that_is_kept_needs_no_name(fetcher: HttpFetcher, dns: Dns, serve: Serve) -> None:
    server = serve(page(b"x"))
    for _ in range(3):
        fetcher.fetch(Request(f"http://site.example:{server.port}/"), a_source())
    assert dns.asked == ["site.example"]
