"""How long somebody waits who failed to sign in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from standins import START

from monitor.reviewing.throttle import Throttle, network_of

NONE = timedelta(0)
LONGEST = timedelta(minutes=15)


def test_a_few_failures_are_free_and_then_waits_double() -> None:
    throttle, names, at = Throttle(), ("ann", "1.2.3.4"), START
    waits = []
    for _ in range(9):
        if wait := throttle.attempt(names, at):
            waits.append(wait)
            at += wait
            assert throttle.attempt(names, at) == NONE
    assert waits == [timedelta(seconds=2), timedelta(seconds=4), timedelta(seconds=8), timedelta(seconds=16)]


def test_no_wait_is_longer_than_a_quarter_of_an_hour() -> None:
    throttle, at, longest = Throttle(), START, NONE
    for _ in range(60):
        wait = throttle.attempt(("ann",), at)
        longest, at = max(longest, wait), at + wait
    assert longest == LONGEST


def test_a_try_that_has_to_wait_counts_for_nothing() -> None:
    throttle = Throttle()
    for _ in range(50):
        wait = throttle.attempt(("ann",), START)
    assert wait == timedelta(seconds=2)


def test_each_name_waits_by_itself_and_time_ends_it() -> None:
    throttle = Throttle()
    for _ in range(5):
        throttle.attempt(("ann",), START)
    assert throttle.attempt(("ben",), START) == NONE
    assert throttle.attempt(("ann", "ben"), START) == timedelta(seconds=2)
    assert throttle.attempt(("ann",), START + timedelta(seconds=3)) == NONE
    assert throttle.attempt(("ann",), START + timedelta(hours=2)) == NONE
    assert throttle.attempt(("ann",), START + timedelta(hours=2)) == NONE


def test_success_forgets_the_failures_of_the_name_but_not_those_of_its_address() -> None:
    throttle = Throttle()
    for number in range(4):
        throttle.attempt((f"guessed {number}", "1.2.3.4"), START)
    assert throttle.attempt(("own", "1.2.3.4"), START) == NONE
    throttle.succeeded("own", "1.2.3.4")
    assert throttle.attempt(("guessed 5", "1.2.3.4"), START) == NONE
    assert throttle.attempt(("guessed 6", "1.2.3.4"), START) == timedelta(seconds=2)


def test_those_who_know_their_passwords_never_wait_for_each_other() -> None:
    throttle = Throttle()
    for number in range(100):
        assert throttle.attempt((str(number), "1.2.3.4"), START) == NONE
        throttle.succeeded(str(number), "1.2.3.4")


def test_only_so_many_names_are_remembered() -> None:
    throttle = Throttle()
    for number in range(10_050):
        for _ in range(1 if number else 5):
            throttle.attempt((str(number),), START)
    assert throttle.attempt(("0",), START) == NONE


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("a socket", "a socket"),
        (None, ""),
    ],
)
def test_of_ipv6_a_whole_network_is_one_address(address: str | None, network: str) -> None:
    assert network_of(address) == network
