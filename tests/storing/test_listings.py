"""What the store knows of listings: the pages they bring forward, those never visited, where a backfill stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from standins import DAY, HOUR, START, outcome, url

from monitor.model import BackfillState, ListingState, NewPage
from monitor.storing.sqlite import SqliteStore, StoreFile


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """A store of two sources, with three pages of the first."""
    with StoreFile(tmp_path / "monitor.db", lasting=False).open() as store:
        store.sync_sources(["a", "b"], START)
        store.add_pages("a", [NewPage(name, url(name)) for name in ("x", "y", "z")], START)
        yield store


def visit(store: SqliteStore, *keys: str) -> None:
    """Visit pages at START; they are due again an hour later."""
    round_ = store.open_round("a", START, DAY)
    for claim in store.claim_due(round_, START, DAY, "w", HOUR, 10):
        if claim.page.key in keys:
            store.finish(claim, outcome(START, interval=HOUR))
    store.release("w")
    store.close_round(round_, START, [])


def due(store: SqliteStore, at: timedelta) -> set[str]:
    round_ = store.open_round("a", START + at, timedelta(0))
    found = {claim.page.key for claim in store.claim_due(round_, START + at, timedelta(0), "w", HOUR, 10)}
    store.release("w")
    return found


def test_pages_are_brought_forward_once(store: SqliteStore) -> None:
    visit(store, "x", "y", "z")
    now = START + timedelta(minutes=10)
    assert due(store, timedelta(minutes=10)) == set()
    assert store.bring_forward(["x", "y", "unknown"], now) == 2
    assert store.bring_forward(["x"], now) == 0, "it is due"
    assert due(store, timedelta(minutes=10)) == {"x", "y"}


def test_a_page_that_is_paused_is_not_brought_forward(store: SqliteStore) -> None:
    visit(store, "x")
    page = store.page("x")
    assert page is not None
    store.set_page_state(page.id, "paused")
    assert store.bring_forward(["x"], START) == 0


def test_more_keys_than_one_statement_takes_are_looked_up(store: SqliteStore) -> None:
    visit(store, "x", "z")
    keys = [f"k{number}" for number in range(40_000)] + ["x", "y", "z"]
    assert store.last_visits(keys) == {"x": START, "z": START}
    assert store.bring_forward(keys, START) == 2
    assert store.listing_reads(keys) == {}


def test_whether_all_listings_were_read_whole_is_known_of_the_last_look_only(store: SqliteStore) -> None:
    assert store.listings_whole("a") is None
    store.keep_listings_whole("a", START, whole=True)
    assert (store.listings_whole("a"), store.listings_whole("b")) == (START, None)
    store.keep_listings_whole("a", START + DAY, whole=False)
    assert store.listings_whole("a") is None


def test_pages_of_the_baseline_that_were_never_visited_are_found_in_their_order(store: SqliteStore) -> None:
    visit(store, "y")
    assert [page.key for page in store.unvisited("a", 10)] == ["x", "z"]
    (first,) = store.unvisited("a", 1)
    assert [page.key for page in store.unvisited("a", 10, first.id)] == ["z"]
    assert (store.unvisited_size("a"), store.unvisited_size("b")) == (2, 0)


def test_a_page_that_is_news_is_no_page_of_the_baseline(store: SqliteStore) -> None:
    round_ = store.open_round("a", START, DAY)
    for claim in store.claim_due(round_, START, DAY, "w", HOUR, 10):
        store.finish(claim, outcome(START))
    store.close_round(round_, START, [])
    store.add_pages("a", [NewPage("n", url("n"))], START)
    store.take_up("a", NewPage("m", url("m")), START)
    assert [page.key for page in store.unvisited("a", 10)] == ["m"]


def test_a_page_is_known_by_the_key_that_it_had_formerly(store: SqliteStore) -> None:
    assert store.add_pages("a", [NewPage("new", url("x"), "x"), NewPage("other", url("o"), "")], START) == 1
    assert not store.take_up("a", NewPage("newer", url("y"), "y"), START)
    assert store.page("new") is None


def test_where_a_backfill_stands_is_kept_for_its_task_alone(store: SqliteStore) -> None:
    store.keep_backfill("a", "task", "l1", BackfillState("2", 10))
    store.keep_backfill("a", "task", "l1", BackfillState("3", 20))
    store.keep_backfill("b", "task", "l1", BackfillState("9", 1))
    assert store.backfill("a", "task") == {"l1": BackfillState("3", 20)}
    assert store.backfill("a", "another") == {}
    store.keep_backfill("a", "another", "l2", BackfillState("", 5))
    assert store.backfill("a", "task") == {}, "it is forgotten"
    store.end_backfill("a")
    assert (store.backfill("a", "another"), store.backfill("b", "task")) == ({}, {"l1": BackfillState("9", 1)})


def test_a_listing_is_known_by_how_its_name_begins(store: SqliteStore) -> None:
    store.keep_listing("GET https://a.example/l 1234", ListingState())
    known = {each: store.is_listing_known(each) for each in ("GET https://a.example/l ", "GET https://a.example/ ", "POST ")}
    assert list(known.values()) == [True, False, False]
