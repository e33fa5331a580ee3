"""Evidence of one change, for somebody who does not trust us: both captures, both texts, what differs, and how to check it all.

Everything lies in one folder or zip file. It is checked with tools that are not ours: ``sha256sum`` and any reader of WARC.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import IO

from monitor.article import to_text
from monitor.errors import ArchiveError, InputError, NotWritable
from monitor.fingerprint import hashed, printed
from monitor.judging.words import differences
from monitor.model import Capture, Change, Head, Hop, Kept, Kind, Pictures, Place, Sealed, Version
from monitor.protocols import Archive, Log
from monitor.storing.pictures import packed
from monitor.telling import diff
from monitor.telling.checking import CAPTURES, CHAIN, RECORD, Contents, readme
from monitor.telling.records import iso

FORMAT = "article-monitor evidence, 1"
_PART = ".part"
_ABSENT = (404, 410)
_OURS = re.compile(rb"(?mi)^(cookie|authorization|proxy-authorization)[ \t]*:")
_THEIRS = re.compile(rb"(?mi)^(set-cookie2?)[ \t]*:")


@dataclass(slots=True)
class Bundle:
    """The files of an evidence by name, what each of them is, what could not be had, and what in it is not for everybody.

    ``seal`` is the change's link of the chain, ``head`` the end of that.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    what: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    private: list[str] = field(default_factory=list)
    seal: Sealed | None = None
    head: Head | None = None

    def add(self, name: str, content: str | bytes, what: str) -> None:
        """One more file."""
        self.files[name] = content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content
        self.what[name] = what


def evidence(change: Change, store: Log, archive: Archive, now: datetime, *, chain: bool = False) -> Bundle:
    """All that proves a change, made at ``now``; with ``chain``, every later link of the hash chain too. Raises StoreError."""
    bundle = Bundle()
    before = store.version(change.page, change.before) if change.before else None
    after = store.version(change.page, change.after) if change.after else None
    sides = {"before": _text(bundle, "before", before), "after": _text(bundle, "after", after)}
    if before and after:
        told = diff.parts(differences(before.article, after.article), whole=True).plain
        bundle.add("diff.txt", told.lstrip("\n"), "what differs: words that were cut in [-…-], words that were added in {+…+}")
    pictured = store.pictured(change.id)
    if pictured is not None:
        _shown(bundle, *pictured)
    captures = _captures(bundle, [*_named(change, store), *_files(change, store, *(pictured or ((), ())))], archive)
    manifest = {
        "format": FORMAT,
        "made": iso(now),
        "change": _said(change),
        "versions": sides,
        "captures": captures,
        "seal": _seal(bundle, change, store, chain=chain),
        "missing": bundle.missing,
        "files": {name: {"sha256": _sha256(found), "bytes": len(found)} for name, found in bundle.files.items()},
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=True) + "\n"
    bundle.add("manifest.json", text, "digests of all this, and where what lies")
    _explain(bundle, change, {name: each.fingerprint for name, each in (("before", before), ("after", after)) if each})
    return bundle


def _explain(bundle: Bundle, change: Change, fingerprints: Mapping[str, bytes]) -> None:
    """What else somebody needs who checks it: the README.txt, and the digests of all files."""
    what, shown = bundle.what | {"README.txt": "this text"}, {name: printed(each) for name, each in fingerprints.items()}
    contents = Contents(what, bundle.missing, bundle.private, shown, bundle.seal, bundle.head)
    bundle.add("README.txt", readme(change, contents), "this text")
    sums = "".join(f"{_sha256(found)}  {name}\n" for name, found in bundle.files.items())
    bundle.add("SHA256SUMS", sums, "the digests of all other files")


def _said(change: Change) -> dict[str, object]:
    at = iso(change.at)
    return {"number": change.id, "kind": change.kind.value, "at": at, "source": change.source, "url": change.url}


