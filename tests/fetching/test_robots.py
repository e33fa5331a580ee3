"""robots.txt: the RFC's cases, files that are none, files that are weapons, hosts that give none."""

from __future__ import annotations

import gzip
import threading
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from fetching.servers import CLOSE, Answer, RawServer, Serve, drip, header, page, path
from fetching.standins import Hands, StillClock, a_source, seconds
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import BadAnswer, Disallowed, Forbidden, Resting, Stopped, TooLarge, Unreachable
from monitor.fetching.http import HttpFetcher
from monitor.fetching.pace import Pace
from monitor.fetching.robots import LONGEST_GAP, MOST_BYTES, Robots, Rules
from monitor.model import Request
from monitor.settings import Connection, Source

SOURCE = a_source(robots=True)
SITE = "https://site.example"
HOUR, DAY = 3600.0, 86400.0
CLOSED = b"User-agent: *\nDisallow: /\n"


def refused(text: str | bytes, *paths: str) -> list[str]:
    """Those of ``paths`` that a robots.txt does not want fetched."""
    rules = Rules(text.encode() if isinstance(text, str) else text)
    return [each for each in paths if rules.refusal(SITE + each) is not None]


# The rules (RFC 9309, section 2.2)


@pytest.mark.parametrize(
    ("text", "paths", "expected"),
    [
        ("", ["/", "/a"], []),
        ("User-agent: *\nDisallow: /", ["/", "/a"], ["/", "/a"]),
        ("User-agent: *\nDisallow:", ["/", "/a"], []),
        ("User-agent: *\nDisallow: /a", ["/", "/a", "/ab", "/a/b", "/b/a"], ["/a", "/ab", "/a/b"]),
        ("user-AGENT: *\ndisALLOW: /a", ["/a"], ["/a"]),
        ("User-agent: *\nDisallow: /A", ["/a", "/A"], ["/A"]),
        ("Disallow: /", ["/a"], []),
        ("User-agent: *\nDisallow: /a # why\n# Disallow: /b", ["/a", "/b"], ["/a"]),
        ("User-agent: *\r\nDisallow: /a\rDisallow: /b\n", ["/a", "/b"], ["/a", "/b"]),
        # groups
        ("User-agent: other\nDisallow: /", ["/a"], []),
        ("User-agent: article-monitor\nDisallow: /a\nUser-agent: *\nDisallow: /b", ["/a", "/b"], ["/a"]),
        ("User-agent: *\nDisallow: /b\n\nUser-agent: Article-Monitor\nDisallow: /a", ["/a", "/b"], ["/a"]),
        ("User-agent: *\nDisallow: /b\nUser-agent: article-monitor\nDisallow:", ["/a", "/b"], []),
        ("User-agent: article-monitor/1.0\nDisallow: /a", ["/a"], ["/a"]),
        ("User-agent: article\nDisallow: /a", ["/a"], []),
        ("User-agent: monitor\nDisallow: /a", ["/a"], []),
        ("User-agent: article-monitors\nDisallow: /a", ["/a"], []),
        ("User-agent: other\nUser-agent: article-monitor\nDisallow: /a", ["/a"], ["/a"]),
        ("User-agent: article-monitor\nUser-agent: other\n\n# x\n\nDisallow: /a", ["/a"], ["/a"]),
        ("User-agent: article-monitor\nDisallow: /a\nUser-agent: other\nDisallow: /b", ["/a", "/b"], ["/a"]),
        ("User-agent: article-monitor\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: article-monitor\nDisallow: /c",
         ["/a", "/b", "/c"], ["/a", "/c"]),
        ("User-agent: *\nSitemap: https://x/\nUser-agent: other\nDisallow: /a", ["/a"], ["/a"]),
        ("User-agent: *\nUnknown: x\nDisallow: /a", ["/a"], ["/a"]),
        # the longest match wins, allow where two are as long
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", ["/a/x", "/a/b", "/a/bc"], ["/a/x"]),
        ("User-agent: *\nAllow: /a/b\nDisallow: /a", ["/a/x", "/a/b"], ["/a/x"]),
        ("User-agent: *\nAllow: /page\nDisallow: /page", ["/page"], []),
        # special characters
        ("User-agent: *\nDisallow: *.gif$", ["/a.gif", "/a.gif?x", "/a.png"], ["/a.gif"]),
        ("User-agent: *\nDisallow: /*?print=", ["/a?print=1", "/a?x=1"], ["/a?print=1"]),
        ("User-agent: *\nDisallow: /\nAllow: /$", ["/", "/a"], ["/a"]),
        # percent-encoding
        ("User-agent: *\nDisallow: /foo/bar?baz=http%3A%2F%2Ffoo.bar", ["/foo/bar?baz=http%3A%2F%2Ffoo.bar"],
         ["/foo/bar?baz=http%3A%2F%2Ffoo.bar"]),
        ("User-agent: *\nDisallow: /ツ", ["/%E3%83%84", "/ツ"], ["/%E3%83%84", "/ツ"]),
        ("User-agent: *\nDisallow: /%E3%83%84", ["/ツ", "/%e3%83%84"], ["/ツ", "/%e3%83%84"]),
        ("User-agent: *\nDisallow: /%62%61%7A", ["/baz"], ["/baz"]),
        ("User-agent: *\nDisallow: /", ["/robots.txt", "/x"], ["/x"]),
    ],
)  # fmt: skip
def test_rules(text: str, paths: list[str], expected: list[str]) -> None:
    assert refused(text, *paths) == expected


