"""Visits that ask conditionally, and visits that are sent elsewhere: when an answer is this page's own."""

from __future__ import annotations

import pytest
from standins import Answer, article, url
from visit.scene import FIRST, SECOND, Scene, page_key

from monitor.model import Seen

# Conditional requests


def test_validators_are_sent_and_304_is_as_it_was(scene: Scene) -> None:
    scene.put(FIRST, etag='"1"')
    scene.visit()
    assert scene.site.asked[-1].etag is None, "nothing is known yet"
    assert scene.seen() is Seen.NOT_MODIFIED
    assert scene.site.asked[-1].etag == '"1"'
    assert scene.reader.calls == ["matched"]
    assert scene.page().etag == '"1"'
    (status,) = scene.store.pages()
    assert status.last_read == scene.clock.now()


def test_new_validators_come_with_a_new_reading(scene: Scene) -> None:
    scene.put(FIRST, etag='"1"')
    scene.visit()
    scene.put(SECOND, etag='"2"')
    scene.visit()
    assert scene.page().etag == '"2"'
    scene.put(SECOND)
    scene.visit()
    assert scene.page().etag is None


@pytest.mark.parametrize("answer", [Answer(b"no", 404, '"x"'), Answer(b"a shell", 200, '"x"'), Answer(b"no", 503, '"x"')])
def test_validators_of_what_was_not_read_are_not_kept(scene: Scene, answer: Answer) -> None:
    scene.put(FIRST, etag='"1"')
    scene.visit()
    scene.site.pages[url("one")] = answer
    scene.visit()
    assert scene.page().etag == '"1"'
    scene.put(FIRST, etag='"1"')
    assert scene.seen() is Seen.NOT_MODIFIED


def test_validators_of_a_reading_that_lost_a_field_are_not_kept(scene: Scene) -> None:
    scene.put(FIRST, etag='"1"')
    scene.visit()
    scene.put(article("First", published=None), etag='"2"')
    assert scene.seen() is Seen.BROKEN
    assert scene.seen() is Seen.BROKEN, "were they kept, 304 would now vouch for it"
    assert scene.page().etag == '"1"'


def test_validators_that_came_after_a_redirect_are_not_kept(scene: Scene) -> None:
    scene.put(FIRST, etag='"1"', name="two")
    scene.site.pages[url("one")] = Answer(to=url("two"))
    assert scene.seen() is Seen.PARSED
    assert scene.page().etag is None


def test_a_page_that_was_never_read_is_asked_for_without_conditions(scene: Scene) -> None:
    scene.store.handle.write("UPDATE page SET etag = '\"1\"'")
    scene.put(FIRST, etag='"1"')
    assert scene.seen() is Seen.PARSED
    assert scene.site.asked[-1].etag is None


def test_304_of_a_removed_page_restores_it(scene: Scene) -> None:
    scene.put(FIRST, etag='"1"')
    scene.visit()
    scene.store.handle.write("UPDATE page SET gone = 1")
    assert scene.visit().decision.changes == ("restored",)


# Redirects


def test_a_redirect_to_the_same_page_at_another_address(read: Scene) -> None:
    read.put(SECOND)
    read.site.pages["http://www.a.example/one"] = read.site.pages[url("one")]
    read.site.pages[url("one")] = Answer(to="http://www.a.example/one")
    assert read.seen() is Seen.PARSED
    assert read.log() == ["new", "edited"]


def test_a_redirect_to_another_known_page_proves_nothing(read: Scene) -> None:
    read.know("two", "three")
    read.put(SECOND, name="two")
    read.visit("two")
    for name in ("one", "three"):
        read.site.pages[url(name)] = Answer(to=url("two"))
        outcome = read.visit(name)
        assert (outcome.observation.seen, outcome.observation.detail) == (
            Seen.REDIRECTED,
            f"it redirects to another page, {url('two')}",
        )
    assert read.log() == ["new", "new"]
    assert (read.bears("one"), read.bears("three")) == (FIRST, None)


def test_a_redirect_to_a_page_not_known_that_bears_the_same_wording_is_the_page(read: Scene) -> None:
    read.put(FIRST, name="moved")
    read.site.pages[url("one")] = Answer(to=url("moved"))
    assert read.seen() is Seen.PARSED
    assert read.seen(full=True) is Seen.PARSED
    assert read.log() == ["new"]


def test_a_redirect_to_a_page_not_known_with_another_wording_proves_nothing_but_the_page_is_watched(read: Scene) -> None:
    read.put(SECOND, name="moved")
    read.site.pages[url("one")] = Answer(to=url("moved"))
    assert read.seen() is Seen.REDIRECTED
    assert read.seen() is Seen.REDIRECTED
    assert read.log() == ["new"]
    assert read.store.page(page_key("moved")) is not None


def test_a_page_met_first_through_a_redirect_is_read_there(scene: Scene) -> None:
    scene.put(FIRST, name="moved")
    scene.site.pages[url("one")] = Answer(to=url("moved"))
    assert scene.seen() is Seen.PARSED
    assert scene.bears() == FIRST


def test_a_redirect_to_the_front_page(read: Scene) -> None:
    read.site.pages["https://a.example/"] = Answer(b"welcome")
    read.site.pages[url("one")] = Answer(to="https://a.example/")
    assert read.seen() is Seen.BROKEN
    assert read.log() == ["new"]
    assert read.store.status().pages == 1


def test_a_redirect_to_what_is_not_found_is_gone(read: Scene) -> None:
    read.site.pages[url("one")] = Answer(to=url("nowhere"))
    assert read.seen() is Seen.GONE
