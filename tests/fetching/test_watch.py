"""The watch: cuts what is overdue, leaves the rest alone, and ends when there is nothing to watch."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable

import pytest

from monitor.fetching import watch
from monitor.fetching.connections import Line
from monitor.fetching.watch import Watch


class CountingLine(Line):
    """Counts how often it was cut."""

    def __init__(self) -> None:
        super().__init__()
        self.cuts = 0

    def cut(self) -> None:
        self.cuts += 1
        super().cut()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "_TICK", 0.01)
    monkeypatch.setattr(watch, "_IDLE_TICKS", 3)


def within(seconds: float, what: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if what():
            return True
        time.sleep(0.005)
    return False


def test_only_what_is_overdue_is_cut(stop: threading.Event) -> None:
    guard, late, early = Watch(stop), CountingLine(), CountingLine()
    guard.begin(late, time.monotonic() + 0.05)
    guard.begin(early, time.monotonic() + 60)
    assert within(5, lambda: late.cuts > 1)  # again and again, until its owner gives up
    assert guard.end(late)
    assert not guard.end(early)
    assert early.cuts == 0
    guard.begin(late, time.monotonic() + 60)
    assert not guard.end(late)  # what was cut once starts afresh


def test_a_stop_makes_everything_overdue(stop: threading.Event) -> None:
    guard, line = Watch(stop), CountingLine()
    guard.begin(line, time.monotonic() + 60)
    stop.set()
    assert within(5, lambda: line.cuts > 0)
    assert guard.end(line)


@pytest.mark.parametrize("ending", ["idle", "closed", "stopped"])
def test_its_thread_ends_and_comes_back(stop: threading.Event, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    guard, line = Watch(stop), CountingLine()
    if ending != "idle":
        monkeypatch.setattr(watch, "_IDLE_TICKS", 1_000_000)
    for _ in range(2):
        guard.begin(line, time.monotonic() + 60)
        assert guard._thread is not None
        guard.end(line)
        if ending == "closed":
            guard.close()
        elif ending == "stopped":
            stop.set()
        assert within(5, lambda: guard._thread is None)


def test_a_cut_wakes_a_reader_and_leaves_the_socket_to_it() -> None:
    ours, theirs = socket.socketpair()
    line = Line()
    line._opened.note(ours)
    with ours, theirs:
        threading.Timer(0.05, line.cut).start()
        assert ours.recv(1) == b""
        assert ours.fileno() >= 0
    line.cut()  # a closed socket is no trouble
