"""Signatures in the store: signed once, found by their bands; who bears a text, and where addresses lead."""

from __future__ import annotations

import pytest
from standins import START, article, outcome, wording
from storing.steps import EVERYTHING, Steps

from monitor.article import Article
from monitor.model import Elsewhere, Kind, Seen

ONE, OTHER = article("One", "Some words."), article("Other", "Other words.")


@pytest.fixture
def read(steps: Steps) -> Steps:
    """Pages p and q, of which p was read."""
    steps.add("p", "q")
    steps.read("p", steps.round(), ONE, Kind.NEW)
    return steps


def number(steps: Steps, what: Article) -> int:
    found = steps.store.text_number(wording(what).text_digest)
    assert found is not None
    return found


def test_a_text_has_a_number_once_it_is_kept(read: Steps) -> None:
    assert number(read, ONE) == 1
    assert read.store.text_number(wording(OTHER).text_digest) is None
    assert read.store.words_of(1) == "One\nSome words."


def test_a_text_is_signed_once(read: Steps) -> None:
    assert read.store.family(1) is None
    assert read.store.sign(1, (5, 6, 7), 1)
    assert not read.store.sign(1, (8,), 9)
    assert read.store.family(1) == 1
    assert read.store.candidates((8,), 5) == []


def test_candidates_are_those_that_share_the_most_bands(read: Steps) -> None:
    for name, what in (("q", OTHER),):
        read.read(name, read.round(), what, Kind.NEW)
    read.store.sign(1, (1, 2, 3), 1)
    read.store.sign(number(read, OTHER), (2, 3, 4), 1)
    assert read.store.candidates((1, 2, 3), 5) == [(1, 3), (2, 2)]
    assert read.store.candidates((4, 9), 5) == [(2, 1)]
    assert read.store.candidates((1, 2, 3, 4), 1) == [(1, 3)]
    assert read.store.candidates((-(2**31), 2**31 - 1), 5) == []


def test_those_not_signed_yet_are_told_in_order_and_no_more_once_they_are(read: Steps) -> None:
    read.read("q", read.round(), OTHER, Kind.NEW)
    assert read.store.unsigned(1, 1) == [(1, "One\nSome words.")]
    read.store.sign(1, (1,), 1)
    assert [text for text, _ in read.store.unsigned(1, 10)] == [2]
    read.store.sign(2, (1,), 1)
    assert read.store.unsigned(1, 10) == []
    read.read("q", read.round(), article("Third"), Kind.EDITED)
    assert [text for text, _ in read.store.unsigned(1, 10)] == [3]


def test_who_bears_or_bore_a_text(read: Steps) -> None:
    read.add("r", source="b")
    read.read("q", read.round(), ONE, Kind.COPIED)
    read.read("r", read.round("b"), ONE, Kind.SYNDICATED)
    read.read("q", read.round(), OTHER, Kind.EDITED)
    found = read.store.bearing(1, read.page("p").id)
    assert [(each.source, each.page) for each in found] == [("a", read.page("q").id), ("b", read.page("r").id)]
    assert found[0] == Elsewhere(read.page("q").id, "a", read.page("q").url)
    assert read.store.bearing(99, 1) == []


def test_where_an_address_leads_holds_until_the_next_visit(read: Steps) -> None:
    read.finish("p", read.round(), outcome(read.at, Seen.NOT_MODIFIED, leads_to="q"))
    assert [each.leads_to for each in read.store.bearing(1, read.page("q").id)] == ["q"]
    read.later()
    read.finish("p", read.round(), outcome(read.at, Seen.NOT_MODIFIED))
    assert [each.leads_to for each in read.store.bearing(1, read.page("q").id)] == [None]


def test_a_visit_that_was_not_stored_notes_no_redirect(read: Steps) -> None:
    round_ = read.round()
    claim = read.claim("p", round_)
    read.store.release(read.worker)
    read.finish("p", round_, outcome(read.at, Seen.NOT_MODIFIED))
    assert not read.store.finish(claim, outcome(read.at, Seen.NOT_MODIFIED, leads_to="q"))
    assert [each.leads_to for each in read.store.bearing(1, read.page("q").id)] == [None]
    assert read.at >= START


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind.is_first])
def test_every_first_sight_in_the_first_round_is_baseline(steps: Steps, kind: Kind) -> None:
    steps.add("p")
    steps.read("p", steps.round(), ONE, kind)
    assert [line[0] for line in steps.log()] == [kind.value]
    assert all(change.baseline for change in steps.store.changes(EVERYTHING))


