"""A year of one source, in small: redesigns, an upgrade, an outage and a block page are no edits; a purge is one campaign."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))  # the benchmarks are run from the project's folder

from monitor.storing.sqlite import StoreFile
from tests.benchmarks import year


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> year.Year:
    with StoreFile(tmp_path_factory.mktemp("year") / "year.db", lasting=False).open() as store:
        return year.live(store, 150, 13, 10)


@pytest.mark.parametrize("event", ["chrome", "redesign", "layout", "parser", "outage", "blocked", "purge", "removals"])
def test_what_is_no_edit_is_not_logged_as_one(lived: year.Year, event: str) -> None:
    assert lived.false[event] == 0


def test_no_edit_is_missed_whatever_came_between(lived: year.Year) -> None:
    assert lived.edits > 40
    assert lived.missed == []


def test_all_pages_of_a_purge_are_in_one_campaign(lived: year.Year) -> None:
    assert lived.purged >= 10
    assert lived.in_one == lived.purged
    assert [story.what for story in lived.campaigns] == [f"cut: {year.NAME}"]