def write(bundle: Bundle, to: Path, at: datetime) -> None:
    """Write the files into the new folder ``to``, or into a new zip file where its name ends so. Raises InputError.

    It is there whole or not at all; what exists is never overwritten. ``at`` is the time that the files in a zip bear.
    """
    part = to.with_name(to.name + _PART)
    try:
        if to.exists():
            raise InputError(f"{to} exists already; name another folder or zip file with --out")
        if to.suffix.lower() == ".zip":
            with part.open("xb") as file:
                pack(bundle, file, at)
        else:
            part.mkdir()
            for name, content in bundle.files.items():
                (part / name).write_bytes(content)
        part.rename(to)
    except OSError as wrong:
        shutil.rmtree(part, ignore_errors=True)
        part.unlink(missing_ok=True)
        raise InputError(f"{to} cannot be written ({wrong.strerror or wrong}); name another place with --out") from wrong


def pack(bundle: Bundle, to: IO[bytes], at: datetime) -> None:
    """Write the files as one zip file into ``to``; ``at`` is the time that they bear."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in bundle.files.items():
            packed.writestr(zipfile.ZipInfo(name, max(at, _FIRST).timetuple()[:6]), content, zipfile.ZIP_DEFLATED)


_FIRST = datetime.fromisoformat("1980-01-01T00:00:00+00:00")  # a zip file knows no earlier time


def _text(bundle: Bundle, name: str, version: Version | None) -> dict[str, object] | None:
    """A side's article as text, what its digests are made of, and what the manifest says of its version."""
    if version is None:
        return None
    said = f"version {version.number} of the article"
    try:
        bundle.add(f"{name}.txt", to_text(version.article), f"{said}, as text in the article format")
    except NotWritable as wrong:
        bundle.missing.append(f"{name}.txt: {wrong}")
    parts = json.dumps(hashed(version.article), indent=1, ensure_ascii=True) + "\n"
    bundle.add(f"{name}.json", parts, f"{said}: exactly what its fingerprint is made of")
    return {
        "version": version.number,
        "fingerprint": printed(version.fingerprint),
        "text_digest": printed(version.text_digest),
        "layout": version.layout,
        "first_seen": iso(version.first_seen),
        "last_seen": iso(version.last_seen),
    }


def _named(change: Change, store: Log) -> Iterator[tuple[str, Kept]]:
    """The captures on which a change rests, each with what it proves; for a removal all that agree that the page is gone."""
    before, after = store.kept_sides(change.id)
    if before is not None:
        yield "before", before
    if change.kind is Kind.REMOVED:
        earlier = [kept for kept in store.kept(change.page) if kept.at <= change.at]
        absent = [*takewhile(lambda kept: kept.status in _ABSENT, reversed(earlier))]
        yield from (("absent", kept) for kept in reversed(absent))
    elif after is not None:
        yield "after", after


def _shown(bundle: Bundle, before: Pictures, after: Pictures) -> None:
    """The pictures of both sides, byte for byte what their digests in the change's record are made of."""
    for side, pictures in (("before", before), ("after", after)):
        bundle.add(f"shown-{side}.txt", packed(pictures), f"the pictures {side}, one a line; its SHA-256 is in {RECORD}")


def _files(change: Change, store: Log, before: Pictures, after: Pictures) -> Iterator[tuple[str, Kept]]:
    """The captures of the files of pictures that stand on one side only, where they were fetched."""
    old, new = ({each.digest for each in side if each.digest} for side in (before, after))
    wanted = dict.fromkeys(old - new, "picture before") | dict.fromkeys(new - old, "picture after")
    for kept in store.kept(change.page) if wanted else ():
        side = wanted.pop(kept.digest, None)
        if side is not None:
            yield side, kept


