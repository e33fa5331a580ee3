"""What fails: addresses, connections, answers out of shape or size; each as one sentence of ours."""

from __future__ import annotations

import socket
import ssl
import threading
import time

import pytest
import requests
import urllib3
from fetching.servers import CLOSE, RESET, Serve, Step, gzipped, page
from fetching.standins import a_source, seconds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.errors import BadAnswer, FetchError, TooLarge, Unreachable
from monitor.fetching.failures import told
from monitor.fetching.http import HttpFetcher
from monitor.model import Request

SOURCE = a_source()


def refused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.mark.parametrize(
    "url", ["ftp://h/x", "nothing", "", "http://", "http:///x", "http://h:99999/", "https://u:p@h/", "http://[x/"]
)
def test_what_is_no_address(fetcher: HttpFetcher, url: str) -> None:
    with pytest.raises(BadAnswer, match="address"):
        fetcher.fetch(Request(url), SOURCE)


@pytest.mark.parametrize(
    "url", ["http://.example/", "http://a..b/", "http://" + "x" * 70 + ".example/", "http://é" + "x" * 70 + "/"]
)
def test_hosts_that_cannot_be_asked(fetcher: HttpFetcher, url: str) -> None:
    with pytest.raises(FetchError):
        fetcher.fetch(Request(url), SOURCE)


def test_a_refused_connection(fetcher: HttpFetcher) -> None:
    port = refused_port()
    with pytest.raises(
        Unreachable, match=rf"^http://127\.0\.0\.1:{port}/x: 127\.0\.0\.1:{port} refused the connection$"
    ) as caught:
        fetcher.fetch(Request(f"http://127.0.0.1:{port}/x"), SOURCE)
    assert caught.value.__cause__ is not None


