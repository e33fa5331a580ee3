"""Sealing: what does not fit what it rests on is left out, an incident says so as long as it is there, and the rest is sealed."""

from __future__ import annotations

from standins import START, article
from storing.steps import Steps

from monitor.model import Kind
from monitor.storing.sqlite import SqliteStore

PUT = (
    "INSERT INTO change (at, kind, page_id, before_id, after_id, capture_id, baseline)"
    " VALUES (?, 'removed', 1, 1, NULL, 1, 0)"
)


def put(store: SqliteStore) -> int:
    return store.handle.insert(PUT, (int(START.timestamp() * 1000),))


def test_what_was_put_in_is_left_out_and_what_comes_after_is_sealed(sqlite: SqliteStore) -> None:
    steps = Steps(sqlite)
    steps.add("p1", "p2")
    round_ = steps.round()
    steps.read("p1", round_, article(), Kind.NEW)
    number = put(sqlite)
    steps.read("p2", round_, article("Two"), Kind.NEW)
    assert sqlite.unsealed() == 3
    assert sqlite.seal() == 2
    head = sqlite.head()
    assert head is not None
    assert (head.change, sqlite.unsealed()) == (number + 1, 0)
    (incident,) = sqlite.incidents()
    assert (incident.source, incident.kind) == ("a", "seal")
    assert "the status of its capture 200" in incident.detail
    sqlite.handle.write("DELETE FROM change WHERE id = ?", (number,))
    assert sqlite.seal() == 0
    assert sqlite.incidents() == []


def test_more_of_them_than_are_looked_at_at_once_hold_nothing_up(sqlite: SqliteStore) -> None:
    steps = Steps(sqlite)
    steps.add("p1", "p2")
    round_ = steps.round()
    steps.read("p1", round_, article(), Kind.NEW)
    with sqlite.atomic():
        for _ in range(1100):
            put(sqlite)
    steps.read("p2", round_, article("Two"), Kind.NEW)
    assert sqlite.seal() == 2
    assert sqlite.seal() == 0
