"""The scene of every visit: before the first one, and after it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from visit.scene import FIRST, Scene

from monitor.model import Seen
from monitor.storing.sqlite import StoreFile


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with StoreFile(tmp_path / "monitor.db", lasting=False).open() as store:
        yield Scene(store)


@pytest.fixture
def read(scene: Scene) -> Scene:
    """The same after a first visit that read the page."""
    scene.put(FIRST)
    assert scene.seen() is Seen.PARSED
    scene.site.asked.clear()
    return scene
