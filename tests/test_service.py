"""The service: the real scheduler makes rounds through the replay fetcher, until it is told to stop."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from standins import article, source

from monitor.article import Article, to_text
from monitor.assemble import House, Options, SystemClock
from monitor.errors import AlreadyRunning, MonitorError, Stopped, StoreFull, StoreTooNew
from monitor.fetching.replay import ReplayFetcher, address_of, name_of, read_moments
from monitor.jobs.round import Tools, run_round
from monitor.model import Capture, LogQuery, Request
from monitor.protocols import Store
from monitor.service import GRACE, Service, beat
from monitor.settings import Duration, Finding, Source
from monitor.storing.lock import instance_lock
from monitor.storing.sqlite import SqliteStore

OFTEN = Duration(seconds=0.3)
PATIENCE = 60.0  # seconds after which what should have happened has not


class ShiftedClock(SystemClock):
    """The machine's clock, set wrong by so much."""

    wrong = timedelta(0)

    def now(self) -> datetime:
        return super().now() + self.wrong


@dataclass
class Fetcher(ReplayFetcher):
    """The replay's fetcher, which may be held up: then it answers when the test is over, as a fetch that hangs does."""

    def __init__(self, clock: SystemClock) -> None:
        super().__init__(clock)
        self.asked: list[str] = []
        self.times: list[float] = []
        self.hanging: set[str] = set()
        self.over = threading.Event()

    def fetch(self, request: Request, source: Source) -> Capture:
        name = name_of(request.url) or ""
        self.asked.append(name)
        self.times.append(time.monotonic())
        if name in self.hanging:
            self.over.wait(60)
            raise Stopped("the test is over")
        return super().fetch(request, source)


