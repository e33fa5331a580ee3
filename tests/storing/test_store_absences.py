"""The contract of ``Store``, second part: what proves that a page is gone, how rounds end, listings, incidents, the shortcut."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from standins import DAY, HOUR, START, article, outcome
from storing.steps import EVERYTHING, Steps

from monitor.model import Absence, Kind, ListingState, Round, Seen, Validators
from monitor.protocols import Store

ELSEWHERE = "https://b.example"


def visited(steps: Steps, **seen: Seen) -> tuple[Round, list[Absence]]:
    """A round in which pages were seen so; the round, and the absences that count at its end."""
    round_ = steps.round(stale=timedelta(0))
    for name, what in seen.items():
        steps.finish(name, round_, outcome(steps.at, what))
    return round_, steps.store.absences(round_, steps.at)


@pytest.fixture
def read(steps: Steps) -> Steps:
    """Pages one and two, both read in a first round an hour ago."""
    steps.add("one", "two")
    first = steps.round()
    for name in ("one", "two"):
        steps.read(name, first, article(name), Kind.NEW)
    steps.close(first)
    steps.later()
    return steps


# Absences


def test_an_absence_counts_beside_a_page_of_the_host_that_was_read(read: Steps) -> None:
    _, found = visited(read, one=Seen.GONE, two=Seen.PARSED)
    assert [(a.page, a.visits, a.first, a.last) for a in found] == [(read.page("one").id, 1, read.at, read.at)]
    assert found[0].capture is not None
    assert found[0].url == read.page("one").url


@pytest.mark.parametrize("seen", [seen for seen in Seen if not seen.is_well])
def test_it_does_not_beside_one_that_was_not(read: Steps, seen: Seen) -> None:
    assert visited(read, one=Seen.GONE, two=seen)[1] == []


def test_not_modified_is_read_well(read: Steps) -> None:
    assert len(visited(read, one=Seen.GONE, two=Seen.NOT_MODIFIED)[1]) == 1


def test_what_was_read_in_an_earlier_round_speaks_for_nobody(read: Steps) -> None:
    assert visited(read, one=Seen.GONE)[1] == []


def test_a_neighbour_on_another_host_speaks_for_nobody(steps: Steps) -> None:
    steps.add("one")
    steps.add("two", host=ELSEWHERE)
    steps.add("three", host="https://sub.a.example")
    steps.add("four", host="https://a.example.org")
    steps.add("five", host="https://b.example/?from=https://a.example")
    first = steps.round()
    steps.read("one", first, article(), Kind.NEW)
    steps.close(first)
    steps.later()
    read = dict.fromkeys(["two", "three", "four", "five"], Seen.PARSED)
    assert visited(steps, one=Seen.GONE, **read)[1] == []


def test_a_neighbour_in_another_source_speaks_for_its_host(read: Steps) -> None:
    read.add("three", source="b")
    other = read.round("b")
    round_, found = visited(read, one=Seen.GONE)
    assert found == []
    read.same("three", other)
    assert len(read.store.absences(round_, read.at)) == 1


def test_the_host_is_the_same_in_any_case_of_letters_and_scheme(steps: Steps) -> None:
    steps.add("one", host="https://A.example")
    steps.add("two", host="http://a.EXAMPLE")
    first = steps.round()
    steps.read("one", first, article(), Kind.NEW)
    steps.close(first)
    steps.later()
    assert len(visited(steps, one=Seen.GONE, two=Seen.PARSED)[1]) == 1


def test_a_page_does_not_speak_for_itself(read: Steps) -> None:
    round_ = read.round()
    read.same("one", read.store.open_check("a", read.at))
    read.gone("one", round_)
    assert read.store.absences(round_, read.at) == []


def test_agreeing_visits_add_up_over_rounds(read: Steps) -> None:
    for number in (1, 2, 3):
        round_, found = visited(read, one=Seen.GONE, two=Seen.PARSED)
        assert [(a.visits, a.first, a.last) for a in found] == [(number, START + HOUR, read.at)]
        read.close(round_)
        read.later()


def test_visits_without_a_neighbour_do_not_add_up(read: Steps) -> None:
    for two in (Seen.PARSED, Seen.BLOCKED, Seen.PARSED):
        round_, found = visited(read, one=Seen.GONE, two=two)
        read.close(round_)
        read.later()
    assert [a.visits for a in found] == [2]


@pytest.mark.parametrize("seen", [Seen.PARSED, Seen.NOT_MODIFIED])
def test_a_page_that_is_back_begins_anew(read: Steps, seen: Seen) -> None:
    round_, _ = visited(read, one=Seen.GONE, two=Seen.PARSED)
    read.close(round_)
    read.close(visited(read, one=seen)[0])
    _, found = visited(read, one=Seen.GONE, two=Seen.PARSED)
    assert [a.visits for a in found] == [1]


def test_a_failure_in_between_neither_counts_nor_undoes(read: Steps) -> None:
    for one in (Seen.GONE, Seen.BROKEN, Seen.GONE):
        round_, found = visited(read, one=one, two=Seen.PARSED)
        read.close(round_)
    assert [a.visits for a in found] == [2]


def test_a_page_absent_before_but_not_in_this_round_is_not_asked_about(read: Steps) -> None:
    read.close(visited(read, one=Seen.GONE, two=Seen.PARSED)[0])
    assert visited(read, two=Seen.PARSED)[1] == []


def test_a_page_that_was_never_read_is_never_missed(steps: Steps) -> None:
    steps.add("one", "two")
    assert visited(steps, one=Seen.GONE, two=Seen.PARSED)[1] == []


def test_absences_of_a_round_that_was_never_closed_count_with_a_neighbour_only(read: Steps) -> None:
    visited(read, one=Seen.GONE)
    read.later()
    visited(read, one=Seen.GONE, two=Seen.PARSED)
    read.later()
    _, found = visited(read, one=Seen.GONE, two=Seen.PARSED)
    assert [a.visits for a in found] == [2]


def test_where_the_clock_went_back_the_future_proves_nothing(read: Steps) -> None:
    read.add("paused")
    round_, _ = visited(read, one=Seen.GONE, two=Seen.PARSED, paused=Seen.PARSED)
    read.close(round_)
    read.later(-DAY)
    assert visited(read, one=Seen.GONE)[1] == [], "the neighbours were read on what is now tomorrow"
    _, found = visited(read, one=Seen.GONE, two=Seen.PARSED)
    assert [(a.visits, a.first, a.last) for a in found] == [(1, read.at, read.at)], "nor do tomorrow's visits make a span"


# Removals


def test_a_removal_is_logged_once(read: Steps) -> None:
    round_, found = visited(read, one=Seen.GONE, two=Seen.PARSED)
    read.close(round_, found)
    read.close(round_, found)
    assert read.log()[2:] == [("removed", "one", 1, None, False)]
    assert next(read.store.changes(EVERYTHING)).at == found[0].last
    assert read.page("one").gone
    read.later()
    assert visited(read, one=Seen.GONE, two=Seen.PARSED)[1] == [], "and is not asked about again"


def test_a_page_that_comes_back_is_gone_no_more(read: Steps) -> None:
    round_, found = visited(read, one=Seen.GONE, two=Seen.PARSED)
    read.close(round_, found)
    read.same("one", read.round(), Kind.RESTORED)
    assert read.log()[-1] == ("restored", "one", None, 1, False)
    assert not read.page("one").gone


# The end of a round, and the baseline


def test_the_end_says_whether_anything_was_read(read: Steps) -> None:
    assert read.close(visited(read, one=Seen.PARSED, two=Seen.BROKEN)[0])
    read.later()
    assert not read.close(visited(read, one=Seen.BLOCKED, two=Seen.GONE)[0])


def test_what_the_first_round_brings_is_baseline(steps: Steps) -> None:
    steps.add("one")
    first = steps.round()
    assert first.baseline
    steps.read("one", first, article("one"), Kind.NEW)
    steps.add("two")
    steps.read("two", first, article("one"), Kind.COPIED)
    steps.close(first)
    steps.later()
    second = steps.round()
    assert not second.baseline
    steps.add("three")
    steps.read("three", second, article("three"), Kind.NEW)
    assert [line[-1] for line in steps.log()] == [True, True, False]


def test_a_page_of_the_first_round_that_is_read_later_is_baseline_but_its_edits_are_news(steps: Steps) -> None:
    steps.add("one", "two")
    first = steps.round()
    steps.read("one", first, article("one"), Kind.NEW)
    steps.fail("two", first, Seen.UNREACHABLE)
    steps.close(first)
    steps.later()
    second = steps.round()
    steps.read("one", second, article("one, edited"), Kind.EDITED)
    steps.read("two", second, article("two"), Kind.NEW)
    assert [(line[0], line[-1]) for line in steps.log()] == [("new", True), ("edited", False), ("new", True)]


def test_the_baseline_ends_with_the_first_round_that_read_something(steps: Steps) -> None:
    steps.add("one")
    steps.close(visited(steps, one=Seen.BLOCKED)[0])
    steps.later()
    second = steps.round()
    assert second.baseline
    steps.add("two")
    assert steps.page("two").baseline
    steps.same("two", second)
    steps.close(second)
    steps.later()
    assert not steps.round().baseline


def test_a_check_ends_no_baseline(steps: Steps) -> None:
    steps.add("one")
    check = steps.store.open_check("a", steps.at)
    steps.read("one", check, article(), Kind.NEW)
    steps.close(check)
    assert steps.round().baseline


def test_a_round_gone_on_with_is_still_the_first(steps: Steps) -> None:
    steps.add("one", "two")
    steps.read("one", steps.round(), article("one"), Kind.NEW)
    steps.later()
    again = steps.round()
    assert again.baseline
    steps.read("two", again, article("two"), Kind.NEW)
    assert steps.log()[1][-1] is True


def test_a_baseline_is_a_source_of_its_own(steps: Steps) -> None:
    steps.add("one", source="a")
    steps.close(visited(steps, one=Seen.PARSED)[0])
    steps.add("two", source="b")
    assert steps.page("two").baseline


# Listings, incidents, the shortcut


def test_validators_of_a_listing_are_kept_by_its_name(store: Store) -> None:
    assert store.listing("l") == ListingState()
    store.keep_listing("l", ListingState(Validators('"1"', "x"), is_through=True))
    store.keep_listing("m", ListingState(Validators(None, "y"), altered=START, read=START + DAY))
    store.keep_listing("l", ListingState(Validators('"2"'), is_whole=True))
    assert store.listing("l") == ListingState(Validators('"2"'), is_whole=True)
    assert store.listing_reads(["m", "n"]) == {"m": ListingState(Validators(None, "y"), altered=START, read=START + DAY)}


def test_an_incident_of_a_kind_is_open_once(store: Store) -> None:
    store.sync_sources(["a", "b"], START)
    assert store.open_incident("a", "blind", START, "why")
    assert not store.open_incident("a", "blind", START + HOUR, "why else")
    assert store.open_incident("a", "clock", START, "why")
    assert store.open_incident("b", "blind", START, "why")
    assert [(i.source, i.kind, i.detail, i.started, i.ended) for i in store.incidents()] == [
        ("b", "blind", "why", START, None),
        ("a", "clock", "why", START, None),
        ("a", "blind", "why", START, None),
    ]


def test_an_incident_ends_and_may_come_again(store: Store) -> None:
    store.sync_sources(["a"], START)
    assert not store.close_incident("a", "blind", START)
    store.open_incident("a", "blind", START, "why")
    assert store.close_incident("a", "blind", START + HOUR)
    assert store.incidents() == []
    assert store.open_incident("a", "blind", START + DAY, "again")
    assert [(i.detail, i.ended) for i in store.incidents(open_only=False)] == [("again", None), ("why", START + HOUR)]


def test_the_shortcut_is_turned_off_for_a_source_and_says_why(store: Store) -> None:
    store.sync_sources(["a", "b"], START)
    store.turn_off_shortcut("a", START, "why")
    store.turn_off_shortcut("a", START + HOUR, "why else")
    assert (store.is_shortcut_off("a"), store.is_shortcut_off("b")) == (True, False)
    assert [(i.source, i.kind, i.detail) for i in store.incidents()] == [("a", "shortcut", "why")]


def test_what_was_turned_off_is_trusted_again_and_its_incidents_are_over(store: Store) -> None:
    store.sync_sources(["a", "b"], START)
    for name in "ab":
        store.turn_off_shortcut(name, START, "why")
        store.turn_off_validators(name, START, "why")
    store.open_incident("a", "blind", START, "why")
    assert store.trust("a", START + HOUR)
    assert not store.trust("a", START + HOUR)
    assert (store.is_shortcut_off("a"), store.are_validators_off("a")) == (False, False)
    assert (store.is_shortcut_off("b"), store.are_validators_off("b")) == (True, True)
    assert sorted((i.source, i.kind) for i in store.incidents()) == [("a", "blind"), ("b", "shortcut"), ("b", "validators")]
    store.turn_off_validators("a", START + DAY, "why else")
    assert store.are_validators_off("a"), "they are put to the test as before"


def test_handles_see_what_the_others_wrote(open_store: Callable[[], Store]) -> None:
    one, other = Steps(open_store()), open_store()
    one.add("one")
    assert other.page("one") is not None
