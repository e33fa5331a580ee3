"""Headings after which an article is over, or goes on later: "Related articles", "Comments", and what they end."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from monitor.parsing.anysite.blocks import Outline
from monitor.parsing.anysite.headings import is_heading, level_of
from monitor.parsing.anysite.lines import is_ending

_COMMENTS = re.compile(
    r"(?i)comment|kommentar|comentario|commenti|댓글|의견|한마디|opinions?\W*$|guest ?book|评论|コメント"
    r"|комментар|respons|repl(?:y|ies)|thoughts? on|discussion"
    r"|conversation|have your say"
)
_MOST_CUTS = 20  # endings that are looked at in vain
_GOES_ON = 90  # the weight of a paragraph with which an article goes on behind a list of others
_PERSON = re.compile(r"(?i)(?:about|meet)\b")
_ROWS = frozenset({"td", "th", "tr", "tbody"})
_CELLS = frozenset({"td", "th"})


def cut_endings(page: Outline, inside: Collection[int], why_not: dict[int, str]) -> None:
    """Note in ``why_not`` the blocks ``inside`` that follow a heading like "Related articles" or "Comments"."""
    order = sorted(inside)
    whole = sum(page.blocks[number].weight for number in order if number not in why_not)
    at = tries = 0
    while at < len(order) and tries < _MOST_CUTS:
        block = page.blocks[order[at]]
        if is_heading(page, block) and is_ending(block.text):
            stop = _end_of_cut(page, order, at)
            cut = [number for number in order[at:stop] if number not in why_not]
            if sum(page.blocks[number].weight for number in cut) <= 0.5 * whole:
                for number in order[at:stop]:
                    why_not.setdefault(number, "after an ending")
                at = stop
                continue
            why_not.setdefault(block.number, "an ending")
            tries += 1
        at += 1


def _end_of_cut(page: Outline, order: Sequence[int], at: int) -> int:
    """The place in ``order`` where the article goes on after an ending heading."""
    head = page.blocks[order[at]]
    holder = _holder(page, order, at)
    is_all = _COMMENTS.search(head.text) is not None
    is_person = _PERSON.match(head.text) is not None
    level = level_of(page, head)
    for place in range(at + 1, len(order)):
        block = page.blocks[order[place]]
        if holder >= 0 and not page.inside(block.element, holder):
            return place
        if is_all:
            continue
        own = level_of(page, block)
        if own and own <= (level or 6) and block.linked < 0.5 and not is_ending(block.text):
            return place
        tag = page.elements[block.element].tag
        if (
            (place > at + 1 or not is_person)
            and tag == "p"
            and page.elements[block.element].outer == holder
            and block.is_prose
            and block.weight >= _GOES_ON
            and block.linked < 0.2
        ):
            return place
    return len(order)


def _holder(page: Outline, order: Sequence[int], at: int) -> int:
    """The element in which an ending heading ends what follows: that around it; of a cell the table, or that around the table.

    It is the first around the heading that holds more behind it: old pages give a heading a row or a table of its own.
    """
    chain = page.chain(page.blocks[order[at]].element)
    if not any(each.tag in _CELLS for each in chain[:2]):
        return chain[0].outer
    behind = page.blocks[order[at + 1]].element if at + 1 < len(order) else -1
    return next((each.number for each in chain if each.tag not in _ROWS and page.inside(behind, each.number)), chain[0].outer)
