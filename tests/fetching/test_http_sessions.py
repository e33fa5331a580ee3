"""Sessions: forms that are posted, cookies that go home and nowhere else."""

from __future__ import annotations

import threading
from collections.abc import Iterable

import pytest
import responses
from fetching.servers import CLOSE, Serve, Step, header, page, path
from fetching.standins import StillClock, a_source

from monitor.errors import BadAnswer, Disallowed, Forbidden, Unreachable
from monitor.fetching.http import HttpFetcher
from monitor.fetching.pace import Pace
from monitor.model import Request

SOURCE = a_source()
FORM = (("_csrf", "a&b=c"), ("page", "1"), ("page", "기"))
BODY = b"_csrf=a%26b%3Dc&page=1&page=%EA%B8%B0"
ELSEWHERE = "localhost"


def moved(status: int, to: str, *headers: str) -> bytes:
    return page(b"", f"Location: {to}", *headers, status=f"{status} Moved")


# Forms


def posted(seen: list[bytes]) -> list[bytes]:
    """The heads of the requests that were posts."""
    return [head for head in seen if head.startswith(b"POST ")]


@responses.activate
def test_a_form_is_posted(fetcher: HttpFetcher) -> None:
    responses.post("http://site.example/list", body=b"<p>x")
    capture = fetcher.fetch(Request("http://site.example/list", etag='"v"', form=FORM), SOURCE)
    sent = responses.calls[0].request
    assert sent.body == BODY
    assert sent.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert "If-None-Match" not in sent.headers
    assert capture.body == b"<p>x"


