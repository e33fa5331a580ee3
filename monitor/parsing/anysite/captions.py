"""Captions that nothing names so: the lines right below a picture, as pages laid out in tables set them.

They stand with the picture in a small table of their own, or in its element: in smaller letters than the body, or behind one of
the signs with which East Asian papers point at the picture.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.parsing.anysite.blocks import Block, Outline, Shown

_LONGEST = 300  # the weight of a caption
_MOST_LINES = 3  # blocks of a table with a picture and its caption
_LITTLE = 0.3  # of the page's prose: a table with more is no picture's frame
_MOST = 200  # pictures that are looked at
_STEPS = 4  # elements around a picture: its cell, its row, its table
_USUAL = 3  # the size of letters where nothing is said
_BOXES = frozenset({"table", "center", "div"})
_CELLS = frozenset({"td", "th"})
_POINTS = re.compile(r"[▲△▼▽◀▶◁▷↑]|\(?(?:사진|写真|图)\s?[=:/]")


def below_pictures(page: Outline, prose: Sequence[float], whole: float, title: int | None) -> set[int]:
    """The numbers of the blocks that are such captions.

    ``prose`` is how much prose stands in each element, ``whole`` in the page, ``title`` the block that shows the headline.
    """
    found: set[int] = set()
    usual = _usual_size(page) if page.pictures else 0.0
    for shown in page.pictures[:_MOST]:
        block = page.blocks[shown.block] if shown.block < len(page.blocks) else None
        if block is None or shown.element < 0 or not _may_be(block, title):
            continue
        frame = _frame(page, shown, block)
        if frame is None or prose[frame] > _LITTLE * whole or _is_in_row(page, shown.element, block.element):
            is_small = block.size < min(usual, _USUAL)
            if block.element == shown.element and (is_small or _POINTS.match(block.text)):
                found.add(block.number)
            continue
        following = [
            each for each in page.blocks[shown.block : shown.block + _MOST_LINES + 1] if page.inside(each.element, frame)
        ]
        is_table = page.elements[frame].tag == "table"
        if len(following) <= _MOST_LINES and (is_table or _POINTS.match(block.text)):
            found.update(each.number for each in following if _may_be(each, title))
    return found


def _may_be(block: Block, title: int | None) -> bool:
    return block.number != title and block.element >= 0 and block.weight < _LONGEST and block.linked < 0.5


def _usual_size(page: Outline) -> float:
    """The size of the letters in which most of the page's prose stands."""
    sizes: dict[float, int] = {}
    for block in page.blocks:
        if block.is_prose:
            sizes[block.size] = sizes.get(block.size, 0) + block.weight
    return max(sizes, key=lambda size: sizes[size], default=float(_USUAL))


def _frame(page: Outline, shown: Shown, block: Block) -> int | None:
    """The nearest box around a picture that holds the block, too."""
    around = (each.number for each in page.chain(shown.element, _STEPS) if each.tag in _BOXES)
    return next((number for number in around if page.inside(block.element, number)), None)


def _is_in_row(page: Outline, one: int, other: int) -> bool:
    """Whether two elements lie in different cells of one row."""
    cells = [next((each for each in page.chain(number) if each.tag in _CELLS), None) for number in (one, other)]
    first, second = cells
    return first is not None and second is not None and first is not second and first.outer == second.outer
