"""Rounds seal what they log, and what the whole program records verifies."""

from __future__ import annotations

from dataclasses import replace

import pytest
from jobs.scene import Scene
from standins import url

from monitor.errors import Stopped
from monitor.jobs.round import check_page
from monitor.jobs.verify import verify
from monitor.model import Flaw


def changes(scene: Scene) -> int:
    return len(scene.log(baseline=True))


def sealed(scene: Scene) -> int:
    head = scene.store.head()
    return head.change if head else 0


def test_a_round_seals_what_it_logged(known: Scene) -> None:
    assert sealed(known) == changes(known) == 2
    known.put("p1", word="other")
    known.drop("p2")
    for _ in range(4):
        known.round()
        assert sealed(known) == changes(known)
    assert known.log() == [("edited", "p1"), ("removed", "p2")]
    assert list(verify(known.store)) == []


def test_a_check_seals_what_it_logged(known: Scene) -> None:
    known.put("p1", word="other")
    page = known.store.page_at(url("p1"))
    assert page is not None
    check_page(page.id, known.source, known.tools)
    assert sealed(known) == changes(known) == 3


def test_what_a_round_logged_before_it_was_stopped_is_sealed_by_the_next(known: Scene) -> None:
    known.put("p1", "p2", word="other")
    known.stop_at("p2")
    with pytest.raises(Stopped):
        known.round()
    assert (sealed(known), changes(known)) == (2, 3)
    assert list(verify(known.store)) == [], "what is not sealed yet is no finding"
    known.go_on()
    known.round()
    assert sealed(known) == changes(known) == 4
    assert list(verify(known.store)) == []


def test_a_version_that_only_another_reading_made_verifies(known: Scene) -> None:
    known.tools = replace(known.tools, full_read_every=1)
    for name in ("p1", "p2"):
        known.put(name, word="other")
        known.round(everything=True)
    assert list(verify(known.store)) == []


def test_heads_noted_along_the_way_are_all_still_held(known: Scene) -> None:
    noted = []
    for word in ("one", "two", "three"):
        known.put("p1", word=word)
        known.round()
        head = known.store.head()
        assert head is not None
        noted.append(head)
    assert [known.store.sealed_as(head.digest) for head in noted] == [head.change for head in noted] == [3, 4, 5]
    for head in noted:
        assert list(verify(known.store, head.digest)) == []
    other = b"\x01" + bytes(32)
    (found,) = verify(known.store, other)
    assert isinstance(found, Flaw)
    assert (found.table, found.row) == ("seal", None)


def test_every_row_is_counted(known: Scene) -> None:
    known.round()
    counted: list[int] = []
    assert list(verify(known.store, step=counted.append)) == []
    assert sum(counted) == known.store.audit_size() == 2 + 0 + 2 + 2 + 2
