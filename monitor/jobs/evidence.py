"""Evidence of one change, for somebody who does not trust us: both captures, both texts, what differs, and how to check it all.

Everything lies in one folder or zip file. It is checked with tools that are not ours: ``sha256sum`` and any reader of WARC.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from pathlib import Path

from monitor.article import to_text
from monitor.errors import ArchiveError, InputError, NotWritable
from monitor.fingerprint import printed
from monitor.judging.words import differences
from monitor.model import Change, Kept, Kind, Version
from monitor.protocols import Archive, Log
from monitor.telling import diff
from monitor.telling.harmless import harmless

FORMAT = "article-monitor evidence, 1"
_CAPTURES = "captures.warc.gz"
_PART = ".part"
_ABSENT = (404, 410)
_HOW = """\
Evidence of change {change} of the change log of article-monitor: {kind}, {at} UTC
{url}

What is here
{files}

How to check it, with tools that are not ours
1. Nothing was altered since it was made:   sha256sum -c SHA256SUMS
2. The captures are whole:                  warcio check -v captures.warc.gz     (pip install warcio)
   manifest.json says at which byte of that file the records of each capture begin, and gives the SHA-256 of the body as it
   came over the wire, which is the WARC-Payload-Digest of its record. A replay tool such as pywb shows the pages.
3. The texts are what the pages say: read before.txt and after.txt beside the captures. Their fingerprints in manifest.json
   are SHA-256 over publication, title, day and paragraphs (monitor/fingerprint.py of the program has the recipe).
4. The change was in the log: record.json, byte for byte, is what was sealed. With PREVIOUS and DIGEST from manifest.json
   (the 64 digits behind "1:"),   (printf PREVIOUS | xxd -r -p; cat record.json) | sha256sum   prints DIGEST.
   It holds the fingerprints, the instant and the SHA-256 of the body of the capture that led to the change. chain.jsonl,
   if it is here, holds every later record up to the head of the chain: whoever noted a head earlier can follow it there.
