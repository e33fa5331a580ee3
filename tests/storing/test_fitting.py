"""What a change rests on: rows that this program logged fit, and of others it is said why not."""

from __future__ import annotations

from typing import Any

import pytest
from standins import article
from storing.steps import Steps

from monitor.model import Kind
from monitor.storing.fitting import FIT_COLUMNS, Fitting
from monitor.storing.sqlite import SqliteStore

# by place in a row of FIT_COLUMNS
AT, KIND, BEFORE, AFTER, TAKEN, STATUS, OWNER, AFTERS, CAPTURES, ORIGIN = 1, 2, 6, 9, 12, 13, 16, 18, 19, 20


@pytest.fixture
def row(sqlite: SqliteStore) -> list[Any]:
    """The row of a first sight."""
    steps = Steps(sqlite)
    steps.add("p1")
    steps.read("p1", steps.round(), article(), Kind.NEW)
    return list(sqlite.handle.rows(f"SELECT {FIT_COLUMNS}")[0])


@pytest.mark.parametrize(
    ("altered", "said"),
    [
        ({}, ""),
        ({KIND: b"erased"}, "there is no kind of change 'erased'"),
        ({KIND: b"\xff"}, "there is no kind of change '\ufffd'"),
        ({AFTERS: 9}, "it is of one page, and what it refers to of another"),
        ({CAPTURES: 9}, "it is of one page, and what it refers to of another"),
        ({AFTER: None}, "new it may not be without a version after"),
        ({BEFORE: 1}, "new it may not be with a version before"),
        ({TAKEN: None}, "it names no capture"),
        ({STATUS: 404}, "its kind is new, and the status of its capture 404"),
        ({ORIGIN: 1}, "its kind is new, and its capture was imported"),
        ({KIND: b"imported"}, "its kind is imported, and its capture was not imported"),
        ({KIND: b"imported", ORIGIN: 1, AT: 1 << 42}, ""),
        ({KIND: b"removed", BEFORE: 1, AFTER: None, STATUS: 410}, ""),
        ({KIND: b"removed", BEFORE: 1, AFTER: None, STATUS: 200}, "its kind is removed, and the status of its capture 200"),
        ({KIND: b"restored", STATUS: 304}, ""),
        ({AT: 5}, "its instant is not that of its capture"),
        ({AT: 1 << 42, TAKEN: 1 << 42}, "it is dated later than the last visit and the last round of its source"),
    ],
)
def test_why_a_row_is_no_change_that_was_logged(sqlite: SqliteStore, row: list[Any], altered: dict[int, Any], said: str) -> None:
    for place, value in altered.items():
        row[place] = value
    assert Fitting(sqlite.handle).misfit(tuple(row)) == said


def test_an_absence_that_a_check_saw_once_more_fits_its_removal(sqlite: SqliteStore, row: list[Any]) -> None:
    removed = {KIND: b"removed", BEFORE: 1, AFTER: None, STATUS: 404, TAKEN: row[TAKEN] + 5}
    for place, value in removed.items():
        row[place] = value
    assert Fitting(sqlite.handle).misfit(tuple(row)) == ""
