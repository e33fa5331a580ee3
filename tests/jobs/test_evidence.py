"""What proves a change, as a third person gets it: everything is there, fits together, and is checked with other tools."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jobs.scene import Scene
from standins import Answer, url
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from monitor.errors import InputError
from monitor.fetching.archive import WarcArchive
from monitor.fingerprint import fingerprint, printed
from monitor.jobs.evidence import Bundle, evidence, write
from monitor.jobs.prune import prune
from monitor.model import Change, LogQuery


@pytest.fixture
def archive(scene: Scene, tmp_path: Path) -> Iterator[WarcArchive]:
    """The archive of the scene's rounds."""
    found = WarcArchive(tmp_path / "archive", scene.clock, most_bytes=1_000_000, software="test/1")
    scene.tools = replace(scene.tools, archive=found)
    yield found
    found.close()


@pytest.fixture
def edited(archive: WarcArchive, known: Scene) -> Scene:
    """A page was edited."""
    known.put("p1", word="other")
    known.round()
    return known


def changes(scene: Scene) -> list[Change]:
    return list(scene.store.changes(LogQuery(baseline=True, limit=None)))


def made(scene: Scene, archive: WarcArchive, change: Change, *, chain: bool = False) -> Bundle:
    return evidence(change, scene.store, archive, scene.clock.now(), chain=chain)


def manifest(bundle: Bundle) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(bundle.files["manifest.json"])
    return found


def payloads(bundle: Bundle) -> list[bytes]:
    records = ArchiveIterator(io.BytesIO(bundle.files["captures.warc.gz"]))
    return [record.content_stream().read() for record in records if record.rec_type == "response"]


def test_both_sides_of_an_edit_are_there(edited: Scene, archive: WarcArchive) -> None:
    change = changes(edited)[0]
    bundle = made(edited, archive, change)
    assert bundle.missing == []
    assert sorted(bundle.files) == sorted(
        ["before.txt", "after.txt", "diff.txt", "captures.warc.gz", "record.json", "manifest.json", "README.txt", "SHA256SUMS"]
    )
    assert (b"word p1" in bundle.files["before.txt"], b"other p1" in bundle.files["after.txt"]) == (True, True)
    assert b"[-word-]" in bundle.files["diff.txt"]
    assert [b"word p1" in payload for payload in payloads(bundle)] == [True, False]
    page = edited.store.page_at(url("p1"))
    assert page is not None
    said = manifest(bundle)["versions"]
    for side, version in zip(("before", "after"), edited.store.versions(page.id), strict=True):
        assert said[side]["fingerprint"] == printed(version.fingerprint) == printed(fingerprint(version.article))


def test_every_digest_fits(edited: Scene, archive: WarcArchive) -> None:
    bundle = made(edited, archive, changes(edited)[0])
    for line in bundle.files["SHA256SUMS"].decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(bundle.files[name]).hexdigest() == digest
    said = manifest(bundle)
    assert {name: found["sha256"] for name, found in said["files"].items()} == {
        name: hashlib.sha256(bundle.files[name]).hexdigest() for name in said["files"]
    }
    assert [each["body_sha256"] for each in said["captures"]] == [hashlib.sha256(p).hexdigest() for p in payloads(bundle)]


def test_the_records_lie_where_the_manifest_says(edited: Scene, archive: WarcArchive) -> None:
    bundle = made(edited, archive, changes(edited)[0])
    for each in manifest(bundle)["captures"]:
        part = bundle.files["captures.warc.gz"][each["offset"] : each["offset"] + each["length"]]
        kinds = [record.rec_type for record in ArchiveIterator(io.BytesIO(part))]
        assert kinds[-1] == "response"


