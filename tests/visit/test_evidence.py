"""Evidence: which captures a visit keeps, and that they lie in the archive before the store says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from standins import Answer, article, url
from visit.scene import FIRST, SECOND, Scene

from monitor.errors import ArchiveDamaged, ArchiveError, StoreError, Unreachable
from monitor.model import Capture, Page, Place, Twin

SHELL = Answer(b"a shell")
BLOCK = Answer(b"Checking your browser")


@dataclass
class Shelf:
    """Implements ``Archive`` in memory. ``before`` is called before anything is kept."""

    kept: list[tuple[Capture, Twin | None]] = field(default_factory=list)
    before: Callable[[], None] = lambda: None

    def keep(self, capture: Capture, twin: Twin | None = None) -> Place:
        self.before()
        self.kept.append((capture, twin))
        return Place("shelf", len(self.kept) - 1, 1)

    def read(self, place: Place, twin: Place | None = None) -> Capture:
        if place.offset >= len(self.kept):
            raise ArchiveDamaged(f"{place.file}: nothing at {place.offset}")
        return self.kept[place.offset][0]

    def records(self, place: Place) -> bytes:
        return self.read(place).wire

    def drop(self, name: str) -> tuple[int, bytes]:
        raise ArchiveDamaged(f"{name}: there is none")

    def close(self) -> None:
        """Nothing is open."""

    def bodies(self) -> list[bytes]:
        """The bytes of what was kept so far; forgets nothing."""
        return [capture.wire for capture, _ in self.kept]


@pytest.fixture
def shelf(scene: Scene) -> Shelf:
    shelf = Shelf()
    scene.archive = shelf
    return shelf


def test_a_first_sight_and_an_edit_are_kept_and_nothing_between(scene: Scene, shelf: Shelf) -> None:
    for what in (FIRST, FIRST, SECOND, SECOND, FIRST):
        scene.put(what, etag=f'"{what.title}"')
        scene.visit()
        scene.visit(full=True)
    assert [capture.at for capture, _ in shelf.kept] == [kept.at for kept in scene.store.kept(scene.page().id)]
    assert [body.split(b"\n")[2] for body in shelf.bodies()] == [b"First", b"Second", b"First"]
    assert scene.log() == ["new", "edited", "reverted"]


def test_a_change_says_on_which_captures_it_rests(scene: Scene, shelf: Shelf) -> None:
    for what in (FIRST, SECOND):
        scene.put(what)
        scene.visit()
    before, after = scene.store.kept_sides(2)
    assert before is not None
    assert after is not None
    assert [shelf.read(kept.place).wire for kept in (before, after) if kept.place] == shelf.bodies()


@pytest.mark.parametrize("answer", [SHELL, BLOCK, Answer(b"no", 503), Answer(b"no", 403), Answer(b"", 200)])
def test_what_could_not_be_read_is_kept_each_time_it_is_met(scene: Scene, shelf: Shelf, answer: Answer) -> None:
    scene.put(FIRST)
    scene.visit()
    scene.site.pages[url("one")] = answer
    for _ in range(3):
        scene.visit()
    assert shelf.bodies()[1:] == [answer.body] * 3
    assert len(scene.store.kept(scene.page().id)) == 4


def test_no_answer_leaves_nothing_to_keep(scene: Scene, shelf: Shelf) -> None:
    scene.site.pages[url("one")] = Answer(error=Unreachable("down"))
    scene.visit()
    assert (shelf.kept, scene.store.kept(scene.page().id)) == ([], [])


def test_proof_of_absence_is_kept_until_the_removal_is_logged_and_the_return_is(scene: Scene, shelf: Shelf) -> None:
    scene.put(FIRST)
    scene.visit()
    del scene.site.pages[url("one")]
    scene.visit()
    scene.visit()
    assert len(shelf.kept) == 3
    scene.store.handle.write("UPDATE page SET gone = 1")
    scene.visit()
    assert len(shelf.kept) == 3
    scene.put(FIRST)
    scene.visit()
    assert len(shelf.kept) == 4
    assert scene.log() == ["new", "restored"]


def test_the_same_bytes_are_handed_over_as_a_twins(scene: Scene, shelf: Shelf) -> None:
    scene.know("two")
    for name in ("one", "two"):
        scene.put(FIRST, name=name)
        scene.visit(name)
    (first,), (second,) = (scene.store.kept(scene.page(name).id) for name in ("one", "two"))
    assert [twin for _, twin in shelf.kept] == [None, Twin(first.id, url("one"), first.at)]
    assert (first.twin, second.twin) == (None, first.place)
    assert second.place == Place("shelf", 1, 1)


def test_another_text_has_no_twin(scene: Scene, shelf: Shelf) -> None:
    for what in (FIRST, SECOND, article("Third")):
        scene.put(what)
        scene.visit()
    assert [twin for _, twin in shelf.kept] == [None, None, None]


def test_what_an_archive_cannot_keep_is_not_in_the_store_and_the_page_stays_due(scene: Scene, shelf: Shelf) -> None:
    scene.put(FIRST)
    scene.visit()
    before = state(scene)
    scene.put(SECOND, url("two"))
    shelf.before = full
    for _ in range(2):
        with pytest.raises(ArchiveError):
            scene.visit()
        assert state(scene) == before
    assert (scene.log(), scene.bears(), scene.store.status().pages) == (["new"], FIRST, 1)
    shelf.before = lambda: None
    assert scene.visit().decision.changes == ("edited",)
    assert len(shelf.kept) == 2


def full() -> None:
    raise ArchiveError("the disk is full")


def state(scene: Scene) -> tuple[Page, object, int]:
    return scene.page(), scene.store.page_status(scene.page().id), len(scene.store.kept(scene.page().id))


def test_the_archive_has_a_capture_before_the_store_says_so(scene: Scene, shelf: Shelf) -> None:
    known: list[int] = []
    shelf.before = lambda: known.append(len(list(scene.store.all_kept())))
    scene.put(FIRST)
    scene.visit()
    assert known == [0]


def test_what_the_store_then_cannot_say_is_only_in_the_archive(scene: Scene, shelf: Shelf) -> None:
    def fail(*_: object) -> None:
        raise StoreError("the disk is full")

    scene.put(FIRST)
    scene.store.finish = fail  # type: ignore[method-assign,assignment]
    with pytest.raises(StoreError):
        scene.visit()
    assert len(shelf.kept) == 1
    assert state(scene)[0].visits == state(scene)[2] == 0


def test_without_an_archive_the_store_knows_of_the_capture_all_the_same(scene: Scene) -> None:
    scene.put(FIRST)
    scene.visit()
    (kept,) = scene.store.kept(scene.page().id)
    assert (kept.place, kept.twin, kept.status) == (None, None, 200)
