"""What two pictures look like, held against each other: the same, nearly so, or another picture. Pure functions.

A look is a grid of grey values, 18 columns by 16 rows, from 0 (black) to 255, row by row, a byte each. From its fields of two by
two comes the difference hash (dHash, N. Krawetz, "Kind of Like That", 2013): 64 bits, each of which says whether a field is
brighter than the one to its left. The hash stays nearly the same when a picture is scaled, encoded anew or cropped a little;
the grid tells whether something in it was altered.
"""

from __future__ import annotations

from enum import Enum
from itertools import pairwise

COLUMNS, ROWS = 18, 16
SIZE = COLUMNS * ROWS
_NEAR = 14  # of 64 bits that differ at the most between a picture and what was made of it: two pictures differ in 32 on average
_NOISE = 6.0  # of 255 by which a field differs at the most when a picture was but scaled or encoded anew (3 to 5 in the tests)


class Alike(Enum):
    """How alike two pictures are: ``SAME`` but for size and encoding, ``NEAR`` (retouched or cropped), or ``OTHER`` ones."""

    SAME = "same"
    NEAR = "near"
    OTHER = "other"


def alike(one: bytes, other: bytes) -> Alike:
    """How alike two looks are. Raises ValueError where one is none."""
    bits = distance(one, other)
    if bits > _NEAR:
        return Alike.OTHER
    return Alike.SAME if _greatest(one, other) <= _NOISE else Alike.NEAR


def distance(one: bytes, other: bytes) -> int:
    """In how many of 64 bits the difference hashes of two looks differ. Raises ValueError where one is none."""
    return (difference_hash(one) ^ difference_hash(other)).bit_count()


def difference_hash(look: bytes) -> int:
    """The difference hash of a look, the upper left corner in the highest bit. Raises ValueError where it is none."""
    if len(look) != SIZE:
        raise ValueError(f"a look has {SIZE} fields, this one {len(look)}")
    found = 0
    for row in range(0, ROWS, 2):
        fields = [_field(look, row, column) for column in range(0, COLUMNS, 2)]
        for left, right in pairwise(fields):
            found = found << 1 | (right > left)
    return found


def _field(look: bytes, row: int, column: int) -> int:
    at = row * COLUMNS + column
    return look[at] + look[at + 1] + look[at + COLUMNS] + look[at + COLUMNS + 1]


def _greatest(one: bytes, other: bytes) -> float:
    """By how much the field differs that differs most, once both are as bright on the whole."""
    shift = (sum(other) - sum(one)) / SIZE
    return max(abs(b - a - shift) for a, b in zip(one, other, strict=True))
