"""The guard: what is not public is never asked, however it is spelled or come by, unless the source allows just that."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from ipaddress import ip_address

import pytest
from fetching.servers import Serve, header, page, path
from fetching.standins import StillClock, a_source
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import FetchError, Forbidden, Unreachable
from monitor.fetching.guard import BAD_PORTS, Refused, checked, forbidden, look_up
from monitor.fetching.http import HttpFetcher
from monitor.fetching.pace import Pace
from monitor.model import Request

NOWHERE = a_source(reach=())

# What is forbidden

FORBIDDEN = [
    ("127.0.0.1", "loopback"), ("127.255.255.254", "loopback"), ("::1", "loopback"),
    ("10.0.0.1", "private"), ("172.16.0.1", "private"), ("172.31.255.255", "private"), ("192.168.1.1", "private"),
    ("fc00::1", "private"), ("fdff::1", "private"), ("fec0::1", "private"),
    ("169.254.0.1", "link-local"), ("fe80::1", "link-local"), ("fe80::1%1", "link-local"), ("febf::1", "link-local"),
    ("169.254.169.254", "metadata"), ("100.100.100.200", "metadata"), ("168.63.129.16", "metadata"),
    ("192.0.0.192", "metadata"), ("fd00:ec2::254", "metadata"), ("fd20:ce::254", "metadata"),
    ("100.64.0.1", "carrier-grade NAT"), ("100.127.255.255", "carrier-grade NAT"),
    ("0.0.0.0", "unspecified"), ("0.1.2.3", "unspecified"), ("::", "unspecified"),  # noqa: S104
    ("224.0.0.1", "multicast"), ("239.255.255.250", "multicast"), ("ff02::1", "multicast"), ("ff0e::1", "multicast"),
    ("255.255.255.255", "broadcast"), ("240.0.0.1", "reserved"), ("192.0.0.1", "reserved"), ("192.88.99.1", "reserved"),
    ("192.0.2.1", "documentation"), ("2001:db8::1", "documentation"), ("3fff::1", "documentation"),
    ("198.18.0.1", "benchmarking"), ("2001::1", "reserved"), ("2001:20::1", "reserved"),
    ("::ffff:127.0.0.1", "loopback"), ("::ffff:a9fe:a9fe", "metadata"), ("::127.0.0.1", "loopback"),
    ("::ffff:0:10.0.0.1", "private"),
    ("64:ff9b::127.0.0.1", "loopback"), ("64:ff9b::a9fe:a9fe", "metadata"), ("64:ff9b:1::1", "not public"),
    ("2002:7f00:1::1", "loopback"), ("2002:a00:1::", "private"), ("2002:c0a8:101::1", "private"),
    ("4000::1", "not public"), ("100::1", "not public"), ("5f00::1", "not public"), ("::2:0:0:1", "not public"),
]  # fmt: skip
PUBLIC = [
    "8.8.8.8", "1.1.1.1", "9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "100.63.255.255",
    "100.128.0.0", "126.255.255.255", "128.0.0.1", "223.255.255.255", "2606:4700::1111", "2a00:1450::1", "64:ff9b::8.8.8.8",
    "2002:808:808::1", "::ffff:8.8.8.8",
]  # fmt: skip


@pytest.mark.parametrize(("address", "name"), FORBIDDEN)
def test_a_forbidden_address_is_named_with_its_range(address: str, name: str) -> None:
    assert name in (forbidden(ip_address(address)) or "public")


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address(address: str) -> None:
    assert forbidden(ip_address(address)) is None


@given(st.ip_addresses())
def test_what_the_standard_library_holds_for_not_global_is_never_asked(address: object) -> None:
    given = ip_address(str(address))
    is_carrier = str(given).startswith(("64:ff9b::", "2002:"))
    if not given.is_global and not is_carrier and getattr(given, "ipv4_mapped", None) is None:
        assert forbidden(given) is not None


# However it is spelled

SPELLED = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "017700000001", "0177.0.0.1", "0x7F.0.0.0x1",
    "127.0.0.1.", "localhost", "LOCALHOST", "0", "0.0.0.0", "0x0", "169.254.169.254", "2852039166", "0xa9fea9fe",  # noqa: S104
    "0251.0376.0251.0376", "10.1", "192.168.257", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1%25lo]", "[fd00:ec2::254]",
    "%31%32%37.0.0.1", "①②⑦.0.0.1",
]  # fmt: skip


@pytest.mark.parametrize("host", SPELLED)
def test_no_spelling_gets_through(fetcher: HttpFetcher, serve: Serve, host: str) -> None:
    server = serve(page(b"secret"))
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(Request(f"http://{host}:{server.port}/x"), NOWHERE)
    assert server.connections == 0
    assert isinstance(caught.value, Forbidden | Unreachable)  # a system may not know a spelling; then it is just a name


def test_the_sentence_says_what_where_and_how_to_allow_it(fetcher: HttpFetcher) -> None:
    with pytest.raises(Forbidden) as caught:
        fetcher.fetch(Request("http://2130706433:8080/x"), NOWHERE)
    assert str(caught.value) == (
        "http://2130706433:8080/x: 2130706433 is 127.0.0.1, loopback (127.0.0.0/8): not asked "
        '(`reach = ["127.0.0.1"]` in its source would allow it)'
    )
    with pytest.raises(Forbidden, match=r"x: 10\.0\.0\.1, private \(10\.0\.0\.0/8\): not asked"):
        fetcher.fetch(Request("http://10.0.0.1/x"), NOWHERE)
    with pytest.raises(Forbidden, match=r"which leads to 127\.0\.0\.1, loopback"):
        fetcher.fetch(Request("http://[::ffff:127.0.0.1]/x"), NOWHERE)


@pytest.mark.parametrize("port", sorted(BAD_PORTS - {0}))
def test_bad_ports_are_never_asked(fetcher: HttpFetcher, port: int) -> None:
    with pytest.raises(Forbidden, match=f": port {port} is another service's"):
        fetcher.fetch(Request(f"http://site.example:{port}/"), a_source())


# By DNS

Resolver = Callable[[str, int], Sequence[str]]


@contextmanager
def resolving(resolve: Resolver) -> Iterator[HttpFetcher]:
    """A fetcher for which names lead where ``resolve`` says."""
    stop = threading.Event()
    made = HttpFetcher(StillClock(), Pace(stop), contact=None, stop=stop, resolve=resolve)
    yield made
    made.close()


def test_a_name_that_leads_here_is_refused(serve: Serve) -> None:
    server = serve(page(b"secret"))
    with resolving(lambda host, port: ["127.0.0.1"]) as fetcher, pytest.raises(Forbidden, match=r"evil\.example is 127\.0\.0\.1"):
        fetcher.fetch(Request(f"http://evil.example:{server.port}/"), NOWHERE)
    assert server.connections == 0


@pytest.mark.parametrize("found", [["8.8.8.8", "127.0.0.1"], ["127.0.0.1", "8.8.8.8"], ["2606:4700::1"] * 9 + ["::1"]])
def test_one_forbidden_address_refuses_all(found: list[str]) -> None:
    with pytest.raises(Refused):
        checked("mixed.example", found, ())


def test_dns_that_changes_between_check_and_use_changes_nothing(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name is looked up once; whoever connects by name afterwards would be sent to the address of the second answer."""
    decoy, server = serve(page(b"secret")), serve(page(b"right"))
    answers = iter([["127.0.0.2"], ["127.0.0.3"], ["127.0.0.3"]])
    asked: list[str] = []

    def system(host: str, *_: object, **__: object) -> object:
        asked.append(host)
        assert host[0].isdigit(), "a name was looked up behind the guard's back"
        return real(host, *_, **__)

    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", system)
    with resolving(lambda host, port: next(answers)) as fetcher, pytest.raises(Unreachable):
        fetcher.fetch(Request(f"http://rebinding.example:{decoy.port}/"), a_source(reach=("127.0.0.2",)))
    assert asked == ["127.0.0.2"]
    assert decoy.connections == server.connections == 0


