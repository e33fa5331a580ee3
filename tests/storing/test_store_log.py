"""The contract of ``Store``, third part: the log and its filters, versions, states, and the numbers of the whole."""

from __future__ import annotations

from datetime import timedelta

import pytest
from standins import DAY, HOUR, START, article, outcome, url, wording
from storing.steps import EVERYTHING, Steps

from monitor.model import Kind, LogQuery, Seen
from monitor.protocols import Store

MINUTE = timedelta(minutes=1)
NOTHING = (None, None, None)


@pytest.fixture
def told(steps: Steps) -> Steps:
    """One page edited twice and gone, one of another source that copies it; an hour lies between two things."""
    steps.add("one", source="a")
    steps.add("two", source="b")
    first = steps.round("a")
    steps.read("one", first, article("Pears", "We eat pears."), Kind.NEW)
    steps.close(first)
    steps.later()
    round_ = steps.round("a")
    steps.read("one", round_, article("Apples", "We eat apples."), Kind.EDITED)
    steps.later()
    steps.read("two", steps.round("b"), article("Apples", "We eat apples."), Kind.COPIED)
    steps.later()
    steps.same("one", round_, Kind.REVERTED, back_to=1)
    return steps


def kinds(store: Store, query: LogQuery) -> list[str]:
    return [change.kind.value for change in store.changes(query)]


# The log


def test_the_log_is_newest_first_and_without_the_baseline(told: Steps) -> None:
    assert kinds(told.store, LogQuery()) == ["reverted", "edited"]
    assert kinds(told.store, EVERYTHING) == ["reverted", "copied", "edited", "new"]


def test_a_line_of_the_log(told: Steps) -> None:
    reverted, edited = told.store.changes(LogQuery())
    assert (edited.at, edited.source, edited.url, edited.title) == (START + HOUR, "a", url("one"), "Apples")
    assert (edited.before, edited.after, edited.baseline, edited.page) == (1, 2, False, told.page("one").id)
    assert (reverted.before, reverted.after, reverted.title) == (2, 1, "Pears")
    assert told.store.change(edited.id) == edited
    assert told.store.change(999) is None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (LogQuery(sources=frozenset(["a"])), ["reverted", "edited"]),
        (LogQuery(sources=frozenset(["b"]), baseline=True), ["copied"]),
        (LogQuery(sources=frozenset(["a", "b"]), baseline=True), ["reverted", "copied", "edited", "new"]),
        (LogQuery(sources=frozenset(["c"]), baseline=True), []),
        (LogQuery(kinds=frozenset([Kind.EDITED])), ["edited"]),
        (LogQuery(kinds=frozenset([Kind.NEW, Kind.REVERTED]), baseline=True), ["reverted", "new"]),
        (LogQuery(since=START + HOUR), ["reverted", "edited"]),
        (LogQuery(since=START + HOUR + MINUTE), ["reverted"]),
        (LogQuery(text="EAT PEARS"), ["reverted", "edited"]),
        (LogQuery(text="apples", sources=frozenset(["b"]), baseline=True), ["copied"]),
        (LogQuery(text="plums"), []),
        (LogQuery(limit=1), ["reverted"]),
        (LogQuery(limit=0), []),
        (LogQuery(limit=1, text="pears", kinds=frozenset([Kind.EDITED])), ["edited"]),
        (LogQuery(kinds=frozenset([Kind.REMOVED])), []),
    ],
)
def test_filters(told: Steps, query: LogQuery, expected: list[str]) -> None:
    assert kinds(told.store, query) == expected


def test_a_log_longer_than_a_page_of_it(steps: Steps) -> None:
    names = [f"p{number}" for number in range(430)]
    steps.add(*names)
    first = steps.round()
    for number, name in enumerate(names):
        steps.read(name, first, article(f"T{number}", "even" if number % 2 else "odd"), Kind.NEW)
    titles = [change.title for change in steps.store.changes(EVERYTHING)]
    assert titles == [f"T{number}" for number in reversed(range(430))]
    assert len(list(steps.store.changes(LogQuery(baseline=True)))) == 100
    assert len(list(steps.store.changes(LogQuery(baseline=True, limit=300)))) == 300
    assert len(list(steps.store.changes(LogQuery(baseline=True, limit=None, text="even")))) == 215
    assert [page.url for page in steps.store.pages()] == [url(name) for name in names]


def test_the_log_may_grow_while_it_is_read(told: Steps) -> None:
    lines = told.store.changes(EVERYTHING)
    assert next(lines).kind is Kind.REVERTED
    told.read("one", told.round("a"), article("More"), Kind.EDITED)
    assert [change.kind.value for change in lines] == ["copied", "edited", "new"]


# Versions


def test_versions_are_numbered_from_one_and_read_back_whole(told: Steps) -> None:
    page = told.page("one").id
    first, second = told.store.versions(page)
    assert (first.number, second.number) == (1, 2)
    assert second.article == article("Apples", "We eat apples.")
    known = wording(second.article)
    assert (second.fingerprint, second.text_digest, second.layout) == (known.fingerprint, known.text_digest, "plain")
    assert told.store.version(page, 2) == second
    assert told.store.version(page) == first
    assert told.store.version(page, 3) is None
    assert told.store.version(999) is None
    assert told.store.versions(999) == []


def test_from_first_seen_to_last_seen(told: Steps) -> None:
    page = told.page("one").id
    told.later()
    told.same("one", told.round("a"))
    first, second = told.store.versions(page)
    assert (first.first_seen, first.last_seen) == (START, told.at)
    assert (second.first_seen, second.last_seen) == (START + HOUR, START + HOUR)


