"""Half a page: what ends between two paragraphs without the end that was there before is no edit; with an end it is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from standins import Answer, article, said, url
from visit.scene import Scene

from monitor.fetching.archive import WarcArchive
from monitor.model import Outcome, Seen

WHOLE = article("T", "One two.", "Three four.", "Five six.")
HALF, BIT = article("T", "One two.", "Three four."), article("T", "One two.", "Three fo")
END = "https://a.example/?</html>"  # the plain reader's pages have links at their end, and this one's source holds the mark


@pytest.fixture
def kept(scene: Scene, tmp_path: Path) -> Iterator[Scene]:
    archive = WarcArchive(tmp_path / "archive", scene.clock, most_bytes=10**6, software="test")
    scene.archive = archive
    yield scene
    archive.close()


def shows(scene: Scene, what: bytes) -> Outcome:
    scene.site.pages[url("one")] = Answer(what)
    return scene.visit()


def test_a_page_cut_between_two_paragraphs_is_no_edit(kept: Scene) -> None:
    shows(kept, said(WHOLE, END))
    for _ in range(2):
        observation = shows(kept, said(HALF)).observation
        why = "the page breaks off between two paragraphs: its end did not come, as it did before"
        assert (observation.seen, observation.detail) == (Seen.BROKEN, why)
    assert shows(kept, said(WHOLE, END)).observation.seen is Seen.PARSED
    assert kept.log() == ["new"]


def test_what_ends_so_five_times_in_a_row_is_all_that_the_page_says(kept: Scene) -> None:
    """The site leaves out the end of its pages now: an edit must not be missed for ever. An outage before counts for nothing."""
    shows(kept, said(WHOLE, END))
    for _ in range(5):
        assert shows(kept, b"").observation.seen is not Seen.PARSED
    assert shows(kept, said(HALF)).observation.seen is Seen.BROKEN
    assert shows(kept, said(HALF)).decision.changes == ("edited",)


def test_a_page_that_was_edited_and_cut_is_held_until_it_is_whole(kept: Scene) -> None:
    shows(kept, said(WHOLE, END))
    for half in (article("T", "One 2.", "Three four."), article("T", "One 2.", "Three fo")):
        assert shows(kept, said(half)).observation.seen is Seen.BROKEN
    assert shows(kept, said(article("T", "One 2.", "Three four.", "Five six."), END)).decision.changes == ("edited",)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (said(WHOLE, END), said(HALF, END)),
        (said(WHOLE), said(HALF)),
        (said(WHOLE, END), said(article("Another", "One two."))),
        (said(HALF, END), said(WHOLE)),
        (said(article("T", "One two. Three.")), said(article("T", "One two."))),  # the last sentence of a page without an end
    ],
)
def test_what_has_its_end_or_never_had_one_or_is_more_than_cut_is_edited(kept: Scene, before: bytes, after: bytes) -> None:
    shows(kept, before)
    assert shows(kept, after).decision.changes == ("edited",)


@pytest.mark.parametrize("why", ["no archive", "dropped", "damaged"])
def test_where_nobody_knows_of_an_end_it_is_an_edit(kept: Scene, tmp_path: Path, why: str) -> None:
    shows(kept, said(WHOLE, END))
    if why == "no archive":
        kept.archive = None
    elif why == "dropped":
        (file,) = kept.store.files()
        kept.store.drop_file(file.name, file.used, b"d" * 32, "a test", kept.clock.now())
    else:
        kept.archive.close()  # type: ignore[union-attr]
        (path,) = (tmp_path / "archive").rglob("*.warc.gz")
        path.write_bytes(b"")
    assert shows(kept, said(HALF)).decision.changes == ("edited",)


def test_a_page_cut_in_a_paragraph_needs_no_archive(scene: Scene) -> None:
    shows(scene, said(WHOLE))
    assert "in the middle of a paragraph" in shows(scene, said(BIT)).observation.detail
