"""HttpFetcher: what it sends, what it keeps, and how connections are used again."""

from __future__ import annotations

import gzip
import re
import threading
import time
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
import requests
import responses
from fetching.servers import CLOSE, Serve, Step, gzipped, header, page, path
from fetching.standins import StillClock, a_source

from monitor import __version__
from monitor.errors import TooLarge, Unreachable
from monitor.fetching.http import HttpFetcher
from monitor.fetching.pace import Pace
from monitor.model import Request

SOURCE = a_source()
URL = "http://site.example/article"


# What is sent, and what is kept


@responses.activate
def test_headers_that_are_sent(fetcher: HttpFetcher) -> None:
    responses.get(URL, body=b"<p>x")
    fetcher.fetch(Request(URL), SOURCE)
    sent = responses.calls[0].request.headers
    assert sent["User-Agent"] == f"article-monitor/{__version__} (+mailto:us@example.org)"
    assert sent["Accept-Encoding"] == "gzip, deflate, br, zstd"
    assert sent["Accept"].startswith("text/html")
    assert set(sent) == {"User-Agent", "Accept", "Accept-Encoding"}


@responses.activate
@pytest.mark.parametrize(
    ("contact", "agent"),
    [(None, ""), ("", ""), ("a\r\nX: y", " (+aX: y)"), ("(one) 김", " (+one ?)")],
)
def test_any_contact_can_be_sent(contact: str | None, agent: str, stop: threading.Event) -> None:
    responses.get(URL)
    HttpFetcher(StillClock(), Pace(stop), contact=contact, stop=stop).fetch(Request(URL), SOURCE)
    assert responses.calls[0].request.headers["User-Agent"] == f"article-monitor/{__version__}{agent}"


@responses.activate
def test_a_conditional_request_and_its_304(fetcher: HttpFetcher) -> None:
    responses.get(URL, status=304, headers={"ETag": '"a"'})
    capture = fetcher.fetch(Request(URL, etag='W/"a\n"', last_modified="Sat, 22 Nov 2025 04:00:00 GMT"), SOURCE)
    sent = responses.calls[0].request.headers
    assert sent["If-None-Match"] == 'W/"a"'
    assert sent["If-Modified-Since"] == "Sat, 22 Nov 2025 04:00:00 GMT"
    assert (capture.status, capture.wire, capture.body) == (304, b"", b"")
    assert capture.header("etag") == '"a"'


@responses.activate
def test_no_cookies_are_kept(fetcher: HttpFetcher) -> None:
    responses.get(URL, headers={"Set-Cookie": "a=b"})
    fetcher.fetch(Request(URL), SOURCE)
    fetcher.fetch(Request(URL), SOURCE)
    assert "Cookie" not in responses.calls[1].request.headers


@responses.activate
@pytest.mark.parametrize("status", [200, 204, 300, 305, 404, 410, 403, 429, 500, 503])
def test_every_status_is_an_answer(fetcher: HttpFetcher, status: int) -> None:
    responses.get(URL, status=status, body=b"" if status == 204 else b"said")
    capture = fetcher.fetch(Request(URL), SOURCE)
    assert capture.status == status
    assert capture.body == (b"" if status == 204 else b"said")


@responses.activate
def test_what_requests_raises_is_wrapped(fetcher: HttpFetcher) -> None:
    responses.get(URL, body=requests.ConnectionError("no\x1b[31m luck"))
    with pytest.raises(
        Unreachable, match=r"^http://site\.example/article: the connection to site\.example failed: no\[31m luck$"
    ) as caught:
        fetcher.fetch(Request(URL), SOURCE)
    assert isinstance(caught.value.__cause__, requests.ConnectionError)