@pytest.mark.parametrize(
    "body",
    [b"\xef\xbb\xbf" + CLOSED, CLOSED.decode().encode("utf-16"), b"\xff\xfe" + CLOSED.decode().encode("utf-16-le"),
     b"\xfe\xff" + CLOSED.decode().encode("utf-16-be"), b"# \xe9\xff\n" + CLOSED],
)  # fmt: skip
def test_byte_order_marks_and_bytes_that_are_no_text(body: bytes) -> None:
    assert refused(body, "/a") == ["/a"]


@pytest.mark.parametrize(
    "body",
    [b"<!DOCTYPE html>\n<html><pre>\nUser-agent: *\nDisallow: /\n</pre>", b"\xef\xbb\xbf\r\n <html>\nUser-agent: *\nDisallow: /",
     b"Not Found", b"\x00" * 1000, b"{}"],
)  # fmt: skip
def test_a_page_that_came_instead_has_no_rules(body: bytes) -> None:
    assert refused(body, "/a") == []


@pytest.mark.parametrize(
    ("lines", "gap"),
    [("", 0), ("Crawl-delay: 10", 10), ("Crawl-delay: 0.5", 0.5), ("Crawl-delay: 1e9", 600), ("Crawl-delay: -1", 0),
     ("Crawl-delay: nan", 0), ("Crawl-delay: inf", 0), ("Crawl-delay: x", 0), ("Request-rate: 1/5", 5),
     ("Request-rate: 2/1m", 30), ("Request-rate: 1/9d", 600),
     ("Request-rate: 0/1", 0), ("Request-rate: 1/" + "9" * 4000, 600), ("Crawl-delay: 3\nRequest-rate: 1/7", 7)],
)  # fmt: skip
def test_the_time_between_requests(lines: str, gap: float) -> None:
    assert Rules(f"User-agent: *\n{lines}\n".encode()).gap == timedelta(seconds=gap) <= LONGEST_GAP


def test_the_refusal_names_the_rule_and_its_line() -> None:
    rules = Rules(b"# x\nUser-agent: other\nDisallow: /a/b/c\n\nUser-agent: *\nDisallow: /a\nDisallow: /a/b # no\nAllow: /c\n")
    assert rules.refusal(SITE + "/a/b/c") == "line 7: Disallow: /a/b"
    assert rules.refusal(SITE + "/a/c") == "line 6: Disallow: /a"
    assert rules.refusal(SITE + "/c") is None


LINES = ["User-agent: *", "User-agent: article-monitor", "Disallow: /", "Allow: /*a$", "Disallow", "Crawl-delay: 3", ":"]


@given(st.binary(max_size=400) | st.lists(st.sampled_from(LINES)).map(lambda lines: "\n".join(lines).encode()))
def test_any_bytes_are_rules(body: bytes) -> None:
    rules = Rules(body)
    rules.refusal(SITE + "/a?b")
    assert timedelta(0) <= rules.gap <= LONGEST_GAP


WEAPONS: dict[str, bytes] = {
    "one group of endless names": b"User-agent: a%d\n" * 20_000 + b"Disallow: /x\n" * 15_000,
    "many names": b"".join(b"User-agent: a%d\nDisallow: /%d\n" % (n, n) for n in range(17_000)),
    "many rules": b"User-agent: *\n" + b"".join(b"Disallow: /%d*a\n" % n for n in range(30_000)),
    "one endless rule": b"User-agent: *\nDisallow: /" + b"a*" * 250_000,
    "stars": b"User-agent: *\nDisallow: /" + b"*" * 500_000 + b"$",
    "spaces": b"User-agent" + b" " * 500_000 + b"x",
    "one endless line": b"U" * MOST_BYTES,
    "endless dollars": b"User-agent: *\nDisallow: /" + b"$" * 500_000,
}  # fmt: skip


