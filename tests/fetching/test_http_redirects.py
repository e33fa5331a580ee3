"""Redirects: followed, recorded and paced, a few of them, and only to where a page can be."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import timedelta

import pytest
from fetching.servers import CLOSE, RESET, Serve, Step, header, page, path
from fetching.standins import StillClock, a_source

from monitor.errors import BadAnswer
from monitor.fetching.http import HttpFetcher
from monitor.fetching.pace import Pace
from monitor.model import Request

SOURCE = a_source()


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_redirects_are_followed_and_recorded(fetcher: HttpFetcher, serve: Serve, status: str) -> None:
    def answer(head: bytes) -> bytes:
        return page(b"", "Location: ../new/?x=1#part", status=status) if path(head) == "/old/a" else page(b"here")

    server = serve(answer)
    capture = fetcher.fetch(Request(server.url + "/old/a", etag='"v"', last_modified="yesterday"), SOURCE)
    assert (capture.url, capture.answered) == (server.url + "/old/a", server.url + "/new/?x=1")
    assert capture.body == b"here"
    (hop,) = capture.hops
    assert (hop.url, hop.status, hop.location) == (server.url + "/old/a", int(status[:3]), server.url + "/new/?x=1")
    assert [header(head, "if-none-match") for head in server.heads] == ['"v"', None]
    assert [header(head, "if-modified-since") for head in server.heads] == ["yesterday", None]


def test_what_went_over_the_wire_is_kept_of_each_hop(fetcher: HttpFetcher, serve: Serve) -> None:
    moved = page(b"over there", "LOCATION: /b", status="302 Found")
    server = serve(lambda head: moved if path(head) == "/a" else page(b"x"))
    capture = fetcher.fetch(Request(server.url + "/a"), SOURCE)
    (hop,) = capture.hops
    assert hop.head + hop.wire == moved
    assert [hop.sent, capture.sent] == server.heads
    assert hop.at == capture.at


def test_a_redirect_without_location_is_an_answer(fetcher: HttpFetcher, serve: Serve) -> None:
    capture = fetcher.fetch(Request(serve(page(b"where?", status="302 Found")).url), SOURCE)
    assert (capture.status, capture.body) == (302, b"where?")


def test_a_location_in_utf8(fetcher: HttpFetcher, serve: Serve) -> None:
    moved = "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /기사\r\n\r\n".encode()
    server = serve(lambda head: moved if path(head) == "/" else page(b"x"))
    assert fetcher.fetch(Request(server.url + "/"), SOURCE).answered == server.url + "/기사"
    assert path(server.heads[1]) == "/%EA%B8%B0%EC%82%AC"


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "ftp://site.example/x", "javascript:alert(1)", "http://[::1", "http://h:99999/",
     "http://h:0/", "http://user:word@site.example/", "/" + "x" * 3000, "data:text/html,x"],
)  # fmt: skip
def test_where_no_redirect_is_followed_to(fetcher: HttpFetcher, serve: Serve, location: str) -> None:
    server = serve(page(b"", f"Location: {location}", status="302 Found"))
    with pytest.raises(BadAnswer, match="it redirects to ") as caught:
        fetcher.fetch(Request(server.url), SOURCE)
    assert len(str(caught.value)) < 400
    assert len(server.heads) == 1


def test_a_circle_names_its_hops(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve(lambda head: page(b"", f"Location: {'/b' if path(head) == '/a' else '/a'}", status="302 Found"))
    with pytest.raises(BadAnswer, match=r"/a: it redirects in a circle: \S+/a → \S+/b → \S+/a$"):
        fetcher.fetch(Request(server.url + "/a"), SOURCE)


@pytest.mark.parametrize("most", [0, 3])
def test_too_many_redirects_name_their_hops(fetcher: HttpFetcher, serve: Serve, most: int) -> None:
    server = serve(lambda head: page(b"", f"Location: {path(head)}x", status="302 Found"))
    with pytest.raises(BadAnswer, match=rf"more than {most} times \(polite\.redirects\): \S+/ → ") as caught:
        fetcher.fetch(Request(server.url + "/"), a_source(redirects=most))
    assert len(server.heads) == most + 1
    assert str(caught.value).endswith("/" + "x" * (most + 1))


def test_as_many_redirects_as_allowed(fetcher: HttpFetcher, serve: Serve) -> None:
    def answer(head: bytes) -> bytes:
        return page(b"x") if path(head) == "/xxx" else page(b"", f"Location: {path(head)}x", status="302 Found")

    assert len(fetcher.fetch(Request(serve(answer).url + "/"), a_source(redirects=3)).hops) == 3


@pytest.mark.parametrize("rest", [[b"x" * 1000, RESET], [b"x" * 200_000], [b"x", CLOSE]])
def test_a_redirect_is_followed_whatever_its_body_does(fetcher: HttpFetcher, serve: Serve, rest: list[Step]) -> None:
    def answer(head: bytes) -> Iterable[Step]:
        moved = b"HTTP/1.1 302 Found\r\nContent-Length: 300000\r\nLocation: /b\r\n\r\n"
        return [moved, *rest] if path(head) == "/a" else [page(b"x")]

    assert fetcher.fetch(Request(serve(answer).url + "/a"), SOURCE).body == b"x"


def test_every_request_is_paced(serve: Serve, stop: threading.Event) -> None:
    waited: list[str] = []

    class Counting(Pace):
        def wait(self, host: str, gap: timedelta) -> None:
            assert gap == SOURCE.polite.gap
            waited.append(host)

    fetcher = HttpFetcher(StillClock(), Counting(stop), contact=None, stop=stop)
    second = serve(page(b"x"))
    first = serve(page(b"", f"Location: {second.url}/", status="301 Moved"))
    fetcher.fetch(Request(first.url), SOURCE)
    fetcher.close()
    assert waited == [f"127.0.0.1:{first.port}", f"127.0.0.1:{second.port}"]
