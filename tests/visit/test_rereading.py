"""Another reader: what both captures say to it is no edit, what they do not is one, and no more than that is logged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsing.markup import layout
from standins import Answer, PlainReader, article, url
from storing.steps import EVERYTHING
from visit.scene import Scene
from visit.test_evidence import Shelf

from monitor.article import Article
from monitor.fetching.archive import WarcArchive
from monitor.model import Page, Seen
from monitor.parsing.reader import LayoutReader
from monitor.settings import Rule
from monitor.storing.sqlite import StoreFile

AD = "Subscribe now."
PLAIN, NOISY = article("T", "The text."), article("T", "The text.", AD)
EDITED = article("T", "Another text.", AD)


@pytest.fixture
def noisy(scene: Scene, tmp_path: Path) -> Iterator[Scene]:
    """A page whose layout reads an advertisement as part of it."""
    scene.archive = WarcArchive(tmp_path / "archive", scene.clock, most_bytes=10**6, software="test")
    scene.put(NOISY)
    scene.visit()
    assert scene.bears() == NOISY
    yield scene
    if scene.archive is not None:
        scene.archive.close()


def mend(scene: Scene, layout: str = "mended") -> None:
    """From now on another layout reads the pages, without the advertisement."""
    scene.reader = PlainReader(blind=[AD], layout=layout)


def articles(scene: Scene) -> list[Article]:
    return [version.article for version in scene.store.versions(scene.page().id)]


def test_another_reader_makes_no_edit(noisy: Scene) -> None:
    mend(noisy)
    outcome = noisy.visit()
    assert (outcome.observation.seen, outcome.observation.detail, outcome.decision.changes) == (Seen.PARSED, "", ())
    assert noisy.log() == ["new"]
    assert articles(noisy) == [NOISY, PLAIN], "the old wording stays"
    assert (noisy.bears(), noisy.page().layout) == (PLAIN, "mended")
    noisy.visit()
    assert len(articles(noisy)) == 2


def test_the_same_layout_with_other_rules_is_another_reader(noisy: Scene) -> None:
    noisy.store.handle.write("UPDATE page SET reader = x'01'")
    mend(noisy, layout="plain")
    noisy.visit()
    assert (noisy.log(), noisy.bears()) == (["new"], PLAIN)


def test_a_database_that_never_noted_readers_does_not_cry_wolf(noisy: Scene) -> None:
    noisy.store.handle.write("UPDATE page SET reader = NULL")
    mend(noisy, layout="plain")
    noisy.visit()
    assert (noisy.log(), noisy.bears()) == (["new"], PLAIN)


def test_a_true_edit_is_logged_without_what_only_the_reader_changed(noisy: Scene) -> None:
    mend(noisy)
    noisy.put(EDITED)
    noisy.visit()
    assert noisy.log() == ["new", "edited"]
    assert articles(noisy) == [NOISY, PLAIN, article("T", "Another text.")]
    (change, _) = noisy.store.changes(EVERYTHING)
    assert (change.before, change.after) == (2, 3)
    assert noisy.store.kept_sides(change.id)[0] == noisy.store.kept(noisy.page().id)[0], "proven by the capture before"


def test_an_edit_of_what_the_new_reader_leaves_out_is_none(noisy: Scene) -> None:
    mend(noisy)
    noisy.put(article("T", "The text.", AD, AD))
    noisy.visit()
    assert (noisy.log(), noisy.bears()) == (["new"], PLAIN)


def test_what_the_old_reader_overlooked_is_found(noisy: Scene) -> None:
    """The page gained a paragraph that only the new reader sees: the capture before does not have it."""
    mend(noisy)
    noisy.put(article("T", "The text.", AD, "A later note."))
    noisy.visit()
    assert noisy.log() == ["new", "edited"]
    assert articles(noisy)[-2:] == [PLAIN, article("T", "The text.", "A later note.")]


def test_where_both_readers_agree_on_what_was_an_edit_is_as_ever(scene: Scene, noisy: Scene) -> None:
    noisy.reader = PlainReader(layout="other")
    noisy.put(EDITED)
    noisy.visit()
    assert noisy.log() == ["new", "edited"]
    assert articles(noisy) == [NOISY, EDITED]


def test_it_is_held_against_the_last_capture_of_what_the_page_bears(noisy: Scene) -> None:
    noisy.put(EDITED)
    noisy.visit()
    noisy.put(article("T", "The text.", AD))
    noisy.visit()
    assert noisy.log() == ["new", "edited", "reverted"]
    mend(noisy)
    noisy.visit()
    assert (noisy.log(), noisy.bears()) == (["new", "edited", "reverted"], PLAIN)


def test_a_page_that_came_back_edited_is_held_against_what_it_bore(noisy: Scene) -> None:
    noisy.store.handle.write("UPDATE page SET gone = 1")
    mend(noisy)
    noisy.put(EDITED)
    assert noisy.visit().decision.changes == ("restored", "edited")
    assert articles(noisy)[-2:] == [PLAIN, article("T", "Another text.")]
    mend(noisy, "third")
    noisy.reader.blind = []
    noisy.visit()
    assert noisy.log() == ["new", "restored", "edited"]
    assert noisy.bears() == EDITED


def test_a_page_that_came_back_and_only_reads_otherwise_is_back(noisy: Scene) -> None:
    noisy.store.handle.write("UPDATE page SET gone = 1")
    mend(noisy)
    assert noisy.visit().decision.changes == ("restored",)
    assert noisy.bears() == PLAIN


@pytest.mark.parametrize("why", ["no archive", "dropped", "unreadable", "damaged"])
def test_where_the_capture_cannot_be_read_again_it_is_an_edit_and_the_doubt_is_said(
    noisy: Scene, tmp_path: Path, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mend(noisy)
    if why == "no archive":
        noisy.archive = None
    elif why == "dropped":
        noisy.store.drop_file(noisy.store.files()[0].name, 1, b"", "me", noisy.clock.now())
    elif why == "unreadable":
        monkeypatch.setattr(noisy.reader, "read", read_only_now(noisy.reader, noisy))
    else:
        assert noisy.archive is not None
        noisy.archive.close()
        for file in (tmp_path / "archive").rglob("*.warc.gz"):
            file.write_bytes(b"")
    outcome = noisy.visit()
    assert outcome.decision.changes == ("edited",)
    assert "could not be read again" in outcome.observation.detail


def read_only_now(reader: PlainReader, scene: Scene) -> object:
    """A reader that makes nothing of what was fetched earlier."""
    from monitor.errors import ParseError
    from monitor.model import Capture, Reading
    from monitor.settings import Source

    plain = reader.read

    def read(capture: Capture, source: Source, known: bytes | None = None) -> Reading:
        if capture.at < scene.clock.now():
            raise ParseError(source="a", url=capture.url, field="title", tried=["h1"])
        return plain(capture, source, known)

    return read


def test_the_same_reader_asks_nothing_of_the_archive(noisy: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("the archive was read")

    monkeypatch.setattr(noisy.archive, "read", fail)
    noisy.put(EDITED)
    noisy.visit()
    assert noisy.log() == ["new", "edited"]
    noisy.reader = PlainReader(layout="other")
    noisy.visit()  # another reader that reads the same has nothing to ask either
    assert noisy.log() == ["new", "edited"]


def test_validators_are_not_blamed_for_another_reader(noisy: Scene) -> None:
    noisy.put(NOISY, etag='"1"')
    noisy.visit()
    mend(noisy, layout="plain")
    noisy.store.handle.write("UPDATE page SET reader = x'01'")
    noisy.visit(full=True)
    assert not noisy.store.are_validators_off("a")


def test_a_wording_that_was_adopted_is_what_the_page_says_from_then_on(noisy: Scene) -> None:
    was = noisy.clock.now()
    mend(noisy)
    noisy.put(EDITED)
    noisy.visit()
    page: Page = noisy.page()
    at_first, now = noisy.store.version(page.id, at=was), noisy.store.version(page.id, at=noisy.clock.now())
    assert at_first is not None
    assert now is not None
    assert (at_first.article, now.article) == (NOISY, article("T", "Another text."))
    assert list(noisy.store.audit(lambda _: None)) == []


# The law of it

TEXTS = ("A", "B", "C")
STEPS = st.tuples(st.sets(st.sampled_from(TEXTS), min_size=1), st.sets(st.sampled_from(TEXTS), max_size=2), st.integers(0, 2))


@settings(max_examples=60, deadline=None)
@given(st.lists(STEPS, min_size=2, max_size=8))
def test_an_edit_is_logged_when_one_reader_reads_both_captures_otherwise(steps: list[tuple[set[str], set[str], int]]) -> None:
    """Each step is what the page holds, what the reader overlooks, and which of three readers it is."""
    with TemporaryDirectory() as folder, StoreFile(Path(folder) / "m.db", lasting=False).open() as store:
        scene = Scene(store, archive=Shelf())
        for held, overlooked, name in steps:
            scene.reader = PlainReader(blind=sorted(overlooked), layout=f"reader {name} {sorted(overlooked)}")
            scene.put(article("T", "Always.", *sorted(held)))
            page, before = scene.page(), captured(scene)
            logged = scene.visit().decision.changes
            now = tuple(each for each in ("Always.", *sorted(held)) if each not in overlooked)
            assert scene.bears() == article("T", *now)
            if page.current is not None and before is not None and page.layout != scene.reader.layout:
                assert bool(logged) == (was_known(scene, page) != now and seen_by(scene, before) != now)
        assert list(store.audit(lambda _: None)) == []


def captured(scene: Scene) -> bytes | None:
    kept = scene.store.kept_of(scene.page().id)
    return scene.archive.read(kept.place).body if kept and kept.place and scene.archive else None


def seen_by(scene: Scene, body: bytes) -> tuple[str, ...]:
    return tuple(line for line in body.decode().split("\n")[3:] if line not in scene.reader.blind)


def was_known(scene: Scene, page: Page) -> tuple[str, ...]:
    assert page.current is not None
    found = (each for each in scene.store.versions(page.id) if each.fingerprint == page.current.fingerprint)
    return next(found).article.paragraphs


def test_a_layout_that_takes_over_makes_no_edit(scene: Scene, tmp_path: Path) -> None:
    """Before its day another layout reads the page best; what both captures say to the new one is no edit."""
    noisy = layout("noisy", title=(Rule(css="h1"),), paragraphs=(Rule(css="p"),))
    tomorrow = scene.clock.now().date() + timedelta(days=1)
    source_ = replace(scene.source, layouts=(replace(noisy, name="clean", drop=(".ad",), since=tomorrow), noisy), publication="P")
    scene.source, scene.reader = source_, LayoutReader()  # type: ignore[assignment]  # the real one
    scene.archive = WarcArchive(tmp_path / "archive", scene.clock, most_bytes=10**6, software="test")
    page = "<html><body><h1>T</h1><p>The text.</p><p class=ad>Subscribe now.</p></body></html>"
    scene.site.pages[url("one")] = Answer(page.encode())
    scene.visit()
    assert scene.page().layout == "noisy"
    scene.clock.move(timedelta(days=2))
    scene.visit()
    assert scene.log() == ["new"]
    scene.site.pages[url("one")] = Answer(page.replace("text", "word").encode())
    scene.visit()
    scene.archive.close()
    assert (scene.log(), scene.page().layout) == (["new", "edited"], "clean")
