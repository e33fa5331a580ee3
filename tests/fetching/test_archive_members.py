"""The members of a gzip file: found, packed, unpacked within bounds."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetching.archive.members import Broken, packed, unpacked, whole


def _whole(data: bytes) -> tuple[int, int, int]:
    return whole(lambda at, most: data[at : at + most], len(data), b"W")


@given(st.lists(st.binary(max_size=300), max_size=6), st.booleans())
def test_what_was_packed_is_unpacked_one_by_one(found: list[bytes], is_packed: bool) -> None:
    data = b"".join(packed(raw, is_packed=is_packed) for raw in found)
    assert unpacked(data, 2000) == found
    assert gzip.decompress(data) == b"".join(found)


@pytest.mark.parametrize("size", [65_000, 65_536, 70_000, 1 << 20, 3_000_000])
def test_members_of_any_size_are_unpacked(size: int) -> None:
    for raw in (bytes(size), b"".join(zlib.crc32(b"%d" % n).to_bytes(4, "big") for n in range(size // 4))):
        data = packed(raw) * 2
        assert unpacked(data, 2 * size) == [raw, raw]
        assert whole(lambda at, most, data=data: data[at : at + most], len(data), raw[:3]) == (2, len(data), 0)  # type: ignore[misc]


def test_a_member_that_is_cut_short_anywhere_is_broken() -> None:
    data = packed(b"Some words." * 9)
    for size in range(1, len(data)):
        with pytest.raises(Broken):
            unpacked(data[:size], 1000)


def test_only_so_many_bytes_and_members_are_unpacked() -> None:
    assert unpacked(packed(b"1234") + packed(b"5"), 5) == [b"1234", b"5"]
    with pytest.raises(Broken, match="too large"):
        unpacked(packed(b"1234") + packed(b"5"), 4)
    with pytest.raises(Broken, match="more than 100"):
        unpacked(packed(b"") * 101, 5)


def test_the_whole_members_of_a_file_end_where_the_torn_one_begins() -> None:
    one, two = packed(b"W one"), packed(b"W two" * 50)
    for size in range(len(two)):
        assert _whole(one + two[:size]) == (1, len(one), 0)
    assert _whole(one + two) == (2, len(one + two), 0)
    assert _whole(one + bytes(100_000)) == (1, len(one), 0)
    assert _whole(b"") == _whole(bytes(100)) == _whole(packed(b"other")) == (0, 0, 0)


def test_damage_before_a_whole_member_cuts_nothing_off() -> None:
    one, two, three = packed(b"W one"), packed(b"W two" * 50), packed(b"W three")
    two = two[:20] + bytes([two[20] ^ 1]) + two[21:]
    for damaged in (two, bytes(200_000), two[:11], bytes(65_536 - len(one) - 5)):
        assert _whole(one + damaged + three + b"torn") == (2, len(one + damaged + three), len(damaged))