def test_a_connection_opened_anew_is_checked_anew(serve: Serve) -> None:
    server = serve(lambda head: page(b"x", "Connection: close"))
    answers = iter([["127.0.0.1"], ["127.0.0.9"]])
    with resolving(lambda host, port: next(answers)) as fetcher:
        source = a_source(reach=("127.0.0.1",))
        assert fetcher.fetch(Request(f"http://rebinding.example:{server.port}/"), source).body == b"x"
        with pytest.raises(Forbidden, match=r"127\.0\.0\.9"):
            fetcher.fetch(Request(f"http://rebinding.example:{server.port}/"), source)


def test_the_server_is_told_the_name_not_the_address(serve: Serve) -> None:
    server = serve(page(b"x"))
    with resolving(lambda host, port: ["127.0.0.1"]) as fetcher:
        fetcher.fetch(Request(f"http://named.example:{server.port}/"), a_source())
    assert header(server.heads[0], "host") == f"named.example:{server.port}"


def test_tls_is_told_the_name_too() -> None:
    hello: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as plain:

        def talk() -> None:
            sock, _ = plain.accept()
            with sock:
                hello.append(sock.recv(10_000))

        talker = threading.Thread(target=talk)
        talker.start()
        with resolving(lambda host, port: ["127.0.0.1"]) as fetcher, pytest.raises(Unreachable):
            fetcher.fetch(Request(f"https://named.example:{plain.getsockname()[1]}/"), a_source())
        talker.join()
    assert b"named.example" in hello[0]
    assert b"127.0.0.1" not in hello[0]