def test_a_name_that_is_not_found(fetcher: HttpFetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(Unreachable, match=r": the name nowhere\.example was not found \(Name or service not known\)$"):
        fetcher.fetch(Request("http://nowhere.example/x"), SOURCE)


def test_tls_to_a_server_that_has_none(fetcher: HttpFetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as plain:
        url = f"https://127.0.0.1:{plain.getsockname()[1]}/"

        def talk() -> None:
            sock, _ = plain.accept()
            with sock:
                sock.recv(1000)
                sock.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\n")

        talker = threading.Thread(target=talk)
        talker.start()
        with pytest.raises(Unreachable, match="TLS: no secure connection to 127"):
            fetcher.fetch(Request(url), SOURCE)
        talker.join()


def test_a_certificate_that_is_not_trusted() -> None:
    wrong = ssl.SSLCertVerificationError(1, "certificate verify failed")
    wrong.verify_message = "certificate has expired"
    carried = requests.exceptions.SSLError(
        urllib3.exceptions.MaxRetryError(None, "/", urllib3.exceptions.SSLError(wrong))  # type: ignore[arg-type]
    )
    said = told(carried, "https://h/x", "h", SOURCE.polite)
    assert str(said) == "https://h/x: TLS: the certificate of h is not trusted: certificate has expired"
    assert isinstance(said, Unreachable)


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", CLOSE], "the body was cut short: 3 of 10 bytes came$"),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", CLOSE], "the body was cut short: 0 of 10 bytes came$"),
        (
            [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", CLOSE],
            "cut short: its last chunk did not come$",
        ),
        ([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc", CLOSE], "cut short: its last chunk did not come$"),
        ([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc", CLOSE], "cut short: its last chunk did not come$"),
        ([b"HTTP/1.1 200 OK\r\nContent-Le", CLOSE], "no whole HTTP answer: it breaks off in its head$"),
        ([b"HTTP/1.1 302 Found\r\nLocation: /art", CLOSE], "no whole HTTP answer: it breaks off in its head$"),
        ([b"HTTP/1.1 200 OK\r\n", CLOSE], "no whole HTTP answer: it breaks off in its head$"),
        ([b"SSH-2.0-OpenSSH_9.0\x1b[31m\r\n\r\n", CLOSE], "no whole HTTP answer: "),
        ([b"HTTP/1.1 abc\r\n\r\n", CLOSE], "no whole HTTP answer: "),
        ([b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n", CLOSE], "more than 100 headers"),
        ([b"HTTP/1.1 200 OK\r\nA: " + b"b" * 70_000 + b"\r\n\r\n", CLOSE], "no whole HTTP answer: "),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 3, 4\r\n\r\nabcd", CLOSE], "no whole HTTP answer: it has two lengths$"),
        ([page(b"abc", "Content-Length: 4")], "no whole HTTP answer: it has two lengths$"),
        ([b"HTTP/1.1 200 OK\r\n" + b"A: %s\r\n" % (b"b" * 60_000) * 5 + b"\r\n", CLOSE], "its head is larger than 262144 bytes$"),
        ([*[b"HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n" * 1000] * 20, CLOSE], "its head is larger than 262144 bytes$"),
        ([*[b"HTTP/1.1 100 Continue\r\n\r\n" * 1000] * 20, CLOSE], "its head is larger than 262144 bytes$"),
    ],
)
def test_answers_that_cannot_be_used(fetcher: HttpFetcher, serve: Serve, steps: list[Step], says: str) -> None:
    server = serve(steps)
    with pytest.raises(BadAnswer, match=says) as caught:
        fetcher.fetch(Request(server.url + "/x"), SOURCE)
    assert str(caught.value).startswith(server.url + "/x: ")
    assert str(caught.value).isprintable()


def test_a_connection_that_breaks_off(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve([b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", 0.1, RESET])
    with pytest.raises(Unreachable, match=r"broke off the connection$"):
        fetcher.fetch(Request(server.url), SOURCE)


def test_an_announced_size_beyond_the_limit_is_not_read(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve([b"HTTP/1.1 200 OK\r\nContent-Length: 30000000\r\n\r\n", 3.0])
    before = time.monotonic()
    with pytest.raises(TooLarge, match=r"/x: the answer is larger than 10000000 bytes; raise max_bytes under \[polite\]"):
        fetcher.fetch(Request(server.url + "/x"), SOURCE)
    assert time.monotonic() - before < 2


def test_an_endless_body_is_read_to_the_limit_only(fetcher: HttpFetcher, serve: Serve) -> None:
    chunk = b"%x\r\n%s\r\n" % (1000, b"x" * 1000)
    server = serve([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", *([chunk] * 5000)])
    with pytest.raises(TooLarge):
        fetcher.fetch(Request(server.url), a_source(max_bytes=100_000))


def test_a_body_of_just_the_limit(fetcher: HttpFetcher, serve: Serve) -> None:
    assert len(fetcher.fetch(Request(serve(page(b"x" * 1000)).url), a_source(max_bytes=1000)).body) == 1000


def test_a_bomb(fetcher: HttpFetcher, serve: Serve) -> None:
    with pytest.raises(TooLarge):
        fetcher.fetch(Request(serve(gzipped(b"\0" * 20_000_000)).url), SOURCE)


_OK = b"HTTP/1.1 200 OK\r\n"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=300), st.binary(max_size=200).map(lambda more: _OK + more), st.binary(max_size=99).map(page)))
def test_any_bytes_are_an_answer_or_our_error(serve: Serve, fetcher: HttpFetcher, data: bytes) -> None:
    server = serve([data, CLOSE])
    try:
        assert fetcher.fetch(Request(server.url), a_source(timeout=seconds(1))).url == server.url
    except FetchError as wrong:
        assert str(wrong).startswith(server.url)  # noqa: PT017
    finally:
        server.__exit__(None, None, None)


@pytest.mark.parametrize("status", ["408 Request Timeout", "421 Misdirected Request"])
def test_what_a_kept_connection_spoiled_is_asked_for_on_another(fetcher: HttpFetcher, serve: Serve, status: str) -> None:
    said: list[str] = []

    def answer(head: bytes) -> bytes:
        said.append("200 OK" if len(said) != 1 else status)
        return page(b"x", status=said[-1])

    server = serve(answer)
    captures = [fetcher.fetch(Request(server.url + "/x"), SOURCE) for _ in range(3)]
    assert [capture.status for capture in captures] == [200] * 3
    assert (len(server.heads), server.connections) == (4, 2)


@pytest.mark.parametrize("status", ["408 Request Timeout", "421 Misdirected Request"])
def test_such_an_answer_on_a_new_connection_is_the_answer(fetcher: HttpFetcher, serve: Serve, status: str) -> None:
    server = serve(page(b"x", status=status))
    for _ in range(2):
        assert fetcher.fetch(Request(server.url + "/x"), SOURCE).reason == status[4:]
    assert (len(server.heads), server.connections) == (2, 2)


def test_a_form_is_not_sent_again_for_such_an_answer(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve(page(b"x", status="408 Request Timeout"))
    assert fetcher.fetch(Request(server.url + "/x", form=(("a", "b"),)), SOURCE).status == 408
    assert len(server.heads) == 1


def test_too_early_is_no_failure_of_the_host(fetcher: HttpFetcher, serve: Serve) -> None:
    """425 answers early data (RFC 8470, section 5.2), of which we send none: the next visit asks again, nothing else does."""
    server = serve(page(b"x", status="425 Too Early"))
    assert [fetcher.fetch(Request(server.url + "/x"), SOURCE).status for _ in range(6)] == [425] * 6
    assert (len(server.heads), server.connections) == (6, 1)


@pytest.mark.parametrize("status", ["304 Not Modified", "204 No Content"])
def test_an_answer_without_a_body_has_none_whatever_it_says(fetcher: HttpFetcher, serve: Serve, status: str) -> None:
    server = serve(f"HTTP/1.1 {status}\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
    for _ in range(2):
        capture = fetcher.fetch(Request(server.url + "/x", etag='"x"'), SOURCE)
        assert (capture.status, capture.wire) == (int(status[:3]), b"")


CHUNKS = b"1\r\nx\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("head", "connections"),
    [
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n", 1),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: CHUNKED , identity\r\n", 1),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n", 2),
        (b"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n", 2),
    ],
)
def test_where_a_body_ends_is_said_in_one_way_or_its_connection_ends_too(
    fetcher: HttpFetcher, serve: Serve, head: bytes, connections: int
) -> None:
    server = serve(head + b"\r\n" + CHUNKS)
    assert [fetcher.fetch(Request(server.url + "/x"), SOURCE).wire for _ in range(2)] == [b"x"] * 2
    assert server.connections == connections


@pytest.mark.parametrize("coding", ["gzip", "gzip, chunked", "chunked, gzip", "\x1b[31m"])
def test_a_transfer_coding_that_was_not_asked_for(fetcher: HttpFetcher, serve: Serve, coding: str) -> None:
    server = serve(f"HTTP/1.1 200 OK\r\nTransfer-Encoding: {coding}\r\nContent-Length: 5\r\n\r\nhello".encode())
    with pytest.raises(BadAnswer, match=r"no whole HTTP answer: its Transfer-Encoding '.*' was not asked for$") as caught:
        fetcher.fetch(Request(server.url + "/x"), SOURCE)
    assert str(caught.value).isprintable()
