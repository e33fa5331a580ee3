"""``monitor sources trust``: what was found to mislead is used again, and its incident is over."""

from __future__ import annotations

from pathlib import Path

import pytest
from standins import START

from monitor.cli import main
from monitor.storing.sqlite import SqliteStore, StoreFile


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SqliteStore:
    """The database of a source whose shortcut and validators are in use."""
    monkeypatch.chdir(tmp_path)
    found = StoreFile(tmp_path / "monitor.db", lasting=False).open()
    found.sync_sources(["a", "b"], START)
    return found


def test_trust_ends_what_was_turned_off_and_says_so(store: SqliteStore, capsys: pytest.CaptureFixture[str]) -> None:
    store.turn_off_validators("a", START, "for the test")
    store.turn_off_validators("b", START, "for the test")
    assert main(["sources", "trust", "a"]) == 0
    assert capsys.readouterr().out.startswith("a: its shortcut and validators are used again from the next round on")
    assert (store.are_validators_off("a"), store.are_validators_off("b")) == (False, True)
    assert [incident.source for incident in store.incidents()] == ["b"]


@pytest.mark.parametrize("name", ["a", "nosuch"])
def test_where_nothing_was_turned_off_that_is_said(store: SqliteStore, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert main(["sources", "trust", name]) == 4
    assert f"neither shortcut nor validators of a source '{name}' were turned off" in capsys.readouterr().err
    store.close()
