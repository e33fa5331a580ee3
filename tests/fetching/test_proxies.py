"""Proxies: named by a source, logged in at with a secret that is nowhere kept, and no way round the guard."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from fetching.certificates import connected, issued, of_server, saved
from fetching.proxies import Proxy
from fetching.servers import RawServer, Serve, header, page
from fetching.standins import StillClock, a_source
from trustme import CA

from monitor.errors import ConfigError, Forbidden, Unreachable
from monitor.fetching.http import HttpFetcher
from monitor.fetching.pace import Pace
from monitor.model import Request
from monitor.settings import Connection, Source

OURS = CA()
LOGIN = "us:a secret"
PLACES = {"site.example": "127.0.0.1"}


@pytest.fixture(scope="module")
def ca(tmp_path_factory: pytest.TempPathFactory) -> str:
    return saved(OURS, tmp_path_factory.mktemp("ca"))


def looked_up(host: str, port: int) -> Sequence[str]:
    """DNS of these tests: names in ``.inside`` lead inwards, 127.0.0.1 is what it is, others are known to the proxy alone."""
    if host.endswith(".inside"):
        return ["10.1.2.3"]
    if host[:1].isdigit():
        return [host]
    raise OSError("no such name")


def secrets(reference: str) -> str:
    if reference == "env:LOGIN":
        return LOGIN
    if reference == "env:BARE":
        return "nothing"
    raise ConfigError(["the environment has no OTHER"])


@pytest.fixture
def fetcher(stop: threading.Event) -> Iterator[HttpFetcher]:
    made = HttpFetcher(StillClock(), Pace(stop), contact=None, stop=stop, resolve=looked_up, secrets=secrets)
    yield made
    made.close()


def by_way_of(proxy: str, *, reach: tuple[str, ...] = (), **more: str) -> Source:
    """A source that may reach nothing inwards, but by a proxy that is there."""
    return replace(a_source(reach=reach), connection=Connection(proxy=proxy, **more))  # type: ignore[arg-type]


def test_a_page_is_asked_of_the_proxy(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve(page(b"x", "Connection: close"))
    url = f"http://site.example:{server.port}/a?b"
    with Proxy(places=PLACES) as proxy:
        capture = fetcher.fetch(Request(url), by_way_of(proxy.url))
        assert proxy.heads[0].startswith(f"GET {url} HTTP/1.1\r\n".encode())
        assert capture.sent == proxy.heads[0]
    assert (capture.body, capture.answered) == (b"x", url)
    assert header(server.heads[0], "host") == f"site.example:{server.port}"


@pytest.mark.parametrize("is_secure", [False, True], ids=["http proxy", "https proxy"])
def test_a_secure_page_is_asked_through_the_proxy(fetcher: HttpFetcher, ca: str, is_secure: bool) -> None:
    """By an https proxy this is TLS within TLS."""
    context = of_server(issued(OURS)) if is_secure else None
    with (
        RawServer(page(b"x"), of_server(issued(OURS, "site.example"))) as server,
        Proxy(places=PLACES, login=LOGIN, context=context) as proxy,
    ):
        url = f"https://site.example:{server.port}/a"
        source = by_way_of(proxy.url, ca=ca, proxy_login="env:LOGIN")
        captures = [fetcher.fetch(Request(url), source) for _ in range(2)]
        assert [head.split(b" HTTP")[0] for head in proxy.heads] == [b"CONNECT site.example:%d" % server.port]
        assert [capture.sent for capture in captures] == server.heads
        assert captures[0].head.startswith(b"HTTP/1.1 200 OK\r\nContent-Type: text/html")
        assert header(server.heads[0], "proxy-authorization") is None
        assert b"CONNECT" not in captures[0].sent


def test_a_plain_page_by_way_of_a_secure_proxy(fetcher: HttpFetcher, serve: Serve, ca: str) -> None:
    server = serve(page(b"x", "Connection: close"))
    with Proxy(places=PLACES, context=of_server(issued(OURS))) as proxy:
        url = f"http://site.example:{server.port}/a"
        assert fetcher.fetch(Request(url), by_way_of(proxy.url, ca=ca)).body == b"x"
        with pytest.raises(Unreachable, match=r"TLS: |the proxy"):
            fetcher.fetch(Request(url), by_way_of(proxy.url))


def test_a_certificate_is_verified_behind_a_proxy_too(fetcher: HttpFetcher) -> None:
    with RawServer(page(b"x"), of_server(issued(OURS, "site.example"))) as server, Proxy(places=PLACES) as proxy:
        with pytest.raises(Unreachable, match=r"the certificate of site\.example:\d+ is not trusted"):
            fetcher.fetch(Request(f"https://site.example:{server.port}/"), by_way_of(proxy.url))
        assert server.heads == []


def test_the_login_is_sent_and_kept_nowhere(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve(page(b"x", "Connection: close"))
    with Proxy(places=PLACES, login=LOGIN) as proxy:
        capture = fetcher.fetch(Request(f"http://site.example:{server.port}/"), by_way_of(proxy.url, proxy_login="env:LOGIN"))
        assert b"Proxy-Authorization: Basic " in proxy.heads[0]
    assert capture.body == b"x"
    assert b"uthorization" not in capture.sent
    assert capture.sent.endswith(b"\r\n\r\n")


def test_a_proxy_that_wants_a_login(fetcher: HttpFetcher) -> None:
    with Proxy(login=LOGIN) as proxy:
        said = rf"the proxy {proxy.url} would not connect to site\.example: it answered 407 Proxy Authentication Required$"
        with pytest.raises(Unreachable, match=said):
            fetcher.fetch(Request("https://site.example/"), by_way_of(proxy.url))
        assert fetcher.fetch(Request("http://site.example/"), by_way_of(proxy.url)).status == 407


@pytest.mark.parametrize(
    ("reference", "says"),
    [
        ("env:OTHER", r": not asked: `connection\.proxy_login`: the environment has no OTHER$"),
        ("env:BARE", r"`connection\.proxy_login`: env:BARE should hold `user:password`, and has no colon$"),
    ],
)
def test_a_login_that_is_missing(fetcher: HttpFetcher, reference: str, says: str) -> None:
    with Proxy() as proxy:
        with pytest.raises(Forbidden, match=says):
            fetcher.fetch(Request("http://site.example/"), by_way_of(proxy.url, proxy_login=reference))
        assert proxy.heads == []


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", ["127.0.0.1", "169.254.169.254", "db.inside"])
def test_a_proxy_is_no_way_inwards(fetcher: HttpFetcher, scheme: str, host: str) -> None:
    with Proxy() as proxy:
        with pytest.raises(Forbidden, match="not asked"):
            fetcher.fetch(Request(f"{scheme}://{host}/"), by_way_of(proxy.url))
        assert proxy.heads == []


def test_a_redirect_is_no_way_inwards_either(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve(page(b"", "Location: http://db.inside/", "Connection: close", status="302 Found"))
    with Proxy(places=PLACES) as proxy:
        with pytest.raises(Forbidden, match=r"db\.inside is 10\.1\.2\.3, private"):
            fetcher.fetch(Request(f"http://site.example:{server.port}/"), by_way_of(proxy.url))
        assert len(proxy.heads) == 1


def test_what_a_source_may_reach_it_may_reach_by_proxy(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve(page(b"x", "Connection: close"))
    with Proxy() as proxy:
        assert fetcher.fetch(Request(server.url), by_way_of(proxy.url, reach=("127.0.0.1",))).body == b"x"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_proxy_there(fetcher: HttpFetcher, scheme: str) -> None:
    with pytest.raises(Unreachable, match=r"no connection to the proxy http://127\.0\.0\.1:2: Connection refused$"):
        fetcher.fetch(Request(f"{scheme}://site.example/"), by_way_of("http://127.0.0.1:2"))


def test_other_sources_go_their_own_way(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve(page(b"x"))
    with Proxy() as proxy:
        fetcher.fetch(Request(server.url), connected(proxy=proxy.url))
        fetcher.fetch(Request(server.url), a_source())
        assert len(proxy.heads) == 1
    assert len(server.heads) == 2


def test_a_stop_ends_a_tunnel_that_is_being_opened(fetcher: HttpFetcher, serve: Serve, stop: threading.Event) -> None:
    """A proxy may drip: its time is bounded like a server's."""
    proxy = serve([b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n", 0.2] * 100])
    source = by_way_of(proxy.url)
    threading.Timer(0.3, stop.set).start()
    with pytest.raises(Exception, match="told to stop"):
        fetcher.fetch(Request("https://site.example/"), source)
    assert len(proxy.heads) == 1


def test_a_fetcher_that_knows_no_secrets(stop: threading.Event) -> None:
    fetcher = HttpFetcher(StillClock(), Pace(stop), contact=None, stop=stop)
    with Proxy() as proxy, pytest.raises(Forbidden, match="nothing looks up env:LOGIN here"):
        fetcher.fetch(Request("http://site.example/"), by_way_of(proxy.url, proxy_login="env:LOGIN"))
