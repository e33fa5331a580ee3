"""A capture as records of a WARC file, and back (ISO 28500:2017, version 1.1; the standard, for short).

For each redirect, then for the page itself: a ``request``, if what was sent is known, and a ``response``, one gzip member
each. A ``revisit`` stands in the last one's place where its bytes are those of a twin. All name the last one as concurrent.

The head of an answer is kept byte for byte, but for one header: the fetcher has undone the transfer coding, so
``Transfer-Encoding`` is called ``X-Archive-Orig-Transfer-Encoding`` in the record, as other archives do. Reading undoes
that. A head that did not come over the wire, or is none, is made from the headers, and ``Monitor-Head: made`` says so.
``Monitor-Took`` is the capture's ``took``, in seconds. The standard lets other named fields be (section 4).
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from email.parser import HeaderParser
from io import BytesIO
from urllib.parse import quote

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser
from warcio.warcwriter import WARCWriter

from monitor.fetching.archive.members import packed
from monitor.fetching.failures import clean
from monitor.model import Capture, Header, Twin

BEGINS = b"WARC/1.1\r\n"
"""How every record begins."""

_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"  # the standard, section 6.7.2
_FIELDS, _HTTP = "application/warc-fields", "application/http; msgtype="
_CONFORMS_TO = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
_HEAD_END = re.compile(rb"\n\r?\n")
_RENAMED = re.compile(rb"^((?:X-Archive-Orig-)*Transfer-Encoding)(?=[ \t]*:)", re.MULTILINE | re.IGNORECASE)
_ADDED = re.compile(rb"^X-Archive-Orig-((?:X-Archive-Orig-)*Transfer-Encoding)(?=[ \t]*:)", re.MULTILINE | re.IGNORECASE)
MADE = ("Monitor-Head", "made")
_MOST_OF_A_HOP = 65536  # of a redirect's body no more is read


def about(software: str, name: str, at: datetime) -> bytes:
    """The record that begins a file called ``name``."""
    fields = {
        "software": software,
        "format": "WARC File Format 1.1",
        "conformsTo": _CONFORMS_TO,
        "description": "Visits that were a first sight, led to a change, could not be read or prove that a page is gone",
    }
    block = "".join(f"{key}: {clean(value)}\r\n" for key, value in fields.items()).encode()
    return packed(_record(_new_id(), "warcinfo", _FIELDS, at, [("WARC-Filename", name)], block))


def records(capture: Capture, twin: Twin | None) -> bytes:
    """The records of ``capture``, packed. With a ``twin`` its bytes are not among them."""
    last = _new_id()
    found: list[bytes] = []
    for hop in capture.hops:
        one, at = _new_id(), hop.at or capture.at
        head, made = _head(hop.head, hop.status, "", (("Location", hop.location),))
        cut = [("WARC-Truncated", "length")] if _is_cut(head, hop.wire) else []
        found += _request(hop.url, at, hop.sent, one)
        found.append(_response(one, hop.url, at, head, hop.wire, [("WARC-Concurrent-To", last), *made, *cut]))
    head, made = _head(capture.head, capture.status, capture.reason, capture.headers)
    took = [("Monitor-Took", repr(capture.took))] if capture.took else []
    found += _request(capture.answered, capture.at, capture.sent, last)
    found.append(_response(last, capture.answered, capture.at, head, capture.wire, [*made, *took], twin))
    return b"".join(found)


def _request(url: str, at: datetime, sent: bytes, answer: str) -> Iterator[bytes]:
    if sent:
        fields = [_target(url), ("WARC-Concurrent-To", answer)]
        yield packed(_record(_new_id(), "request", _HTTP + "request", at, fields, sent))


def _response(name: str, url: str, at: datetime, head: bytes, wire: bytes, more: list[Header], twin: Twin | None = None) -> bytes:
    shown = _RENAMED.sub(rb"X-Archive-Orig-\1", head)
    fields = [_target(url), *more]
    if twin is not None:
        said = ("WARC-Refers-To-Target-URI", _target(twin.url)[1]), ("WARC-Refers-To-Date", _instant(twin.at))
        fields += [("WARC-Profile", _PROFILE), *said]
    if twin is not None or _ends_for_others(shown):
        fields.append(("WARC-Payload-Digest", digest(wire)))
    kind, payload = ("response", wire) if twin is None else ("revisit", b"")
    raw = _record(name, kind, _HTTP + "response", at, fields, shown, payload)
    return packed(raw, is_packed=bool(payload) and b"content-encoding" in head.lower())


def _record(
    name: str, kind: str, content_type: str, at: datetime, more: list[Header], head: bytes, payload: bytes = b""
) -> bytes:
    """A record, not packed yet."""
    fields = [("WARC-Type", kind), ("WARC-Record-ID", name), ("WARC-Date", _instant(at)), *more]
    headers = StatusAndHeaders("", [*fields, ("WARC-Block-Digest", digest(head + payload))], protocol="WARC/1.1")
    size = len(head) + len(payload)
    record = ArcWarcRecord(
        "warc", kind, headers, BytesIO(payload), _Exactly(head), content_type, size, payload_length=len(payload)
    )
    out = BytesIO()
    _Writer(out, gzip=False, warc_version="WARC/1.1").write_record(record)
    return out.getvalue()


class _Writer(WARCWriter):  # type: ignore[misc]
    """All digests are there already; warcio would add some with SHA-1."""

    def ensure_digest(self, record: ArcWarcRecord, block: bool = True, payload: bool = True) -> None:
        """Nothing."""


class _Exactly(StatusAndHeaders):  # type: ignore[misc]
    """A head that is written as it came. warcio would put it together anew."""

    def __init__(self, head: bytes) -> None:
        super().__init__("as it came", [])
        self.headers_buff = head

    def compute_headers_buffer(self, *_: object) -> None:
        """Nothing."""


def digest(data: bytes) -> str:
    """SHA-256 as the records give it."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def _new_id() -> str:
    return f"<urn:uuid:{uuid.uuid4()}>"


