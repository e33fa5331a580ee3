"""What every block of a page is by all its ancestors: chrome, a comment, a teaser ... or none of these.

A name is believed only where it fits: what holds the headline, or most of the page's prose, is no sidebar whatever it is called.
Teasers are also told without names, by being three or more of a kind that each hold a linked heading.
"""

from __future__ import annotations

from itertools import accumulate

from monitor.parsing.anysite.blocks import HEADINGS, Block, Element, Outline
from monitor.parsing.anysite.captions import below_pictures
from monitor.parsing.anysite.names import NO_BODY, Role, words_of

_MOST_OF_PAGE = 0.55  # of the prose; what holds as much is not what its names say
_NEARLY_ALL = 0.8
_LITTLE = 0.15  # of the prose, between the headline and what may be the body: a standfirst
_COMMON = 0.4  # of the prose: a class that paragraphs with as much bear says nothing of them
_SURE = Role.COMMENT | Role.RELATED | Role.REPEATED
_NEAR = 40  # elements around another that are looked at
_LONGEST_CAPTION = 400
_FRAMES = frozenset({"div", "span", "section", "td", "table", "center", "p"})
_PICTURES = frozenset({"image", "img", "photo", "picture", "pic", "figure", "foto", "bild", "media", "imagen", "photograph"})
_LEAST_CARDS = 3
_LONGEST_CARD = 700
_INNER = Role.QUOTED | Role.BODY
_NO_CARDS = frozenset({"p", "tr", "td", "th", "blockquote", "tbody", "br", "hr", "dd", "dt", *HEADINGS})
_HOLDERS = frozenset({"article", "main", "section"})


def sums(page: Outline, values: list[float]) -> list[float]:
    """For every element the sum over the blocks in it."""
    found = [0.0] * len(page.elements)
    for block, value in zip(page.blocks, values, strict=True):
        if block.element >= 0:
            found[block.element] += value
    for element in reversed(page.elements):
        if element.outer >= 0:
            found[element.outer] += found[element.number]
    return found


def assign(page: Outline, title: int | None) -> None:
    """Give every block its role; ``title`` is the block that shows the headline, where that is known."""
    prose = sums(page, [float(block.weight) if block.is_prose else 0.0 for block in page.blocks])
    whole = max(1.0, sum(prose[element.number] for element in page.elements if element.outer < 0))
    holders = {element.number for element in page.chain(page.blocks[title].element)} if title is not None else set()
    pictured = _pictured(page)
    cards = page.cards = page.cards or _cards(page)
    main = _main_article(page, holders)
    in_main = page.within(() if main is None else (main,))
    common = _common_names(page, whole)
    before = _prose_before(page, title)
    roles: list[int] = []
    for element in page.elements:
        own, number = element.own, element.number
        if number in holders or (own & NO_BODY and element.node.get("class") in common):
            own &= ~(NO_BODY | Role.HEADER)
        elif own and prose[number] > _MOST_OF_PAGE * whole:
            is_first = prose[number] > _NEARLY_ALL * whole or before[number] < _LITTLE * whole
            own &= _INNER if is_first else _SURE | _INNER
        own |= Role.REPEATED if number in cards else Role.NONE
        own |= Role.CAPTION if number in pictured else Role.NONE
        if element.tag == "article" and main is not None and number not in holders and not in_main[number]:
            own |= Role.RELATED
        if element.tag == "header" and own & Role.HEADER and not _is_in_article(page, element.outer):
            own |= Role.CHROME
        roles.append(own | _handed_on(roles[element.outer] if element.outer >= 0 else Role.NONE, element))
    page.roles = roles
    _give(page, roles, below_pictures(page, prose, whole, title), _common_roles(page, whole))


def _handed_on(outer: int, element: Element) -> int:
    """What an element has of the roles of the one around it: no caption holds tables, quotes or lists."""
    return outer & ~Role.CAPTION if element.tag in ("table", "blockquote", "ol", "ul") else outer


def _give(page: Outline, roles: list[int], captions: set[int], inline: int) -> None:
    """Give every block the roles of what is around it, its own and a caption's, less those that inline names say in vain."""
    for block in page.blocks:
        block.own &= ~inline
        block.role = (roles[block.element] if block.element >= 0 else Role.NONE) | block.own
        if block.number in captions:
            block.role |= Role.CAPTION


