"""Looks held against each other: the difference hash, and what is the same, nearly the same, or another picture."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.judging.looks import COLUMNS, ROWS, SIZE, Alike, alike, difference_hash, distance

LOOKS = st.binary(min_size=SIZE, max_size=SIZE)
SLOPE = bytes(10 * column for _ in range(ROWS) for column in range(COLUMNS))


def test_the_hash_says_which_field_is_brighter_than_the_one_to_its_left() -> None:
    assert difference_hash(SLOPE) == 2**64 - 1
    assert difference_hash(SLOPE[::-1]) == 0
    first = bytearray(SIZE)
    first[2] = 1
    assert difference_hash(bytes(first)) == 1 << 63


@given(LOOKS)
def test_a_look_is_like_itself_and_like_itself_a_shade_brighter(look: bytes) -> None:
    assert alike(look, look) is Alike.SAME
    darker = bytes(value // 2 for value in look)
    assert alike(darker, bytes(value + 40 for value in darker)) is Alike.SAME


@given(LOOKS, LOOKS)
def test_likeness_goes_both_ways(one: bytes, other: bytes) -> None:
    assert alike(one, other) is alike(other, one)
    assert 0 <= distance(one, other) == distance(other, one) <= 64


def test_one_field_that_differs_is_a_retouch_and_a_mirror_image_another_picture() -> None:
    patched = bytearray(SLOPE)
    patched[100] = 255
    assert alike(SLOPE, bytes(patched)) is Alike.NEAR
    assert alike(SLOPE, SLOPE[::-1]) is Alike.OTHER


def test_what_is_no_look_is_an_error() -> None:
    with pytest.raises(ValueError, match="a look has 288 fields, this one 3"):
        distance(SLOPE, b"abc")
