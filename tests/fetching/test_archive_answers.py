"""A record as a capture: its answer as it came, the body decoded; what gives none says why."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fetching.foreign import Foreign
from hypothesis import given
from hypothesis import strategies as st
from standins import START, url

from monitor.fetching.archive.answers import Head, Unusable, capture_of
from monitor.fetching.archive.foreign import Taken, WarcFiles
from monitor.model import Capture

HEAD = Head("response", "<urn:x>", url("p0"), START, "", "", False, "application/http")


def only(made: Foreign) -> Taken:
    (found,) = WarcFiles([made.save()], limit=10_000).captures(lambda _: True)
    return found


@pytest.fixture
def foreign(tmp_path: Path) -> Foreign:
    return Foreign(tmp_path / "a.warc.gz")


def taken(made: Foreign) -> Capture:
    capture = only(made).capture
    assert capture is not None
    return capture


def test_status_headers_and_head_are_as_they_came(foreign: Foreign) -> None:
    found = taken(foreign.response(url("p0"), START, b"no", ("ETag", '"1"'), status="404 Not Found"))
    assert (found.status, found.reason, found.header("etag"), found.url, found.answered) == (
        404,
        "Not Found",
        '"1"',
        url("p0"),
        url("p0"),
    )
    assert found.head.startswith(b"HTTP/1.1 404 Not Found\r\n")
    assert found.head.endswith(b"\r\n\r\n")


def test_a_coded_body_is_kept_as_it_came_and_decoded(foreign: Foreign) -> None:
    wire = gzip.compress(b"hello")
    found = taken(foreign.response(url("p0"), START, wire, ("Content-Encoding", "gzip")))
    assert (found.wire, found.body) == (wire, b"hello")


def test_chunks_are_put_together(foreign: Foreign) -> None:
    found = taken(foreign.response(url("p0"), START, b"3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n", ("Transfer-Encoding", "chunked")))
    assert (found.wire, found.body) == (b"hello", b"hello")


def test_a_resource_of_html_is_an_answer_and_another_is_not(foreign: Foreign, tmp_path: Path) -> None:
    assert taken(foreign.resource(url("p0"), START, b"hello")).body == b"hello"
    assert only(Foreign(tmp_path / "b.warc").resource(url("p0"), START, b"GIF", "image/gif")).why == "a resource that is no HTML"


def test_bytes_of_the_wayback_machine_count_for_the_address_and_instant_they_were_taken(foreign: Foreign) -> None:
    found = taken(foreign.response(f"https://web.archive.org/web/20200102030405id_/{url('p0')}", START, b"hello"))
    assert (found.url, found.at) == (url("p0"), datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC))


@pytest.mark.parametrize(
    ("address", "warc", "body", "why"),
    [
        (url("p0"), ("WARC-Truncated", "length"), b"", "cut short by the program"),
        (url("p0"), ("WARC-Segment-Number", "1"), b"", "one segment"),
        (url("p0"), ("WARC-Date", "yesterday"), b"", "its date cannot be read"),
        (url("p" * 3000), ("X-Y", "z"), b"", "its address is longer"),
    ],
)
def test_a_record_that_gives_no_capture_says_why(
    foreign: Foreign, address: str, warc: tuple[str, str], body: bytes, why: str
) -> None:
    assert only(foreign.response(address, START, body, warc=[warc])).why.startswith(why)


def test_a_bomb_is_not_unpacked(foreign: Foreign) -> None:
    found = only(foreign.response(url("p0"), START, gzip.compress(b"x" * 1_000_000), ("Content-Encoding", "gzip")))
    assert found.why == "its body is too large, damaged, or coded in a way that is not known"


@given(block=st.binary(max_size=300), start=st.sampled_from([b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n"]))
def test_any_bytes_give_a_capture_or_a_reason(start: bytes, block: bytes) -> None:
    try:
        body = capture_of(HEAD, start + block, 1000).body
    except Unusable:
        body = b""
    assert len(body) <= 1000
