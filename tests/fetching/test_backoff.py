"""Backoff: hosts that fail or ask for time rest, longer each time, within bounds; and are trusted again when they are well."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from fetching.servers import CLOSE, Serve, page, path
from fetching.standins import NOW, Hands, StillClock, a_source
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import FetchError, Resting, Unreachable
from monitor.fetching.backoff import IN_A_ROW, LONGEST, LONGEST_ASKED, SHORTEST, Backoff, asked_wait, way_of
from monitor.fetching.http import HttpFetcher
from monitor.fetching.pace import Pace
from monitor.model import Request
from monitor.settings import Connection

HOST = "site.example"
DAY = 86400.0


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def backoff(hands: Hands) -> Backoff:
    """Without jitter: the longest of each rest."""
    return Backoff(hands, hands.monotonic, lambda: 1.0)


def rest(backoff: Backoff, hands: Hands, host: str = HOST) -> float:
    """The seconds that a host still rests."""
    try:
        backoff.check(host)
    except Resting as wrong:
        return (wrong.until - hands.now()).total_seconds()
    return 0.0


def fail(backoff: Backoff, times: int = IN_A_ROW, status: int = 500) -> None:
    for _ in range(times):
        backoff.answered(HOST, status)


# What a server asks for


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120), (" 7 ", 7), ("0", 0), ("99999999999999999999", LONGEST_ASKED), ("9" * 5000, LONGEST_ASKED),
        ("Fri, 02 Jan 2026 03:05:05 GMT", 59.321088), ("Friday, 02-Jan-26 03:05:05 GMT", 59.321088),
        ("Fri Jan  2 03:05:05 2026", 59.321088), ("Fri, 02 Jan 2026 03:00:00 GMT", 0),
        ("Sat, 01 Jan 2050 00:00:00 GMT", LONGEST_ASKED),
        (None, None), ("", None), ("soon", None), ("-5", None), ("1.5", None), ("١٢", None), ("1e9", None), ("120, 60", None),
        ("Fri, 99 Jan 2026 03:05:05 GMT", None), ("Fri, 02 Jan 99999999999 03:05:05 GMT", None), ("\x00" * 50, None),
    ],
)  # fmt: skip
def test_retry_after(header: str | None, seconds: float | None) -> None:
    assert asked_wait(header, NOW) == (None if seconds is None else pytest.approx(seconds))


DATE = r"[A-Z][a-z]{2}, \d{1,3} [A-Z][a-z]{2} \d{1,9} \d\d:\d\d:\d\d [+-]?\w{1,6}"


@given(st.text(max_size=60) | st.from_regex(DATE, fullmatch=True))
def test_any_retry_after_is_a_bounded_wait_or_none(header: str) -> None:
    found = asked_wait(header, NOW)
    assert found is None or 0 <= found <= LONGEST_ASKED


@pytest.mark.parametrize("status", [429, 503])
def test_what_is_asked_for_is_granted_at_once(backoff: Backoff, hands: Hands, status: int) -> None:
    backoff.answered(HOST, status, "90")
    assert rest(backoff, hands) == 90
    with pytest.raises(Resting) as caught:
        backoff.check(HOST)
    assert str(caught.value) == (
        f"site.example is left alone until 2026-01-02 03:05:35 UTC: it answered {status} and asked for 90 s (Retry-After)"
    )
    assert rest(backoff, hands, "other.example") == 0
    hands.move(90)
    assert rest(backoff, hands) == 0


@pytest.mark.parametrize(("status", "header"), [(403, "90"), (500, "90"), (200, "90"), (429, "soon"), (429, None), (503, "0")])
def test_who_does_not_ask_rightly_is_granted_nothing(backoff: Backoff, hands: Hands, status: int, header: str | None) -> None:
    backoff.answered(HOST, status, header)
    assert rest(backoff, hands) == 0


def test_a_shorter_wait_does_not_shorten_a_longer_one(backoff: Backoff, hands: Hands) -> None:
    backoff.answered(HOST, 429, "900")
    backoff.answered(HOST, 429, "10")
    assert rest(backoff, hands) == 900


# What fails


@pytest.mark.parametrize("status", [403, 429, 500, 502, 503, 504])
def test_failures_in_a_row_make_a_host_rest(backoff: Backoff, hands: Hands, status: int) -> None:
    fail(backoff, IN_A_ROW - 1, status)
    assert rest(backoff, hands) == 0
    fail(backoff, 1, status)
    assert rest(backoff, hands) == SHORTEST


def test_no_answer_is_a_failure(backoff: Backoff, hands: Hands) -> None:
    for _ in range(IN_A_ROW):
        backoff.failed(HOST, "the name was not found")
    with pytest.raises(Resting, match="the name was not found, the last of 5 failures in a row"):
        backoff.check(HOST)


@pytest.mark.parametrize("status", [200, 304, 301, 404, 410, 451])
def test_any_other_answer_ends_the_row(backoff: Backoff, hands: Hands, status: int) -> None:
    for _ in range(5):
        fail(backoff, IN_A_ROW - 1)
        backoff.answered(HOST, status)
    assert rest(backoff, hands) == 0


def test_rests_double_up_to_a_bound_and_each_success_takes_one_back(backoff: Backoff, hands: Hands) -> None:
    fail(backoff)
    rests = []
    for _ in range(12):
        rests.append(rest(backoff, hands))
        hands.move(rests[-1])
        fail(backoff, 1)
    assert rests == [min(SHORTEST * 2**n, LONGEST) for n in range(12)]
    hands.move(LONGEST)
    for _ in range(11):
        backoff.answered(HOST, 200)
    fail(backoff)
    assert rest(backoff, hands) == SHORTEST * 4


def test_failures_that_were_under_way_do_not_lengthen_a_rest(backoff: Backoff, hands: Hands) -> None:
    fail(backoff, IN_A_ROW + 20)
    assert rest(backoff, hands) == SHORTEST


def test_jitter_shortens_a_rest_by_a_quarter_at_most(hands: Hands) -> None:
    for chance in (0.0, 0.5, 0.999):
        backoff = Backoff(hands, hands.monotonic, lambda chance=chance: chance)  # type: ignore[misc]
        fail(backoff)
        assert rest(backoff, hands) == pytest.approx(SHORTEST * (0.75 + chance / 4))


def test_years_of_failing_are_as_bounded(backoff: Backoff, hands: Hands) -> None:
    for _ in range(3000):
        fail(backoff, 1)
        assert rest(backoff, hands) <= LONGEST
        hands.move(DAY)


def test_hosts_that_are_well_and_many_that_are_not_are_forgotten(backoff: Backoff, hands: Hands) -> None:
    fail(backoff, 1)
    backoff.answered(HOST, 200)
    assert backoff._states == {}
    for number in range(3000):
        backoff.failed(f"{number}.example", "no answer")
    assert len(backoff._states) <= 1001


def test_many_threads(hands: Hands, backoff: Backoff) -> None:
    def work(number: int) -> None:
        for turn in range(500):
            backoff.answered(f"{turn % 7}.example", 500 if turn % 3 else 200)
            rest(backoff, hands, f"{turn % 5}.example")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(rest(backoff, hands, f"{n}.example") <= LONGEST for n in range(7))


# The fetcher leaves it alone


def fetching(hands: Hands) -> HttpFetcher:
    stop = threading.Event()
    backoff = Backoff(hands, hands.monotonic, lambda: 1.0)
    return HttpFetcher(StillClock(), Pace(stop), contact=None, stop=stop, backoff=backoff)


def test_a_resting_host_is_not_asked(serve: Serve, hands: Hands) -> None:
    server = serve(page(b"later", "Retry-After: 60", status="429 Too Many Requests"))
    fetcher = fetching(hands)
    assert fetcher.fetch(Request(server.url), a_source()).status == 429
    for _ in range(3):
        with pytest.raises(Resting) as caught:
            fetcher.fetch(Request(server.url + "/other"), a_source())
    assert caught.value.until == NOW + timedelta(seconds=60)
    assert len(server.heads) == 1
    server.answer = page(b"well")
    hands.move(60)
    assert fetcher.fetch(Request(server.url), a_source()).body == b"well"
    fetcher.close()


def test_a_host_that_does_not_answer_rests(serve: Serve, hands: Hands) -> None:
    server, fetcher = serve([CLOSE]), fetching(hands)
    for _ in range(IN_A_ROW):
        with pytest.raises(Unreachable):
            fetcher.fetch(Request(server.url), a_source())
    with pytest.raises(Resting, match="closed the connection without an answer"):
        fetcher.fetch(Request(server.url), a_source())
    fetcher.close()


def test_a_redirect_to_a_resting_host(serve: Serve, hands: Hands) -> None:
    busy = serve(page(b"", "Retry-After: 60", status="503 Busy"))
    first, fetcher = serve(page(b"", f"Location: {busy.url}/", status="302 Found")), fetching(hands)
    assert fetcher.fetch(Request(first.url), a_source()).status == 503
    with pytest.raises(Resting):
        fetcher.fetch(Request(first.url), a_source())
    assert (len(first.heads), len(busy.heads)) == (2, 1)
    fetcher.close()


def test_a_page_that_is_too_large_or_garbage_says_nothing_of_its_host(serve: Serve, hands: Hands) -> None:
    server, fetcher = serve(lambda head: page(b"x" * 2000) if path(head) == "/big" else b"SSH-2.0\r\n\r\n"), fetching(hands)
    for name in ["/big"] * 4 + ["/garbage"] * 4:
        with pytest.raises(FetchError) as caught:
            fetcher.fetch(Request(server.url + name), a_source(max_bytes=1000))
        assert not isinstance(caught.value, Resting | Unreachable)
    fetcher.close()


def test_what_one_way_spoils_says_nothing_of_another(backoff: Backoff, hands: Hands) -> None:
    direct = a_source()
    by_proxy = replace(direct, connection=Connection(proxy="http://127.0.0.1:2"))
    for _ in range(IN_A_ROW):
        backoff.failed(HOST, "no connection to the proxy", way_of(by_proxy))
    with pytest.raises(Resting):
        backoff.check(HOST, way_of(by_proxy))
    for other in (direct, replace(by_proxy, reach=("10.0.0.0/8",)), replace(direct, connection=Connection(oldest_tls="1.0"))):
        backoff.check(HOST, way_of(other))
    backoff.answered(HOST, 200, None, way_of(direct))
    with pytest.raises(Resting):  # nor is it made up for there
        backoff.check(HOST, way_of(replace(by_proxy, name="same")))


@pytest.mark.parametrize("robots", [False, True])
def test_a_broken_proxy_closes_a_host_to_those_alone_who_go_by_it(serve: Serve, hands: Hands, robots: bool) -> None:
    server, fetcher = serve(page(b"x")), fetching(hands)
    direct = a_source(robots=robots)
    by_proxy = replace(direct, connection=Connection(proxy="http://127.0.0.1:2"))
    for _ in range(IN_A_ROW):
        with pytest.raises(FetchError):
            fetcher.fetch(Request(server.url), by_proxy)
    with pytest.raises(Resting):
        fetcher.fetch(Request(server.url), by_proxy)
    assert fetcher.fetch(Request(server.url), direct).body == b"x"
    fetcher.close()