def _instant(at: datetime) -> str:
    """An instant as the standard writes it, to the millisecond (section 5.4)."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _target(url: str) -> Header:
    """The address of a record. What cannot stand in an address, and would be lost or mistaken in a header, is escaped."""
    if not url.isprintable() or " " in url:
        safe = (each if each.isprintable() and each != " " else quote(each, safe="", errors="surrogatepass") for each in url)
        url = "".join(safe)
    return "WARC-Target-URI", url


def _head(head: bytes, status: int, reason: str, headers: tuple[Header, ...]) -> tuple[bytes, list[Header]]:
    """The head as it came, or one that is made, and what the record says of that."""
    if head_end(head) == len(head) > 0:
        return head, []
    lines = [f"HTTP/1.1 {status} {reason}", *(f"{name}: {value}" for name, value in headers)]
    made = "".join(clean(line) + "\r\n" for line in lines) + "\r\n"
    return made.encode("latin-1", "backslashreplace"), [MADE]


def head_end(block: bytes) -> int:
    """How many bytes the head of a message takes, with the empty line that ends it; 0 where it does not end (RFC 9112, 2.1)."""
    found = _HEAD_END.search(block)
    return found.end() if found else 0


def _ends_for_others(head: bytes) -> bool:
    """Whether warcio takes the head to end where it does. To it a line of blanks is empty: the payload would not be ours."""
    stream = BytesIO(head)
    try:
        StatusAndHeadersParser([], verify=False).parse(stream)
    except EOFError:
        return False
    return stream.tell() == len(head)


def _is_cut(head: bytes, wire: bytes) -> bool:
    """Whether the body of a redirect was not read to its end: then it is shorter than it said, or as long as is read at most."""
    said = next((value.strip() for name, value in parsed(head)[2] if name.lower() == "content-length"), "")
    return len(wire) < int(said) if said.isdecimal() and len(said) < 20 else len(wire) >= _MOST_OF_A_HOP


def parsed(head: bytes) -> tuple[int, str, list[Header]]:
    """Status, reason and headers, read as the fetcher reads them. Raises ValueError where no status is."""
    first, _, rest = head.decode("latin-1").partition("\n")
    _, status, *reason = first.split(None, 2)
    headers = HeaderParser().parsestr(rest).items()
    return int(status), clean(reason[0].strip() if reason else ""), [(clean(name), clean(value)) for name, value in headers]


def as_it_came(shown: bytes) -> bytes:
    """The head as it came, of the one in a record."""
    return _ADDED.sub(rb"\1", shown)
