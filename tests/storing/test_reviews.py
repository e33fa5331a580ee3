"""The review log in the store: appended to only, added up, taken back; users with sessions and tokens; saved views."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from standins import DAY, HOUR, START, article
from storing.steps import EVERYTHING, Steps

from monitor.model import Act, Kind, LogQuery, Reviewed, ReviewState, Role, User, View
from monitor.protocols import Store

SESSION, TOKEN = hashlib.sha256(b"session").digest(), hashlib.sha256(b"token").digest()


@pytest.fixture
def logged(steps: Steps) -> Steps:
    """A log of three changes."""
    steps.add("p", "q", "r")
    round_ = steps.round()
    for name in "pqr":
        steps.read(name, round_, article(name, "words"), Kind.NEW)
    steps.close(round_)
    return steps


def shown(steps: Steps, **filters: object) -> list[int]:
    return [change.id for change in steps.store.changes(LogQuery(baseline=True, **filters))]  # type: ignore[arg-type]


def test_an_act_is_a_line_of_the_log_and_the_state_of_the_change(logged: Steps) -> None:
    (line,) = logged.store.review([2], Act.FLAG, "ann", logged.at)
    assert logged.store.reviews(2) == [line]
    assert (line.change, line.act, line.who, line.at, line.batch) == (2, Act.FLAG, "ann", START, line.id)
    assert logged.store.reviewed([1, 2, 3]) == {2: Reviewed(ReviewState.FLAGGED, who="ann", at=START, last=line.id)}


def test_filters_ask_for_states_and_for_people(logged: Steps) -> None:
    logged.store.review([1], Act.ACKNOWLEDGE, "ann", logged.at)
    logged.store.review([2], Act.ASSIGN, "ann", logged.at, "bob")
    assert shown(logged, states=frozenset({ReviewState.OPEN})) == [3, 2]
    assert shown(logged, states=frozenset({ReviewState.ACKNOWLEDGED})) == [1]
    assert shown(logged, assigned="bob") == [2]
    assert shown(logged, above=1) == [3, 2]
    assert shown(logged, until=START) == []
    assert shown(logged, until=START + HOUR) == [3, 2, 1]


def test_a_log_goes_on_where_a_page_of_it_ended(logged: Steps) -> None:
    assert shown(logged, limit=2) == [3, 2]
    assert shown(logged, limit=2, start=(0.0, 2)) == [1]


def test_what_was_done_at_once_is_taken_back_at_once(logged: Steps) -> None:
    logged.store.review([3], Act.FLAG, "ann", logged.at)
    batch = logged.store.review([1, 2, 99, 1], Act.DISMISS, "ann", logged.at)
    assert [line.change for line in batch] == [1, 2]
    assert {line.batch for line in batch} == {batch[0].id}
    undone = logged.store.undo("ann", logged.at)
    assert [line.change for line in undone] == [1, 2]
    assert {one.state for one in logged.store.reviewed([1, 2]).values()} == {ReviewState.OPEN}
    assert [line.change for line in logged.store.undo("ann", logged.at)] == [3]
    assert logged.store.undo("ann", logged.at) == []
    assert [line.is_undone for line in logged.store.reviews(3)] == [True, False]


def test_nobody_takes_back_what_another_did(logged: Steps) -> None:
    (line,) = logged.store.review([1], Act.FLAG, "ann", logged.at)
    assert logged.store.undo("bob", logged.at) == []
    assert logged.store.undo("bob", logged.at, line.batch) == []
    assert len(logged.store.undo("ann", logged.at, line.batch)) == 1


def test_two_at_once_lose_nothing(logged: Steps, open_store: Callable[[], Store]) -> None:
    other = open_store()
    logged.store.review([1], Act.ACKNOWLEDGE, "ann", logged.at)
    other.review([1], Act.NOTE, "bob", logged.at, "look at the name")
    other.review([1], Act.ASSIGN, "bob", logged.at, "cy")
    logged.store.undo("ann", logged.at)
    assert [(line.who, line.act, line.text) for line in logged.store.reviews(1)] == [
        ("ann", Act.ACKNOWLEDGE, ""),
        ("bob", Act.NOTE, "look at the name"),
        ("bob", Act.ASSIGN, "cy"),
        ("ann", Act.UNDO, ""),
    ]
    found = logged.store.reviewed([1])[1]
    assert (found.state, found.assigned, found.notes) == (ReviewState.OPEN, "cy", 1)


ACTS = st.tuples(st.sampled_from([act for act in Act if act is not Act.UNDO]), st.sampled_from(["ann", "bob"]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(st.lists(ACTS, min_size=1, max_size=6))
def test_to_undo_all_leaves_nothing_but_the_log(logged: Steps, acts: list[tuple[Act, str]]) -> None:
    before = len(logged.store.review_log())
    for act, who in acts:
        logged.store.review([1, 2], act, who, logged.at, "text")
    for who in ("ann", "bob"):
        while logged.store.undo(who, logged.at):
            pass
    for found in logged.store.reviewed([1, 2]).values():
        assert (found.state, found.assigned, found.notes) == (ReviewState.OPEN, "", 0)
    assert len(logged.store.review_log()) == before + 4 * len(acts)


def test_the_review_log_is_read_on_from_where_one_was(logged: Steps) -> None:
    lines = logged.store.review([1, 2, 3], Act.ACKNOWLEDGE, "ann", logged.at)
    assert logged.store.review_log() == lines
    assert logged.store.review_log(lines[0].id, 1) == [lines[1]]


def test_reviews_are_beside_the_log(logged: Steps) -> None:
    before = list(logged.store.changes(EVERYTHING))
    logged.store.seal()
    logged.store.review([1], Act.DISMISS, "ann", logged.at)
    assert list(logged.store.changes(EVERYTHING)) == before
    assert not list(logged.store.audit(lambda _: None))


# Users


def test_users_their_sessions_and_tokens(store: Store) -> None:
    store.keep_user("ann", Role.ADMIN, "secret")
    store.keep_user("bob", Role.READER, "other")
    assert store.users() == [User("ann", Role.ADMIN), User("bob", Role.READER)]
    assert store.secret("ann") == "secret"
    assert store.secret("cy") is None
    assert store.user("cy") is None
    store.keep_key(SESSION, "ann", "session", START + DAY)
    store.keep_key(TOKEN, "ann", "my script", None)
    assert store.keyholder(SESSION, START) == User("ann", Role.ADMIN)
    assert store.keyholder(SESSION, START + DAY) is None
    assert store.keyholder(TOKEN, START + 99 * DAY) == User("ann", Role.ADMIN)
    assert store.keys("ann") == [("my script", None)]
    store.looked("ann", 7)
    assert store.user("ann") == User("ann", Role.ADMIN, 7)
    assert store.drop_keys("ann", "my script") == 1
    assert store.keyholder(TOKEN, START) is None
    store.drop_key(SESSION)
    assert store.keyholder(SESSION, START) is None


def test_another_password_ends_sessions_and_no_user_leaves_keys_behind(store: Store) -> None:
    store.keep_user("ann", Role.ADMIN, "secret")
    for digest, what in ((SESSION, "session"), (TOKEN, "script")):
        store.keep_key(digest, "ann", what, None)
    store.keep_user("ann", Role.REVIEWER, "new")
    assert store.keyholder(SESSION, START) is None
    assert store.keyholder(TOKEN, START) == User("ann", Role.REVIEWER)
    assert store.drop_user("ann")
    assert not store.drop_user("ann")
    assert store.keyholder(TOKEN, START) is None


def test_a_role_includes_those_below_it() -> None:
    assert Role.ADMIN.may(Role.REVIEWER)
    assert Role.REVIEWER.may(Role.READER)
    assert not Role.READER.may(Role.REVIEWER)


def test_views_are_kept_under_their_names(store: Store) -> None:
    store.keep_view(View("names", "class=name", "ann"))
    store.keep_view(View("names", "class=name&least=0.5", "bob"))
    assert store.views() == [View("names", "class=name&least=0.5", "bob")]
    assert store.drop_view("names")
    assert not store.drop_view("names")


def test_a_state_is_that_of_who_brought_it_about(logged: Steps) -> None:
    logged.store.review([1], Act.FLAG, "kim", logged.at)
    logged.store.review([1], Act.DISMISS, "boss", logged.at)
    logged.store.undo("kim", logged.at)
    found = logged.store.reviewed([1])[1]
    assert (found.state, found.who) == (ReviewState.DISMISSED, "boss")
