"""Filters that name what there is not are told, with what may be meant; what was known once is no slip."""

from __future__ import annotations

from dataclasses import replace

import pytest
from jobs.scene import Scene
from standins import START, article, source
from storing.steps import Steps

from monitor.errors import UnknownName
from monitor.jobs.asked import checked, hints, none_such, spelled, unknown
from monitor.model import Act, Kind, LogQuery, Role
from monitor.settings import Program, WatchWord
from monitor.storing.sqlite import SqliteStore

PROGRAM = replace(Program(), watch=(WatchWord("Pak Un Hyok", ("박은혁",)),))


@pytest.fixture
def retired(scene: Scene) -> SqliteStore:
    """A database with a source that is retired, and a user."""
    store = scene.store
    Steps(store).add("one", source="kcna-en")
    store.set_source_state("kcna-en", "retired")
    store.keep_user("ann", Role.REVIEWER, "x")
    return store


def wrong(store: SqliteStore, query: LogQuery) -> list[tuple[str, str]]:
    return [(each.name, str(each)) for each in unknown(query, store, PROGRAM, [source("naenara")])]


def test_what_there_is_or_was_is_no_slip(retired: SqliteStore) -> None:
    assert wrong(retired, LogQuery()) == []
    assert wrong(retired, LogQuery(sources=frozenset({"kcna-en", "naenara"}), watch="pak un hyok", assigned="ann")) == []


def test_everything_that_there_is_not_is_named(retired: SqliteStore) -> None:
    query = LogQuery(sources=frozenset({"kcna-em", "naenara", "x"}), watch="Pak Un Hyeok", story=7, assigned="anne")
    assert wrong(retired, query) == [
        ("source", "there is no source 'kcna-em' (do you mean 'kcna-en'?); there are kcna-en, naenara"),
        ("source", "there is no source 'x'; there are kcna-en, naenara"),
        ("watch", "there is no watch word 'Pak Un Hyeok' (do you mean 'Pak Un Hyok'?); there is Pak Un Hyok"),
        ("story", "there is no story 7; the log says of each change which story it is of"),
        ("assigned", "there is no user 'anne' (do you mean 'ann'?); there is ann"),
    ]
    with pytest.raises(UnknownName, match="kcna-em"):
        checked(query, retired, PROGRAM)


def test_a_user_who_left_is_known_by_what_was_assigned_to_them(scene: Scene) -> None:
    store, steps = scene.store, Steps(scene.store)
    steps.add("one")
    steps.read("one", steps.round(), article("T", "text"), Kind.NEW)
    assert [name for name, _ in wrong(store, LogQuery(assigned="ben"))] == ["assigned"]
    store.review([1], Act.ASSIGN, "ann", START, "ben")
    assert wrong(store, LogQuery(assigned="ben")) == []


def test_a_watch_word_stands_for_its_spellings_and_an_unknown_one_for_none() -> None:
    assert spelled(LogQuery(watch="PAK UN HYOK"), PROGRAM).any_of == ("Pak Un Hyok", "박은혁")
    assert spelled(LogQuery(watch="nobody"), PROGRAM).any_of == ()


def test_many_names_are_told_in_part() -> None:
    assert none_such("source", "q", [f"s{number:02}" for number in range(20)]).endswith("s06, s07 and 12 more")
    assert none_such("user", "q", []) == "there is no user 'q'; there is none"


def test_words_that_are_taken_otherwise_have_a_hint() -> None:
    assert [each.partition(":")[0] for each in hints(LogQuery(text="-x", changed="((("))] == ["text", "changed"]
    assert hints(LogQuery(text="x")) == []
