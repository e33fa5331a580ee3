"""The short rows by which changes are filtered say what the log, its judgements and its reviews say, whoever wrote them."""

from __future__ import annotations

import sqlite3
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from standins import START, article
from storing.steps import Steps

from monitor.model import Act, EditClass, Judged, Kind, LogQuery, ReviewState
from monitor.model.statistics import Band
from monitor.storing import indexes, tallies
from monitor.storing.classes import class_bits
from monitor.storing.sqlite import SqliteStore, StoreFile

_TALLY = "SELECT * FROM tally WHERE changes <> 0 ORDER BY what, day, source_id, value"
_ROWS = """SELECT change_id, source_id, kind, classes, at, hidden, baseline, state, score, before_text, after_text FROM facet
    ORDER BY change_id"""


@pytest.fixture
def logged(sqlite: SqliteStore) -> SqliteStore:
    """Six changes of two sources, two of them baseline."""
    steps = Steps(sqlite)
    for source in ("a", "b"):
        steps.add(source, source=source)
        round_ = steps.round(source)
        steps.read(source, round_, article(source, "one"), Kind.NEW)
        steps.close(round_)
        for word in ("two", "three"):
            steps.later()
            steps.read(source, steps.round(source), article(source, word), Kind.EDITED)
    return sqlite


_REVIEWS = (Act.FLAG, Act.DISMISS, Act.ASSIGN, Act.UNDO)
_ACTS = st.one_of(
    st.tuples(st.just("judge"), st.integers(1, 6), st.floats(0, 1), st.sets(st.sampled_from(list(EditClass)), max_size=3)),
    st.tuples(st.just("mute"), st.integers(1, 6), st.booleans(), st.just(set())),
    st.tuples(st.just("fold"), st.integers(1, 6), st.integers(1, 6), st.just(set())),
    st.tuples(st.just("review"), st.integers(1, 6), st.sampled_from(_REVIEWS), st.just(set())),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(_ACTS, max_size=12))
def test_made_anew_they_are_the_same(logged: SqliteStore, acts: list[tuple[str, int, object, set[EditClass]]]) -> None:
    for what, number, value, classes in acts:
        if what == "judge":
            logged.keep_judgement(number, b"r", Judged(float(value), "r", tuple(sorted(classes))))  # type: ignore[arg-type]
        elif what == "mute":
            logged.keep_judgement(number, b"r", Judged(0.5, "r", muted=bool(value)))
        elif what == "fold":
            logged.fold(number, int(value))  # type: ignore[call-overload]
        elif value is Act.UNDO:
            logged.undo("me", START)
        else:
            logged.review([number], Act(str(value)), "me", START, "x")
    kept = logged.handle.rows(_ROWS)
    assert len(kept) == 6
    assert logged.handle.rows(_TALLY) == _counted(logged)
    assert sum(logged.news_by_state().values()) == logged.news_count() == logged.count(LogQuery())
    logged.handle.db.register_function(class_bits, deterministic=True)
    with logged.atomic():
        logged.handle.write("DELETE FROM facet")
        assert logged.handle.rows(_TALLY) == []
        logged.handle.write(indexes.FILL_FACETS)
        logged.handle.write(indexes.FILL_SIDES)
    assert logged.handle.rows(_ROWS) == kept
    assert logged.handle.rows(_TALLY) == _counted(logged)
    with logged.atomic():
        logged.handle.write("DELETE FROM tally")
        logged.handle.write(tallies.FILL_TALLY)
    assert logged.handle.rows(_TALLY) == _counted(logged)


def _counted(store: SqliteStore) -> list[tuple[str, int, int, str, int]]:
    """What the tally should say, by counting."""
    sql = "SELECT at / 86400000, source_id, kind, score, state FROM facet WHERE NOT baseline AND NOT hidden"
    found: Counter[tuple[str, int, int, str]] = Counter()
    for day, source, kind, score, state in store.handle.rows(sql):
        band = Band.NONE if score is None else Band.HIGH if score >= 0.6 else Band.MIDDLING if score >= 0.3 else Band.LOW
        found.update([("kind", day, source, kind), ("band", day, source, band.value), ("state", day, source, state)])
    return sorted((*row, count) for row, count in found.items())


