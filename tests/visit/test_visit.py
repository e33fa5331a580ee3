"""One visit: what each thing a site may do proves of the page, and what it leaves on the page and in the log."""

from __future__ import annotations

import logging

import pytest
from standins import Answer, article, source, url
from storing.steps import LEASE
from visit.scene import FIRST, SECOND, Scene, page_key

from monitor.errors import BadAnswer, Disallowed, Stopped, StoreError, TooLarge, Unreachable
from monitor.model import NewPage, Seen
from monitor.settings import Mark
from monitor.visit import new_pages

# Reading


def test_first_sight(read: Scene) -> None:
    assert read.log() == ["new"]
    assert read.bears() == FIRST


def test_as_it_was(read: Scene) -> None:
    outcome = read.visit()
    assert outcome.observation.seen is Seen.PARSED
    assert outcome.decision.changes == ()
    page, (status,) = read.page(), read.store.pages()
    assert page.visits == 2
    assert status.last_read == status.last_visit == read.clock.now()
    assert status.next_visit == read.clock.now() + read.source.interval
    assert read.log() == ["new"]


def test_edited_reverted_and_edited_again(read: Scene) -> None:
    for what in (SECOND, FIRST, SECOND, article("Third")):
        read.put(what)
        read.visit()
        assert read.bears() == what
    assert read.log() == ["new", "edited", "reverted", "reverted", "edited"]
    assert len(read.store.versions(read.page().id)) == 3


def test_copied(read: Scene) -> None:
    read.know("two")
    read.put(FIRST, name="two")
    read.visit("two")
    assert read.log("two") == ["copied"]


def test_the_pages_own_earlier_text_is_no_copy(read: Scene) -> None:
    read.put(SECOND)
    read.visit()
    read.know("two")
    read.put(FIRST, name="two")
    read.visit("two")
    read.put(FIRST)
    read.visit()
    assert (read.log("one"), read.log("two")) == (["new", "edited", "reverted"], ["copied"])


def test_restored_as_it_was_and_restored_with_another_wording(read: Scene) -> None:
    read.know("two")
    read.put(SECOND, name="two")
    read.visit("two")
    read.store.handle.write("UPDATE page SET gone = 1")
    assert read.visit().decision.changes == ("restored",)
    read.put(article("Third"), name="two")
    assert read.visit("two").decision.changes == ("restored", "edited")
    assert not read.page("two").gone
    assert read.visit().decision.changes == ()


# Everything else changes nothing but the page's health


@pytest.mark.parametrize(
    ("answer", "seen", "why"),
    [
        (Answer(b"no", 404), Seen.GONE, "404"),
        (Answer(b"no", 410), Seen.GONE, "410"),
        (Answer(b"no", 403), Seen.BLOCKED, "403"),
        (Answer(b"no", 500), Seen.BROKEN, "500"),
        (Answer(b"", 200), Seen.BROKEN, "empty"),
        (Answer(b"", 304), Seen.BROKEN, "304"),
        (Answer(b"a shell", 200), Seen.BROKEN, "no title: nothing matched (tried: h1)"),
        (Answer(b"Checking your browser", 200), Seen.BLOCKED, "checking your browser"),
        (Answer(b"come back tomorrow", 200), Seen.BLOCKED, "come back tomorrow"),
        (Answer(error=Unreachable("no such host")), Seen.UNREACHABLE, "no such host"),
        (Answer(error=TooLarge("more than 10 MB")), Seen.BROKEN, "more than 10 MB"),
        (Answer(error=BadAnswer("not HTTP")), Seen.BROKEN, "not HTTP"),
        (Answer(error=Disallowed("robots.txt says no")), Seen.BLOCKED, "robots.txt says no"),
    ],
)
def test_what_is_no_reading(read: Scene, answer: Answer, seen: Seen, why: str) -> None:
    read.source = source(marks=(Mark("a queue", ("come back tomorrow",), "come back tomorrow"),))
    before = read.page()
    read.site.pages[url("one")] = answer
    outcome = read.visit()
    assert outcome.observation.seen is seen
    assert why in outcome.observation.detail
    after, (status,) = read.page(), read.store.pages()
    assert (after.current, after.parts, after.layout, after.etag) == (before.current, before.parts, before.layout, before.etag)
    assert (after.seen, after.failures, after.visits) == (seen, 1, 2)
    assert status.detail == outcome.observation.detail
    assert status.last_visit == read.clock.now() != status.last_read
    assert (read.log(), read.bears()) == (["new"], FIRST)
    read.put(FIRST)
    assert read.visit().decision.changes == (), "and afterwards it is as it was"
    assert read.page().failures == 0


