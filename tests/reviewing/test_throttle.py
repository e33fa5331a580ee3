"""How long somebody waits who failed to sign in."""

from __future__ import annotations

from datetime import timedelta

from standins import START

from monitor.reviewing.throttle import Throttle

NONE = timedelta(0)


def test_a_few_failures_are_free_and_then_waits_double() -> None:
    throttle, names = Throttle(), ("ann", "1.2.3.4")
    waits = []
    for _ in range(8):
        waits.append(throttle.wait(names, START))
        throttle.failed(names, START)
    assert waits == [NONE] * 5 + [timedelta(seconds=2), timedelta(seconds=4), timedelta(seconds=8)]
    for _ in range(50):
        throttle.failed(names, START)
    assert throttle.wait(names, START) == timedelta(minutes=15)


def test_each_name_waits_by_itself_and_success_or_time_ends_it() -> None:
    throttle = Throttle()
    for _ in range(6):
        throttle.failed(("ann",), START)
    assert throttle.wait(("ben",), START) == NONE
    assert throttle.wait(("ann", "ben"), START) == timedelta(seconds=4)
    assert throttle.wait(("ann",), START + timedelta(seconds=5)) <= NONE
    throttle.succeeded(("ann",))
    assert throttle.wait(("ann",), START) == NONE


def test_only_so_many_names_are_remembered() -> None:
    throttle = Throttle()
    for number in range(10_050):
        for _ in range(1 if number else 8):
            throttle.failed((str(number),), START)
    assert throttle.wait(("0",), START) == NONE
