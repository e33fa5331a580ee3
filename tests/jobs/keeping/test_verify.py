"""Rounds seal what they log, and what the whole program records verifies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from jobs.scene import Scene
from standins import DAY, HOUR, START, Answer, article, said, url

from monitor.errors import Stopped
from monitor.fetching.archive import WarcArchive
from monitor.jobs.keeping.verify import left, size, verify
from monitor.jobs.round import check_page
from monitor.model import Flaw


def changes(scene: Scene) -> int:
    return len(scene.log(baseline=True))


def sealed(scene: Scene) -> int:
    head = scene.store.head()
    return head.change if head else 0


def test_a_round_seals_what_it_logged(known: Scene) -> None:
    assert sealed(known) == changes(known) == 2
    known.put("p1", word="other")
    known.drop("p2")
    for _ in range(4):
        known.round()
        assert sealed(known) == changes(known)
    assert known.log() == [("edited", "p1"), ("removed", "p2")]
    assert list(verify(known.store)) == []


def test_a_check_seals_what_it_logged(known: Scene) -> None:
    known.put("p1", word="other")
    page = known.store.page_at(url("p1"))
    assert page is not None
    check_page(page.id, known.source, known.tools)
    assert sealed(known) == changes(known) == 3


def test_what_a_round_logged_before_it_was_stopped_is_sealed_by_the_next(known: Scene) -> None:
    known.put("p1", "p2", word="other")
    known.stop_at("p2")
    with pytest.raises(Stopped):
        known.round()
    assert (sealed(known), changes(known)) == (2, 3)
    assert list(verify(known.store)) == [], "what is not sealed yet is no finding"
    known.go_on()
    known.round()
    assert sealed(known) == changes(known) == 4
    assert list(verify(known.store)) == []


def test_a_version_that_only_another_reading_made_verifies(known: Scene) -> None:
    known.tools = replace(known.tools, full_read_every=1)
    for name in ("p1", "p2"):
        known.put(name, word="other")
        known.round(everything=True)
    assert list(verify(known.store)) == []


def test_heads_noted_along_the_way_are_all_still_held(known: Scene) -> None:
    noted = []
    for word in ("one", "two", "three"):
        known.put("p1", word=word)
        known.round()
        head = known.store.head()
        assert head is not None
        noted.append(head)
    assert [known.store.sealed_as(head.digest) for head in noted] == [head.change for head in noted] == [3, 4, 5]
    for head in noted:
        assert list(verify(known.store, noted=head.digest)) == []
    other = b"\x01" + bytes(32)
    (found,) = verify(known.store, noted=other)
    assert isinstance(found, Flaw)
    assert (found.table, found.row) == ("seal", None)


def test_headers_of_a_page_that_could_not_be_read_at_first_are_whole(scene: Scene) -> None:
    scene.list("p1")
    scene.site.pages[url("p1")] = Answer(b"a shell", headers=(("X-Long", "some header that is different from all else"),))
    scene.round()
    headers = ("Content-Type", "text/html"), ("X-Other", "value that is rather long and is here again and again")
    answer = Answer(said(article("Title", "Words.")), headers=headers)
    scene.site.pages[url("p1")] = answer
    scene.round()
    scene.put("p1", word="edited")
    scene.round()
    assert len(scene.store.kept(1)) == 3
    assert list(verify(scene.store)) == []


def test_every_row_is_counted(known: Scene) -> None:
    known.round()
    counted: list[int] = []
    assert list(verify(known.store, step=counted.append)) == []
    assert sum(counted) == known.store.audit_size() == 2 + 0 + 1 + 2 + 2 + 2


def test_what_was_put_into_the_log_is_named_and_the_next_round_leaves_it_out(known: Scene) -> None:
    known.store.handle.insert(
        "INSERT INTO change (at, kind, page_id, before_id, capture_id, baseline) VALUES (?, 'removed', 1, 1, 1, 0)", (1 << 41,)
    )
    (found, *more) = verify(known.store)
    assert (found.table, found.row, found.where) == ("page", 1, url("p1"))
    assert [(flaw.table, flaw.row, flaw.where) for flaw in more] == [("change", 3, url("p1"))]
    assert more[0].what == "no change that was logged: its kind is removed, and the status of its capture 200"
    known.put("p2", word="other")
    known.round()
    assert (sealed(known), known.open()["seal"][:12]) == (4, "change 3 is ")
    assert [(flaw.table, flaw.row) for flaw in verify(known.store) if flaw.table != "page"] == [("change", 3), ("change", 3)]
    known.store.handle.write("DELETE FROM change WHERE id = 3")
    known.round()
    assert list(verify(known.store)) == [], "what was never sealed is no gap in the chain"
    assert "seal" not in known.open()


def test_changes_of_a_round_that_was_cut_short_long_ago_are_sealed_as_the_next_begins(known: Scene) -> None:
    known.put("p1", "p2", word="other")
    known.stop_at("p2")
    with pytest.raises(Stopped):
        known.round()
    with pytest.raises(Stopped):
        known.round(after=100 * DAY)
    assert sealed(known) == changes(known) == 3
    assert list(verify(known.store)) == []


def test_a_clock_that_went_back_makes_no_findings(known: Scene) -> None:
    known.put("p1", word="other")
    known.round(after=DAY)
    known.put("p1", "p2", word="third")
    known.round(after=-20 * HOUR)
    assert sealed(known) == changes(known) == 5
    assert list(verify(known.store)) == []


# The archive


def test_every_capture_in_the_archive_is_read_and_counted(archive: WarcArchive, known: Scene) -> None:
    assert list(verify(known.store, archive)) == []
    steps: list[int] = []
    list(verify(known.store, archive, step=steps.append))
    assert sum(steps) == size(known.store)


def test_a_file_that_is_missing_is_one_finding(archive: WarcArchive, known: Scene, tmp_path: Path) -> None:
    archive.close()
    (path,) = (tmp_path / "archive").iterdir()
    path.rename(tmp_path / "elsewhere")
    (found,) = verify(known.store, archive)
    assert (found.table, found.row) == ("file", None)
    at = f"{START:%Y-%m-%d %H:%M:%S} UTC"
    assert found.what == (
        f"{path.name} is missing from the archive: 2 captures cannot be read, the first of {url('p1')} at {at},"
        f" the last of {url('p2')} at {at}"
    )
    known.store.handle.write("UPDATE capture SET file_id = NULL WHERE id = 2")
    (found,) = verify(known.store, archive)
    assert found.what.endswith(f"1 capture cannot be read, of {url('p1')} at {at}")


def test_a_file_that_is_noted_as_dropped_and_lies_there_is_named_and_its_captures_are_checked(
    archive: WarcArchive, known: Scene
) -> None:
    archive.close()
    (file,) = known.store.files()
    known.store.drop_file(file.name, *archive.measure(file.name), "somebody@here", known.clock.now())
    assert left(known.store, archive) == [file.name]
    assert list(verify(known.store, archive)) == [], "it is just what was noted: a prune was cut short"
    known.store.handle.write("UPDATE file SET size = size + 1")
    (found,) = verify(known.store, archive)
    what = "is noted as dropped by somebody@here, but it lies there and is not what was noted"
    assert found.what == f"altered: {file.name} {what}"
    known.store.handle.write("UPDATE capture SET status = 404 WHERE id = 1")
    assert [(flaw.table, flaw.row) for flaw in verify(known.store, archive) if "differs" in flaw.what] == [("capture", 1)]
    archive.drop(file.name)
    assert left(known.store, archive) == []
    assert [flaw for flaw in verify(known.store, archive) if flaw.table in ("file", "capture")] == []


def test_a_note_of_a_dropped_file_without_size_and_digest_is_altered(archive: WarcArchive, known: Scene) -> None:
    archive.close()
    (file,) = known.store.files()
    archive.drop(file.name)
    known.store.handle.write("UPDATE file SET dropped_at = 1, dropped_by = 'x'")
    (found,) = verify(known.store, archive)
    assert found.what.startswith(f"altered: {file.name} is noted as dropped without its size")


def test_what_is_wrong_with_a_capture_says_of_which_page_and_change(archive: WarcArchive, known: Scene) -> None:
    known.put("p1", word="other")
    known.round()
    archive.close()
    known.store.handle.write("UPDATE capture SET offset = offset + 1 WHERE id = 1")
    (found,) = verify(known.store, archive)
    assert (found.row, found.where) == (1, f"{url('p1')}, changes #1, #3")


def test_a_byte_that_was_altered_in_the_archive_is_found(archive: WarcArchive, known: Scene, tmp_path: Path) -> None:
    archive.close()
    (path,) = (tmp_path / "archive").iterdir()
    whole = path.read_bytes()
    path.chmod(0o600)
    places = [kept.place for kept in known.store.all_kept()]
    for place in places:
        assert place is not None
        at = place.offset + place.length // 2
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert list(verify(known.store, archive))
    path.write_bytes(whole)
    assert list(verify(known.store, archive)) == []


@pytest.mark.parametrize(
    ("altered", "said"),
    [
        ("UPDATE capture SET wire_digest = randomblob(32) WHERE id = 1", "body"),
        ("UPDATE capture SET at = at + 1 WHERE id = 1", "instant"),
        ("UPDATE capture SET status = 404 WHERE id = 1", "status"),
        ("UPDATE capture SET answered = 'x' WHERE id = 1", "address"),
    ],
)
def test_a_row_that_no_longer_fits_its_capture_is_found(archive: WarcArchive, known: Scene, altered: str, said: str) -> None:
    known.store.handle.write(altered)
    found = [flaw for flaw in verify(known.store, archive) if flaw.table == "capture"]
    assert [flaw.row for flaw in found] == [1]
    assert f"differs by its {said}" in found[0].what


def test_a_place_that_was_altered_is_found(archive: WarcArchive, known: Scene) -> None:
    first, second = (kept.place for kept in known.store.all_kept())
    assert first is not None
    assert second is not None
    known.store.handle.write("UPDATE capture SET offset = ?, length = ? WHERE id = 1", (second.offset, second.length))
    found = list(verify(known.store, archive))
    assert [(flaw.table, flaw.row) for flaw in found] == [("capture", 1)]
