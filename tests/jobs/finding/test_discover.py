"""Finding pages: those the config names, those a listing links to, those that other pages show."""

from __future__ import annotations

from dataclasses import replace

import pytest
from jobs.scene import LISTING, Scene
from standins import Answer, article, source, url

from monitor.errors import StoreError, Unreachable
from monitor.jobs.round import run_round
from monitor.model import Seen
from monitor.settings import Finding


def test_a_listings_pages_are_visited_in_the_same_round(known: Scene) -> None:
    assert known.log(baseline=True) == [("new", "p1"), ("new", "p2")]
    assert known.log() == []


def test_a_run_says_what_it_amounted_to(scene: Scene) -> None:
    scene.put("p1")
    scene.list("p1", "p2")
    run = scene.round()
    assert (run.source, run.started, run.ended) == ("a", scene.clock.now(), scene.clock.now())
    assert dict(run.seen) == {Seen.PARSED: 1, Seen.GONE: 1}
    assert run.changes == 1


def test_a_page_listed_later_is_news(known: Scene) -> None:
    known.put("p3")
    known.list("p1", "p2", "p3")
    known.round()
    assert known.log() == [("new", "p3")]


def test_pages_that_cards_link_to_are_visited_in_the_same_round(scene: Scene) -> None:
    scene.put("p1", links=(url("p2"),))
    scene.put("p2", links=(url("p3"), url("p1")))
    scene.put("p3")
    scene.list("p1")
    scene.round()
    assert scene.site.visited() == ["list", "p1", "p2", "p3"]
    assert scene.log(baseline=True) == [("new", "p1"), ("new", "p2"), ("new", "p3")]


def test_pages_the_config_names_need_no_listing(scene: Scene) -> None:
    scene.source = source(find=Finding(pages=(url("p1"),)))
    scene.put("p1")
    scene.round()
    assert scene.log(baseline=True) == [("new", "p1")]
    assert scene.open() == {}


def test_an_incomplete_listing_removes_nothing(known: Scene) -> None:
    for names in (["p2"], ["p2"], ["p2"], ["p2"]):
        known.list(*names)
        known.round()
    assert known.log() == []
    assert known.pages() == ["p1", "p2"]
    assert known.site.visited().count("p1") == 4


def test_a_listing_that_is_as_it_was_is_not_read_again(known: Scene) -> None:
    known.list("p1", "p2", etag='"1"')
    known.round()
    known.list("p1", "p2", "p3", etag='"1"')  # it lies: then nobody can know
    known.round()
    assert [request.etag for request in known.site.asked if request.url == LISTING] == [None, '"1"']
    assert known.pages() == ["p1", "p2"]
    known.list("p1", "p2", "p3", etag='"2"')
    known.round()
    assert known.pages() == ["p1", "p2", "p3"]


def test_a_listing_whose_links_got_lost_is_read_again(known: Scene) -> None:
    """The crash between remembering a listing and taking up what it holds."""
    known.put("p3")
    known.list("p1", "p2", "p3", etag='"1"')
    add_pages = known.store.add_pages

    def crash(*arguments: object) -> int:
        if len(list(arguments[1])) == 3:  # type: ignore[call-overload]
            raise StoreError("killed")
        return add_pages(*arguments)  # type: ignore[arg-type]

    known.store.add_pages = crash  # type: ignore[method-assign,assignment]
    with pytest.raises(StoreError):
        known.round()
    known.store.add_pages = add_pages  # type: ignore[method-assign]
    known.round()
    assert known.log() == [("new", "p3")]


def test_a_listing_is_read_anew_for_another_source_and_for_other_rules(known: Scene) -> None:
    known.list("p1", "q1", etag='"1"')
    known.round()
    other = replace(known.source, name="b", find=replace(known.source.find, articles=("/q",)))
    run_round(other, known.tools)
    assert [request.etag for request in known.site.asked if request.url == LISTING] == [None, None]


def test_a_listing_that_failed_keeps_the_round_going(known: Scene) -> None:
    known.site.pages[LISTING] = Answer(error=Unreachable("no answer"))
    known.put("p1", word="another word")
    known.round()
    assert known.log() == [("edited", "p1")]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(error=Unreachable("no answer")), "no answer"),
        (Answer(b"no", 404), "404"),
        (Answer(b"no", 503), "503"),
        (Answer(b""), "empty"),
        (Answer(b"nothing here"), "no link to an article in it (tried: a[href]; articles: /p)"),
    ],
)
def test_what_is_wrong_with_a_listing_is_an_incident_until_it_is_right(known: Scene, answer: Answer, why: str) -> None:
    known.site.pages[LISTING] = answer
    known.round()
    assert list(known.open()) == ["listing"]
    assert f"the listing {LISTING}" in known.open()["listing"]
    assert why in known.open()["listing"]
    known.list("p1", "p2")
    known.round()
    assert known.open() == {}


def test_where_validators_lie_neither_a_listing_nor_a_page_is_asked_for_conditionally(known: Scene) -> None:
    for etag in ('"1"', '"2"'):
        known.site.put("p1", article("Title of p1", "word p1"), etag=etag)
        known.list("p1", "p2", etag=etag)
        known.round()
    known.store.turn_off_validators("a", known.clock.now(), "for the test")
    known.site.asked.clear()
    known.round()
    assert [(request.url, request.etag) for request in known.site.asked] == [
        (LISTING, None),
        (url("p1"), None),
        (url("p2"), None),
    ]
