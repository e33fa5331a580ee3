"""The stores that the contract suite is run on, and what the tests of storing share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from storing.steps import Steps

from monitor.protocols import Store
from monitor.storing.sqlite import SqliteStore, StoreFile

IMPLEMENTATIONS: dict[str, Callable[[Path], Callable[[], Store]]] = {
    "sqlite": lambda folder: StoreFile(folder / "monitor.db", lasting=False).open,
}


@pytest.fixture(params=IMPLEMENTATIONS)
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Opens handles on one store, of every implementation in turn; they are closed after the test."""
    opener = IMPLEMENTATIONS[request.param](tmp_path)
    with ExitStack() as handles:

        def opened() -> Store:
            store = opener()
            handles.callback(store.close)
            return store

        yield opened


@pytest.fixture
def store(open_store: Callable[[], Store]) -> Store:
    return open_store()


@pytest.fixture
def steps(store: Store) -> Steps:
    return Steps(store)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a database may be made."""
    return tmp_path / "monitor.db"


@pytest.fixture
def sqlite(path: Path) -> Iterator[SqliteStore]:
    """A new store on SQLite."""
    with StoreFile(path, lasting=False).open() as store:
        yield store