@pytest.mark.parametrize("name", WEAPONS)
def test_weapons_cost_little(name: str) -> None:
    before = time.process_time()
    rules = Rules(WEAPONS[name][:MOST_BYTES])
    for number in range(5):
        rules.refusal(f"{SITE}/{'a' * 1500}/{number}")
    assert time.process_time() - before < 4


# What the host answers (section 2.3)


class Told:
    """What asking for robots.txt brings, set by a test. ``asked`` are the addresses."""

    def __init__(self, answer: tuple[int, bytes] | Exception) -> None:
        self.answer = answer
        self.asked: list[str] = []

    def __call__(self, url: str, source: Source) -> tuple[int, bytes]:
        self.asked.append(url)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def robots(answer: tuple[int, bytes] | Exception) -> tuple[Robots, Told, Hands]:
    told, hands = Told(answer), Hands()
    return Robots(told, hands, hands.monotonic), told, hands


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 451, 301, 304])
def test_where_there_is_no_file_everything_is_free(status: int) -> None:
    asked, told, _ = robots((status, CLOSED))
    assert asked.gap(SITE + "/a", SOURCE) == timedelta(0)
    assert told.asked == [SITE + "/robots.txt"]


def test_a_rule_that_was_cut_at_the_limit_is_no_rule() -> None:
    start = b"User-agent: *\nDisallow: /private\n"
    filled = start + b"#" * (MOST_BYTES - len(start) - len(b"\nDisallow: /")) + b"\nDisallow: /"
    asked, _, _ = robots((200, filled))
    assert asked.gap(SITE + "/a", SOURCE) == timedelta(0)
    with pytest.raises(Disallowed):
        asked.gap(SITE + "/private", SOURCE)


def test_a_refusal_is_one_sentence() -> None:
    asked, _, _ = robots((200, CLOSED))
    with pytest.raises(Disallowed) as caught:
        asked.gap(SITE + "/a", SOURCE)
    assert str(caught.value) == (
        "https://site.example/a: https://site.example/robots.txt does not want it fetched (line 2: Disallow: /); "
        "`polite.robots = false` ignores that"
    )


def test_who_does_not_ask_is_free() -> None:
    asked, told, _ = robots((200, CLOSED))
    assert asked.gap(SITE + "/a", a_source(robots=False)) == timedelta(0)
    assert told.asked == []


def test_a_file_is_kept_for_a_day() -> None:
    asked, told, hands = robots((200, b"User-agent: *\nCrawl-delay: 7"))
    for _ in range(3):
        assert asked.gap(SITE + "/a", SOURCE) == timedelta(seconds=7)
    hands.move(DAY - 1)
    asked.gap(SITE + "/b", SOURCE)
    assert len(told.asked) == 1
    told.answer = (200, CLOSED)
    hands.move(1)
    with pytest.raises(Disallowed):
        asked.gap(SITE + "/a", SOURCE)
    assert len(told.asked) == 2


def test_each_scheme_host_and_port_has_its_own() -> None:
    asked, told, _ = robots((404, b""))
    for origin in ("http://a.example", "https://a.example", "https://a.example:8443", "https://b.example", "https://A.Example"):
        asked.gap(origin + "/x", SOURCE)
    assert [each.removesuffix("/robots.txt") for each in told.asked] == [
        "http://a.example", "https://a.example", "https://a.example:8443", "https://b.example"
    ]  # fmt: skip


def test_each_way_to_a_host_has_its_own() -> None:
    asked, told, _ = robots(Unreachable("no connection to the proxy"))
    by_proxy = replace(SOURCE, connection=Connection(proxy="http://proxy.example:3128"))
    with pytest.raises(Unreachable):
        asked.gap(SITE + "/a", by_proxy)
    told.answer = (200, b"User-agent: *\nCrawl-delay: 7")
    for source in (SOURCE, replace(SOURCE, name="other"), replace(SOURCE, reach=("10.0.0.0/8",))):
        assert asked.gap(SITE + "/a", source) == timedelta(seconds=7)
    with pytest.raises(Resting, match="no connection to the proxy"):
        asked.gap(SITE + "/a", replace(by_proxy, name="other"))
    assert len(told.asked) == 3


