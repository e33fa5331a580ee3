"""The scene of every round: before the first one, and after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from jobs.demanding import Watch
from jobs.lists import Lists
from jobs.scene import Scene

from monitor.fetching.archive import WarcArchive
from monitor.storing.sqlite import StoreFile


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with StoreFile(tmp_path / "monitor.db", lasting=False).open() as store:
        yield Scene(store)


@pytest.fixture
def known(scene: Scene) -> Scene:
    """Two pages, listed and taken in as baseline."""
    scene.put("p1", "p2")
    scene.list("p1", "p2")
    scene.round(timedelta(0))
    scene.site.asked.clear()
    return scene


@pytest.fixture
def archive(scene: Scene, tmp_path: Path) -> Iterator[WarcArchive]:
    """The archive of the scene's rounds."""
    found = WarcArchive(tmp_path / "archive", scene.clock, most_bytes=1_000_000, software="test/1")
    scene.tools = replace(scene.tools, archive=found)
    yield found
    found.close()


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    with StoreFile(tmp_path / "monitor.db", lasting=False).open() as store:
        yield Watch(store)


@pytest.fixture
def lists(tmp_path: Path) -> Iterator[Lists]:
    with StoreFile(tmp_path / "monitor.db", lasting=False).open() as store:
        yield Lists(store)
