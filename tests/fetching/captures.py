"""Captures made by hand, and warcio's own check of the files that they lie in."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from monitor.fetching.archive import WarcArchive
from monitor.model import Capture, Hop

AT = datetime(2026, 1, 2, 3, 4, 5, 678000, UTC)
URL = "https://times.example/2026/constitution"
BODY = b"<h1>An article</h1><p>Some words.</p>" * 20
WIRE = gzip.compress(BODY, mtime=0)
SENT = b"GET /2026/constitution HTTP/1.1\r\nHost: times.example\r\n\r\n"
HEAD = (
    b"HTTP/1.1 200 Fine\r\nServer: a\xe9\r\ncontent-type:text/html\r\nSet-Cookie: a=1\r\nContent-Encoding: gzip\r\n"
    b"TRANSFER-encoding: chunked\r\nX-Archive-Orig-Transfer-Encoding: theirs\r\nSet-Cookie: b=2\r\n\r\n"
)
HEADERS = (
    ("Server", "a\xe9"),
    ("content-type", "text/html"),
    ("Set-Cookie", "a=1"),
    ("Content-Encoding", "gzip"),
    ("TRANSFER-encoding", "chunked"),
    ("X-Archive-Orig-Transfer-Encoding", "theirs"),
    ("Set-Cookie", "b=2"),
)
HOP = Hop(
    "http://times.example/c",
    301,
    URL,
    sent=b"GET /c HTTP/1.1\r\nHost: times.example\r\n\r\n",
    head=b"HTTP/1.1 301 Moved\nLocation: /2026/constitution\nContent-Length: 5\n\n",
    wire=b"moved",
    at=AT - timedelta(seconds=1),
)
CAPTURE = Capture(URL, URL, 200, HEADERS, WIRE, BODY, AT, took=0.25, reason="Fine", sent=SENT, head=HEAD)
REDIRECTED = replace(CAPTURE, url=HOP.url, hops=(HOP,))


class Hands:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = AT

    def now(self) -> datetime:
        return self.at


def archive_in(folder: Path, clock: Hands | None = None, most_bytes: int = 100_000_000, **rest: int) -> WarcArchive:
    """An archive."""
    return WarcArchive(folder, clock or Hands(), most_bytes=most_bytes, software="monitor/0", **rest)


def names(folder: Path) -> list[str]:
    """The files of a folder."""
    return sorted(path.name for path in folder.iterdir())


def checked(path: Path) -> None:
    """What ``warcio check`` does; any complaint fails."""
    assert Checker(SimpleNamespace(inputs=[str(path)], verbose=True)).process_all() == 0


def listed(path: Path) -> Iterator[tuple[str, dict[str, str], bytes]]:
    """The records of a file as warcio reads them: kind, named fields, payload as it came."""
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            yield record.rec_type, dict(record.rec_headers.headers), record.raw_stream.read()