FAILURES = [
    (500, b""), (503, CLOSED), (599, b""), Unreachable("u: no answer"), BadAnswer("u: no HTTP"), TooLarge("u: too large")
]  # fmt: skip


@pytest.mark.parametrize("answer", FAILURES)
def test_who_gives_no_file_is_closed_for_an_hour(answer: tuple[int, bytes] | Exception) -> None:
    asked, told, hands = robots(answer)
    with pytest.raises(Unreachable, match=r"^https://site\.example/a: not fetched: .*; without it nothing is fetched \(RFC 9309"):
        asked.gap(SITE + "/a", SOURCE)
    with pytest.raises(Resting) as caught:
        asked.gap(SITE + "/b", SOURCE)
    assert caught.value.until == hands.now() + timedelta(hours=1)
    assert len(told.asked) == 1
    told.answer = (200, b"")
    hands.move(HOUR)
    assert asked.gap(SITE + "/a", SOURCE) == timedelta(0)


def test_after_thirty_days_without_a_file_everything_is_free() -> None:
    asked, told, hands = robots((503, b""))
    for _ in range(30):
        with pytest.raises(Unreachable):
            asked.gap(SITE + "/a", SOURCE)
        hands.move(DAY)
    assert asked.gap(SITE + "/a", SOURCE) == timedelta(0)
    told.answer = (200, CLOSED)
    hands.move(HOUR)
    with pytest.raises(Disallowed):
        asked.gap(SITE + "/a", SOURCE)


def test_a_file_in_between_starts_the_thirty_days_anew() -> None:
    asked, told, hands = robots((503, b""))
    for answer in [(503, b"")] * 20 + [(404, b"")] + [(503, b"")] * 20:
        told.answer = answer
        hands.move(DAY)
        if answer[0] == 404:
            asked.gap(SITE + "/a", SOURCE)
        else:
            with pytest.raises(Unreachable):
                asked.gap(SITE + "/a", SOURCE)


@pytest.mark.parametrize("error", [Forbidden("no"), Stopped("stop"), Resting(host="h", until=Hands().now(), why="w")])
def test_what_says_nothing_of_the_file_is_passed_on_and_not_kept(error: Exception) -> None:
    asked, told, _ = robots(error)
    for _ in range(2):
        with pytest.raises(type(error)):
            asked.gap(SITE + "/a", SOURCE)
    assert len(told.asked) == 2