def test_a_capture(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve(page(b"<p>x</p>", "X-Two: 1", "X-Two: 2", "X-Bad: a\x1b[2Jb", status="200 Fine\x07"))
    before = time.monotonic()
    capture = fetcher.fetch(Request(server.url + "/a?b=c#d"), SOURCE)
    assert capture.took <= time.monotonic() - before
    assert capture.took > 0
    assert capture.at == datetime(2026, 1, 2, 3, 4, 5, 678000, UTC)
    assert (capture.url, capture.answered) == (server.url + "/a?b=c#d",) * 2
    assert (capture.status, capture.reason, capture.hops) == (200, "Fine", ())
    assert capture.wire == capture.body == b"<p>x</p>"
    assert capture.headers == (
        ("Content-Type", "text/html"),
        ("Content-Length", "8"),
        ("X-Two", "1"),
        ("X-Two", "2"),
        ("X-Bad", "a[2Jb"),
    )
    assert path(server.heads[0]) == "/a?b=c"
    assert header(server.heads[0], "host") == f"127.0.0.1:{server.port}"


def test_a_compressed_body_is_kept_as_it_came(fetcher: HttpFetcher, serve: Serve) -> None:
    body = b"<p>many words</p>" * 10_000
    answer = gzipped(body)
    capture = fetcher.fetch(Request(serve(answer).url), SOURCE)
    assert capture.wire == answer.partition(b"\r\n\r\n")[2]
    assert capture.body == body


def test_what_went_over_the_wire_is_kept(fetcher: HttpFetcher, serve: Serve) -> None:
    head = b"HTTP/1.1 200 Fine\x07\r\nx-ODD:  a  \r\nSet-Cookie: a=b\r\nX-Fold: a\r\n b\r\nX: \xe9\r\nContent-Length: 1\r\n\r\n"
    early = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    server = serve(early + head + b"x")
    for _ in range(2):  # the second time on the same connection
        capture = fetcher.fetch(Request(server.url + "/기?a#b", etag='"v"'), SOURCE)
        assert capture.head == head
        assert capture.sent == server.heads[-1]
        assert capture.sent.startswith(b"GET /%EA%B8%B0?a HTTP/1.1\r\nHost: 127.0.0.1:")
    assert server.connections == 1


def test_bare_line_feeds_are_kept_as_they_are(fetcher: HttpFetcher, serve: Serve) -> None:
    head = b"HTTP/1.0 200 OK\nContent-Length: 1\n\n"
    assert fetcher.fetch(Request(serve(head + b"x").url), SOURCE).head == head


def test_what_a_lost_connection_had_said_is_not_kept(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve(lambda head: [page(b"x")] if len(server.heads) != 2 else [CLOSE])
    fetcher.fetch(Request(server.url + "/first"), SOURCE)
    capture = fetcher.fetch(Request(server.url + "/second"), SOURCE)
    assert server.connections == 2
    assert capture.sent == server.heads[-1]


@responses.activate
def test_where_nothing_went_over_a_wire_nothing_of_it_is_kept(fetcher: HttpFetcher) -> None:
    responses.get(URL, body=b"<p>x")
    capture = fetcher.fetch(Request(URL), SOURCE)
    assert (capture.sent, capture.head) == (b"", b"")


@pytest.mark.parametrize(
    ("wire", "coding", "says"),
    [
        (b"abc", "compress", "only gzip, deflate, br, zstd were asked for$"),
        (b"abc", "br", "the br body is (damaged|cut short)"),
        (b"abc", "zstd", "the zstd body is (damaged|cut short)"),
        (b"abc", "gzip", "the gzip body is damaged"),
        (gzip.compress(b"abc", mtime=0)[:-3], "gzip", "the gzip body is cut short$"),
    ],
)
def test_a_body_that_cannot_be_decoded_is_kept_as_it_came(
    fetcher: HttpFetcher, serve: Serve, wire: bytes, coding: str, says: str
) -> None:
    server = serve(page(wire, f"Content-Encoding: {coding}"))
    capture = fetcher.fetch(Request(server.url + "/x"), SOURCE)
    assert (capture.status, capture.wire, capture.body) == (200, wire, b"")
    assert re.search(says, capture.damage)
    assert capture.damage.startswith(server.url + "/x: ")


def test_a_chunked_body(fetcher: HttpFetcher, serve: Serve) -> None:
    answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n5;x=y\r\ndefgh\r\n0\r\nA: trailer\r\n\r\n"
    server = serve(answer)
    assert fetcher.fetch(Request(server.url), SOURCE).wire == b"abcdefgh"
    assert fetcher.fetch(Request(server.url), SOURCE).body == b"abcdefgh"
    assert server.connections == 1


def test_a_body_that_ends_with_its_connection(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve([b"HTTP/1.0 200 OK\r\n\r\n", b"abc", 0.05, b"def", CLOSE])
    assert fetcher.fetch(Request(server.url), SOURCE).body == b"abcdef"


def test_interim_answers_are_passed_over(fetcher: HttpFetcher, serve: Serve) -> None:
    interim = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    capture = fetcher.fetch(Request(serve(interim + page(b"at last")).url), SOURCE)
    assert (capture.status, capture.body) == (200, b"at last")
    assert capture.header("link") is None


def test_addresses_that_are_not_ascii(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve(page(b"x"))
    capture = fetcher.fetch(Request(server.url + "/기사 1?q=é"), SOURCE)
    assert path(server.heads[0]) == "/%EA%B8%B0%EC%82%AC%201?q=%C3%A9"
    assert capture.answered == server.url + "/기사 1?q=é"


def test_nothing_is_taken_from_the_environment(fetcher: HttpFetcher, serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetcher.fetch(Request(serve(page(b"x")).url), SOURCE).status == 200


# Connections


def test_connections_are_used_again(fetcher: HttpFetcher, serve: Serve) -> None:
    answers = {
        "/304": b"HTTP/1.1 304 Not Modified\r\n\r\n",
        "/404": page(b"gone", status="404 Not Found"),
        "/to": page(b"over there", "Location: /200", status="302 Found"),
        "/chunked": b"HTTP/1.1 301 Moved\r\nLocation: /200\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
        "/200": gzipped(b"x"),
        "/none": page(b""),
        "/damaged": page(b"not gzip", "Content-Encoding: gzip"),
    }
    server = serve(lambda head: answers[path(head)])
    for _ in range(2):
        for name in answers:
            fetcher.fetch(Request(server.url + name), SOURCE)
    assert server.connections == 1


def test_a_connection_with_a_rest_on_it_is_not_used_again(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve(lambda head: page(b"x" * 5000) if path(head) == "/big" else page(b"small"))
    small = a_source(max_bytes=1000)
    for _ in range(2):
        with pytest.raises(TooLarge):
            fetcher.fetch(Request(server.url + "/big"), small)
        assert fetcher.fetch(Request(server.url + "/"), small).body == b"small"
    assert server.connections == 3


def test_a_connection_that_the_server_gave_up_is_opened_anew(fetcher: HttpFetcher, serve: Serve) -> None:
    def answer(head: bytes) -> Iterable[Step]:
        asked.append(path(head))
        # the first request on each connection is answered; the second meets an end that comes as it is sent
        return [page(b"x")] if len(asked) % 2 else [CLOSE]

    asked: list[str] = []
    server = serve(answer)
    assert [fetcher.fetch(Request(server.url), SOURCE).body for _ in range(3)] == [b"x"] * 3
    assert len(asked) == 5
    assert server.connections == 3


def test_a_new_connection_that_ends_is_not_tried_again(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve([CLOSE])
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1:\d+ closed the connection without an answer$"):
        fetcher.fetch(Request(server.url), SOURCE)
    assert server.connections == 1


def test_each_thread_has_its_own_connections(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve(lambda head: [0.02, gzipped(path(head).encode())])
    wrong: list[str] = []

    def work(number: int) -> None:
        for turn in range(5):
            name = f"/{number}/{turn}"
            if fetcher.fetch(Request(server.url + name), SOURCE).body.decode() != name:
                wrong.append(name)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert server.connections == 6
