"""Captures become WARC records that other tools read."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from fetching.captures import AT, BODY, CAPTURE, HEAD, HOP, REDIRECTED, SENT, URL, WIRE, archive_in, checked, listed, names
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetching.archive.members import unpacked
from monitor.fetching.archive.reading import capture_of
from monitor.fetching.archive.writing import parsed, records
from monitor.model import Capture, Hop, Twin

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LIMIT = 1_000_000
_NAMES = st.text(string.ascii_letters + string.digits + "-", min_size=1, max_size=40)
_VALUES = st.text(st.characters(max_codepoint=255, exclude_categories=("Cc",)), max_size=60).map(lambda text: text.strip())
_HEADERS = st.lists(st.tuples(_NAMES | st.just("Transfer-Encoding"), _VALUES), max_size=8).filter(
    lambda found: not any(name.lower() == "content-encoding" for name, _ in found)
)
_INSTANTS = st.integers(0, 7_000_000_000_000).map(lambda number: _EPOCH + timedelta(milliseconds=number))
_URLS = st.text(st.characters(exclude_categories=("Z", "C")), max_size=30).map(lambda text: "https://times.example/" + text)
_BYTES = st.binary(max_size=200)


@st.composite
def _heads(draw: st.DrawFn) -> bytes:
    end = draw(st.sampled_from(["\r\n", "\n"]))
    status = draw(st.integers(100, 999))
    lines = [f"HTTP/1.1 {status} {draw(_VALUES)}", *(f"{name}: {value}" for name, value in draw(_HEADERS))]
    return (end.join(lines) + end + end).encode("latin-1")


@st.composite
def _captures(draw: st.DrawFn) -> Capture:
    """Any capture, as a fetcher may hand it over: its parsed parts are those of its head."""
    urls = draw(st.lists(_URLS, min_size=1, max_size=4))
    hops = []
    for url, location in pairwise(urls):
        head = draw(_heads())
        hops.append(Hop(url, parsed(head)[0], location, draw(_BYTES), head, draw(_BYTES), draw(_INSTANTS)))
    head, wire = draw(_heads()), draw(_BYTES)
    status, reason, headers = parsed(head)
    took = draw(st.floats(0, 1000))
    at, sent = draw(_INSTANTS), draw(_BYTES)
    return Capture(urls[0], urls[-1], status, tuple(headers), wire, wire, at, took, reason, tuple(hops), sent, head)


def _again(capture: Capture, twin: Twin | None = None, wire: bytes = b"") -> Capture:
    return capture_of(unpacked(records(capture, twin), _LIMIT), _LIMIT, lambda: wire)


@given(_captures())
def test_any_capture_is_read_as_it_was_fetched(capture: Capture) -> None:
    assert _again(capture) == capture


@given(_captures())
def test_a_capture_that_refers_to_its_twin_is_read_the_same(capture: Capture) -> None:
    assert _again(capture, Twin(1, URL, AT), capture.wire) == capture


@given(_HEADERS, st.integers(100, 999), _VALUES, _BYTES)
def test_a_capture_without_a_head_gets_one_for_the_record_and_is_read_without_it(
    headers: list[tuple[str, str]], status: int, reason: str, wire: bytes
) -> None:
    capture = Capture(URL, URL, status, tuple(headers), wire, wire, AT, reason=reason.strip())
    assert _again(capture) == capture


def test_redirects_without_heads_are_kept_too() -> None:
    hops = Hop("http://a.example/", 302, "http://b.example/"), Hop("http://b.example/", 307, URL)
    found = _again(replace(CAPTURE, url="http://a.example/", hops=hops))
    assert found == replace(CAPTURE, url="http://a.example/", hops=tuple(replace(hop, at=AT) for hop in hops))


def test_a_body_that_cannot_be_decoded_is_kept_as_it_came_and_says_why() -> None:
    found = _again(replace(CAPTURE, wire=WIRE[:-9], body=b"", damage=f"{URL}: the gzip body is cut short"))
    assert found == replace(CAPTURE, wire=WIRE[:-9], body=b"", damage=f"{URL}: the gzip body is cut short")


def test_an_address_that_would_break_a_header_is_escaped() -> None:
    found = _again(
        replace(CAPTURE, url="http://a.example/x y\r\nWARC-Type: z\xa0", answered="http://a.example/x y\r\nWARC-Type: z\xa0")
    )
    assert found.answered == "http://a.example/x%20y%0D%0AWARC-Type:%20z%C2%A0"


def test_the_file_is_what_the_standard_says_and_passes_warcios_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = archive_in(tmp_path)
    archive.keep(REDIRECTED)
    archive.keep(CAPTURE, Twin(1, URL, AT))
    archive.close()
    (name,) = names(tmp_path)
    checked(tmp_path / name)
    told = capsys.readouterr().out
    assert told.count("digest pass") == 6
    assert told.count("not checked (revisit)") == 1
    found = list(listed(tmp_path / name))
    assert [kind for kind, _, _ in found] == ["warcinfo", "request", "response", "request", "response", "request", "revisit"]
    (_, about, text), (_, asked, _), (_, moved, gone_to), (_, request, _), (_, response, wire), _, (_, revisit, nothing) = found
    assert about["WARC-Filename"] == name
    assert b"software: monitor/0\r\nformat: WARC File Format 1.1\r\nconformsTo: https://" in text
    assert asked["WARC-Target-URI"] == moved["WARC-Target-URI"] == HOP.url
    assert asked["WARC-Concurrent-To"] == moved["WARC-Record-ID"]
    assert moved["WARC-Concurrent-To"] == request["WARC-Concurrent-To"] == response["WARC-Record-ID"]
    assert (moved["WARC-Date"], response["WARC-Date"]) == ("2026-01-02T03:04:04.678Z", "2026-01-02T03:04:05.678Z")
    assert gone_to == b"moved"
    assert wire == WIRE
    assert response["WARC-Payload-Digest"] == revisit["WARC-Payload-Digest"] == f"sha256:{CAPTURE.digest.hex()}"
    assert revisit["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert (revisit["WARC-Refers-To-Target-URI"], revisit["WARC-Refers-To-Date"]) == (URL, "2026-01-02T03:04:05.678Z")
    assert nothing == b""


def test_a_head_stands_in_its_record_byte_for_byte_but_for_the_transfer_coding() -> None:
    request, response = unpacked(records(CAPTURE, None), _LIMIT)
    shown = HEAD.replace(b"TRANSFER-encoding:", b"X-Archive-Orig-TRANSFER-encoding:").replace(
        b"X-Archive-Orig-Transfer", b"X-Archive-Orig-X-Archive-Orig-Transfer"
    )
    assert response.endswith(b"\r\n\r\n" + shown + WIRE + b"\r\n\r\n")
    assert request.endswith(b"\r\n\r\n" + SENT + b"\r\n\r\n")


@pytest.mark.parametrize(
    ("said", "size", "is_cut"),
    [
        (b"Content-Length: 5", 5, 0),
        (b"Content-Length: 6", 5, 1),
        (b"Content-Length: 70000", 70000, 0),
        (b"Content-Length: x", 5, 0),
        (b"A: b", 5, 0),
        (b"A: b", 65536, 1),
    ],
)
def test_the_body_of_a_redirect_that_was_not_read_to_its_end_says_so(said: bytes, size: int, is_cut: int) -> None:
    hop = replace(HOP, head=b"HTTP/1.1 301 Moved\r\n" + said + b"\r\n\r\n", wire=b"x" * size)
    capture = replace(REDIRECTED, hops=(hop,))
    assert _text(capture).count(b"WARC-Truncated: length\r\n") == is_cut
    assert _again(capture) == capture


def _text(capture: Capture) -> bytes:
    return b"".join(unpacked(records(capture, None), _LIMIT))


@pytest.mark.parametrize("line", [b" ", b"\t \r", b"\x0b", b"\xa0", b"\x85"])
def test_a_head_that_others_take_to_end_elsewhere_still_passes_their_check(tmp_path: Path, line: bytes) -> None:
    head = b"HTTP/1.1 200 OK\r\nA: b\r\n" + line + b"\r\nC: d\r\n\r\n"
    status, reason, headers = parsed(head)
    capture = replace(CAPTURE, head=head, headers=tuple(headers), reason=reason, wire=BODY)
    archive = archive_in(tmp_path)
    place = archive.keep(capture)
    archive.close()
    checked(tmp_path / place.file)
    assert archive.read(place) == capture
    assert status == 200
