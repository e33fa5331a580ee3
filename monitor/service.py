"""The service: APScheduler wakes every source at its interval, until it is told to stop. APScheduler lives here and only here.

When a source is due next belongs to the database; the scheduler only keeps the beat (memory job store), so a restart
loses nothing. A round that is still running is never started twice, and rounds missed in between are made up for by one.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from monitor.errors import MonitorError, Stopped
from monitor.jobs.round import Tools, run_round
from monitor.protocols import Clock, Store
from monitor.settings import Source
from monitor.telling.structured import fields

log = logging.getLogger("monitor")
GRACE = 4.0  # seconds that visits under way get after the signal; the service promises to be gone after five
_SHORTEST = 0.1  # seconds between two rounds of a source
_JITTERS = 4  # a round starts earlier or later by a quarter of the interval at most, else short intervals were none
_BESIDE = " beside"  # no source is called so
_JUMP = 60.0  # seconds by which the clock must differ from what passed to count as set


class Service:
    """Rounds of visits for every source, side by side, each in its own thread with its own store handle."""

    def __init__(
        self,
        sources: Sequence[Source],
        open_store: Callable[[], Store],
        tools: Callable[[Store], Tools],
        clock: Clock,
        stop: threading.Event,
        *,
        hosts_at_once: int = 8,
        look_every: float = 15.0,
        beside: Callable[[Store], object] | None = None,
        beside_every: float = 60.0,
    ) -> None:
        """``look_every`` so many seconds the service sees whether the clock was set back.

        ``beside`` the rounds, in a thread of its own, something is done every so many seconds; it delays no round.
        """
        self._sources = tuple(sources)
        self._open_store = open_store
        self._tools = tools
        self._clock = clock
        self._stop = stop
        self._look_every = look_every
        self._beside = beside
        self._beside_every = beside_every
        self._under_way: set[str] = set()
        self._idle = threading.Condition()
        self._scheduler = _scheduler(hosts_at_once)

    def run(self) -> bool:
        """Serve until ``stop`` is set. Whether every visit under way ended within the time of grace.

        Raises StoreError when the database cannot be used at the start.
        """
        for source, first in self._first_rounds():
            interval, jitter = beat(source)
            trigger = IntervalTrigger(seconds=interval, jitter=jitter or None, timezone=UTC)
            self._scheduler.add_job(self._round, trigger, args=[source], id=source.name, next_run_time=first)
        if self._beside is not None:
            often = IntervalTrigger(seconds=self._beside_every, timezone=UTC)
            self._scheduler.add_job(self._work_beside, often, args=[self._beside], id=_BESIDE, executor=_BESIDE)
        self._scheduler.start()
        log.info("service started", extra=fields(sources=len(self._sources)))
        try:
            self._watch()
        finally:
            self._stop.set()
            is_clean = self._wind_down()
        log.info("service stopped", extra=fields(clean=is_clean))
        return is_clean

    def _first_rounds(self) -> list[tuple[Source, datetime]]:
        """Each source with the instant of its first round: at once when pages are due, else when the first is.

        Never more than an interval ahead: what is due later was put off by failures, or by a clock that was wrong.
        """
        store = self._open_store()
        try:
            now = self._clock.now()
            store.release_all()
            store.sync_sources([source.name for source in self._sources], now)
            due = {status.name: status.next_visit for status in store.sources()}
        finally:
            store.close()
        return [(each, min(max(now, due.get(each.name) or now), now + each.interval)) for each in self._sources]

    def _watch(self) -> None:
        """Wait for the end; when the clock was set back, start all rounds anew, which would else be due far off."""
        wall, passed = self._clock.now(), time.monotonic()
        while not self._stop.wait(self._look_every):
            now, then = self._clock.now(), time.monotonic()
            if (now - wall).total_seconds() < (then - passed) - _JUMP:
                log.warning("the clock was set back", extra=fields(was=wall.isoformat(), now=now.isoformat()))
                for source in self._sources:
                    self._scheduler.modify_job(source.name, next_run_time=now + timedelta(seconds=1))
            wall, passed = now, then

    def _round(self, source: Source) -> None:
        """One round, in a thread of the scheduler's. One source's trouble is not the others'."""
        self._guarded("round", source.name, lambda store: self._visit(source, store))

    def _work_beside(self, beside: Callable[[Store], object]) -> None:
        self._guarded("work beside the rounds", _BESIDE, beside)

    def _guarded(self, what: str, name: str, work: Callable[[Store], object]) -> None:
        with self._idle:
            if self._stop.is_set():  # it waited for a thread, and the service is not to wait for it
                return
            self._under_way.add(name)
        try:
            store = self._open_store()
            try:
                work(store)
            finally:
                store.close()
        except Stopped:
            log.info("%s given up", what, extra=fields(source=name))
        except MonitorError as wrong:
            log.error("%s failed", what, extra=fields(source=name, why=str(wrong)))
        except Exception:  # a fault of ours, of which the scheduler would say nothing
            log.exception("%s failed", what, extra=fields(source=name))
        finally:
            with self._idle:
                self._under_way.discard(name)
                self._idle.notify_all()

    def _visit(self, source: Source, store: Store) -> None:
        state = store.source_state(source.name)
        if state == "active":
            run_round(source, self._tools(store))
        else:
            log.info("source is not active", extra=fields(source=source.name, state=state))

    def _wind_down(self) -> bool:
        self._scheduler.shutdown(wait=False)
        deadline = time.monotonic() + GRACE
        with self._idle:
            while self._under_way and (left := deadline - time.monotonic()) > 0:
                self._idle.wait(left)
            return not self._under_way


def _scheduler(hosts_at_once: int) -> BackgroundScheduler:
    return BackgroundScheduler(
        timezone=UTC,
        executors={"default": ThreadPoolExecutor(hosts_at_once), _BESIDE: ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )


def beat(source: Source) -> tuple[float, float]:
    """The seconds between two rounds of a source, and by how many of them a round may start earlier or later."""
    interval = max(_SHORTEST, source.interval.total_seconds())
    return interval, min(source.jitter.total_seconds(), interval / _JITTERS)