def test_the_captures_pass_the_checker_of_another_program(
    edited: Scene, archive: WarcArchive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(made(edited, archive, changes(edited)[0]), tmp_path / "out", edited.clock.now())
    checker = Checker(_Checked([str(tmp_path / "out" / "captures.warc.gz")]))
    checker.process_all()
    assert checker.exit_value == 0
    assert "digest failed" not in capsys.readouterr().out


class _Checked:
    """What the checker's command line would have said."""

    verbose = True

    def __init__(self, inputs: list[str]) -> None:
        self.inputs = inputs


def test_the_record_is_what_was_sealed(edited: Scene, archive: WarcArchive) -> None:
    bundle = made(edited, archive, changes(edited)[0])
    seal = manifest(bundle)["seal"]
    previous = bytes.fromhex(seal["previous"].removeprefix("1:"))
    assert "1:" + hashlib.sha256(previous + bundle.files["record.json"]).hexdigest() == seal["digest"]
    head = edited.store.head()
    assert head is not None
    assert seal["head"] == {"change": head.change, "digest": printed(head.digest)}


def test_with_the_chain_the_change_leads_to_the_head(edited: Scene, archive: WarcArchive) -> None:
    first = changes(edited)[-1]
    bundle = made(edited, archive, first, chain=True)
    digest = bytes.fromhex(manifest(bundle)["seal"]["digest"].removeprefix("1:"))
    for line in bundle.files["chain.jsonl"].decode().splitlines():
        link = json.loads(line)
        digest = hashlib.sha256(digest + link["record"].encode("utf-8", "surrogateescape")).digest()
        assert link["digest"] == "1:" + digest.hex()
    head = edited.store.head()
    assert head is not None
    assert digest == head.digest[1:]


def test_a_removal_rests_on_all_agreeing_absences_even_when_the_page_came_back(known: Scene, archive: WarcArchive) -> None:
    known.put("p1", word="other")
    known.round()
    known.drop("p1")
    for _ in range(4):
        known.round()
    known.put("p1", word="other")
    known.round()
    restored, removed, *_ = changes(known)
    assert (restored.kind, removed.kind) == ("restored", "removed")
    bundle = made(known, archive, removed)
    assert [each["side"] for each in manifest(bundle)["captures"]] == ["before", "absent", "absent", "absent"]
    assert bundle.missing == []
    assert [each["status"] for each in manifest(bundle)["captures"]] == [200, 404, 404, 404]
    assert [each["side"] for each in manifest(made(known, archive, restored))["captures"]] == ["after"]


def test_bytes_that_were_referred_to_are_there(known: Scene, archive: WarcArchive) -> None:
    """The second absence refers to the bytes of the first; whoever gets it alone gets those too."""
    known.drop("p1", "p2")
    known.put("p3")
    known.list("p3")
    for _ in range(4):
        known.round()
    removed = next(change for change in changes(known) if change.kind == "removed")
    bundle = made(known, archive, removed)
    kinds = [r.rec_type for r in ArchiveIterator(io.BytesIO(bundle.files["captures.warc.gz"]))]
    assert "revisit" in kinds
    assert b"not found" in payloads(bundle)


def test_what_was_dropped_is_said_to_be_missing(edited: Scene, archive: WarcArchive) -> None:
    archive.close()
    assert prune(edited.store.files(), edited.store, archive, "somebody@here", edited.clock.now()) == []
    bundle = made(edited, archive, changes(edited)[0])
    assert "captures.warc.gz" not in bundle.files
    assert [each.partition(": ")[2] for each in bundle.missing] == [
        f"its bytes were dropped on {edited.clock.now():%Y-%m-%d} by somebody@here"
    ] * 2


def test_what_was_made_before_there_was_an_archive_is_said_to_be_missing(known: Scene, tmp_path: Path) -> None:
    archive = WarcArchive(tmp_path / "archive", known.clock, most_bytes=1_000_000, software="test/1")
    bundle = made(known, archive, changes(known)[0])
    assert [each.partition(": ")[2] for each in bundle.missing] == ["it was made before captures were archived"]


def test_a_change_that_is_not_sealed_yet_has_no_record(edited: Scene, archive: WarcArchive) -> None:
    edited.store.handle.write("DELETE FROM seal WHERE change_id = (SELECT max(change_id) FROM seal)")
    bundle = made(edited, archive, changes(edited)[0])
    assert "record.json" not in bundle.files
    assert bundle.missing == ["the seal: the change is sealed at the end of the round that logged it"]


def test_a_damaged_capture_is_named_and_the_rest_is_there(edited: Scene, archive: WarcArchive, tmp_path: Path) -> None:
    archive.close()
    for path in (tmp_path / "archive").iterdir():
        path.chmod(0o600)
        path.write_bytes(path.read_bytes()[:-40])
    bundle = made(edited, archive, changes(edited)[0])
    assert bundle.missing
    assert all("the capture" in each for each in bundle.missing)
    assert {"before.txt", "after.txt", "record.json"} <= set(bundle.files)


def test_hostile_names_stay_harmless(known: Scene, archive: WarcArchive) -> None:
    known.site.pages[url("p1")] = Answer(b"P\n2026-01-01\n\x1b]0;owned\x07Title\nSome words")
    known.round()
    bundle = made(known, archive, changes(known)[0])
    for name in ("README.txt", "diff.txt", "manifest.json"):
        assert b"\x1b" not in bundle.files[name]


# Where it is written


def bundle_of(**files: bytes) -> Bundle:
    bundle = Bundle()
    for name, content in files.items():
        bundle.add(name, content, "what")
    return bundle


def test_a_folder_or_a_zip_file(tmp_path: Path, scene: Scene) -> None:
    write(bundle_of(a=b"1", b=b"2"), tmp_path / "folder", scene.clock.now())
    assert {path.name: path.read_bytes() for path in (tmp_path / "folder").iterdir()} == {"a": b"1", "b": b"2"}
    write(bundle_of(a=b"1", b=b"2"), tmp_path / "both.ZIP", scene.clock.now())
    with zipfile.ZipFile(tmp_path / "both.ZIP") as packed:
        assert {name: packed.read(name) for name in packed.namelist()} == {"a": b"1", "b": b"2"}


@pytest.mark.parametrize("name", ["there", "there.zip"])
def test_what_exists_is_never_overwritten(tmp_path: Path, scene: Scene, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(InputError, match="exists already"):
        write(bundle_of(a=b"1"), tmp_path / name, scene.clock.now())
    assert (tmp_path / name).read_text() == "mine"


@pytest.mark.parametrize("name", ["no/such/folder", "no/such.zip"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, scene: Scene, name: str) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        write(bundle_of(a=b"1"), tmp_path / name, scene.clock.now())
    assert not list(tmp_path.rglob("*.part"))
