"""What proves a change, as a third person gets it: everything is there, fits together, and is checked with other tools."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jobs.scene import Scene
from standins import START, Answer, Site, url
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from monitor.errors import InputError
from monitor.fetching.archive import WarcArchive
from monitor.fingerprint import fingerprint, printed
from monitor.jobs.keeping.evidence import Bundle, credentials, evidence, write
from monitor.jobs.keeping.prune import prune
from monitor.model import Capture, Change, Hop, LogQuery, Request
from monitor.settings import Source


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
        [
            *(f"{side}.{kind}" for side in ("before", "after") for kind in ("txt", "json")),
            "diff.txt",
            "captures.warc.gz",
            "record.json",
            "manifest.json",
            "README.txt",
            "SHA256SUMS",
        ]
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


# How it is checked without us


COMMAND = re.compile(r'^python3 (-c "\n.*?\n.*?"\n)prints (\S+)$', re.MULTILINE | re.DOTALL)


def outputs(bundle: Bundle, folder: Path) -> list[tuple[str, str]]:
    """Every Python command of the README.txt, run in a folder with the files: what it prints, and what it is said to print."""
    for name, content in bundle.files.items():
        (folder / name).write_bytes(content)
    found = COMMAND.findall(bundle.files["README.txt"].decode())
    lines = [["sh", "-c", f"{sys.executable} {code}"] for code, _ in found]
    run = [subprocess.run(line, cwd=folder, capture_output=True, text=True) for line in lines]  # noqa: S603
    return [(done.stdout.strip() or done.stderr, said) for done, (_, said) in zip(run, found, strict=True)]


def test_every_command_of_its_readme_does_what_is_said(edited: Scene, archive: WarcArchive, tmp_path: Path) -> None:
    bundle = made(edited, archive, changes(edited)[-1], chain=True)
    assert [text for text, _ in outputs(bundle, tmp_path)] == [said for _, said in outputs(bundle, tmp_path)]
    assert len(outputs(bundle, tmp_path)) == 3, "its text, its link of the chain, the rest of that"
    both = made(edited, archive, changes(edited)[0])
    prints = [said for _, said in outputs(both, tmp_path)]
    assert [text for text, _ in outputs(both, tmp_path)] == prints
    versions = manifest(both)["versions"]
    assert prints[:2] == [versions["before"]["fingerprint"], versions["after"]["fingerprint"]]


NAMED = re.compile(r"[\w.]+\.(?:txt|json|jsonl|gz)\b")


def test_its_readme_names_only_what_is_there(edited: Scene, archive: WarcArchive) -> None:
    edited.drop("p1")
    for _ in range(3):
        edited.round()
    removed, edit, *_ = changes(edited)
    edited.store.handle.write("DELETE FROM seal WHERE change_id = ?", (removed.id,))
    bundle = made(edited, archive, removed)
    told = bundle.files["README.txt"].decode()
    assert set(NAMED.findall(told)) <= set(bundle.files)
    assert "  the seal: the change is sealed at the end of the round that logged it\n" in told
    archive.close()
    assert prune(edited.store.files(), edited.store, archive, "somebody@here", edited.clock.now()) == []
    bundle = made(edited, archive, edit)
    told = bundle.files["README.txt"].decode()
    assert set(NAMED.findall(told)) <= set(bundle.files)
    assert "captures.warc.gz" not in told
    assert [line[:3] for line in told.splitlines() if re.match(r"\d\. ", line)] == ["1. ", "2. ", "3. "]


def test_each_record_stands_there_once(edited: Scene, archive: WarcArchive) -> None:
    edited.drop("p1")
    for _ in range(4):
        edited.round()
    bundle = made(edited, archive, changes(edited)[0])
    records = ArchiveIterator(io.BytesIO(bundle.files["captures.warc.gz"]))
    ids = [record.rec_headers.get_header("WARC-Record-ID") for record in records]
    assert len(ids) == len(set(ids))
    captures = manifest(bundle)["captures"]
    assert ["twin" in each for each in captures] == [False, False, True, True]
    for each in captures:
        spots = [each, *([each["twin"]] if "twin" in each else [])]
        parts = [bundle.files["captures.warc.gz"][spot["offset"] : spot["offset"] + spot["length"]] for spot in spots]
        kinds = [[record.rec_type for record in ArchiveIterator(io.BytesIO(part))][-1] for part in parts]
        assert kinds == (["revisit", "response"] if "twin" in each else ["response"])


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


class LoggedIn:
    """A site that wants cookies, over that of a scene: its captures hold them."""

    def __init__(self, site: Site, sent: bytes, head: bytes) -> None:
        self.site, self.sent, self.head = site, sent, head

    def fetch(self, request: Request, source: Source) -> Capture:
        return replace(self.site.fetch(request, source), sent=self.sent, head=self.head)


ASKED = b"GET /p1 HTTP/1.1\r\nHost: a.example\r\n%s\r\n"
ANSWERED = b"HTTP/1.1 200 OK\r\n%s\r\n"


def test_what_a_session_is_known_by_is_kept_and_named(known: Scene, archive: WarcArchive) -> None:
    site = LoggedIn(known.site, ASKED % b"Cookie: sid=secret\r\n", ANSWERED % b"set-cookie: sid=other\r\n")
    known.tools = replace(known.tools, fetcher=site)
    known.put("p1", word="other")
    known.round()
    bundle = made(known, archive, changes(known)[0])
    before, after = manifest(bundle)["captures"]
    at = after["at"]
    assert bundle.private == [f"the capture after, of {at}: Cookie in a request, Set-Cookie in an answer"]
    assert after["credentials"] == ["Cookie in a request", "Set-Cookie in an answer"]
    assert "credentials" not in before
    told = bundle.files["README.txt"].decode()
    assert "Before you hand it on\n" in told
    assert f"  the capture after, of {at}: Cookie in a request, Set-Cookie in an answer\n" in told
    assert b"secret" not in b"".join(bundle.files[name] for name in bundle.files if name != "captures.warc.gz")
    records = ArchiveIterator(io.BytesIO(bundle.files["captures.warc.gz"]))
    assert any("sid=secret" in str(record.http_headers) for record in records if record.rec_type == "request")


def test_where_there_is_nothing_of_a_session_nothing_is_said(edited: Scene, archive: WarcArchive) -> None:
    bundle = made(edited, archive, changes(edited)[0])
    assert bundle.private == []
    assert b"Before you hand it on" not in bundle.files["README.txt"]


@pytest.mark.parametrize(
    ("sent", "head", "found"),
    [
        (b"", b"", []),
        (ASKED % b"", ANSWERED % b"", []),
        (ASKED % b"authorization : Basic eA==\r\n", b"", ["Authorization in a request"]),
        (ASKED % b"Proxy-Authorization: x\r\nCookie: a=b\r\n", b"", ["Cookie in a request", "Proxy-Authorization in a request"]),
        (ASKED % b"X-Cookie: a\r\n" + b"\r\nCookie: it is only a form", ANSWERED % b"X-Set-Cookie: a\r\n", []),
        (b"", ANSWERED % b"A: b\r\nSET-COOKIE: a=b\r\n", ["Set-Cookie in an answer"]),
    ],
)
def test_headers_that_tell_what_a_session_is_known_by(sent: bytes, head: bytes, found: list[str]) -> None:
    capture = Capture("https://a.example/p", "https://a.example/p", 200, (), b"", b"", START)
    assert credentials(replace(capture, sent=sent, head=head)) == found
    hop = Hop("https://a.example/", 302, "/p", sent=sent, head=head)
    assert credentials(capture, replace(capture, hops=(hop,))) == found


def test_a_capture_that_is_there_only_for_its_bytes_is_looked_at_too(known: Scene, archive: WarcArchive) -> None:
    known.drop("p1")
    plain = known.tools.fetcher
    known.tools = replace(known.tools, fetcher=LoggedIn(known.site, ASKED % b"Cookie: sid=secret\r\n", ANSWERED % b""))
    known.round()
    known.tools = replace(known.tools, fetcher=plain)
    known.round()
    known.round()
    found = manifest(made(known, archive, changes(known)[0]))["captures"]
    assert [each.get("credentials", []) for each in found if each["side"] == "absent"] == [["Cookie in a request"]] * 3
