"""Where the text of a page that was not known before stood or stands: copied, syndicated, moved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from standins import Answer, article, url, wording
from visit.scene import Scene

from monitor.article import Article
from monitor.model import LogQuery, Seen
from monitor.settings import Identity
from monitor.storing.sqlite import StoreFile
from monitor.visiting.alike import Alike, text_of

LONG = (
    "The builders of the new street in the eastern district have finished the work on the roofs a month before the set date. "
    "Workers of the nearby brick factory came every evening to help them, and so did many students of the technical college. "
    "The manager of the site said that the families will move in before the winter and that the school opens in the spring."
)
STORY = article("A Street Is Finished", LONG, publication="P")
NEARLY = article("A Street Is Finished", LONG.replace("technical college", "university"), publication="P")


@pytest.fixture
def story(scene: Scene) -> Scene:
    """One page, whose text was read."""
    scene.site.put("one", STORY)
    scene.visit()
    return scene


def put(scene: Scene, name: str, what: Article) -> list[str]:
    """Have a page appear, and be visited; what is logged of it."""
    scene.know(name)
    scene.site.put(name, what)
    scene.visit(name)
    return scene.log(name)


def elsewhere(scene: Scene) -> Scene:
    """Somebody who visits another source, with the same store and site."""
    other = Scene(scene.store, scene.clock, replace(scene.source, name="b"))
    other.site = scene.site
    return other


def test_the_same_text_in_the_source_is_copied(story: Scene) -> None:
    assert put(story, "two", STORY) == ["copied"]


def test_nearly_the_same_text_in_the_source_is_new(story: Scene) -> None:
    assert put(story, "two", NEARLY) == ["new"]


@pytest.mark.parametrize("what", [STORY, NEARLY])
def test_the_same_text_or_nearly_that_at_another_source_is_syndicated(story: Scene, what: Article) -> None:
    assert put(elsewhere(story), "two", what) == ["syndicated"]


def test_another_text_at_another_source_is_new(story: Scene) -> None:
    assert put(elsewhere(story), "two", article("Rain", "It rained all day, and the farmers of the plain were glad.")) == ["new"]


def test_a_text_of_the_source_that_also_stands_elsewhere_is_copied(story: Scene) -> None:
    put(elsewhere(story), "two", STORY)
    assert put(story, "three", STORY) == ["copied"]


def test_what_two_sources_bring_in_one_round_is_told_at_once(scene: Scene) -> None:
    """Texts are signed with the version that brings them."""
    scene.site.put("one", NEARLY)
    scene.visit()
    assert put(elsewhere(scene), "two", STORY) == ["syndicated"]


# Moves


def redirect(scene: Scene, name: str, to: str) -> None:
    scene.site.pages[url(name)] = Answer(to=url(to))


@pytest.mark.parametrize("what", [STORY, NEARLY])
def test_a_page_to_which_the_old_address_redirects_is_moved(story: Scene, what: Article) -> None:
    story.site.put("new", what)
    redirect(story, "one", "new")
    story.visit("one")
    assert [page.url for page in story.store.pages()] == [url("one"), url("new")], "it is watched, though nothing lists it"
    story.visit("new")
    assert (story.log("one"), story.log("new")) == (["new"], ["moved"])


def test_a_redirect_that_is_over_is_no_move(story: Scene) -> None:
    story.site.put("new", STORY)
    redirect(story, "one", "new")
    story.visit("one")
    story.site.put("one", STORY)
    story.visit("one")
    story.visit("new")
    assert story.log("new") == ["copied"]


def test_a_move_is_noted_at_the_old_page_and_asks_for_no_further_page(story: Scene) -> None:
    story.site.put("new", STORY)
    redirect(story, "one", "new")
    for _ in range(3):
        assert story.visit("one").observation.seen is Seen.PARSED
    assert len(list(story.store.pages())) == 2
    assert story.log("one") == ["new"]


def test_another_spelling_of_the_address_is_no_move(scene: Scene) -> None:
    scene.source = replace(scene.source, identity=Identity(r"/(one|two)", "a.example/{1}"))
    scene.site.put("one2", STORY)
    redirect(scene, "one", "one2")
    assert scene.visit().leads_to is None
    scene.site.put("two2", STORY)
    redirect(scene, "one", "two2")
    assert scene.visit().leads_to == "a.example/two"


def test_a_text_whose_removal_is_in_the_log_has_moved_to_where_it_appears(story: Scene) -> None:
    """The removal stays one."""
    gone(story, "one")
    assert put(story, "new", STORY) == ["moved"]


def test_a_further_copy_of_a_text_whose_other_copy_is_gone_is_a_copy(story: Scene) -> None:
    put(story, "two", STORY)
    gone(story, "one")
    assert put(story, "three", STORY) == ["copied"]


def gone(scene: Scene, name: str) -> None:
    scene.store.handle.write("UPDATE page SET gone = 1 WHERE id = ?", (scene.page(name).id,))


def test_what_the_first_round_takes_in_is_no_news_whatever_it_is(tmp_path: Path) -> None:
    with StoreFile(tmp_path / "monitor.db", lasting=False).open() as store:
        scene = Scene(store)
        scene.site.put("one", STORY)
        scene.visit()
        assert put(elsewhere(scene), "two", NEARLY) == ["syndicated"]
        assert [change.kind for change in store.changes(LogQuery())] == []


# Signing


def test_near_is_by_likeness_and_not_by_chance(story: Scene) -> None:
    put(story, "two", NEARLY)
    put(story, "three", article("Rain", "It rained all day, and the farmers of the plain were glad of it."))
    found = Alike(story.store).near(text_of(wording(STORY)))
    assert [(number, likeness == 1.0) for number, likeness in found] == [(1, True), (2, False)]


def test_texts_of_an_older_database_are_signed_bit_by_bit(story: Scene) -> None:
    put(story, "two", NEARLY)
    before = story.store.handle.rows("SELECT * FROM band"), story.store.handle.rows("SELECT * FROM signature")
    for statement in ("DELETE FROM band", "DELETE FROM signature", "DELETE FROM progress"):
        story.store.handle.write(statement)
    alike = Alike(story.store)
    assert [alike.sign_missing(1), alike.sign_missing(1), alike.sign_missing(1)] == [1, 1, 0]
    assert before == (story.store.handle.rows("SELECT * FROM band"), story.store.handle.rows("SELECT * FROM signature"))
    assert [story.store.family(number) for number in (1, 2)] == [1, 1]


def test_another_recipe_signs_anew(story: Scene) -> None:
    while Alike(story.store).sign_missing():
        pass
    assert story.store.unsigned(1, 10) == []
    assert [number for number, _ in story.store.unsigned(2, 10)] == [1]
    assert story.store.handle.value("SELECT count(*) FROM band") == 0
