"""Work beside the rounds: done again and again in a thread of its own, and it holds up neither rounds nor a stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from standins import PlainReader, SetClock, Site, article, source, url

from monitor.assemble import SystemClock
from monitor.jobs.round import Tools
from monitor.protocols import Store
from monitor.service import GRACE, Service
from monitor.settings import Duration, Finding
from monitor.storing.sqlite import StoreFile

PATIENCE = 60.0


def serve(path: Path, beside: Callable[[Store], object], until: Callable[[Site], bool]) -> tuple[float, bool, Site]:
    """Run a service until something holds, then stop it: how long the stop took, whether it was clean, the site."""
    stop, site, clock = threading.Event(), Site(SetClock()), SystemClock()
    site.put("p", article())
    watched = source(find=Finding(pages=(url("p"),)), interval=Duration(seconds=0.2), jitter=Duration(0))
    file = StoreFile(path, lasting=False)

    def tools(store: Store) -> Tools:
        return Tools(store, site, PlainReader(), clock, "w")

    service = Service([watched], file.open, tools, clock, stop, hosts_at_once=1, beside=beside, beside_every=0.1)
    ended: list[bool] = []
    thread = threading.Thread(target=lambda: ended.append(service.run()))
    thread.start()
    try:
        deadline = time.monotonic() + PATIENCE
        while not until(site):
            assert time.monotonic() < deadline, "it did not come to hold in time"
            time.sleep(0.02)
    finally:
        stopped = time.monotonic()
        stop.set()
        thread.join(30)
    return time.monotonic() - stopped, ended[0], site


def test_it_is_done_again_and_again_with_a_store_of_its_own(tmp_path: Path) -> None:
    stores: list[Store] = []
    took, is_clean, _ = serve(tmp_path / "a.db", stores.append, lambda _: len(stores) >= 3)
    assert (took < GRACE, is_clean) == (True, True)
    assert len(set(map(id, stores))) > 1


def test_what_hangs_there_holds_up_no_round_and_no_stop(tmp_path: Path) -> None:
    over, begun = threading.Event(), threading.Event()

    def hang(_: Store) -> None:
        begun.set()
        over.wait(60)

    try:
        took, is_clean, site = serve(tmp_path / "a.db", hang, lambda site: begun.is_set() and len(site.asked) >= 3)
    finally:
        over.set()
    assert len(site.asked) >= 3
    assert took < GRACE + 2
    assert not is_clean


def test_what_fails_there_ends_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    calls: list[int] = []

    def fail(_: Store) -> None:
        calls.append(1)
        raise RuntimeError("a fault of ours")

    took, is_clean, _ = serve(tmp_path / "a.db", fail, lambda site: len(calls) >= 2 and len(site.asked) >= 2)
    assert (took < GRACE, is_clean) == (True, True)
    assert "work beside the rounds failed" in caplog.messages
