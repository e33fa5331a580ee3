"""Copies outside in the store: what is to be handed over, how often it was tried, what came of it."""

from __future__ import annotations

import pytest
from standins import DAY, HOUR, START, article, capture, url, wording
from storing.steps import Steps

from monitor.model import Evidence, Kind, OutsideCopy

LINK = "https://archive.example/web/1"


@pytest.fixture
def changed(steps: Steps) -> Steps:
    """Changes 1 (baseline) and 2 (edited) of a page."""
    steps.add("p")
    for what, kind in ((article("T", "one"), Kind.NEW), (article("T", "two"), Kind.EDITED)):
        round_ = steps.round()
        steps.read("p", round_, what, kind)
        steps.close(round_)
        steps.later(7 * HOUR)
    return steps


def wanted(steps: Steps, tries: int = 2) -> list[int]:
    return [each.change for each in steps.store.copies_wanted("a", START, tries)]


def test_what_is_no_news_is_not_handed_over(changed: Steps) -> None:
    given = capture(START - DAY, url("p"), body=b"elsewhere")
    changed.store.keep_import(changed.page("p"), given, wording(article("T", "old")), Evidence(), "f.warc", changed.at)
    assert wanted(changed) == [2]


def test_only_changes_since_then_and_of_the_source_are(changed: Steps) -> None:
    assert changed.store.copies_wanted("a", changed.at, 2) == []
    assert changed.store.copies_wanted("b", START, 2) == []


def test_what_failed_is_wanted_again_but_not_for_ever(changed: Steps) -> None:
    for tries in (1, 2):
        changed.later()
        changed.store.keep_outside_copy(2, changed.at, None, "it answered 500")
        assert wanted(changed) == ([2] if tries == 1 else [])
        found = changed.store.outside_copy(2)
        assert found == OutsideCopy(2, START + 7 * HOUR, "a", url("p"), tries, changed.at, None, "it answered 500")


def test_a_copy_is_kept_and_wanted_no_more(changed: Steps) -> None:
    assert changed.store.outside_copy(2) is None
    changed.store.keep_outside_copy(2, changed.at, None, "down")
    changed.store.keep_outside_copy(2, changed.at, LINK, "")
    found = changed.store.outside_copy(2)
    assert found is not None
    assert (found.link, found.problem, found.tries) == (LINK, "", 2)
    assert wanted(changed, 100) == []


def test_since_when_it_is_on_stays_until_it_is_switched_off(changed: Steps) -> None:
    store, on = changed.store, START + DAY
    assert store.saved_since("a", on, is_on=False) is None
    assert store.saved_since("a", on, is_on=True) == on
    assert store.saved_since("a", on + DAY, is_on=True) == on
    assert store.saved_since("a", on + DAY, is_on=False) is None
    assert store.saved_since("a", on + DAY, is_on=True) == on + DAY
