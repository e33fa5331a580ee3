"""What holds for every test: the program's log is as it is before any command ran. And the story that many of them look at."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from programs import ROOT

from monitor.cli import main

# The default of 100 examples takes the suite half a minute longer, and how long one takes says more of the machine than of us.
settings.register_profile("suite", max_examples=50, deadline=None)
settings.load_profile("suite")


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: many tests wait for a socket or a process of their own."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(autouse=True)
def _usual_log() -> Iterator[None]:
    """A command sends the log to stderr and keeps it from others, also where a fixture of a whole module runs one."""
    _as_usual()
    yield
    _as_usual()


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that went through the replay story, once for all tests of a worker: a test that writes takes a copy."""
    database = tmp_path_factory.mktemp("story") / "story.db"
    folders = sorted((ROOT / "tests" / "replay").glob("[0-9]*"))
    assert main(["replay", *map(str, folders), "--db", str(database), "--config", str(ROOT / "config")]) == 0
    return database


def _as_usual() -> None:
    logger = logging.getLogger("monitor")
    logger.handlers[:] = []
    logger.setLevel(logging.NOTSET)
    logger.propagate = True