def test_the_version_at_an_instant(told: Steps) -> None:
    page = told.page("one").id
    times = {-MINUTE: None, timedelta(0): 1, HOUR - MINUTE: 1, HOUR: 2, 3 * HOUR - MINUTE: 2, 3 * HOUR: 1, DAY: 1}
    found = {by: told.store.version(page, at=START + by) for by in times}
    assert {by: version.number if version else None for by, version in found.items()} == times


def test_the_version_at_an_instant_counts_what_a_new_reader_adopted(told: Steps) -> None:
    page = told.page("one").id
    told.later()
    told.read("one", told.round("a"), article("As another reader reads it"))
    at_end, before = told.store.version(page, at=told.at), told.store.version(page, at=told.at - MINUTE)
    assert at_end is not None
    assert before is not None
    assert (at_end.number, before.number) == (3, 1)
    assert [line[0] for line in told.log()] == ["new", "edited", "copied", "reverted"], "and nothing is in the log"


def test_restored_and_edited_in_one_visit(told: Steps) -> None:
    told.later()
    told.read("one", told.round("a"), article("Plums"), Kind.RESTORED, Kind.EDITED)
    assert told.log()[-2:] == [("restored", "one", None, 1, False), ("edited", "one", 1, 3, False)]
    version = told.store.version(told.page("one").id, at=told.at)
    assert version is not None
    assert version.number == 3


def test_who_else_bears_a_text(told: Steps) -> None:
    one, two = told.page("one").id, told.page("two").id
    assert [page.id for page in told.store.bearers(two, 1)] == [one]
    assert [page.id for page in told.store.bearers(one, 2)] == [two]
    assert told.store.bearers(one, 1) == []


def test_what_a_verdict_asks(told: Steps) -> None:
    one, two = told.page("one").id, told.page("two").id
    pears, apples = wording(article("Pears", "We eat pears.")), wording(article("Apples", "We eat apples."))
    known = told.store.earlier(one, apples.fingerprint)
    assert known is not None
    assert known.fields == {"published"}
    assert told.store.earlier(two, pears.fingerprint) is None
    assert told.store.is_known_elsewhere(apples.text_digest, one)
    assert told.store.is_known_elsewhere(pears.text_digest, two)
    assert not told.store.is_known_elsewhere(pears.text_digest, one)
    assert not told.store.is_known_elsewhere(wording(article("Plums")).text_digest, one)


def test_the_masthead_and_cards_are_those_of_the_first_capture(steps: Steps) -> None:
    from monitor.article import Article, Card

    day = START.date()
    cards = (Card("Other", "It begins so.", day, "https://a.example/other"), Card("Third", "And so.", day))
    full = Article("P", "T", None, ("x",), "Site", day, True, cards, "https://origin.example/1")
    steps.add("one")
    steps.read("one", steps.round(), full, Kind.NEW)
    version = steps.store.version(steps.page("one").id)
    assert version is not None
    assert version.article == full
    assert version.article.original_url == full.original_url
    current = steps.page("one").current
    assert current is not None
    assert current.fields == frozenset()


# States and numbers


def test_states_of_sources(store: Store) -> None:
    store.sync_sources(["a"], START)
    assert store.source_state("a") == "active"
    for state in ("paused", "retired", "active"):
        assert store.set_source_state("a", state)  # type: ignore[arg-type]
        assert store.source_state("a") == state
    assert not store.set_source_state("b", "paused")
    assert store.source_state("b") is None


def test_states_of_pages(steps: Steps) -> None:
    steps.add("one")
    number = steps.page("one").id
    assert not steps.store.set_page_state(999, "paused")
    assert steps.store.set_page_state(number, "paused")
    status = steps.store.page_status(number)
    assert status is not None
    assert (status.state, status.seen, status.versions, status.last_visit) == ("paused", None, 0, None)
    assert steps.store.page_status(999) is None


def test_pages_are_found_by_key_address_and_number(steps: Steps) -> None:
    steps.add("one")
    page = steps.page("one")
    assert steps.store.page_at(url("one")) == page
    assert steps.store.page_by_id(page.id) == page
    assert (steps.store.page("two"), steps.store.page_at("x"), steps.store.page_by_id(999)) == NOTHING


def test_the_state_of_a_source(steps: Steps) -> None:
    steps.add("one", "two", "three", "four")
    steps.store.set_page_state(steps.page("four").id, "forgotten")
    first = steps.round()
    steps.read("one", first, article(), Kind.NEW)
    steps.later()
    steps.finish("two", first, outcome(steps.at, Seen.BLOCKED, interval=DAY))
    steps.store.open_incident("a", "blind", steps.at, "why")
    steps.later(-2 * HOUR)
    steps.store.set_page_state(steps.page("three").id, "paused")
    (status,) = steps.store.sources()
    assert (status.pages, status.last_visit, status.next_visit, status.state) == (3, START + HOUR, START + HOUR, "active")
    assert set(status.by_seen) == {(None, 1), (Seen.PARSED, 1), (Seen.BLOCKED, 1)}
    assert [incident.kind for incident in status.incidents] == ["blind"]
    assert not status.baseline_done


def test_the_whole_store_in_numbers(told: Steps) -> None:
    status = told.store.status()
    assert (status.pages, status.versions, status.texts, status.changes, status.baseline) == (2, 3, 2, 2, 2)
    assert status.last_visit == told.at
    assert status.size > 0
    assert status.incidents == ()


def test_closing_twice_is_closing_once(store: Store) -> None:
    store.close()
    store.close()
