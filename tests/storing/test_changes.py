"""The log as it is read: ranked, filtered by what was judged, without what is muted or folded."""

from __future__ import annotations

import pytest
from standins import article
from storing.steps import EVERYTHING, Steps

from monitor.model import Change, EditClass, Judged, Kind, LogQuery
from monitor.protocols import Store

RECIPE, OTHER = b"recipe-1", b"recipe-2"
QUOTE, NAME = EditClass.QUOTE, EditClass.NAME


@pytest.fixture
def logged(store: Store, steps: Steps) -> Store:
    """Five changes, of a page each."""
    round_ = steps.round()
    for number in range(1, 6):
        steps.add(f"p{number}")
        steps.read(f"p{number}", round_, article(f"Title {number}"), Kind.NEW)
    return store


def judge(store: Store, **scores: float) -> None:
    for name, score in scores.items():
        store.keep_judgement(int(name[1:]), RECIPE, Judged(score, f"reason {name}"))


def found(store: Store, **query: object) -> list[int]:
    return [change.id for change in store.changes(LogQuery(baseline=True, **query))]  # type: ignore[arg-type]


def the(store: Store, number: int) -> Change:
    change = store.change(number)
    assert change is not None
    return change


def test_what_nobody_judged_yet_is_given_newest_first_and_only_so_many(logged: Store) -> None:
    assert [change.id for change in logged.unjudged(RECIPE, 3)] == [5, 4, 3]
    judge(logged, c5=0.5, c3=0.5)
    assert [change.id for change in logged.unjudged(RECIPE, 9)] == [4, 2, 1]
    judge(logged, c1=0.5, c2=0.5, c4=0.5)
    assert logged.unjudged(RECIPE, 9) == []


def test_what_another_recipe_judged_comes_after_what_nobody_judged(logged: Store) -> None:
    judge(logged, c1=0.5, c2=0.5, c3=0.5, c4=0.5)
    assert [change.id for change in logged.unjudged(OTHER, 9)] == [5]
    logged.keep_judgement(5, OTHER, Judged(0.1, "x"))
    assert [change.id for change in logged.unjudged(OTHER, 2)] == [4, 3]
    assert [change.id for change in logged.unjudged(b"recipe-0", 9)] == [5, 4, 3, 2, 1]


def test_a_judgement_is_kept_beside_the_change(logged: Store) -> None:
    kept = Judged(0.75, "drops the name X", (NAME, QUOTE), muted=True)
    assert the(logged, 2).judged is None
    logged.keep_judgement(2, RECIPE, kept)
    assert the(logged, 2).judged == kept
    logged.keep_judgement(2, OTHER, Judged(0.1, "other"))
    assert the(logged, 2).judged == Judged(0.1, "other")


def test_what_matters_most_comes_first_and_of_equals_the_newest(logged: Store) -> None:
    judge(logged, c1=0.9, c2=0.2, c3=0.9, c5=0.0)
    assert found(logged, is_ranked=True) == [3, 1, 2, 5]
    assert found(logged, is_ranked=True, limit=2) == [3, 1]
    assert found(logged) == [5, 4, 3, 2, 1]


def test_a_long_ranked_log_comes_page_by_page(store: Store, steps: Steps) -> None:
    round_ = steps.round()
    count = 450
    for number in range(1, count + 1):
        steps.add(f"p{number}")
        steps.read(f"p{number}", round_, article(f"Title {number}"), Kind.NEW)
        store.keep_judgement(number, RECIPE, Judged(number % 7 / 10, "r"))
    expected = sorted(range(1, count + 1), key=lambda number: (number % 7 / 10, number), reverse=True)
    assert found(store, is_ranked=True, limit=None) == expected


def test_only_what_scores_enough(logged: Store) -> None:
    judge(logged, c1=0.9, c2=0.5, c3=0.49)
    assert found(logged, least=0.5) == [2, 1]


def test_only_edits_of_a_class(logged: Store) -> None:
    logged.keep_judgement(1, RECIPE, Judged(0.5, "r", (NAME,)))
    logged.keep_judgement(2, RECIPE, Judged(0.5, "r", (QUOTE, EditClass.CUT)))
    logged.keep_judgement(3, RECIPE, Judged(0.5, "r", (EditClass.TITLE_OF_PERSON,)))
    assert found(logged, classes=frozenset([NAME])) == [1]
    assert found(logged, classes=frozenset([NAME, EditClass.CUT])) == [2, 1]


def test_what_is_muted_or_folded_stays_in_the_log_out_of_sight(logged: Store) -> None:
    judge(logged, c1=0.5, c3=0.5, c4=0.5)
    logged.keep_judgement(2, RECIPE, Judged(0.5, "r", muted=True))
    logged.fold(3, 1)
    logged.fold(4, 1)
    assert found(logged) == [5, 1]
    assert found(logged, hidden=True) == [5, 4, 3, 2, 1]
    judged = the(logged, 1).judged
    assert judged is not None
    assert judged.folded == 2


def test_judging_anew_does_not_unfold(logged: Store) -> None:
    judge(logged, c1=0.5, c3=0.5)
    logged.fold(3, 1)
    logged.keep_judgement(3, OTHER, Judged(0.1, "r"))
    assert 3 not in found(logged)


def test_the_history_of_a_page_is_oldest_first(store: Store, steps: Steps) -> None:
    round_ = steps.round()
    steps.add("one", "two")
    steps.read("one", round_, article("A"), Kind.NEW)
    steps.read("two", round_, article("B"), Kind.NEW)
    steps.read("one", round_, article("C"), Kind.EDITED)
    page = store.page_at("https://a.example/one")
    assert page is not None
    assert [change.id for change in store.history(page.id)] == [1, 3]


def test_judgements_leave_the_chain_as_it_was(logged: Store) -> None:
    logged.seal()
    head = logged.head()
    judge(logged, c1=0.5, c2=0.6)
    logged.fold(2, 1)
    logged.seal()
    assert logged.head() == head
    assert len(list(logged.changes(EVERYTHING))) == 4