def test_threads_that_want_the_same_file_fetch_it_once() -> None:
    def slowly(url: str, source: Source) -> tuple[int, bytes]:
        told.append(url)
        time.sleep(0.1)
        return 404, b""

    told: list[str] = []
    hands = Hands()
    asked = Robots(slowly, hands, hands.monotonic)
    threads = [threading.Thread(target=asked.gap, args=(SITE + f"/{n}", SOURCE)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 1


def test_not_all_hosts_are_remembered() -> None:
    asked, _, _ = robots((404, b""))
    for number in range(1500):
        asked.gap(f"https://{number}.example/", SOURCE)
    assert len(asked._known) == len(asked._asking) == 500


# The whole way, over sockets


def answering(robots_txt: Answer, rest: bytes = page(b"page")) -> Callable[[bytes], object]:
    return lambda head: (robots_txt(head) if callable(robots_txt) else robots_txt) if path(head) == "/robots.txt" else rest


@pytest.fixture
def start(serve: Serve) -> Callable[..., RawServer]:
    return lambda robots_txt: serve(answering(robots_txt))  # type: ignore[arg-type, return-value]


Start = Callable[[Answer], RawServer]


def test_the_file_is_asked_for_first_and_once(fetcher: HttpFetcher, start: Start) -> None:
    server = start(page(b"User-agent: article-monitor\nDisallow: /no\n"))
    for _ in range(2):
        assert fetcher.fetch(Request(server.url + "/yes", etag='"a"'), SOURCE).body == b"page"
    with pytest.raises(Disallowed, match=r"/robots\.txt does not want it fetched \(line 2: Disallow: /no\)"):
        fetcher.fetch(Request(server.url + "/no"), SOURCE)
    assert [path(head) for head in server.heads] == ["/robots.txt", "/yes", "/yes"]
    assert header(server.heads[0], "user-agent") == header(server.heads[1], "user-agent")
    assert header(server.heads[0], "if-none-match") is None


def test_a_redirect_leads_to_no_page_that_is_not_wanted(fetcher: HttpFetcher, serve: Serve, start: Start) -> None:
    closed = start(page(CLOSED))
    server = serve(answering(page(b"", status="404 Not Found"), page(b"", f"Location: {closed.url}/x", status="302 Found")))  # type: ignore[arg-type]
    with pytest.raises(Disallowed):
        fetcher.fetch(Request(server.url), SOURCE)
    assert [path(head) for head in closed.heads] == ["/robots.txt"]


@pytest.mark.parametrize("hops", [1, 5, 6])
def test_redirects_of_the_file(fetcher: HttpFetcher, serve: Serve, hops: int) -> None:
    def answer(head: bytes) -> bytes:
        done = path(head).count("z")
        return page(CLOSED) if done == hops else page(b"", f"Location: /{'z' * (done + 1)}", status="301 Moved")

    server = serve(answer)
    if hops > 5:  # too many: as if there were none
        fetcher.fetch(Request(server.url + "/zzzzzz"), SOURCE)
    else:
        with pytest.raises(Disallowed):
            fetcher.fetch(Request(server.url + "/"), SOURCE)


def test_the_file_of_another_host_holds_after_a_redirect(fetcher: HttpFetcher, start: Start) -> None:
    other = start(page(CLOSED))
    server = start(page(b"", f"Location: {other.url}/robots.txt", status="302 Found"))
    with pytest.raises(Disallowed):
        fetcher.fetch(Request(server.url + "/"), SOURCE)


def test_a_redirect_of_the_file_to_a_private_address(fetcher: HttpFetcher, start: Start) -> None:
    server = start(page(b"", "Location: http://10.0.0.1/robots.txt", status="302 Found"))
    with pytest.raises(Forbidden):
        fetcher.fetch(Request(server.url + "/"), SOURCE)


@pytest.mark.parametrize("packed", [False, True])
def test_of_a_file_of_50_mb_the_beginning_is_read(fetcher: HttpFetcher, start: Start, packed: bool) -> None:
    body = CLOSED + b"Disallow: /%d\n" % 7 * 4_000_000
    answer = page(gzip.compress(body, 1), "Content-Encoding: gzip") if packed else page(body)
    server = start([answer[at : at + 65536] for at in range(0, len(answer), 65536)])
    tracemalloc.start()
    before = time.monotonic()
    try:
        with pytest.raises(Disallowed):
            fetcher.fetch(Request(server.url + "/x"), SOURCE)
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()
    assert time.monotonic() - before < 10
    assert fetcher.fetch(Request(server.url + "/x"), a_source()).body == b"page"


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (page(b"", status="503 Busy"), r"answered 503"),
        ([CLOSE], "closed the connection"),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nUser-agent: *\n", CLOSE], "cut short"),
        ([b"HTTP/1.1 200 OK\r\n\r\nUser-", *drip(b"x", 0.1, 90)], "within 2 s"),
        ([9.0], "sent nothing|within 2 s"),
        (b"SSH-2.0\r\n\r\n", "no whole HTTP answer"),
        (page(b"x", "Content-Encoding: gzip"), "gzip body is (damaged|cut short)"),
        (page(b"", "Location: file:///etc/passwd", status="302 Found"), "redirects to"),
    ],
)
def test_hosts_that_give_no_file(fetcher: HttpFetcher, start: Start, answer: Answer, says: str) -> None:
    server, source = start(answer), a_source(robots=True, total=seconds(2))
    before = time.monotonic()
    with pytest.raises(Unreachable, match=rf"/a: not fetched: .*/robots\.txt.*({says})"):
        fetcher.fetch(Request(server.url + "/a"), source)
    with pytest.raises(Resting):
        fetcher.fetch(Request(server.url + "/b"), source)
    assert time.monotonic() - before < 4
    assert [path(head) for head in server.heads] == ["/robots.txt"]


def test_the_longer_gap_is_kept(serve: Serve, stop: threading.Event) -> None:
    waited: list[float] = []

    class Noting(Pace):
        def wait(self, host: str, gap: timedelta) -> None:
            waited.append(gap.total_seconds())

    server = serve(page(b"User-agent: *\nCrawl-delay: 7\n"))
    fetcher = HttpFetcher(StillClock(), Noting(stop), contact=None, stop=stop)
    for gap in (2, 9):
        fetcher.fetch(Request(server.url + "/"), a_source(robots=True, gap=seconds(gap)))
    fetcher.close()
    assert waited == [2, 7, 9]