"""


@dataclass(slots=True)
class Bundle:
    """The files of an evidence by name, what each of them is, and what could not be had."""

    files: dict[str, bytes] = field(default_factory=dict)
    what: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def add(self, name: str, content: str | bytes, what: str) -> None:
        """One more file."""
        self.files[name] = content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content
        self.what[name] = what


def evidence(change: Change, store: Log, archive: Archive, now: datetime, *, chain: bool = False) -> Bundle:
    """All that proves a change, made at ``now``; with ``chain``, every later link of the hash chain too. Raises StoreError."""
    bundle = Bundle()
    before = store.version(change.page, change.before) if change.before else None
    after = store.version(change.page, change.after) if change.after else None
    sides = {"before": _text(bundle, "before.txt", before), "after": _text(bundle, "after.txt", after)}
    if before and after:
        told = diff.parts(differences(before.article, after.article), whole=True).plain
        bundle.add("diff.txt", told.lstrip("\n"), "what differs: words that were cut in [-…-], words that were added in {+…+}")
    captures = _captures(bundle, _named(change, store), archive)
    manifest = {
        "format": FORMAT,
        "made": _iso(now),
        "change": _said(change),
        "versions": sides,
        "captures": captures,
        "seal": _seal(bundle, change, store, chain=chain),
        "missing": bundle.missing,
        "files": {name: {"sha256": _sha256(found), "bytes": len(found)} for name, found in bundle.files.items()},
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=True) + "\n"
    bundle.add("manifest.json", text, "digests of all this, and where what lies")
    bundle.add("README.txt", _how(change, bundle), "this text")
    sums = "".join(f"{_sha256(found)}  {name}\n" for name, found in bundle.files.items())
    bundle.add("SHA256SUMS", sums, "the digests of all other files")
    return bundle


def _said(change: Change) -> dict[str, object]:
    at = _iso(change.at)
    return {"number": change.id, "kind": change.kind.value, "at": at, "source": change.source, "url": change.url}


def _how(change: Change, bundle: Bundle) -> str:
    listed = "\n".join(f"  {name:<17} {what}" for name, what in bundle.what.items())
    url, at = harmless(change.url), f"{change.at:%Y-%m-%d %H:%M:%S}"
    return _HOW.format(change=change.id, kind=change.kind.value, at=at, url=url, files=listed)


def write(bundle: Bundle, to: Path, at: datetime) -> None:
    """Write the files into the new folder ``to``, or into a new zip file where its name ends so. Raises InputError.

    It is there whole or not at all; what exists is never overwritten. ``at`` is the time that the files in a zip bear.
    """
    part = to.with_name(to.name + _PART)
    try:
        if to.exists():
            raise InputError(f"{to} exists already; name another folder or zip file with --out")
        if to.suffix.lower() == ".zip":
            _write_zip(bundle.files, part, at)
        else:
            part.mkdir()
            for name, content in bundle.files.items():
                (part / name).write_bytes(content)
        part.rename(to)
    except OSError as wrong:
        shutil.rmtree(part, ignore_errors=True)
        part.unlink(missing_ok=True)
        raise InputError(f"{to} cannot be written ({wrong.strerror or wrong}); name another place with --out") from wrong


def _write_zip(files: Mapping[str, bytes], path: Path, at: datetime) -> None:
    with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(name, max(at, _FIRST).timetuple()[:6]), content, zipfile.ZIP_DEFLATED)


_FIRST = datetime.fromisoformat("1980-01-01T00:00:00+00:00")  # a zip file knows no earlier time


def _text(bundle: Bundle, name: str, version: Version | None) -> dict[str, object] | None:
    """A side's article as text, and what the manifest says of its version."""
    if version is None:
        return None
    try:
        bundle.add(name, to_text(version.article), f"version {version.number} of the article, as text in the article format")
    except NotWritable as wrong:
        bundle.missing.append(f"{name}: {wrong}")
    return {
        "version": version.number,
        "fingerprint": printed(version.fingerprint),
        "text_digest": printed(version.text_digest),
        "layout": version.layout,
        "first_seen": _iso(version.first_seen),
        "last_seen": _iso(version.last_seen),
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


def _captures(bundle: Bundle, named: Iterator[tuple[str, Kept]], archive: Archive) -> list[dict[str, object]]:
    """The records of the captures in one WARC file, and what the manifest says of each."""
    records, found = bytearray(), []
    for side, kept in named:
        begin, why = len(records), _why_missing(kept)
        if not why:
            try:
                archive.read(kept.place, kept.twin)  # type: ignore[arg-type]  # it has one, else it were missing
                for place in (kept.twin, kept.place):
                    records += archive.records(place) if place is not None else b""
            except ArchiveError as wrong:
                why = str(wrong)
        if why:
            bundle.missing.append(f"the capture {side}, of {_iso(kept.at)}: {why}")
        found.append(_capture(side, kept) | ({"missing": why} if why else {"offset": begin, "length": len(records) - begin}))
    if records:
        bundle.add(_CAPTURES, bytes(records), "the captures as they came: requests, answers, exact bytes (WARC 1.1)")
    return found


def _why_missing(kept: Kept) -> str:
    if kept.dropped:
        return f"its bytes were {kept.dropped}"
    return "" if kept.place is not None else "it was made before captures were archived"


def _capture(side: str, kept: Kept) -> dict[str, object]:
    said = {"side": side, "at": _iso(kept.at), "url": kept.url, "answered": kept.answered, "status": kept.status}
    return said | {"body_sha256": kept.digest.hex()} | ({"imported_from": kept.origin} if kept.origin else {})


def _seal(bundle: Bundle, change: Change, store: Log, *, chain: bool) -> dict[str, object] | None:
    """The change's link of the chain, and the head that vouches for it; None where it is not sealed yet."""
    links, head = store.sealed_from(change.id), store.head()
    first = next(links, None)
    if first is None or head is None or first.change != change.id:
        bundle.missing.append("the seal: the change is sealed at the end of the round that logged it")
        return None
    bundle.add("record.json", first.record, "the change's record, as it was sealed in the hash chain")
    if chain:
        later = "".join(_line(link.change, link.record, link.digest) for link in links)
        bundle.add("chain.jsonl", later, "every later record up to the head of the chain, one a line")
    end = {"change": head.change, "digest": printed(head.digest)}
    return {"previous": printed(first.previous), "digest": printed(first.digest), "head": end}


def _line(change: int, record: bytes, digest: bytes) -> str:
    text = record.decode("utf-8", "surrogateescape")
    return json.dumps({"change": change, "record": text, "digest": printed(digest)}, ensure_ascii=True) + "\n"


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
