"""Headings, marked or only looking like one."""

from __future__ import annotations

import pytest
from parsing.anysite.made import blocks

from monitor.parsing.anysite.headings import is_heading, level_of


@pytest.mark.parametrize(
    ("body", "heading", "level"),
    [
        ("<h3>What next</h3>", True, 3),
        ("<h2><div>What next</div></h2>", True, 2),
        ("<p><b>What next</b></p>", True, 0),
        ("<p>It rained on Monday.</p>", False, 0),
        ("<li>Bread</li>", False, 0),
    ],
)
def test_a_heading_is_known_by_its_tag_or_its_looks(body: str, heading: bool, level: int) -> None:
    page = blocks(body)
    assert (is_heading(page, page.blocks[0]), level_of(page, page.blocks[0])) == (heading, level)
