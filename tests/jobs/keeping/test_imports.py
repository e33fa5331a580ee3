"""Importing: which captures of a file become versions, which do not and why, and what a visit says afterwards."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from fetching.foreign import Foreign
from jobs.scene import Scene
from standins import DAY, HOUR, START, PlainReader, article, said, url

from monitor.errors import InputError, Stopped
from monitor.fetching.archive.foreign import WarcFiles
from monitor.jobs.keeping.imports import Importer, Tally
from monitor.model import Capture, Place, Twin
from monitor.settings import Mark

OLD = article("Title of p1", "old words")
LONG_AGO = START - 100 * DAY


@pytest.fixture
def foreign(tmp_path: Path) -> Foreign:
    return Foreign(tmp_path / "foreign.warc.gz")


def importer(scene: Scene) -> Importer:
    return Importer([scene.source], scene.store, PlainReader(), scene.clock)


def run(scene: Scene, *files: Foreign) -> Tally:
    return importer(scene).run(WarcFiles([file.save() for file in files], limit=100_000), threading.Event())


def wordings(scene: Scene, name: str = "p1") -> list[str]:
    page = scene.store.page_at(url(name))
    assert page is not None
    return [" ".join(version.article.paragraphs) for version in scene.store.versions(page.id)]


def test_a_capture_of_a_known_page_is_an_earlier_version_and_no_news(known: Scene, foreign: Foreign) -> None:
    tally = run(known, foreign.response(url("p1"), LONG_AGO, said(OLD)))
    assert (tally.read, tally.imported, tally.versions, tally.pages, tally.known) == (1, 1, 1, 0, 0)
    assert wordings(known) == ["word p1", "old words"]
    assert known.log() == []
    assert known.log(baseline=True)[-1] == ("imported", "p1")
    assert known.store.head() is not None, "it is sealed at once"


def test_importing_a_file_again_changes_nothing(known: Scene, foreign: Foreign) -> None:
    foreign.response(url("p1"), LONG_AGO, said(OLD)).response(url("p9"), LONG_AGO, said(OLD))
    run(known, foreign)
    before = known.log(baseline=True), known.store.status()
    again = run(known, foreign)
    assert (again.imported, again.known, again.pages) == (0, 2, 0)
    assert (known.log(baseline=True), known.store.status()) == before


def test_a_page_taken_up_is_watched_from_then_on_and_its_first_visit_is_no_news(known: Scene, foreign: Foreign) -> None:
    assert run(known, foreign.response(url("p9"), LONG_AGO, said(article("Title of p9", "old words")))).pages == 1
    known.put("p9", word="another")
    known.round()
    assert known.log() == []
    assert wordings(known, "p9") == ["old words", "another p9"]


def test_a_first_visit_that_finds_an_imported_wording_makes_no_second_version_of_it(known: Scene, foreign: Foreign) -> None:
    run(known, foreign.response(url("p9"), LONG_AGO, said(article("Title of p9", "word p9"))))
    known.put("p9")
    known.round()
    assert wordings(known, "p9") == ["word p9"]
    page = known.store.page_at(url("p9"))
    assert page is not None
    assert page.current is not None
    known.put("p9", word="new")
    known.round()
    assert known.log() == [("edited", "p9")]


def test_a_visit_that_finds_an_imported_wording_again_sees_a_return_to_it(known: Scene, foreign: Foreign) -> None:
    run(known, foreign.response(url("p1"), LONG_AGO, said(OLD)))
    known.site.put("p1", OLD)
    known.round()
    assert known.log() == [("reverted", "p1")]


def test_what_is_not_imported_is_counted_by_reason(known: Scene, foreign: Foreign) -> None:
    foreign.response(url("p1"), LONG_AGO, b"gone", status="404 Not Found")
    foreign.response(url("p1"), LONG_AGO + HOUR, b"moved", status="301 Moved")
    foreign.response("https://elsewhere.example/x", LONG_AGO, said(OLD))
    foreign.response(url("p1"), START + 1000 * DAY, said(OLD))
    foreign.response(url("p2"), LONG_AGO, b"no article")
    foreign.response(url("p2"), LONG_AGO + HOUR, b"")
    tally = run(known, foreign)
    assert tally.imported == 0
    assert tally.skipped == {
        "status 404": 1,
        "status 301": 1,
        "an address that is no article of any source, nor a known page": 1,
        "dated in the future": 1,
        "broken: no layout of its source reads it": 1,
        "the page is empty (0 bytes of text)": 1,
    }


def test_a_challenge_page_in_a_file_is_no_version(known: Scene, foreign: Foreign) -> None:
    mark = Mark("a queue", ("you are in line",), "You are in line.", where="text", in_articles=True)
    known.source = type(known.source)(known.source.name, known.source.layouts, find=known.source.find, marks=(mark,))
    tally = run(known, foreign.response(url("p1"), LONG_AGO, said(article("Wait", "You are in line."))))
    assert list(tally.skipped) == ["blocked: a queue: it holds 'you are in line'"]
    assert wordings(known) == ["word p1"]


def test_a_capture_without_a_field_that_was_read_on_its_page_is_doubted(known: Scene, foreign: Foreign) -> None:
    tally = run(known, foreign.response(url("p1"), LONG_AGO, said(article("Title of p1", "old words", published=None))))
    assert list(tally.skipped) == ["published: read on this page before, and missing now"]


def test_a_known_page_counts_though_no_pattern_fits_its_address(known: Scene, foreign: Foreign) -> None:
    address = url("p1").replace("https://a.example", "http://www.a.example")
    known.source = type(known.source)(known.source.name, known.source.layouts)
    assert run(known, foreign.response(address, LONG_AGO, said(OLD))).imported == 1


def test_a_damaged_file_ends_where_it_is_damaged_and_the_next_goes_on(known: Scene, foreign: Foreign, tmp_path: Path) -> None:
    foreign.response(url("p1"), LONG_AGO, said(OLD)).response(url("p2"), LONG_AGO, said(OLD)).save()
    foreign.path.write_bytes(foreign.path.read_bytes()[:-40])
    other = Foreign(tmp_path / "other.warc").response(url("p1"), LONG_AGO - DAY, said(article("Title of p1", "older"))).save()
    tally = importer(known).run(WarcFiles([foreign.path, other], limit=10_000), threading.Event())
    assert wordings(known) == ["word p1", "old words", "older"]
    assert [damage.split(": ")[0] for damage in tally.damage] == [str(foreign.path)]


def test_nothing_is_imported_when_one_file_is_missing(known: Scene, foreign: Foreign, tmp_path: Path) -> None:
    path = foreign.response(url("p1"), LONG_AGO, said(OLD)).save()
    with pytest.raises(InputError):
        WarcFiles([path, tmp_path / "nosuch.warc"], limit=10_000)


def test_an_import_that_is_stopped_leaves_whole_captures(known: Scene, foreign: Foreign) -> None:
    foreign.response(url("p1"), LONG_AGO, said(OLD)).response(url("p2"), LONG_AGO, said(OLD))
    stop = threading.Event()
    with pytest.raises(Stopped):
        importer(known).run(WarcFiles([foreign.save()], limit=10_000), stop, stop.set)
    assert (wordings(known, "p1"), wordings(known, "p2")) == (["word p1", "old words"], ["word p2"])
    assert list(known.store.audit(lambda _: None)) == []
    assert run(known, foreign).imported == 1, "the rest can be had later"


class Shelf:
    """Implements of ``Archive`` what an import needs."""

    def __init__(self) -> None:
        self.kept: list[tuple[Capture, Twin | None]] = []

    def keep(self, capture: Capture, twin: Twin | None = None) -> Place:
        self.kept.append((capture, twin))
        return Place("ours.warc.gz", len(self.kept), 1)


def test_the_bytes_go_to_our_own_archive_once(known: Scene, foreign: Foreign) -> None:
    foreign.response(url("p1"), LONG_AGO, said(OLD)).response(url("p1"), LONG_AGO + DAY, said(OLD))
    shelf = Shelf()
    job = importer(known)
    job.archive = shelf  # type: ignore[assignment]
    job.run(WarcFiles([foreign.save()], limit=10_000), threading.Event())
    (first, none), (_, twin) = shelf.kept
    assert (first.at, first.body, none) == (LONG_AGO, said(OLD), None)
    assert twin is not None
    assert twin.at == LONG_AGO


# What one capture alone does not tell

BUSY = said(article("Please wait", "We are very busy, come back later"))


def test_one_text_for_several_addresses_is_no_version(known: Scene, foreign: Foreign) -> None:
    foreign.response(url("p1"), LONG_AGO, BUSY).response(url("p2"), LONG_AGO + HOUR, BUSY)
    foreign.response(url("p3"), LONG_AGO, BUSY).response(url("p1"), LONG_AGO + DAY, said(OLD))
    tally = run(known, foreign)
    assert (tally.imported, tally.read) == (1, 4)
    assert tally.skipped == {"one text for several addresses": 3}
    assert wordings(known, "p1") == ["word p1", "old words"]


def test_copies_are_taken_in_though_they_were_edited_since(known: Scene, foreign: Foreign) -> None:
    text = "word p1 word p2 and all the rest of a text that stands at both of these addresses"
    for name in ("p1", "p2"):
        known.site.put(name, article("A title", f"As {name}: {text}"))
    known.round()
    foreign.response(url("p1"), LONG_AGO, said(article("A title", text)))
    foreign.response(url("p2"), LONG_AGO, said(article("A title", text)))
    assert run(known, foreign).imported == 2


def test_the_front_page_at_an_articles_address_is_no_version(known: Scene, foreign: Foreign) -> None:
    front = said(article("The front page", "teasers"))
    foreign.response(url("p1"), LONG_AGO, front).response(url(""), LONG_AGO + DAY, front)
    tally = run(known, foreign)
    assert tally.imported == 0
    assert tally.skipped["the front page's text"] == 1


@pytest.mark.parametrize("left", [("first", "second par"), ("first",)])
@pytest.mark.parametrize("is_first", [True, False])
def test_a_page_that_breaks_off_is_no_version(known: Scene, foreign: Foreign, left: tuple[str, ...], *, is_first: bool) -> None:
    whole, cut = article("Title of p1", "first", "second paragraph"), article("Title of p1", *left)
    days = {True: (DAY, HOUR), False: (HOUR, DAY)}[is_first]
    bodies = (said(whole, "https://a.example/</html>"), said(cut))
    for after, body in sorted(zip(days, bodies, strict=True), key=lambda each: each[0]):
        foreign.response(url("p1"), LONG_AGO + after, body)
    tally = run(known, foreign)
    assert wordings(known) == ["word p1", "first second paragraph"]
    assert tally.skipped == {"the page breaks off: its end did not come": 1}
    ended = Foreign(foreign.path.with_name("b.warc"))
    ended.response(url("p1"), LONG_AGO, said(cut, "https://a.example/</html>"))
    assert run(known, ended).imported == 1, "its source says that it ends"
