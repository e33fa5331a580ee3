"""A layout asked of a tree: which element each field's rules find, and what the field then says.

Rules are tried in order, elements in the order of the page; the first that gives a value wins. Nothing here knows a
site: all selectors come from the configuration.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import TypeVar

from monitor.article import Card, fold
from monitor.parsing import dates
from monitor.parsing.address import absolute
from monitor.parsing.trees import Node, Tree
from monitor.settings import CardLayout, Layout, Rule

Value = TypeVar("Value")
_MOST_CARDS = 200
_MOST_PLACES = 200  # of one rule
SEARCHED = 20_000
"""Characters of a text that a regular expression sees. A hostile text can make one take the square of its length."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a field was found: the rule, and the elements it takes its value from."""

    rule: Rule
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says that counts for its fingerprint, each with the spot it was read at. None: the field is missing."""

    publication: str | None
    title: str | None
    published: date | None
    paragraphs: tuple[str, ...]
    spots: dict[str, Spot]

    @property
    def body(self) -> tuple[Node, ...]:
        """The elements that hold the paragraphs."""
        return self.spots["paragraphs"].nodes if "paragraphs" in self.spots else ()


def said(tree: Tree, layout: Layout, publication: str | None) -> Said:
    """What ``layout`` reads in ``tree``; ``publication`` is used where the page names none."""
    spots: dict[str, Spot] = {}
    read_publication = first(tree, layout.publication, str, spots=spots, name="publication") or publication
    title = first(tree, layout.title, str, spots=spots, name="title")
    days = day_reader(layout)
    published = first(tree, layout.published, days, spots=spots, name="published")
    body: tuple[str, ...] = ()
    names = {name: value for name, value in (("publication", read_publication), ("title", title)) if value}
    for rule in layout.paragraphs:
        nodes = tree.outermost(tuple(places(tree, rule)))
        lines = (_of_body(line, rule, layout, names) for node in nodes for line in tree.paragraphs(node))
        body = tuple(line for line in lines if line)
        if body:
            spots["paragraphs"] = Spot(rule, nodes)
            break
    return Said(read_publication, title, published, body, spots)


def _of_body(line: str, rule: Rule, layout: Layout, names: dict[str, str]) -> str | None:
    """What of a paragraph is body. One that is longer than what expressions are searched in is, all of it."""
    if len(line) > SEARCHED:
        return line
    taken = take(line, rule, names)
    is_other = taken is not None and any(_compiled(each).fullmatch(taken) for each in layout.drop_text)
    return None if is_other else taken


def fields_read(seen: Said, layout: Layout) -> tuple[int, bool]:
    """How many fields of the fingerprint were read by rules, and whether those are all that ``layout`` has rules for."""
    wanted = [name for name in ("title", "paragraphs", "publication", "published") if getattr(layout, name)]
    found = sum(name in seen.spots for name in wanted)
    return found, found == len(wanted)


def in_order(layouts: tuple[Layout, ...], day: date) -> tuple[Layout, ...]:
    """``layouts`` in the order in which they are tried on a capture of ``day``: those that do not hold yet come last."""
    if not any(layout.since is not None and layout.since > day for layout in layouts):
        return layouts
    return tuple(sorted(layouts, key=lambda layout: layout.since is not None and layout.since > day))


def first(
    tree: Tree,
    rules: tuple[Rule, ...],
    convert: Callable[[str], Value | None],
    *,
    spots: dict[str, Spot] | None = None,
    name: str = "",
    known: dict[str, str] | None = None,
) -> Value | None:
    """The first value that ``rules`` and ``convert`` make of the page; its spot is noted under ``name``."""
    for rule in rules:
        for node in islice(places(tree, rule), _MOST_PLACES):
            text = _raw(tree, node, rule)
            value = take(text, rule, known) if text else None
            converted = convert(value) if value else None
            if converted is not None:
                if spots is not None:
                    spots[name] = Spot(rule, (node,))
                return converted
    return None


def places(tree: Tree, rule: Rule) -> Iterator[Node]:
    """The elements at which a rule looks, in the order of the page."""
    if rule.css is not None:
        yield from tree.select(rule.css)
    elif rule.text is not None:
        yield from tree.holding(rule.text)
    elif rule.link is not None:
        yield from tree.links(rule.link)


def _raw(tree: Tree, node: Node, rule: Rule) -> str:
    return fold(tree.attribute(node, rule.attr) or "") if rule.attr else tree.text(node)


def take(text: str, rule: Rule, known: dict[str, str] | None = None) -> str | None:
    """What a rule takes from a place's text: all of it, or what its regular expression matches."""
    if rule.match is None:
        return text
    pattern = rule.match
    for name, value in (known or {}).items():
        pattern = pattern.replace("{" + name + "}", re.escape(value))
    found = _compiled(pattern).search(text[:SEARCHED])
    if found is None:
        return None
    return fold(found[1] if found.re.groups else found[0]) or None


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def day_reader(layout: Layout) -> Callable[[str], date | None]:
    """A function that reads a day in one of the layout's formats, and gives None for anything else."""
    return dates.day_reader(layout.dates, layout.time_zone)


def cards(tree: Tree, layout: CardLayout, day_of: Callable[[str], date | None], base: str) -> tuple[Card, ...]:
    """The page's cards. One that lacks title, excerpt or a readable date is only a link, and is left out."""
    found = []
    for item in card_items(tree, layout):
        title, excerpt, day = (inside(tree, item, css) for css in (layout.title, layout.excerpt, layout.date))
        published = day_of(day)
        if title and excerpt and published:
            found.append(Card(title, excerpt, published, url=_card_address(tree, item, layout, base)))
    return tuple(found)


def card_items(tree: Tree, layout: CardLayout) -> Sequence[Node]:
    """The elements that may be cards; those beyond two hundred are not looked at."""
    return tree.select(layout.item)[:_MOST_CARDS]


def inside(tree: Tree, item: Node, css: str) -> str:
    """The text of the first element inside ``item`` that has any."""
    return next((text for node in tree.select_inside(css, item) if (text := tree.text(node))), "")


def _card_address(tree: Tree, item: Node, layout: CardLayout, base: str) -> str | None:
    return next(
        (a for node in tree.select_inside(layout.link, item) if (a := absolute(tree.attribute(node, "href"), base))), None
    )


def hrefs(nodes: Sequence[Node], tree: Tree, base: str) -> tuple[str, ...]:
    """The absolute addresses that links point to, each once, in their order."""
    found = (absolute(tree.attribute(node, "href"), base) for node in nodes)
    return tuple(dict.fromkeys(address for address in found if address is not None))
