"""What a record of a WARC file holds (ISO 28500, version 1.1, section 6), as a capture: its address, its instant, its answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from warcio.bufferedreaders import ChunkedDataReader
from warcio.statusandheaders import StatusAndHeadersParser

from monitor.errors import FetchError
from monitor.fetching.body import decode
from monitor.fetching.failures import clean, short
from monitor.model import Capture, Header, milliseconds

MOST_HEAD = 256 * 1024  # bytes of an answer's status line and headers
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(r"HTTP/\d(?:\.\d)? (\d{3})(?: (.*))?")
_LONGEST_ADDRESS = 2000
# How the Wayback Machine serves a capture of its own with the bytes as they were ("id_"); at 14 digits, in UTC.
_WAYBACK = re.compile(r"https?://web\.archive\.org/web/(\d{14})id_/(https?://.+)")


class Unusable(Exception):
    """A record that gives no capture. The text says why, in words that many records share."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a record says of itself. ``refers_to`` is the record whose bytes a revisit does not repeat."""

    kind: str
    id: str
    url: str
    at: datetime
    payload: str
    refers_to: str
    is_identical: bool
    content_type: str


def head_of(record: Any) -> Head:
    """The head of a record of warcio's. Raises Unusable."""
    fields = record.rec_headers

    def said(name: str) -> str:
        return clean(fields.get_header(name) or "").strip()

    if said("WARC-Truncated"):
        raise Unusable("cut short by the program that made it (WARC-Truncated)")
    if said("WARC-Segment-Number"):
        raise Unusable("one segment of a longer record")
    url, at = _own(said("WARC-Target-URI").strip("<>"), said("WARC-Date"))
    if len(url) > _LONGEST_ADDRESS:
        raise Unusable(f"its address is longer than {_LONGEST_ADDRESS} characters")
    return Head(
        kind=record.rec_type,
        id=said("WARC-Record-ID"),
        url=url.partition("#")[0],
        at=at,
        payload=said("WARC-Payload-Digest"),
        refers_to=said("WARC-Refers-To"),
        is_identical=said("WARC-Profile").rstrip("/").endswith("identical-payload-digest"),
        content_type=said("Content-Type").lower(),
    )


def _own(url: str, date: str) -> tuple[str, datetime]:
    """The address and the instant of the capture itself, also where it was taken from the Wayback Machine."""
    found = _WAYBACK.fullmatch(url)
    try:
        if found is not None:
            return found[2], datetime.strptime(found[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        at = datetime.fromisoformat(date)
        return url, milliseconds((at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC))
    except (ValueError, OverflowError) as wrong:
        raise Unusable("its date cannot be read") from wrong


def capture_of(head: Head, block: bytes, limit: int) -> Capture:
    """The capture that a record with this block gives; its body has ``limit`` bytes at most. Raises Unusable."""
    if head.kind == "resource":
        return _resource(head, block, limit)
    end = _END_OF_HEAD.search(block, 0, MOST_HEAD)
    if end is None:
        raise Unusable("it holds no HTTP answer")
    status, reason, headers = _parsed(block[: end.start()] + b"\r\n\r\n")
    wire = block[end.end() :]
    if _all(headers, "transfer-encoding").lower() == "chunked":
        wire = ChunkedDataReader(BytesIO(wire), decomp_type=None).read(limit + 1)
    return Capture(
        url=head.url,
        answered=head.url,
        status=status,
        headers=headers,
        wire=wire,
        body=_decoded(wire, headers, limit, head.url) if status == 200 else b"",
        at=head.at,
        reason=reason,
        head=block[: end.end()],
    )


def _resource(head: Head, block: bytes, limit: int) -> Capture:
    """A resource is what stood at an address, without an answer around it."""
    if not head.content_type.startswith(("text/html", "application/xhtml")):
        raise Unusable("a resource that is no HTML")
    headers = (("Content-Type", head.content_type),)
    return Capture(head.url, head.url, 200, headers, block, _decoded(block, (), limit, head.url), head.at)


def _parsed(data: bytes) -> tuple[int, str, tuple[Header, ...]]:
    """Status, reason and headers. Raises Unusable."""
    line = data.partition(b"\n")[0].decode("latin-1").strip()
    status = _STATUS.fullmatch(line)
    if status is None:
        raise Unusable("it holds no HTTP answer")
    found = StatusAndHeadersParser([], verify=False).parse(BytesIO(data))
    return int(status[1]), clean(status[2] or ""), tuple((clean(name), clean(value)) for name, value in found.headers)


def _decoded(wire: bytes, headers: tuple[Header, ...], limit: int, url: str) -> bytes:
    try:
        return decode(wire, _all(headers, "content-encoding"), limit=limit, url=short(url))
    except FetchError as wrong:
        raise Unusable("its body is too large, damaged, or coded in a way that is not known") from wrong


def _all(headers: tuple[Header, ...], name: str) -> str:
    return ", ".join(value for key, value in headers if key.lower() == name)


def revisited(head: Head, block: bytes, first: Capture) -> Capture:
    """The capture of a revisit, whose body is that of the ``first`` one; its own status and headers where it has any."""
    taken = replace(first, url=head.url, answered=head.url, at=head.at)
    end = _END_OF_HEAD.search(block, 0, MOST_HEAD)
    if end is None:
        return taken
    try:
        status, reason, headers = _parsed(block[: end.start()] + b"\r\n\r\n")
    except Unusable:
        return taken
    if _all(headers, "content-encoding") != _all(first.headers, "content-encoding"):  # the bytes are coded as the first's were
        headers = first.headers
    return replace(taken, status=status, reason=reason, headers=headers, head=block[: end.end()])
