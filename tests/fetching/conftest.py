"""What the tests of fetching share: a clock that stands still, sources, fetchers, servers that are shut down again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from monitor.fetching.http import HttpFetcher
from monitor.fetching.pace import Pace
from monitor.settings import Duration, Layout, Politeness, Rule, Source
from tests.fetching.servers import Answer, RawServer

NOW = datetime(2026, 1, 2, 3, 4, 5, 678912, UTC)


class StillClock:
    """Always the same instant."""

    def now(self) -> datetime:
        return NOW


def seconds(number: float) -> Duration:
    return Duration.parse(timedelta(seconds=number))


def a_source(**polite: Any) -> Source:
    """A source that waits for nothing, with ``polite`` as its politeness."""
    given = {"gap": seconds(0), "timeout": seconds(5), "total": seconds(10)} | polite
    layout = Layout(name="any", title=(Rule(css="h1"),), paragraphs=(Rule(css="p"),))
    return Source(name="some", layouts=(layout,), polite=Politeness(**given))


@pytest.fixture
def stop() -> threading.Event:
    return threading.Event()


@pytest.fixture
def fetcher(stop: threading.Event) -> Iterator[HttpFetcher]:
    made = HttpFetcher(StillClock(), Pace(stop), contact="mailto:us@example.org", stop=stop)
    yield made
    made.close()


@pytest.fixture
def serve() -> Iterator[Callable[[Answer | bytes], RawServer]]:
    """Starts a server that gives the answer, or what a function makes of the request."""
    with ExitStack() as servers:

        def start(answer: Answer | bytes) -> RawServer:
            made = RawServer((lambda head: answer) if isinstance(answer, bytes) else answer)
            return servers.enter_context(made)

        yield start