def test_what_is_sent_of_a_form_is_kept(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve(page(b"x"))
    capture = fetcher.fetch(Request(server.url + "/list", form=FORM), SOURCE)
    assert server.bodies == [BODY]
    assert capture.sent == server.heads[0] + BODY
    assert header(server.heads[0], "content-length") == str(len(BODY))


def test_an_empty_form_is_a_form(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve(page(b"x"))
    fetcher.fetch(Request(server.url, form=()), SOURCE)
    assert server.heads[0].startswith(b"POST / ")
    assert header(server.heads[0], "content-length") == "0"


@pytest.mark.parametrize("status", [301, 302, 303])
def test_a_form_is_not_sent_on_by_redirects_that_ask_for_a_page(fetcher: HttpFetcher, serve: Serve, status: int) -> None:
    server = serve(lambda head: moved(status, "/list") if head.startswith(b"POST") else page(b"x"))
    capture = fetcher.fetch(Request(server.url + "/list", form=FORM), SOURCE)
    assert [head.partition(b" HTTP")[0] for head in server.heads] == [b"POST /list", b"GET /list"]
    assert header(server.heads[1], "content-type") is None
    assert capture.hops[0].sent == server.heads[0] + BODY


@pytest.mark.parametrize("status", [307, 308])
def test_a_form_is_repeated_where_its_host_says_so(fetcher: HttpFetcher, serve: Serve, status: int) -> None:
    server = serve(lambda head: moved(status, "/b") if path(head) == "/a" else page(b"x"))
    capture = fetcher.fetch(Request(server.url + "/a", form=FORM), SOURCE)
    assert [head.partition(b" HTTP")[0] for head in server.heads] == [b"POST /a", b"POST /b"]
    assert server.bodies == [BODY, BODY]
    assert capture.sent.endswith(BODY)


@pytest.mark.parametrize("status", [307, 308])
def test_a_form_is_not_repeated_elsewhere(fetcher: HttpFetcher, serve: Serve, status: int) -> None:
    other = serve(page(b"x"))
    server = serve(moved(status, f"{other.url}/b"))
    with pytest.raises(BadAnswer, match=r"/a: it redirects a form to another host, http://\S+/b; it is not sent there$"):
        fetcher.fetch(Request(server.url + "/a", form=FORM), SOURCE)
    assert other.heads == []


def test_a_form_is_sent_once_only(fetcher: HttpFetcher, serve: Serve) -> None:
    def answer(head: bytes) -> Iterable[Step]:
        return [page(b"x")] if head.startswith(b"GET") else [CLOSE]

    server = serve(answer)
    fetcher.fetch(Request(server.url), SOURCE)
    with pytest.raises(Unreachable):
        fetcher.fetch(Request(server.url, form=FORM), SOURCE)
    assert len(posted(server.heads)) == 1


def test_a_form_does_not_meet_a_connection_that_was_given_up(fetcher: HttpFetcher, serve: Serve) -> None:
    asked: list[bytes] = []

    def answer(head: bytes) -> Iterable[Step]:
        asked.append(head)
        return [page(b"x")] if len(asked) in (1, 2) else [CLOSE]

    server = serve(answer)
    fetcher.fetch(Request(server.url), SOURCE)
    assert fetcher.fetch(Request(server.url, form=()), SOURCE).body == b"x"
    assert server.connections == 2


def test_a_form_goes_by_the_same_rules(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve(page(b"User-agent: *\nDisallow: /list\n"))
    with pytest.raises(Disallowed):
        fetcher.fetch(Request(server.url + "/list", form=FORM), a_source(robots=True))
    with pytest.raises(Forbidden):
        fetcher.fetch(Request(server.url + "/list", form=FORM), a_source(reach=()))
    assert posted(server.heads) == []


# Cookies


def test_cookies_are_taken_up_and_sent_back(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve(page(b"x", "Set-Cookie: id=1; Path=/; HttpOnly; Partitioned", "Set-Cookie: t=b==; Priority=High"))
    jar: dict[str, str] = {}
    fetcher.fetch(Request(server.url, jar=jar), SOURCE)
    assert jar == {"id": "1", "t": "b=="}
    fetcher.fetch(Request(server.url, jar=jar), SOURCE)
    assert [header(head, "cookie") for head in server.heads] == [None, "id=1; t=b=="]


def test_without_a_jar_there_are_no_cookies(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve(page(b"x", "Set-Cookie: id=1"))
    fetcher.fetch(Request(server.url, jar={}), SOURCE)
    fetcher.fetch(Request(server.url), SOURCE)
    assert [header(head, "cookie") for head in server.heads] == [None, None]


def test_a_redirect_gives_cookies_too(fetcher: HttpFetcher, serve: Serve) -> None:
    """A site that wants a cookie sends the same address again until it has it: that is no circle."""
    server = serve(lambda head: page(b"in") if header(head, "cookie") == "id=1" else moved(302, "/", "Set-Cookie: id=1"))
    jar: dict[str, str] = {}
    assert fetcher.fetch(Request(server.url + "/", jar=jar), SOURCE).body == b"in"
    assert jar == {"id": "1"}


def test_a_circle_ends_with_a_jar_too(fetcher: HttpFetcher, serve: Serve) -> None:
    with pytest.raises(BadAnswer, match="more than 5 times"):
        fetcher.fetch(Request(serve(moved(302, "/")).url + "/", jar={}), SOURCE)


def test_cookies_stay_with_their_host(fetcher: HttpFetcher, serve: Serve) -> None:
    home = serve(lambda head: moved(302, f"{other.url}/b") if path(head) == "/a" else page(b"x"))
    other = serve(lambda head: moved(302, f"{home.url}/c", "Set-Cookie: theirs=2"))
    jar = {"id": "1"}
    fetcher.fetch(Request(home.url + "/a", jar=jar), SOURCE)
    assert [header(head, "cookie") for head in home.heads] == ["id=1", "id=1"]
    assert [header(head, "cookie") for head in other.heads] == [None]
    assert jar == {"id": "1"}


def test_cookies_do_not_go_to_robots_txt(fetcher: HttpFetcher, serve: Serve) -> None:
    server = serve(page(b"", "Set-Cookie: a=b"))
    jar = {"id": "1"}
    fetcher.fetch(Request(server.url + "/a", jar=jar), a_source(robots=True))
    assert [(path(head), header(head, "cookie")) for head in server.heads] == [("/robots.txt", None), ("/a", "id=1")]


def test_a_session_is_paced(serve: Serve, stop: threading.Event) -> None:
    waited: list[str] = []

    class Counting(Pace):
        def wait(self, host: str, gap: object) -> None:
            waited.append(host)

    server = serve(lambda head: moved(307, "/b") if path(head) == "/a" else page(b"x"))
    fetcher = HttpFetcher(StillClock(), Counting(stop), contact=None, stop=stop)
    fetcher.fetch(Request(server.url + "/a", form=FORM, jar={}), SOURCE)
    fetcher.close()
    assert len(waited) == 2
