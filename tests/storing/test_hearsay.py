"""What the store remembers of hearsay: each title once a page, listings in their order, and who is to be looked at again."""

from __future__ import annotations

from standins import DAY, HOUR, article, outcome
from storing.steps import Steps

from monitor.model import Heard, Kind, Seen


def read(steps: Steps, *names: str) -> None:
    steps.add(*names)
    round_ = steps.round()
    for name in names:
        steps.read(name, round_, article(f"Title of {name}", "words"), Kind.NEW)
    steps.close(round_)


def test_a_title_is_news_once(steps: Steps) -> None:
    read(steps, "p", "q")
    said = [Heard("p", "One"), Heard("q", "Other"), Heard("nobody", "Title")]
    assert steps.store.heard(said) == said[:2]
    assert steps.store.heard(said) == []
    assert steps.store.heard([Heard("p", "Two")]) == [Heard("p", "Two")]
    assert steps.store.heard([Heard("p", "One")]) == [Heard("p", "One")], "it is what was heard last that is remembered"


def test_of_what_was_never_read_nothing_is_heard(steps: Steps) -> None:
    steps.add("p")
    assert steps.store.heard([Heard("p", "One")]) == []
    assert steps.store.title_of("p") == ""
    assert steps.store.title_of("nobody") == ""


def test_the_title_that_a_page_bears(steps: Steps) -> None:
    read(steps, "p")
    assert steps.store.title_of("p") == "Title of p"


def test_a_page_is_looked_at_again_in_the_same_round(steps: Steps) -> None:
    read(steps, "p", "q")
    steps.later(DAY)
    round_ = steps.round()
    for name in ("p", "q"):
        steps.finish(name, round_, outcome(steps.at, Seen.NOT_MODIFIED))
    assert steps.due(round_) == []
    steps.later(HOUR / 2)
    assert steps.store.look_again(["p", "nobody"], steps.at) == 1
    assert steps.due(round_) == ["p"]


def test_what_could_not_be_read_is_not_looked_at_the_sooner(steps: Steps) -> None:
    read(steps, "p")
    steps.later(DAY)
    steps.finish("p", steps.round(), outcome(steps.at, Seen.BROKEN))
    steps.later()
    assert steps.store.look_again(["p"], steps.at) == 0


def test_a_listing_is_remembered_in_its_order(steps: Steps) -> None:
    assert steps.store.shown("listing") == []
    steps.store.keep_shown("listing", ["b", "a"])
    steps.store.keep_shown("other", ["c"])
    assert steps.store.shown("listing") == ["b", "a"]
    steps.store.keep_shown("listing", [])
    assert steps.store.shown("listing") == []
