"""What the tests of fetching share: a fetcher, the event that stops it, servers that are shut down again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from fetching.servers import Answer, RawServer, Serve
from fetching.standins import StillClock

from monitor.fetching.http import HttpFetcher
from monitor.fetching.pace import Pace


@pytest.fixture
def stop() -> threading.Event:
    return threading.Event()


@pytest.fixture
def fetcher(stop: threading.Event) -> Iterator[HttpFetcher]:
    made = HttpFetcher(StillClock(), Pace(stop), contact="mailto:us@example.org", stop=stop)
    yield made
    made.close()


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts a server that answers so."""
    with ExitStack() as servers:

        def start(answer: Answer) -> RawServer:
            return servers.enter_context(RawServer(answer))

        yield start
