"""What cards and listings say of other pages: it brings visits forward, once, and is never more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from standins import DAY, HOUR, article, outcome, source, url
from storing.steps import Steps

from monitor.model import Kind, Link, Seen
from monitor.storing.sqlite import StoreFile
from monitor.visiting.hearing import Hearing


@pytest.fixture
def steps(tmp_path: Path) -> Iterator[Steps]:
    """Three pages that were read a day ago, and again in a round that is still open."""
    with StoreFile(tmp_path / "monitor.db", lasting=False).open() as store:
        steps = Steps(store)
        _read_twice(steps)
        yield steps


def _read_twice(steps: Steps) -> None:
    names = [url(name).partition("://")[2] for name in "pqr"]
    steps.add(*names)
    for kind in (Kind.NEW, None):
        round_ = steps.round()
        for name in names:
            if kind:
                steps.read(name, round_, article(f"The title of page {name[-1]}", "words"), kind)
            else:
                steps.finish(name, round_, outcome(steps.at, Seen.NOT_MODIFIED))
        if kind:
            steps.close(round_)
            steps.later(DAY)
    steps.later(HOUR / 2)


def links(*titles: str) -> list[Link]:
    return [Link(url(name), title) for name, title in zip("pqr", titles, strict=False)]


def again(steps: Steps) -> list[str]:
    found = [key[-1] for key in steps.due(steps.round())]
    steps.store.release(steps.worker)
    return found


def heard(steps: Steps, *titles: str) -> int:
    """How many pages are looked at again by what cards say in one round."""
    hearing = Hearing(source(), steps.store)
    hearing.listen(links(*titles))
    return hearing.act(steps.at)


def test_another_title_brings_the_visit_forward(steps: Steps) -> None:
    assert heard(steps, "The title of page p", "Quite another title", "The title of page …") == 1
    assert again(steps) == ["q"]


def test_it_is_looked_into_once_whatever_cards_go_on_to_say(steps: Steps) -> None:
    assert heard(steps, "Short title") == 1
    steps.finish(url("p").partition("://")[2], steps.round(), outcome(steps.at, Seen.NOT_MODIFIED))
    steps.later()
    assert heard(steps, "Short title") == 0
    assert heard(steps, "Shorter") == 1


def test_links_without_titles_and_unknown_pages_say_nothing(steps: Steps) -> None:
    hearing = Hearing(source(), steps.store)
    hearing.listen([Link(url("p")), Link(url("nobody"), "Title")])
    hearing.listen([])
    assert hearing.act(steps.at) == 0


def test_a_page_that_a_listing_shows_no_more_is_looked_at(steps: Steps) -> None:
    hearing = Hearing(source(), steps.store)
    every = links("", "", "")
    hearing.compare("listing", every)
    assert hearing.act(steps.at) == 0
    hearing.compare("listing", [every[0], every[2]])
    assert hearing.act(steps.at) == 1
    assert again(steps) == ["q"]
    hearing.compare("listing", every[:1])
    assert hearing.act(steps.at) == 0, "it fell off the end"


def test_one_round_looks_at_some_pages_again_at_the_most(steps: Steps, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.visiting.hearing._MOST", 2)
    assert heard(steps, "One", "Two", "Three") == 2
