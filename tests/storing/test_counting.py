"""Counts: of the tally and of the facets they are those of the list itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from standins import DAY, HOUR, START, article
from storing.steps import Steps

from monitor.model import Act, ChangeWords, Judged, Kind, LogQuery, ReviewState
from monitor.storing import words
from monitor.storing.counting import is_tallied
from monitor.storing.sqlite import SqliteStore

_NEXT = START.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
QUERIES = {
    "all": (LogQuery(), True),
    "a kind": (LogQuery(kinds=frozenset([Kind.EDITED])), True),
    "a source": (LogQuery(sources=frozenset(["b", "no such"])), True),
    "whole days": (LogQuery(since=_NEXT, until=_NEXT + timedelta(days=1)), True),
    "a kind of a source on a day": (LogQuery(sources=frozenset("a"), kinds=frozenset([Kind.EDITED]), since=_NEXT), True),
    "a part of a day": (LogQuery(since=_NEXT + 3 * HOUR), False),
    "with baseline": (LogQuery(baseline=True), False),
    "with what is muted": (LogQuery(hidden=True), False),
    "by score": (LogQuery(is_ranked=True), False),
    "open": (LogQuery(states=frozenset([ReviewState.OPEN])), False),
    "words": (LogQuery(text="two"), False),
    "words of no change": (LogQuery(changed="two"), False),
}


@pytest.fixture
def logged(sqlite: SqliteStore) -> SqliteStore:
    """Two sources, one page each, that are edited on three days; one change is muted, one reviewed, two are judged."""
    steps = Steps(sqlite)
    for source in ("a", "b"):
        steps.add(source, source=source)
        round_ = steps.round(source)
        steps.read(source, round_, article(source, "one"), Kind.NEW)
        steps.close(round_)
    for word in ("two", "three", "four"):
        steps.later(DAY)
        for source in ("a", "b"):
            steps.read(source, steps.round(source), article(source, word), Kind.EDITED)
    numbers = [change.id for change in sqlite.changes(LogQuery())]
    sqlite.keep_judgement(numbers[0], b"r", Judged(0.5, "r", muted=True))
    sqlite.keep_judgement(numbers[1], b"r", Judged(0.7, "r"))
    sqlite.review([numbers[2]], Act.FLAG, "me", START)
    return sqlite


@pytest.mark.parametrize("name", QUERIES)
def test_counts_are_those_of_the_list(logged: SqliteStore, name: str) -> None:
    query, is_told_by_tally = QUERIES[name]
    assert is_tallied(query) == is_told_by_tally
    listed = list(logged.changes(replace(query, limit=None)))
    assert logged.counts(replace(query, start=(0.0, 3))) == Counter((change.kind, change.source) for change in listed)
    assert logged.count(query) == len(listed)
    assert logged.count(query, 1) == min(len(listed), 2)


_HOURS = st.none() | st.integers(-30, 130)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sources=st.frozensets(st.sampled_from(["a", "b", "no such"])),
    kinds=st.frozensets(st.sampled_from([Kind.NEW, Kind.EDITED, Kind.MOVED])),
    since=_HOURS, until=_HOURS,
)  # fmt: skip
def test_what_the_tally_rules_out_is_nowhere_in_the_log(
    logged: SqliteStore, sources: frozenset[str], kinds: frozenset[Kind], since: int | None, until: int | None
) -> None:
    first, end = (None if at is None else _NEXT + at * HOUR for at in (since, until))
    query = LogQuery(sources=sources, kinds=kinds, since=first, until=end, limit=None)
    expected = [
        change.id
        for change in logged.changes(LogQuery(limit=None))
        if (not sources or change.source in sources)
        and (not kinds or change.kind in kinds)
        and (first is None or change.at >= first)
        and (end is None or change.at < end)
    ]
    assert [change.id for change in logged.changes(query)] == expected
    assert logged.count(query) == sum(logged.counts(query).values()) == len(expected)
    assert logged.can_be(query) or not expected


def test_of_many_changes_the_newest_are_enough_to_say_so(logged: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_FEW", 0)
    edits = [change.id for change in logged.changes(LogQuery(kinds=frozenset([Kind.EDITED]), hidden=True))]
    while logged.index_texts(10):
        pass
    logged.index_changes([ChangeWords(number, "cut", "added", "") for number in sorted(edits)], max(edits))
    assert len(edits) == 6
    assert [logged.count(LogQuery(changed="added"), most) for most in (1, 3, 9)] == [2, 4, 5]
    assert logged.count(LogQuery(changed="added", sources=frozenset("a")), 1) == 2
    assert logged.count(LogQuery(changed="added", kinds=frozenset([Kind.NEW])), 1) == 0
    assert logged.count(LogQuery(changed="nothing"), 1) == 0
