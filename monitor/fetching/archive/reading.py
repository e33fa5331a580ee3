"""The records of one capture, as ``writing.py`` wrote them, made a capture again; every digest in them is made anew.

Nothing in them is trusted: whoever can write the file can write all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import pairwise

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeaders

from monitor.errors import FetchError
from monitor.fetching.archive.members import Broken
from monitor.fetching.archive.writing import BEGINS, MADE, as_it_came, digest, head_end, parsed
from monitor.fetching.body import decode
from monitor.fetching.failures import short
from monitor.model import Capture, Header, Hop

_MOST_FIELDS = 65536  # bytes of a record's own header
_TAIL = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class _Record:
    """A record whose block is as its digest says."""

    kind: str
    fields: StatusAndHeaders
    block: bytes

    def field(self, name: str) -> str:
        """A named field. Raises Broken where it is missing."""
        value = self.fields.get_header(name)
        if value is None:
            raise Broken(f"a record has no {name}")
        return str(value)


@dataclass(frozen=True, slots=True)
class _Answer:
    """One request and its answer."""

    url: str
    at: datetime
    status: int
    reason: str
    headers: tuple[Header, ...]
    sent: bytes
    head: bytes
    wire: bytes
    took: float


def capture_of(found: Sequence[bytes], limit: int, of_twin: Callable[[], bytes]) -> Capture:
    """The capture whose records these are. ``of_twin`` gives the bytes it does not repeat; decoded they are ``limit`` at most.

    Raises Broken, saying what is wrong, and what ``of_twin`` raises.
    """
    answers = _answers(found, of_twin)
    last = answers[-1]
    codings = ", ".join(value for name, value in last.headers if name.lower() == "content-encoding")
    body, damage = b"", ""
    try:
        body = decode(last.wire, codings, limit=limit, url=short(last.url))
    except FetchError as wrong:
        damage = str(wrong)
    return Capture(
        url=answers[0].url,
        answered=last.url,
        status=last.status,
        headers=last.headers,
        wire=last.wire,
        body=body,
        at=last.at,
        took=last.took,
        reason=last.reason,
        hops=tuple(_hop(one, following.url) for one, following in pairwise(answers)),
        sent=last.sent,
        head=last.head,
        damage=damage,
    )


def _answers(found: Sequence[bytes], of_twin: Callable[[], bytes]) -> list[_Answer]:
    """The answers in records, at least one, each with the request before it. Raises Broken, and what ``of_twin`` raises."""
    answers = []
    sent = b""
    for record in map(_record, found):
        if record.kind == "request":
            sent = record.block
        elif record.kind in ("response", "revisit"):
            answers.append(_answer(record, sent, of_twin))
            sent = b""
        else:
            raise Broken(f"a record of another kind ({short(record.kind)!r}) lies there")
    if sent or not answers:
        raise Broken("the record of an answer is missing")
    return answers


def _hop(one: _Answer, location: str) -> Hop:
    return Hop(one.url, one.status, location, sent=one.sent, head=one.head, wire=one.wire, at=one.at)


def _record(raw: bytes) -> _Record:
    """A record that is whole and as its digest says. Raises Broken."""
    if not raw.startswith(BEGINS) or raw.find(b"\r\n\r\n", 0, _MOST_FIELDS) < 0:
        raise Broken("this is no WARC record")
    stream = BytesIO(raw)
    try:
        loaded = ArcWarcRecordLoader().parse_record_stream(stream, known_format="warc", no_record_parse=True)
    except (ArchiveLoadFailed, EOFError) as wrong:
        raise Broken("this is no WARC record") from wrong
    start, size = stream.tell(), loaded.length
    if size is None or raw[start + size :] != _TAIL:
        raise Broken("a record is longer or shorter than it says")
    record = _Record(str(loaded.rec_type), loaded.rec_headers, raw[start : start + size])
    _check(record, "WARC-Block-Digest", record.block)
    return record


def _answer(record: _Record, sent: bytes, of_twin: Callable[[], bytes]) -> _Answer:
    end = head_end(record.block)
    head, wire = as_it_came(record.block[:end]), record.block[end:]
    if record.kind == "revisit":
        if wire:
            raise Broken("a record that refers to other bytes has some of its own")
        wire = of_twin()
    if record.kind == "revisit" or record.fields.get_header("WARC-Payload-Digest") is not None:
        _check(record, "WARC-Payload-Digest", wire)
    try:
        at = datetime.fromisoformat(record.field("WARC-Date"))
        took = float(record.fields.get_header("Monitor-Took") or 0)
        status, reason, headers = parsed(head)
    except ValueError as wrong:
        raise Broken("a record has no instant or no status that can be read") from wrong
    if at.tzinfo is None:
        raise Broken("a record's instant has no time zone")
    is_made = record.fields.get_header(MADE[0]) == MADE[1]
    url = record.field("WARC-Target-URI")
    return _Answer(url, at, status, reason, tuple(headers), sent, b"" if is_made else head, wire, took)


def _check(record: _Record, name: str, data: bytes) -> None:
    if record.field(name) != digest(data):
        raise Broken(f"the bytes are not those that were kept ({name})")
