"""Headings: blocks that are marked as one, and blocks that only look like one."""

from __future__ import annotations

from monitor.parsing.anysite.blocks import HEADINGS, Block, Outline
from monitor.parsing.anysite.lines import ends_as_sentence


def is_heading(page: Outline, block: Block) -> bool:
    """Whether a block is a heading, or looks like one: short and bold, or short in an element of its own."""
    tags = [each.tag for each in page.chain(block.element, 2)]
    if not HEADINGS.isdisjoint(tags):
        return True
    return (
        block.weight < 90
        and not ends_as_sentence(block.text)
        and (block.is_bold or tags[0] in ("div", "span", "p", "dt", "strong", "section", "td", "th"))
    )


def level_of(page: Outline, block: Block) -> int:
    """The level of the heading that a block stands in; 0 for none."""
    return next((int(each.tag[1]) for each in page.chain(block.element, 2) if each.tag in HEADINGS), 0)
