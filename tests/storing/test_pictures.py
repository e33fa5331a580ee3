"""Pictures as they are kept: sets once, by digest, and what is known of a page and of a change."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standins import HOUR, START, article, outcome
from storing.steps import Steps

from monitor.errors import StoreDamaged
from monitor.model import Decision, Evidence, Kind, Outcome, Picture, Pictured, Pictures
from monitor.storing.pictures import packed, pictures_digest, unpacked
from monitor.storing.sqlite import SqliteStore

ONE = Picture("https://a.example/a.jpg", "a", "alt", "Caption", 3, b"\x01" * 32, bytes(range(9)), '"tag"', "Mon")
OTHER = Picture("https://a.example/b.jpg", "b")


@pytest.mark.parametrize("pictures", [(), (ONE,), (OTHER, ONE), (Picture("", alt="no address"),)])
def test_a_set_reads_back_as_it_was(pictures: Pictures) -> None:
    assert unpacked(packed(pictures)) == pictures


TEXT = st.text(max_size=20).map(lambda text: text.encode("utf-8", "replace").decode())


@given(st.lists(st.builds(Picture, TEXT, TEXT, TEXT, TEXT, st.integers(0, 9), st.none() | st.binary(min_size=32, max_size=32))))
def test_any_set_reads_back(pictures: list[Picture]) -> None:
    content = packed(tuple(pictures))
    if pictures != [Picture("")]:
        assert unpacked(content) == tuple(pictures)
    assert packed(unpacked(content)) == content


def test_its_digest_is_pinned() -> None:
    assert packed((OTHER,)) == b'{"name":"b","url":"https://a.example/b.jpg"}'
    assert pictures_digest(packed((OTHER,))) == b"\x01" + hashlib.sha256(packed((OTHER,))).digest()


@pytest.fixture
def store(sqlite: SqliteStore) -> SqliteStore:
    steps = Steps(sqlite)
    steps.add("p1")
    steps.read("p1", steps.round(), article(), Kind.NEW)
    return sqlite


def test_what_is_known_of_a_page(store: SqliteStore) -> None:
    assert store.pictures(1) is None
    for known in ((), (ONE,), (ONE, OTHER), (ONE,)):
        store.keep_pictures(1, known)
        assert store.pictures(1) == known
    assert store.handle.value("SELECT count(*) FROM pictures") == 3, "each set is kept once"


def test_a_damaged_set_is_an_error_and_named(store: SqliteStore) -> None:
    store.keep_pictures(1, (ONE,))
    other = store.picture_sets.keep(pictures_digest(b"x"), packed((OTHER,)), None)
    store.handle.write("UPDATE pictures SET data = (SELECT data FROM pictures WHERE id = ?) WHERE id <> ?", (other, other))
    store.picture_sets._cache.clear()
    flaws = [flaw for flaw in store.audit(lambda _: None) if flaw.table == "pictures"]
    assert [flaw.what.partition(":")[0] for flaw in flaws] == ["altered", "altered"]
    store.handle.write("UPDATE pictures SET data = x'00', base_id = NULL")
    store.picture_sets._cache.clear()
    with pytest.raises(StoreDamaged, match="pictures 1 cannot be"):
        store.pictures(1)
    assert all("cannot be" in flaw.what for flaw in store.audit(lambda _: None) if flaw.table == "pictures")


def test_a_change_of_pictures_lies_between_two_sets_of_one_version(store: SqliteStore) -> None:
    steps = Steps(store)
    visit = outcome(START + HOUR, new=None)
    decision = Decision((Kind.EDITED,), pictures=Pictured((ONE,), (OTHER,), is_edit=True))
    claim = steps.claim("p1", steps.round())
    assert store.finish(claim, Outcome(visit.observation, decision, START + 2 * HOUR, evidence=Evidence()))
    change = store.change(2)
    assert change is not None
    assert (change.before, change.after) == (1, 1)
    assert change.pictures is not None
    assert store.pictured(2) == ((ONE,), (OTHER,))
    assert store.pictured(1) is None
    assert store.pictures(1) == (OTHER,)
    assert store.seal() == 2
    assert list(store.audit(lambda _: None)) == []


def test_an_edit_that_left_all_as_it_was_is_no_change_that_was_logged(store: SqliteStore) -> None:
    store.handle.write(
        "INSERT INTO change (at, kind, page_id, before_id, after_id, capture_id, baseline)"
        " SELECT at, 'edited', page_id, after_id, after_id, capture_id, 0 FROM change"
    )
    assert store.seal() == 1
    (flaw,) = [flaw for flaw in store.audit(lambda _: None) if "same version" in flaw.what]
    assert flaw.row == 2