@dataclass(slots=True)
class _Records:
    """The records of captures one after the other, each once, and where they begin."""

    archive: Archive
    data: bytearray = field(default_factory=bytearray)
    _begins: dict[Place, int] = field(default_factory=dict)

    def add(self, place: Place) -> dict[str, int]:
        """Where the records at ``place`` lie among them. Raises ArchiveError."""
        if place not in self._begins:
            found = self.archive.records(place)
            self._begins[place] = len(self.data)
            self.data += found
        return {"offset": self._begins[place], "length": place.length}


def _captures(bundle: Bundle, named: Iterable[tuple[str, Kept]], archive: Archive) -> list[dict[str, object]]:
    """The records of the captures in one WARC file, and what the manifest says of each."""
    records, found = _Records(archive), []
    for side, kept in named:
        said, which = _capture(side, kept), f"the capture {side}, of {iso(kept.at)}"
        try:
            there, secrets = _recorded(kept, records)
        except ArchiveError as wrong:
            bundle.missing.append(f"{which}: {wrong}")
            found.append(said | {"missing": str(wrong)})
            continue
        if secrets:
            bundle.private.append(f"{which}: {', '.join(secrets)}")
        found.append(said | there | ({"credentials": secrets} if secrets else {}))
    if records.data:
        bundle.add(CAPTURES, bytes(records.data), "the captures as they came: requests, answers, exact bytes (WARC 1.1)")
    return found


def _recorded(kept: Kept, records: _Records) -> tuple[dict[str, object], list[str]]:
    """Where the records of a capture lie, with those whose bytes it shares, and its credentials. Raises ArchiveError."""
    if kept.place is None or kept.dropped:
        raise ArchiveError(f"its bytes were {kept.dropped}" if kept.dropped else "it was made before captures were archived")
    archive = records.archive
    read = [archive.read(kept.place, kept.twin), *([archive.read(kept.twin)] if kept.twin is not None else [])]
    twin: dict[str, object] = {"twin": records.add(kept.twin)} if kept.twin is not None else {}
    return records.add(kept.place) | twin, credentials(*read)


def credentials(*captures: Capture) -> list[str]:
    """The headers in these captures and their redirects that tell what a session is known by (RFC 6265, RFC 9110, section 11)."""
    found: set[str] = set()
    parts: list[Capture | Hop] = [*captures, *(hop for capture in captures for hop in capture.hops)]
    for each in parts:
        asked = each.sent.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
        found.update(f"{name.decode().title()} in a request" for name in _OURS.findall(asked))
        found.update(f"{name.decode().title()} in an answer" for name in _THEIRS.findall(each.head))
    return sorted(found)


def _capture(side: str, kept: Kept) -> dict[str, object]:
    said = {"side": side, "at": iso(kept.at), "url": kept.url, "answered": kept.answered, "status": kept.status}
    return said | {"body_sha256": kept.digest.hex()} | ({"imported_from": kept.origin} if kept.origin else {})


def _seal(bundle: Bundle, change: Change, store: Log, *, chain: bool) -> dict[str, object] | None:
    """The change's link of the chain, and the head that vouches for it; None where it is not sealed yet."""
    links, head = store.sealed_from(change.id), store.head()
    first = next(links, None)
    if first is None or head is None or first.change != change.id:
        bundle.missing.append("the seal: the change is sealed at the end of the round that logged it")
        return None
    bundle.seal, bundle.head = first, head
    bundle.add(RECORD, first.record, "the change's record, as it was sealed in the hash chain")
    if chain:
        later = "".join(_line(link.change, link.record, link.digest) for link in links)
        bundle.add(CHAIN, later, "every later record up to the head of the chain, one a line")
    end = {"change": head.change, "digest": printed(head.digest)}
    return {"previous": printed(first.previous), "digest": printed(first.digest), "head": end}


def _line(change: int, record: bytes, digest: bytes) -> str:
    text = record.decode("utf-8", "surrogateescape")
    return json.dumps({"change": change, "record": text, "digest": printed(digest)}, ensure_ascii=True) + "\n"


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
