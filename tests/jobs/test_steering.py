"""What a person may do with a source, and what it says then."""

from __future__ import annotations

from pathlib import Path

import pytest
from standins import START

from monitor.errors import InputError
from monitor.jobs.steering import Steer, steer
from monitor.storing.sqlite import StoreFile


@pytest.mark.parametrize(("what", "state"), [(Steer.PAUSE, "paused"), (Steer.RETIRE, "retired"), (Steer.RESUME, "active")])
def test_a_source_is_put_into_its_state(tmp_path: Path, what: Steer, state: str) -> None:
    with StoreFile(tmp_path / "m.db", lasting=False).open() as store:
        store.sync_sources(["a"], START)
        said = steer(store, "a", what, START)
        assert store.source_state("a") == state
        assert said.startswith(state)


def test_what_cannot_be_done_says_why(tmp_path: Path) -> None:
    with StoreFile(tmp_path / "m.db", lasting=False).open() as store:
        store.sync_sources(["a"], START)
        for what, why in ((Steer.PAUSE, "there: a"), (Steer.ACCEPT, "no redesign"), (Steer.TRUST, "neither shortcut")):
            with pytest.raises(InputError, match=why):
                steer(store, "b", what, START)


def test_a_suspected_redesign_is_accepted_and_a_shortcut_trusted_again(tmp_path: Path) -> None:
    with StoreFile(tmp_path / "m.db", lasting=False).open() as store:
        store.sync_sources(["a"], START)
        store.keep_drift("a", frozenset(["sign"]), frozenset())
        store.turn_off_shortcut("a", START, "why")
        assert "logged" in steer(store, "a", Steer.ACCEPT, START)
        assert "used again" in steer(store, "a", Steer.TRUST, START)
        assert not store.drift("a")
        assert store.incidents() == []