def _common_names(page: Outline, whole: float) -> set[str]:
    """The classes that the paragraphs of the article itself bear, whatever they say: told by how much prose bears them."""
    found: dict[str, int] = {}
    for block in page.blocks:
        if block.is_prose and block.element >= 0:
            names = page.elements[block.element].node.get("class")
            if names:
                found[names] = found.get(names, 0) + block.weight
    return {names for names, weight in found.items() if weight > _COMMON * whole}


def _common_roles(page: Outline, whole: float) -> int:
    """The same of what inline names say."""
    found: dict[int, int] = {}
    for block in page.blocks:
        if block.own and block.is_prose:
            found[block.own] = found.get(block.own, 0) + block.weight
    common = Role.NONE
    for role, weight in found.items():
        common |= role if weight > _COMMON * whole else Role.NONE
    return common


def _prose_before(page: Outline, title: int | None) -> list[float]:
    """For every element how much prose stands between the headline (or the page's beginning) and its own first block."""
    sofar = list(accumulate((float(block.weight) if block.is_prose else 0.0 for block in page.blocks), initial=0.0))
    start = sofar[title] if title is not None else 0.0
    firsts = [len(page.blocks)] * len(page.elements)
    for block in page.blocks:
        if block.element >= 0:
            firsts[block.element] = min(firsts[block.element], block.number)
    for element in reversed(page.elements):
        if element.outer >= 0:
            firsts[element.outer] = min(firsts[element.outer], firsts[element.number])
    return [sofar[first] - start for first in firsts]


def _is_in_article(page: Outline, number: int) -> bool:
    return any(each.tag in _HOLDERS for each in page.chain(number, _NEAR))


def _pictured(page: Outline) -> set[int]:
    """Elements that are named pictures, hold one, and have no more text than a caption."""
    named = [
        each for each in page.elements if each.tag in _FRAMES and not _PICTURES.isdisjoint(words_of(each.node.get("class") or ""))
    ]
    if not named:
        return set()
    weight = sums(page, [float(block.weight) for block in page.blocks])
    pictures = [0] * (len(page.elements) + 1)
    for shown in page.pictures:
        pictures[shown.element] += 1  # those in no block element count for none: the last place is theirs
    for element in reversed(page.elements):
        if element.outer >= 0:
            pictures[element.outer] += pictures[element.number]
    return {each.number for each in named if 0 < weight[each.number] < _LONGEST_CAPTION and pictures[each.number]}


def _main_article(page: Outline, holders: set[int]) -> int | None:
    """The ``<article>`` that holds the headline, where the page has several."""
    return max((number for number in holders if page.elements[number].tag == "article"), default=None)


def _cards(page: Outline) -> set[int]:
    """Elements that are teasers of other articles, told by being several of a kind."""
    weight = sums(page, [float(block.weight) for block in page.blocks])
    counts = sums(page, [1.0 for _ in page.blocks])
    heads = sums(page, [float(_is_linked_head(page, block)) for block in page.blocks])
    kinds: dict[tuple[int, str, str], list[int]] = {}
    for element in page.elements:
        if element.tag not in _NO_CARDS and element.outer >= 0:
            kinds.setdefault((element.outer, element.tag, (element.node.get("class") or "")[:200]), []).append(element.number)
    found: set[int] = set()
    for alike in kinds.values():
        if len(alike) < _LEAST_CARDS:
            continue
        cards = [each for each in alike if heads[each] and weight[each] <= _LONGEST_CARD and counts[each] <= 10]
        if len(cards) >= _LEAST_CARDS and len(cards) >= 0.6 * len(alike):
            found.update(cards)
    return found


def _is_linked_head(page: Outline, block: Block) -> bool:
    """Whether a block is one link, as long as a headline or marked as a heading."""
    if block.linked < 0.9:
        return False
    tags = {each.tag for each in page.chain(block.element, 2)}
    return block.weight >= 25 or (block.weight >= 8 and not tags.isdisjoint(HEADINGS))