def test_a_page_that_keeps_failing_is_visited_less_often(read: Scene) -> None:
    read.site.pages[url("one")] = Answer(error=Unreachable("down"))
    waits = [(read.visit().next_visit - read.clock.now()) / read.source.interval for _ in range(6)]
    assert waits == [1, 2, 4, 8, 16, 16]


def test_a_field_that_was_read_before_and_is_missing_is_no_edit(read: Scene) -> None:
    read.put(article("First", "The first wording.", published=None))
    before = read.page()
    outcome = read.visit()
    assert (outcome.observation.seen, outcome.observation.detail) == (
        Seen.BROKEN,
        "published: read on this page before, and missing now",
    )
    assert read.log() == ["new"]
    assert read.page().parts == before.parts, "so the next visit reads the page again"
    assert read.seen() is Seen.BROKEN


def test_a_field_that_was_never_read_may_be_missing_and_may_come(scene: Scene) -> None:
    scene.put(article("First", published=None))
    scene.visit()
    scene.put(article("First"))
    scene.visit()
    assert scene.log() == ["new", "edited"]


def test_stopped_leaves_no_trace(read: Scene) -> None:
    read.know("two")
    read.site.pages[url("two")] = Answer(error=Stopped("told to stop"))
    before = read.store.page_status(read.page("two").id)
    with pytest.raises(Stopped):
        read.visit("two")
    assert read.store.page_status(read.page("two").id) == before


def test_a_fault_in_the_reader_is_the_pages_trouble_and_is_logged(read: Scene, caplog: pytest.LogCaptureFixture) -> None:
    def fail(*_: object) -> None:
        raise RecursionError("too deep")

    read.reader.read = fail  # type: ignore[method-assign,assignment]
    with caplog.at_level(logging.ERROR):
        outcome = read.visit()
    assert (outcome.observation.seen, outcome.observation.detail) == (Seen.BROKEN, "reading it failed (RecursionError: too deep)")
    assert caplog.records[0].exc_info
    assert read.bears() == FIRST


def test_an_error_of_the_stores_is_not_the_pages_trouble(read: Scene) -> None:
    def fail(*_: object) -> None:
        raise StoreError("the disk is full")

    read.put(SECOND)
    read.store.finish = fail  # type: ignore[method-assign,assignment]
    with pytest.raises(StoreError):
        read.visit()
    assert read.page().visits == 1


def test_a_page_handed_to_somebody_else_meanwhile_brings_nothing(read: Scene) -> None:
    read.put(SECOND)
    round_ = read.store.open_check("a", read.clock.now())
    claim = read.store.claim_page(read.page().id, round_, read.clock.now(), "slow", LEASE)
    assert claim is not None
    read.clock.move(LEASE)
    read.visit()
    assert read.visitor().visit(claim) is None
    assert read.log() == ["new", "edited"]


# Links


def test_links_become_pages_once(scene: Scene) -> None:
    scene.put(FIRST, url("two"), url("three"), url("two") + "#top")
    scene.visit()
    assert [page.url for page in scene.store.pages()] == [url("one"), url("two"), url("three")]
    scene.put(FIRST, url("four"))
    outcome = scene.visit()
    assert outcome.observation.reading is not None
    assert outcome.observation.reading.article is None, "the article is as it was, and its links are collected all the same"
    assert scene.store.page(page_key("four")) is not None


def test_links_of_a_page_that_is_broken_or_redirected_elsewhere_are_not_taken(read: Scene) -> None:
    read.put(article("First", published=None), url("two"))
    read.visit()
    read.put(SECOND, url("three"), name="moved")
    read.site.pages[url("one")] = Answer(to=url("moved"))
    read.visit()
    assert [page.url for page in read.store.pages()] == [url("one"), url("moved")]


def test_new_pages_has_one_for_eachpage_key() -> None:
    urls = ["https://a.example/x?b=1&a=2", "http://www.a.example/x?a=2&b=1", "https://a.example/y"]
    assert new_pages(urls, source()) == (NewPage("a.example/x?a=2&b=1", urls[0]), NewPage("a.example/y", urls[2]))
