"""The contract of ``Store``, first part: sources, pages, rounds, claims, and visits that are finished once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from standins import DAY, HOUR, START, article, outcome, taken_of, url
from storing.steps import EVERYTHING, LEASE, Steps

from monitor.errors import StoreError
from monitor.model import Absence, Kind, NewPage, Outcome, Round, Seen, Validators
from monitor.protocols import Store

MINUTE = timedelta(minutes=1)
Open = Callable[[], Store]


# Sources and pages


def test_sources_are_known_once_by_name(store: Store) -> None:
    store.sync_sources(["b", "a"], START)
    store.sync_sources(["a", "c"], START)
    assert [status.name for status in store.sources()] == ["a", "b", "c"]


def test_pages_are_taken_up_once_by_key(steps: Steps) -> None:
    assert steps.add("one", "two") == 2
    assert steps.add("two", "three", "three") == 1
    assert steps.store.add_pages("a", [NewPage("one", "https://elsewhere.example/one")], steps.at) == 0
    assert steps.page("one").url == url("one")
    assert [page.url for page in steps.store.pages("a")] == [url("one"), url("two"), url("three")]


def test_a_page_belongs_to_the_source_that_found_it_first(steps: Steps) -> None:
    steps.add("one", source="a")
    assert steps.add("one", source="b") == 0
    assert steps.page("one").source == "a"


def test_no_pages_are_no_pages(steps: Steps) -> None:
    assert steps.add() == 0


def test_more_pages_than_a_statement_can_name(steps: Steps) -> None:
    names = [f"p{number}" for number in range(40_000)]
    assert steps.add(*names) == 40_000
    assert steps.add(*names, "one more") == 1


def test_a_new_page_is_due_at_once_and_has_nothing_known(steps: Steps) -> None:
    steps.add("one")
    assert steps.due(steps.round()) == ["one"]
    page = steps.page("one")
    assert (page.current, page.visits, page.seen, page.gone, page.parts, page.layout) == (None, 0, None, False, None, None)


# Rounds


def test_a_round_that_was_closed_is_not_gone_on_with(steps: Steps) -> None:
    first = steps.round()
    steps.close(first)
    steps.later()
    second = steps.round()
    assert second.id != first.id
    assert second.started == steps.at
    assert second.previous == START


def test_a_round_that_was_cut_short_is_gone_on_with(steps: Steps) -> None:
    first = steps.round()
    steps.later()
    again = steps.round(stale=DAY)
    assert (again.id, again.started) == (first.id, START)


def test_a_round_that_was_cut_short_too_long_ago_is_not(steps: Steps) -> None:
    first = steps.round()
    steps.later(DAY + MINUTE)
    second = steps.round(stale=DAY)
    assert second.id != first.id
    steps.later()
    assert steps.round(stale=DAY).id == second.id, "and the old one does not come back"


def test_a_round_of_what_is_now_the_future_is_not_gone_on_with(steps: Steps) -> None:
    first = steps.round()
    steps.later(-HOUR)
    second = steps.round()
    assert second.id != first.id
    assert second.previous == START


def test_rounds_of_sources_are_their_own(steps: Steps) -> None:
    assert steps.round("a").id != steps.round("b").id
    assert steps.round("b").previous is not None


def test_a_check_is_never_gone_on_with(steps: Steps) -> None:
    steps.add("one")
    check = steps.store.open_check("a", steps.at)
    assert steps.round().id != check.id


# Claims


def test_pages_are_handed_out_the_longest_due_first(steps: Steps) -> None:
    steps.add("new")
    steps.later(-HOUR)
    steps.add("older")
    steps.later(HOUR)
    assert steps.due(steps.round()) == ["older", "new"]


def test_no_page_is_handed_out_twice(steps: Steps, open_store: Open) -> None:
    steps.add("one", "two", "three")
    round_ = steps.round()
    other = Steps(open_store(), worker="w2")
    assert steps.due(round_, limit=2) == ["one", "two"]
    assert other.due(round_) == ["three"]
    assert steps.due(round_) == []
    assert other.store.claim_page(steps.page("one").id, round_, steps.at, "w2", LEASE) is None


def test_a_lease_that_is_over_frees_the_page(steps: Steps, open_store: Open) -> None:
    steps.add("one")
    round_ = steps.round()
    steps.due(round_)
    other = Steps(open_store(), worker="w2", at=START + LEASE - MINUTE)
    assert other.due(round_) == []
    other.later(MINUTE)
    assert other.due(round_) == ["one"]


def test_what_is_released_is_handed_out_again(steps: Steps, open_store: Open) -> None:
    steps.add("one", "two")
    round_ = steps.round()
    steps.due(round_, limit=1)
    other = Steps(open_store(), worker="w2")
    assert other.due(round_) == ["two"]
    steps.store.release("w1")
    assert other.due(round_) == ["one"]
    steps.store.release_all()
    assert steps.due(round_) == ["one", "two"]


def test_a_page_is_visited_once_in_a_round(steps: Steps) -> None:
    steps.add("one", "two")
    round_ = steps.round()
    for name in steps.due(round_, limit=1):
        steps.store.release("w1")
        steps.finish(name, round_, outcome(steps.at, Seen.UNREACHABLE, interval=timedelta(0)))
    assert steps.due(round_, horizon=DAY) == ["two"]


def test_the_horizon_takes_in_what_falls_due_soon(steps: Steps) -> None:
    steps.add("one")
    first = steps.round()
    steps.finish("one", first, outcome(steps.at, new=article()))
    steps.close(first)
    steps.later(HOUR / 2)
    round_ = steps.round()
    assert steps.due(round_, horizon=HOUR / 2 - MINUTE) == []
    assert steps.due(round_, horizon=HOUR / 2) == ["one"]


def test_make_due_spares_what_was_visited_in_the_round(steps: Steps) -> None:
    steps.add("one", "two")
    first = steps.round()
    for name in ("one", "two"):
        steps.same(name, first)
    steps.close(first)
    second = steps.round()
    steps.same("one", second)
    assert steps.due(second) == []
    steps.store.make_due(second, steps.at)
    assert steps.due(second) == ["two"]


def test_a_round_under_an_address_leaves_the_rest_alone(steps: Steps) -> None:
    steps.add("one")
    steps.add("two", host="https://b.example")
    whole = steps.round()
    round_ = Round(whole.id, "a", whole.started, baseline=True, under="https://b.")
    steps.store.make_due(round_, steps.at)
    assert steps.due(round_) == ["two"]


def test_pages_of_other_sources_are_not_handed_out(steps: Steps) -> None:
    steps.add("one", source="a")
    steps.add("two", source="b")
    assert steps.due(steps.round("b")) == ["two"]


@pytest.mark.parametrize("state", ["paused", "forgotten"])
def test_paused_and_forgotten_pages_are_not_handed_out(steps: Steps, state: str) -> None:
    steps.add("one", "two")
    assert steps.store.set_page_state(steps.page("one").id, state)  # type: ignore[arg-type]
    round_ = steps.round()
    steps.store.make_due(round_, steps.at)
    assert steps.due(round_) == ["two"]
    assert steps.add("one") == 0, "and whoever links to it does not bring it back"
    assert steps.store.set_page_state(steps.page("one").id, "active")
    assert steps.due(round_) == ["one"]


def test_where_the_clock_went_back_pages_of_the_future_are_due(steps: Steps) -> None:
    steps.add("one")
    first = steps.round()
    steps.same("one", first)
    steps.close(first)
    steps.later(-DAY)
    assert steps.due(steps.round()) == ["one"]


# A visit is finished once


def test_finish_is_idempotent(steps: Steps) -> None:
    steps.add("one")
    claim = steps.claim("one", steps.round())
    brought = outcome(steps.at, Seen.PARSED, Kind.NEW, new=article())
    assert steps.store.finish(claim, brought)
    known = steps.store.status()
    assert not steps.store.finish(claim, brought)
    assert steps.store.status() == known
    assert steps.page("one").visits == 1


def test_a_claim_handed_to_somebody_else_writes_nothing(steps: Steps, open_store: Open) -> None:
    steps.add("one")
    round_ = steps.round()
    late = steps.claim("one", round_)
    other = Steps(open_store(), worker="w2", at=START + LEASE)
    quick = other.claim("one", round_)
    assert not steps.store.finish(late, outcome(steps.at, Seen.PARSED, Kind.NEW, new=article("late")))
    assert other.store.finish(quick, outcome(other.at, Seen.PARSED, Kind.NEW, new=article("quick")))
    assert not steps.store.finish(late, outcome(steps.at, Seen.PARSED, Kind.NEW, new=article("late")))
    assert steps.log() == [("new", "one", None, 1, True)]
    assert [change.title for change in steps.store.changes(EVERYTHING)] == ["quick"]


def test_a_claim_that_was_released_may_still_be_finished(steps: Steps) -> None:
    steps.add("one")
    claim = steps.claim("one", steps.round())
    steps.store.release_all()
    assert steps.store.finish(claim, outcome(steps.at, Seen.PARSED, Kind.NEW, new=article()))


def test_a_claim_of_a_page_removed_since_writes_nothing(steps: Steps) -> None:
    steps.add("one")
    round_ = steps.round()
    steps.read("one", round_, article(), Kind.NEW)
    claim = steps.claim("one", steps.store.open_check("a", steps.at))
    steps.close(round_, [Absence(claim.page.id, 3, START, steps.at, None)])
    assert not steps.store.finish(claim, outcome(steps.at, Seen.PARSED))
    assert steps.page("one").gone


def test_a_transaction_is_written_whole_or_not_at_all(steps: Steps) -> None:
    steps.add("one")
    claim = steps.claim("one", steps.round())
    brought = outcome(steps.at, Seen.PARSED, Kind.NEW, new=article())

    def stop_in_the_middle() -> None:
        with steps.store.atomic():
            assert steps.store.finish(claim, brought)
            raise KeyError("the machine stops here")

    with pytest.raises(KeyError):
        stop_in_the_middle()
    assert steps.log() == []
    assert steps.page("one").current is None
    assert steps.store.finish(claim, brought), "and the visit can be finished afterwards"
    version = steps.store.version(claim.page.id)
    assert version is not None
    assert version.article == article()


def test_what_a_visit_leaves_on_the_page(steps: Steps) -> None:
    steps.add("one")
    found = Validators('"e"', "Thu, 01 Jan 2026 00:00:00 GMT")
    steps.finish("one", steps.round(), outcome(steps.at, Seen.PARSED, Kind.NEW, new=article(), validators=found))
    page = steps.page("one")
    assert (page.visits, page.failures, page.seen, page.layout, page.parts) == (1, 0, Seen.PARSED, "plain", b"parts")
    assert (page.etag, page.last_modified) == taken_of(found)
    assert page.current is not None
    assert page.current.fields == {"published"}
    (status,) = steps.store.pages()
    assert (status.last_visit, status.last_read, status.next_visit) == (steps.at, steps.at, steps.at + HOUR)


def test_a_failure_changes_nothing_but_the_pages_health(steps: Steps) -> None:
    steps.add("one")
    first = steps.round()
    steps.read("one", first, article(), Kind.NEW)
    before = steps.page("one")
    steps.later()
    steps.fail("one", first, Seen.BROKEN)
    steps.later()
    steps.fail("one", first, Seen.UNREACHABLE)
    after = steps.page("one")
    assert (after.current, after.parts, after.layout, after.gone) == (before.current, before.parts, before.layout, False)
    assert (after.failures, after.seen) == (2, Seen.UNREACHABLE)
    (status,) = steps.store.pages()
    assert (status.last_read, status.last_visit, status.detail) == (START, steps.at, "why")
    steps.same("one", first)
    assert (steps.page("one").failures, steps.page("one").seen) == (0, Seen.PARSED)


def test_links_of_a_visit_become_pages_of_its_source(steps: Steps) -> None:
    steps.add("one")
    links = (NewPage("two", url("two")), NewPage("one", url("one")))
    steps.finish("one", steps.round(), outcome(steps.at, Seen.PARSED, Kind.NEW, new=article(), links=links))
    assert steps.page("two").source == "a"
    assert steps.due(steps.round()) == ["two"]


def test_a_visit_with_a_value_that_cannot_be_kept_is_an_error_and_leaves_no_trace(steps: Steps) -> None:
    steps.add("one")
    claim = steps.claim("one", steps.round())
    nothing_captured = outcome(steps.at, Seen.UNREACHABLE)
    unkept = Outcome(nothing_captured.observation, outcome(steps.at, new=article()).decision, steps.at)
    with pytest.raises(StoreError):
        steps.store.finish(claim, unkept)
    assert steps.page("one").visits == 0


def test_the_last_visit_is_that_of_any_page(steps: Steps) -> None:
    assert steps.store.last_visit() is None
    steps.add("one", source="a")
    steps.add("two", source="b")
    steps.fail("one", steps.round("a"), Seen.UNREACHABLE)
    steps.later()
    steps.fail("two", steps.round("b"), Seen.UNREACHABLE)
    assert steps.store.last_visit() == START + HOUR