def test_a_database_of_an_older_program_has_them_when_it_is_opened(logged: SqliteStore, path: Path) -> None:
    logged.keep_judgement(2, b"r", Judged(0.5, "r", (EditClass.NAME,), muted=True))
    logged.keep_judgement(3, b"r", Judged(0.5, "r"))
    logged.fold(3, 2)
    logged.review([4], Act.FLAG, "me", START)
    kept = logged.handle.rows(_ROWS)
    logged.close()
    connection = sqlite3.connect(path)
    for trigger in ("facet_of_change", "facet_of_reviewed", "facet_of_review"):
        connection.execute(f"DROP TRIGGER {trigger}")
    for table in ("facet", "text_words", "change_words", "tally"):
        connection.execute(f"DROP TABLE {table}")
    for index in ("change_before", "change_after", "reviewed_assigned", "page_stand"):
        connection.execute(f"DROP INDEX {index}")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name IN ('0013_search', '0017_tallies', '0019_sides')")
    connection.commit()
    connection.close()
    with StoreFile(path, lasting=False).open() as store:
        assert store.handle.rows(_ROWS) == kept
        assert store.handle.rows(_TALLY) == _counted(store)
        assert store.unindexed_texts() == 6
        assert [change.id for change in store.changes(LogQuery(text="two OR three"))] == [6, 5]
        store.index_texts(100)
        assert [change.id for change in store.changes(LogQuery(text="two OR three", hidden=True))] == [6, 5, 3, 2]


def test_a_bounded_count(logged: SqliteStore) -> None:
    assert logged.count(LogQuery()) == 4
    assert logged.count(LogQuery(limit=1, start=(0.0, 3))) == 4
    assert logged.count(LogQuery(baseline=True), 5) == 6
    assert logged.count(LogQuery(baseline=True), 3) == 4
    logged.review([2], Act.FLAG, "me", START)
    assert logged.count(LogQuery(states=frozenset([ReviewState.FLAGGED]))) == 1
    assert logged.count(LogQuery(states=frozenset([ReviewState.OPEN]))) == 3
    assert logged.count(LogQuery(is_ranked=True)) == 0


def test_nobody_is_a_reviewer_too(logged: SqliteStore) -> None:
    logged.review([2, 3], Act.ASSIGN, "me", START, "ann")
    logged.review([3], Act.ASSIGN, "me", START, "")
    assert [change.id for change in logged.changes(LogQuery(assigned="ann"))] == [2]
    assert [change.id for change in logged.changes(LogQuery(assigned=""))] == [6, 5, 3]


def test_a_row_that_somebody_deletes_from_the_log_hides_no_other(logged: SqliteStore, path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM change WHERE id = 5")
    connection.commit()
    connection.close()
    assert [change.id for change in logged.changes(LogQuery())] == [6, 3, 2]


@pytest.mark.parametrize(
    ("query", "plan"),
    [
        (LogQuery(is_ranked=True), "USING COVERING INDEX facet_score"),
        (LogQuery(is_ranked=True, sources=frozenset("a"), least=0.5), "USING COVERING INDEX facet_score"),
        (LogQuery(is_ranked=True, classes=frozenset([EditClass.NAME]), start=(0.5, 3)), "USING COVERING INDEX facet_score"),
        (LogQuery(states=frozenset([ReviewState.FLAGGED])), "USING INDEX facet_state"),
        (LogQuery(above=3), "USING INTEGER PRIMARY KEY"),
        (LogQuery(sources=frozenset("a"), start=(0.0, 5)), "USING COVERING INDEX facet_source"),
        (LogQuery(sources=frozenset("a"), classes=frozenset([EditClass.NAME])), "USING COVERING INDEX facet_source"),
        (LogQuery(sources=frozenset("ab")), "SCAN facet"),
        (LogQuery(story=1), "USING INTEGER PRIMARY KEY"),
        (LogQuery(assigned="ann"), "USING INTEGER PRIMARY KEY"),
    ],
)
def test_filters_are_answered_in_order_and_without_sorting(logged: SqliteStore, query: LogQuery, plan: str) -> None:
    seen: list[str] = []
    rows = logged.handle.rows

    def explained(sql: str, values: object = ()) -> list[tuple[object, ...]]:
        seen.extend(row[3] for row in rows(f"EXPLAIN QUERY PLAN {sql}", values))  # type: ignore[arg-type]
        return rows(sql, values)  # type: ignore[arg-type]

    logged.handle.rows = explained  # type: ignore[method-assign]
    logged._places(query, logged._conditions(query), query.start, 50)
    assert plan in " | ".join(seen)
    assert "TEMP B-TREE FOR ORDER BY" not in " | ".join(seen)
