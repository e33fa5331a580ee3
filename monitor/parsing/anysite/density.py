"""Our own reading: the element whose prose outweighs what is not prose in it, and which of its blocks are the article.

The body's element is the one with the greatest sum over its blocks, prose counting for it and menus, teasers and comments against
it (after Pasternack and Roth, "Extracting Article Text from the Web with Maximum Subsequence Segmentation", 2009, over the tree
instead of the tokens). What stands between the headline and the body belongs to it where it is prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from monitor.parsing.anysite.blocks import HEADINGS, Block, Outline, plain
from monitor.parsing.anysite.days import without_days
from monitor.parsing.anysite.endings import cut_endings
from monitor.parsing.anysite.headings import level_of
from monitor.parsing.anysite.lines import ends_as_sentence, is_byline, is_credit
from monitor.parsing.anysite.names import NO_BODY, Role
from monitor.parsing.anysite.roles import sums
from monitor.parsing.anysite.written import days_in

_BONUS = {"article": 1.1, "main": 1.03, "body": 0.9, "html": 0.85}
_BODY_BONUS = 1.25
_ABOVE = 0.2  # of the prose; with more, the headline is that of a part
_LEAST_PAIRS = 3
_SHORT_REST = 40  # characters beside a day that are no sentence
_LEAST_LINE = 20  # the weight of a line in a cell that is no mere entry of a table
_LAST = 3  # blocks at the end that may say something of the author
_BIO = re.compile(
    r"(?i).{3,60}?\b(?:is|was|covers|writes|reports|has (?:been|written|covered|reported|worked)|works|joined|ist|est|es)\b"
)
_CELLS = frozenset({"td", "th"})
_LISTED = frozenset({"li", "dd", "dt", "td", "th"})


@dataclass(slots=True)
class Own:
    """What our own reading made of a page: the body's element, the blocks that are the article, and why others are not.

    ``people`` are the names of its authors, as compared.
    """

    container: int | None = None
    taken: set[int] = field(default_factory=set)
    inside: set[int] = field(default_factory=set)
    why_not: dict[int, str] = field(default_factory=dict)
    people: frozenset[str] = frozenset()


def own_reading(page: Outline, title: int | None, title_text: str, people: frozenset[str]) -> Own:
    """The article of a page by its own text alone. ``people`` are names of its authors, as compared."""
    container = _container(page)
    if container is None:
        return Own()
    within = page.within(_parts(page, container))
    found = Own(container, people=people)
    found.inside = {block.number for block in page.blocks if block.element >= 0 and within[block.element]}
    heads = {title} if title is not None else set()
    found.inside |= _lead(page, title, min(found.inside, default=0))
    by_div = _is_by_div(page, found.inside)
    wanted = plain(title_text)
    for number in sorted(found.inside):
        why = _why_not(page, page.blocks[number], by_div, people)
        if number in heads or (wanted and page.blocks[number].plain == wanted and page.blocks[number].weight < 400):
            why = "the title"
        if why:
            found.why_not[number] = why
    for block in page.blocks:  # no other reader may take the headline for text either
        if block.number not in found.inside and (block.number in heads or (wanted and block.plain == wanted)):
            found.why_not[block.number] = "the title"
    _drop_before(page, found, title)
    _keep_teaser(page, found)
    _drop_pairs(page, found)
    cut_endings(page, found.inside, found.why_not)
    _drop_days(page, found)
    found.taken = {number for number in found.inside if number not in found.why_not}
    _drop_lonely_headings(page, found)
    _drop_people(page, found)
    return found


def _value(page: Outline, block: Block) -> float:
    """What a block says for (or against) an element that holds it."""
    if block.role & NO_BODY:
        return -0.15 * block.weight
    if block.is_junk:
        return -5.0
    if block.linked > 0.5:
        return -0.4 * min(block.weight, 300)
    if page.elements[block.element].tag in HEADINGS:
        return 0.0
    if block.is_prose:
        return block.weight * (1 - block.linked)
    return -2.0 if page.elements[block.element].tag in _LISTED else -4.0


def _container(page: Outline) -> int | None:
    values = sums(page, [_value(page, block) if block.element >= 0 else 0.0 for block in page.blocks])
    best, most = None, 0.0
    for element in page.elements:
        value = values[element.number]
        bonus = _BODY_BONUS if element.own & Role.BODY else _BONUS.get(element.tag, 1.0)
        if value * bonus >= most and value > 0:
            best, most = element.number, value * bonus
    return best


def _parts(page: Outline, container: int) -> set[int]:
    """The body's element and others beside it that are named as it is, where its name says body."""
    element = page.elements[container]
    names = element.node.get("class")
    if not element.own & Role.BODY or not names:
        return {container}
    beside = (each for each in page.elements if each.outer == element.outer and each.tag == element.tag)
    return {container} | {each.number for each in beside if each.node.get("class") == names}


