"""Pace: the gap holds across threads and sources, costs nothing when it is zero, and ends with the service."""

from __future__ import annotations

import itertools
import threading
import time
from datetime import timedelta

import pytest

from monitor.errors import Stopped
from monitor.fetching.pace import Pace


@pytest.fixture
def pace(stop: threading.Event) -> Pace:
    return Pace(stop)


def _starts(pace: Pace, threads: int, each: int, gap: float, host: str = "h") -> list[float]:
    starts: list[float] = []

    def work() -> None:
        for _ in range(each):
            pace.wait(host, timedelta(seconds=gap))
            starts.append(time.monotonic())

    workers = [threading.Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sorted(starts)


def test_starts_are_a_gap_apart_across_threads(pace: Pace) -> None:
    starts = _starts(pace, threads=4, each=3, gap=0.03)
    # a thread may note its start a little after it was given it, and the next one at once
    assert starts[-1] - starts[0] >= 11 * 0.03 - 0.01


def test_the_first_request_does_not_wait(pace: Pace) -> None:
    before = time.monotonic()
    pace.wait("h", timedelta(seconds=60))
    assert time.monotonic() - before < 1


def test_hosts_do_not_wait_for_one_another(pace: Pace) -> None:
    before = time.monotonic()
    for number in range(50):
        pace.wait(f"h{number}", timedelta(seconds=60))
    assert time.monotonic() - before < 1


@pytest.mark.parametrize("gaps", [(0.1, 0.0), (0.0, 0.1)])
def test_two_gaps_for_one_host_the_longer_one_holds(pace: Pace, gaps: tuple[float, float]) -> None:
    pace.wait("h", timedelta(seconds=gaps[0]))
    before = time.monotonic()
    pace.wait("h", timedelta(seconds=gaps[1]))
    assert time.monotonic() - before >= 0.09


def test_a_host_that_was_let_rest_is_asked_at_once(pace: Pace) -> None:
    pace.wait("h", timedelta(seconds=0.2))
    time.sleep(0.25)
    before = time.monotonic()
    pace.wait("h", timedelta(seconds=0.2))
    assert time.monotonic() - before < 0.15


def test_no_gap_costs_next_to_nothing(pace: Pace) -> None:
    before = time.process_time()
    for _ in range(10_000):
        pace.wait("h", timedelta(0))
    assert time.process_time() - before < 1  # 0.1 ms each would be seen; it takes about a microsecond


def test_stopped_before(pace: Pace, stop: threading.Event) -> None:
    stop.set()
    with pytest.raises(Stopped, match="h"):
        pace.wait("h", timedelta(0))


def test_stopped_while_waiting(pace: Pace, stop: threading.Event) -> None:
    pace.wait("h", timedelta(days=900_000))
    threading.Timer(0.1, stop.set).start()
    before = time.monotonic()
    with pytest.raises(Stopped):
        pace.wait("h", timedelta(days=900_000))
    assert time.monotonic() - before < 2


def test_hosts_long_unasked_are_forgotten(pace: Pace, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr("monitor.fetching.pace.time.monotonic", lambda: now)
    for number in range(1000):
        pace.wait(f"h{number}", timedelta(0))
    now = 9000.0
    pace.wait("one more", timedelta(0))
    assert list(pace._last) == ["one more"]


@pytest.mark.parametrize(("chance", "factor"), [(0.0, 1.0), (0.5, 1.15), (1.0, 1.3)])
def test_chance_adds_to_the_gap_and_never_takes_from_it(
    stop: threading.Event, monkeypatch: pytest.MonkeyPatch, chance: float, factor: float
) -> None:
    monkeypatch.setattr("monitor.fetching.pace.time.monotonic", lambda: 1000.0)
    pace = Pace(stop, lambda: chance)
    starts = [pace._take("h", 10.0) for _ in range(3)]
    assert starts == pytest.approx([1000.0, 1000.0 + 10 * factor, 1000.0 + 20 * factor])


def test_gaps_differ(pace: Pace) -> None:
    starts = [pace._take("h", 10.0) for _ in range(20)]
    gaps = {round(later - earlier, 6) for earlier, later in itertools.pairwise(starts)}
    assert len(gaps) > 10
    assert min(gaps) >= 10
    assert max(gaps) <= 13