def test_the_next_address_is_tried_and_all_share_one_time(serve: Serve) -> None:
    server = serve(page(b"x"))
    with resolving(lambda host, port: ["127.0.0.2", "127.0.0.3", "127.0.0.1"]) as fetcher:
        assert fetcher.fetch(Request(f"http://many.example:{server.port}/"), a_source()).body == b"x"
    with resolving(lambda host, port: ["127.0.0.2"] * 50 + ["127.0.0.1"]) as fetcher, pytest.raises(Unreachable):
        fetcher.fetch(Request(f"http://many.example:{server.port}/"), a_source())
    assert server.connections == 1


def test_a_name_without_an_address() -> None:
    with resolving(lambda host, port: []) as fetcher, pytest.raises(Unreachable, match=r"none\.example"):
        fetcher.fetch(Request("http://none.example/"), a_source())


def test_the_system_finds_each_address_once() -> None:
    assert look_up("127.0.0.1", 80) == ["127.0.0.1"]
    assert set(look_up("localhost", 80)) <= {"127.0.0.1", "::1"}


# By redirect


@pytest.mark.parametrize("host", ["127.0.0.2", "[::ffff:127.0.0.2]", "0x7f.2", "169.254.169.254", "10.0.0.1"])
def test_a_redirect_leads_to_no_private_address(fetcher: HttpFetcher, serve: Serve, host: str) -> None:
    server = serve(page(b"", f"Location: http://{host}:8080/latest/meta-data/", status="302 Found"))
    with pytest.raises((Forbidden, Unreachable)) as caught:
        fetcher.fetch(Request(server.url), a_source(reach=("127.0.0.1",)))
    assert isinstance(caught.value, Forbidden) or host == "0x7f.2"
    assert len(server.heads) == 1


def test_a_redirect_leads_to_no_bad_port(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve(page(b"", "Location: http://site.example:25/", status="302 Found"))
    with pytest.raises(Forbidden, match="port 25"):
        fetcher.fetch(Request(server.url), a_source())


# What is allowed


@pytest.mark.parametrize("reach", [("127.0.0.1",), ("10.0.0.0/8", "127.0.0.0/8"), ("127.0.0.77/8",), ("0.0.0.0/0",)])
def test_what_a_source_may_reach(fetcher: HttpFetcher, serve: Serve, reach: tuple[str, ...]) -> None:
    assert fetcher.fetch(Request(serve(page(b"x")).url), a_source(reach=reach)).body == b"x"


@pytest.mark.parametrize("reach", [(), ("127.0.0.2",), ("10.0.0.0/8",), ("::/0",)])
def test_what_it_may_not(fetcher: HttpFetcher, serve: Serve, reach: tuple[str, ...]) -> None:
    with pytest.raises(Forbidden):
        fetcher.fetch(Request(serve(page(b"x")).url), a_source(reach=reach))


def test_an_open_connection_of_one_source_is_not_open_to_another(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve(lambda head: page(path(head).encode()))
    assert fetcher.fetch(Request(server.url + "/a"), a_source()).body == b"/a"
    with pytest.raises(Forbidden):
        fetcher.fetch(Request(server.url + "/b"), NOWHERE)
    assert fetcher.fetch(Request(server.url + "/c"), a_source()).body == b"/c"
    assert server.connections == 1
