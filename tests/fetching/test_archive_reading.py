"""Records become captures again, and whatever was altered is found."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fetching.captures import AT, BODY, CAPTURE, REDIRECTED, URL, archive_in
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import ArchiveDamaged
from monitor.fetching.archive.members import Broken, packed, unpacked
from monitor.fetching.archive.reading import capture_of
from monitor.fetching.archive.writing import digest, records
from monitor.model import Capture, Twin

_LIMIT = 1_000_000
_RAW = unpacked(records(CAPTURE, None), _LIMIT)
_REVISIT = unpacked(records(CAPTURE, Twin(1, URL, AT)), _LIMIT)


def _read(found: list[bytes], wire: bytes = CAPTURE.wire) -> Capture:
    return capture_of(found, _LIMIT, lambda: wire)


def _altered(old: bytes, new: bytes) -> list[bytes]:
    """The records with something else in the answer's own header."""
    assert old in _RAW[1]
    return [_RAW[0], _RAW[1].replace(old, new, 1)]


def test_a_change_of_any_byte_in_the_file_is_found(tmp_path: Path) -> None:
    archive = archive_in(tmp_path)
    place = archive.keep(REDIRECTED)
    archive.close()
    path = tmp_path / place.file
    data = path.read_bytes()
    with path.open("r+b") as file:  # a file that is written anew each time takes ten times as long on many a disk
        for at in range(place.offset, place.offset + place.length):
            os.pwrite(file.fileno(), bytes([data[at] ^ 0xFF]), at)
            with pytest.raises(ArchiveDamaged, match=f"^{place.file}, {place.length} bytes from byte {place.offset}: "):
                archive.read(place)
            os.pwrite(file.fileno(), data[at : at + 1], at)
    assert archive.read(place) == REDIRECTED


def test_a_change_of_any_bit_is_found_or_changes_nothing() -> None:
    data = bytearray(records(CAPTURE, None))
    unseen = 0
    for bit in range(len(data) * 8):
        data[bit // 8] ^= 1 << bit % 8
        try:
            assert _read(unpacked(bytes(data), _LIMIT)) == CAPTURE
            unseen += 1
        except Broken:
            pass
        data[bit // 8] ^= 1 << bit % 8
    assert unseen < 16  # of two members: the bits behind the last one of deflate's, up to the next byte


@pytest.mark.parametrize(
    ("found", "problem"),
    [
        ([], "answer is missing"),
        ([_RAW[0]], "answer is missing"),
        ([_RAW[1], _RAW[0]], "answer is missing"),
        ([b"nothing of the kind"], "no WARC record"),
        ([b"WARC/1.1\r\nContent-Length: 0\r\n"], "no WARC record"),
        ([b"WARC/1.1\r\n" + b"A: b\r\n" * 20_000 + b"\r\n\r\n\r\n"], "no WARC record"),
        ([b"WARC/1.1\r\nWARC-Type: response\r\n\r\n\r\n\r\n"], "longer or shorter"),
        (_altered(b"Content-Length: ", b"Content-Length: 1"), "longer or shorter"),
        (_altered(b"Content-Length: ", b"Content-Length: -"), "longer or shorter"),
        (_altered(b"WARC-Type: response", b"WARC-Type: metadata"), "another kind \\('metadata'\\)"),
        (_altered(b"WARC-Block-Digest", b"WARC-Other-Digest"), "no WARC-Block-Digest"),
        (_altered(b"WARC-Block-Digest: sha256:", b"WARC-Block-Digest: sha1:"), "not those that were kept \\(WARC-Block"),
        (_altered(b"WARC-Payload-Digest: sha256:", b"WARC-Payload-Digest: sha25:"), "not those that were kept \\(WARC-Payload"),
        (_altered(b"WARC-Target-URI", b"WARC-Other-URI"), "no WARC-Target-URI"),
        (_altered(b"WARC-Date: 2026", b"WARC-Date: some"), "no instant"),
        (_altered(b"WARC-Date: 2026-01-02T03:04:05.678Z", b"WARC-Date: 2026-01-02T03:04:05.678"), "no time zone"),
        (_altered(b"Monitor-Took: 0.25", b"Monitor-Took: long"), "no instant"),
        (_altered(b"WARC-Type: response", b"WARC-Type: revisit"), "some of its own"),
        ([_REVISIT[1].replace(b"WARC-Payload-Digest", b"WARC-Other-Digest")], "no WARC-Payload-Digest"),
    ],
)
def test_records_that_are_not_ours_are_named(found: list[bytes], problem: str) -> None:
    with pytest.raises(Broken, match=problem):
        _read(found)


def test_a_block_without_a_head_that_can_be_read_is_named() -> None:
    block = _RAW[1].partition(b"\r\n\r\n")[2][:-4]
    for new in (b"HTTP/1.1 fine\r\n\r\n", b"no head", b"HTTP/1.1\r\n\r\n", b""):
        record = _RAW[1].replace(block, new).replace(digest(block).encode(), digest(new).encode())
        record = record.replace(digest(CAPTURE.wire).encode(), digest(b"").encode())
        record = record.replace(b"Content-Length: %d" % len(block), b"Content-Length: %d" % len(new))
        with pytest.raises(Broken, match=r"no status|\(WARC-Payload-Digest\)"):
            _read([record])


def test_a_twin_with_other_bytes_is_found() -> None:
    assert _read(_REVISIT) == CAPTURE
    with pytest.raises(Broken, match="not those that were kept"):
        _read(_REVISIT, b"other bytes")


def test_what_decodes_to_more_than_the_limit_is_damage_and_not_read() -> None:
    found = capture_of(_RAW, len(BODY) - 1, lambda: b"")
    assert found.wire == CAPTURE.wire
    assert found.body == b""
    assert "larger than" in found.damage


def _mutations(draw: Callable[[st.SearchStrategy[int]], int]) -> list[bytes]:
    raw = bytearray(_RAW[1])
    at = draw(st.integers(0, len(raw) - 1))
    raw[at : at + draw(st.integers(0, 40))] = bytes(draw(st.integers(0, 255)) for _ in range(draw(st.integers(0, 5))))
    return [bytes(raw)]


@given(st.data())
def test_whatever_lies_there_is_read_or_named(data: st.DataObject) -> None:
    found = _mutations(data.draw)
    try:
        capture = _read(found)
    except Broken:
        return
    assert replace(capture, url=URL, sent=b"").wire == CAPTURE.wire


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(Broken, match="too large"):
        unpacked(packed(bytes(50_000_000)), 1_000_000)