def _lead(page: Outline, title: int | None, start: int) -> set[int]:
    """What stands between the headline and the body and is prose: a standfirst, a first paragraph set apart."""
    if title is None or not title < start <= title + 14:
        return set()
    found = set()
    for block in page.blocks[title + 1 : start]:
        hard = block.role & NO_BODY & ~(Role.META | Role.TEASER)
        is_named = bool(block.role & Role.STANDFIRST) and block.weight >= 15
        is_heading = page.elements[block.element].tag in ("h2", "h3") and block.weight >= 30
        if not hard and block.linked < 0.5 and (is_named or ((block.is_prose or is_heading) and not block.role & Role.META)):
            found.add(block.number)
    return found


def _is_by_div(page: Outline, inside: set[int]) -> bool:
    """Whether most of the body's prose stands in elements that are no paragraphs."""
    by_div = by_others = 0
    for number in inside:
        block = page.blocks[number]
        if block.is_prose and not block.role & NO_BODY:
            if page.elements[block.element].tag in ("p", "li", "blockquote", *HEADINGS):
                by_others += block.weight
            else:
                by_div += block.weight
    return by_div > by_others


def _why_not(page: Outline, block: Block, by_div: bool, people: frozenset[str]) -> str:
    """Why a block in the body's element is no part of the article; empty where it is one."""
    tag = page.elements[block.element].tag
    if block.role & NO_BODY and not (block.role & NO_BODY == Role.META and is_credit(block.text)):
        return "role"
    if block.is_junk and not (tag in _CELLS and not block.linked and block.weight < _LEAST_LINE and not is_byline(block.text)):
        return "a line that is no body"
    if block.linked >= 0.8 and block.weight < 300 and not (block.linked < 0.95 and ends_as_sentence(block.text)):
        return "a link"
    if block.weight < 90 and block.plain in people:
        return "an author"
    if tag == "div" and not by_div and block.weight < 40 and not ends_as_sentence(block.text):
        return "a stray line"
    return ""


def _drop_before(page: Outline, found: Own, title: int | None) -> None:
    """Leave out what stands above the headline, unless that is much: paths, sections, days."""
    if title is None:
        return
    prose = {number: page.blocks[number].weight for number in found.inside if page.blocks[number].is_prose}
    if sum(weight for number, weight in prose.items() if number < title) <= _ABOVE * sum(prose.values()):
        for number in found.inside:
            if number < title:
                found.why_not.setdefault(number, "above the headline")


def _keep_teaser(page: Outline, found: Own) -> None:
    """Take a text that is named a teaser and stands before all others: it is this article's own."""
    for number in sorted(found.inside):
        block = page.blocks[number]
        if number not in found.why_not and block.is_prose:
            return
        if block.role & NO_BODY == Role.TEASER and block.is_prose and block.linked < 0.3:
            del found.why_not[number]


def _drop_pairs(page: Outline, found: Own) -> None:
    """Leave out teasers without names: a linked headline and a short text, again and again."""
    order = sorted(found.inside)
    pairs: list[tuple[int, int]] = []
    for one, two in pairwise(order):
        first, second = page.blocks[one], page.blocks[two]
        is_head = first.linked >= 0.6 and first.weight >= 20 and second.linked < 0.5 and second.weight < 260
        if is_head and page.elements[second.element].tag not in HEADINGS:
            if pairs and one - pairs[-1][1] > 2:
                _drop_run(pairs, found)
                pairs = []
            pairs.append((one, two))
    _drop_run(pairs, found)


def _drop_run(pairs: Sequence[tuple[int, int]], found: Own) -> None:
    if len(pairs) >= _LEAST_PAIRS:
        for each in pairs:
            for number in each:
                found.why_not.setdefault(number, "a teaser")


def is_bio(block: Block, people: frozenset[str]) -> bool:
    """Whether a block says who the author is."""
    if block.weight >= 500 or not _BIO.match(block.text):
        return False
    return any(block.plain.startswith(name) for name in people)


def _drop_people(page: Outline, found: Own) -> None:
    """Leave out what is said of the author at the end."""
    for number in sorted(found.taken)[-_LAST:]:
        block = page.blocks[number]
        if is_bio(block, found.people):
            found.taken.discard(number)
            found.why_not[number] = "an author"


def _drop_days(page: Outline, found: Own) -> None:
    """Leave out lines with a day before the first prose and after the last: they say when, not what."""
    prose = [number for number in sorted(found.inside) if number not in found.why_not and page.blocks[number].is_prose]
    if not prose:
        return
    for number in found.inside:
        block = page.blocks[number]
        if (number < prose[0] or number > prose[-1]) and block.weight < 150 and _is_day(block.text):
            found.why_not.setdefault(number, "a day")


def _is_day(text: str) -> bool:
    """Whether a line names a day and says nothing in a sentence."""
    return bool(days_in(text)) and (not ends_as_sentence(text) or len(without_days(text)) < _SHORT_REST)


def _drop_lonely_headings(page: Outline, found: Own) -> None:
    """Leave out headings that nothing taken follows before the next heading of their level or a higher one."""
    below = 0
    for number in sorted(found.taken, reverse=True):
        level = level_of(page, page.blocks[number])
        if not level:
            below = 7
        elif below > level:
            below = level
        else:
            found.taken.discard(number)
            found.why_not[number] = "a heading of nothing"