@dataclass
class Stage:
    """A service over a folder of articles, in a thread of its own."""

    folder: Path
    house: House
    clock: ShiftedClock = field(default_factory=ShiftedClock)
    stop: threading.Event = field(default_factory=threading.Event)
    sources: list[Source] = field(default_factory=list)
    ended: list[object] = field(default_factory=list)
    open_store: Callable[[], Store] | None = None

    def __post_init__(self) -> None:
        self.fetcher = Fetcher(self.clock)
        self._thread: threading.Thread | None = None

    def source(self, name: str, *names: str, interval: Duration = OFTEN) -> None:
        """Have a source watch pages."""
        find = Finding(pages=tuple(map(address_of, names)))
        self.sources.append(Source(name, (self.house.made_layout(),), find=find, interval=interval, jitter=Duration(0)))

    def show(self, **pages: Article) -> None:
        """What the site holds from now on."""
        moment = self.folder / f"moment{len(list(self.folder.iterdir()))}"
        moment.mkdir()
        for name, what in pages.items():
            (moment / f"{name}.txt").write_text(to_text(what))
        self.fetcher.show(read_moments([moment])[0])

    def start(self) -> None:
        def tools(store: Store) -> Tools:
            return self.house.tools(store, self.fetcher, clock=self.clock)

        opener = self.open_store or (lambda: self.house.store(create=True))
        service = Service(self.sources, opener, tools, self.clock, self.stop, hosts_at_once=2, look_every=0.1)

        def run() -> None:
            try:
                self.ended.append(service.run())
            except MonitorError as wrong:
                self.ended.append(wrong)

        self._thread = threading.Thread(target=run)
        self._thread.start()

    def end(self) -> float:
        """Stop the service; how many seconds that took."""
        started = time.monotonic()
        self.stop.set()
        if self._thread is not None:
            self._thread.join(30)
            assert not self._thread.is_alive()
        return time.monotonic() - started

    def log(self) -> list[tuple[str, str]]:
        with self.house.store(create=True) as store:
            changes = list(store.changes(LogQuery(baseline=True, limit=None)))
        return [(change.kind.value, name_of(change.url) or "") for change in reversed(changes)]

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds."""
        deadline = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < deadline, "it did not come to hold in time"
            time.sleep(0.02)

    def asked(self, name: str) -> int:
        return self.fetcher.asked.count(name)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    folder = tmp_path / "site"
    folder.mkdir()
    made = Stage(folder, House(Options(tmp_path / "monitor.db", None, is_lasting=False)))
    made.source("a", "one", "two")
    made.show(one=article("One"), two=article("Two"))
    yield made
    made.fetcher.over.set()
    made.end()


# Rounds


def test_an_edit_between_two_rounds_is_logged(stage: Stage) -> None:
    stage.start()
    stage.until(lambda: len(stage.log()) == 2)
    stage.show(one=article("One"), two=article("Two, edited"))
    stage.until(lambda: len(stage.log()) == 3)
    assert stage.log() == [("new", "one"), ("new", "two"), ("edited", "two")]
    assert stage.end() < 2
    assert stage.ended == [True]


def test_sources_are_visited_side_by_side_each_at_its_interval(stage: Stage) -> None:
    stage.source("b", "three", interval=Duration(hours=1))
    stage.show(one=article("One"), two=article("Two"), three=article("Three"))
    stage.start()
    stage.until(lambda: stage.asked("one") >= 3)
    assert stage.asked("three") == 1


def test_one_source_that_hangs_does_not_hold_up_the_others(stage: Stage) -> None:
    stage.source("b", "three")
    stage.fetcher.hanging = {"three"}
    stage.start()
    stage.until(lambda: stage.asked("one") >= 3)
    assert stage.asked("three") == 1, "and no second round of it is begun meanwhile"


def test_a_paused_source_is_not_visited_until_it_is_resumed(stage: Stage) -> None:
    stage.source("b", "three")
    with stage.house.store(create=True) as store:
        store.sync_sources(["b"], stage.clock.now())
        store.set_source_state("b", "paused")
    stage.start()
    stage.until(lambda: stage.asked("one") >= 2)
    assert stage.asked("three") == 0
    with stage.house.store() as store:
        store.set_source_state("b", "active")
    stage.until(lambda: stage.asked("three") >= 1)


def test_after_a_restart_it_waits_until_pages_are_due(stage: Stage) -> None:
    stage.sources.clear()
    stage.source("a", "one", interval=Duration(seconds=1))
    stage.start()
    stage.until(lambda: len(stage.log()) == 1)
    stage.end()
    stage.stop.clear()
    stage.start()
    stage.until(lambda: stage.asked("one") == 2)
    first, second = stage.fetcher.times
    assert 0.7 < second - first < 2


def test_claims_of_a_service_that_was_killed_are_given_back(stage: Stage) -> None:
    with stage.house.store(create=True) as store:
        run_round(stage.sources[0], stage.house.tools(store, stage.fetcher, clock=stage.clock))
        round_ = store.open_round("a", stage.clock.now(), OFTEN)
        store.make_due(round_, stage.clock.now())
        store.claim_due(round_, stage.clock.now() + timedelta(hours=1), timedelta(0), "dead", timedelta(days=1), 9)
    before = stage.asked("one")
    stage.start()
    stage.until(lambda: stage.asked("one") > before)


# The clock


def test_a_clock_set_back_starts_rounds_anew(stage: Stage) -> None:
    stage.sources.clear()
    stage.source("a", "one", interval=Duration(hours=1))
    stage.start()
    stage.until(lambda: len(stage.log()) == 1)
    stage.clock.wrong = -timedelta(days=1)
    stage.until(lambda: stage.asked("one") == 2)
    with stage.house.store() as store:
        stage.until(lambda: [incident.kind for incident in store.incidents()] == ["clock"])
    assert stage.log() == [("new", "one")]


def test_a_clock_that_was_wrong_before_the_start_does_not_put_off_the_rounds(stage: Stage) -> None:
    stage.clock.wrong = timedelta(days=365)
    with stage.house.store(create=True) as store:
        run_round(stage.sources[0], stage.house.tools(store, stage.fetcher, clock=stage.clock))
    stage.clock.wrong = timedelta(0)
    stage.start()
    stage.until(lambda: stage.asked("one") > 1)


# The end


def test_it_ends_within_five_seconds_though_a_fetch_hangs(stage: Stage) -> None:
    stage.fetcher.hanging = {"two"}
    stage.start()
    stage.until(lambda: stage.asked("two") == 1)
    assert GRACE < stage.end() < 5
    assert stage.ended == [False], "so that the command knows that it must not wait for its threads"
    assert stage.log() == [("new", "one")]


def test_what_hung_at_the_end_is_visited_after_the_next_start(stage: Stage) -> None:
    stage.fetcher.hanging = {"two"}
    stage.start()
    stage.until(lambda: stage.asked("two") == 1)
    stage.stop.set()
    stage.fetcher.over.set()
    stage.end()
    assert stage.log() == [("new", "one")]
    stage.fetcher.hanging = set()
    stage.stop.clear()
    stage.start()
    stage.until(lambda: stage.log() == [("new", "one"), ("new", "two")])


def test_rounds_that_wait_for_a_thread_are_not_begun_after_the_stop(stage: Stage) -> None:
    stage.source("b", "three")
    stage.source("c", "four")
    stage.fetcher.hanging = {"one", "three"}
    stage.start()
    stage.until(lambda: {"one", "three"} <= set(stage.fetcher.asked))
    stage.stop.set()
    stage.fetcher.over.set()
    stage.end()
    time.sleep(0.2)
    assert stage.asked("four") == 0
    assert stage.ended == [True]


# Trouble


def test_an_error_of_the_store_does_not_end_the_service(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    full = threading.Event()

    class Store(SqliteStore):
        def sync_sources(self, *arguments: object) -> None:
            if full.is_set():
                raise StoreFull("no space is left")
            super().sync_sources(*arguments)  # type: ignore[arg-type]

    stage.open_store = lambda: Store(stage.house.store(create=True).handle)
    stage.start()
    stage.until(lambda: len(stage.log()) == 2)
    with caplog.at_level(logging.ERROR, "monitor"):
        full.set()
        stage.until(lambda: "round failed" in caplog.messages)
    (failed, *_) = (each for each in caplog.records if each.message == "round failed")  # APScheduler warns on a busy machine
    assert failed.__dict__["fields"] == {"source": "a", "why": "no space is left"}
    full.clear()
    stage.show(one=article("One"), two=article("Two, edited"))
    stage.until(lambda: len(stage.log()) == 3)


def test_a_fault_of_ours_in_one_round_is_logged_and_does_not_end_the_service(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    fetch, stage.fetcher.fetch = stage.fetcher.fetch, None  # type: ignore[method-assign,assignment]
    with caplog.at_level(logging.ERROR, "monitor"):
        stage.start()
        stage.until(lambda: "round failed" in caplog.messages)
    assert caplog.records[0].exc_info
    stage.fetcher.fetch = fetch  # type: ignore[method-assign]
    stage.until(lambda: len(stage.log()) == 2)


def test_a_database_that_cannot_be_used_ends_it_at_the_start(stage: Stage) -> None:
    def fail() -> Store:
        raise StoreTooNew("made by a newer version")

    stage.open_store = fail
    stage.start()
    stage.until(lambda: bool(stage.ended))
    assert isinstance(stage.ended[0], StoreTooNew)


def test_a_second_instance_is_told_who_holds_the_database(stage: Stage) -> None:
    path, now = stage.house.store_file.path, stage.clock.now()
    told = "is served by another monitor already: process"
    with instance_lock(path, now), pytest.raises(AlreadyRunning, match=told), instance_lock(path, now):
        stage.start()
    assert stage.asked("one") == 0


@pytest.mark.parametrize(
    ("interval", "jitter", "expected"),
    [("6h", "5m", (21600, 300)), ("2s", "5m", (2, 0.5)), ("1h", "0s", (3600, 0)), ("1h", "1h", (3600, 900))],
)
def test_jitter_never_swallows_the_interval(interval: str, jitter: str, expected: tuple[float, float]) -> None:
    assert beat(source(interval=Duration.parse(interval), jitter=Duration.parse(jitter))) == expected
