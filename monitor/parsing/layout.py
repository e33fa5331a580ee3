"""A layout asked of a tree: which element each field's rules find, and what the field then says.

Rules are tried in order, elements in the order of the page; the first that gives a value wins. Nothing here knows a
site: all selectors come from the configuration.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TypeVar

from monitor.article import Card, fold, parse_long_date
from monitor.parsing.address import absolute
from monitor.parsing.trees import Node, Tree
from monitor.settings import CardLayout, Layout, Rule

Value = TypeVar("Value")
LONG_DATE = "%B %d, %Y"


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


def said(tree: Tree, layout: Layout, publication: str | None) -> Said:
    """What ``layout`` reads in ``tree``; ``publication`` is used where the page names none."""
    spots: dict[str, Spot] = {}
    read_publication = first(tree, layout.publication, str, spots=spots, name="publication") or publication
    title = first(tree, layout.title, str, spots=spots, name="title")
    days = day_reader(layout)
    published = first(tree, layout.published, days, spots=spots, name="published")
    body: tuple[str, ...] = ()
    for rule in layout.paragraphs:
        nodes = _outermost(tree, tuple(places(tree, rule)))
        body = tuple(p for node in nodes for p in tree.paragraphs(node))
        if body:
            spots["paragraphs"] = Spot(rule, nodes)
            break
    return Said(read_publication, title, published, body, spots)


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
        for node in places(tree, rule):
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
    found = _compiled(pattern).search(text)
    if found is None:
        return None
    return fold(found[1] if found.re.groups else found[0]) or None


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _outermost(tree: Tree, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """``nodes`` without those that lie inside another, whose text they would repeat."""
    if len(nodes) < 2:
        return nodes
    kept: list[Node] = []
    for node in nodes:
        if not (kept and tree.contains(kept[-1], node)):
            kept.append(node)
    return tuple(kept)


def day_reader(layout: Layout) -> Callable[[str], date | None]:
    """A function that reads a day in one of the layout's formats, and gives None for anything else."""
    return lambda text: read_day(text, layout.dates)


def read_day(text: str, formats: tuple[str, ...]) -> date | None:
    """The day that ``text`` names in the first of ``formats`` that fits; never a guess."""
    for pattern in formats:
        if pattern == LONG_DATE:
            day = parse_long_date(text)
            if day is not None:
                return day
            continue
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    return None


def cards(tree: Tree, layout: CardLayout, formats: tuple[str, ...], base: str) -> tuple[Card, ...]:
    """The page's cards. One that lacks title, excerpt or a readable date is only a link, and is left out."""
    found = []
    for item in tree.select(layout.item):
        title, excerpt, day = (_inside(tree, item, css) for css in (layout.title, layout.excerpt, layout.date))
        published = read_day(day, formats)
        if title and excerpt and published:
            found.append(Card(title, excerpt, published, url=_card_address(tree, item, layout, base)))
    return tuple(found)


def _inside(tree: Tree, item: Node, css: str) -> str:
    return next((text for node in tree.select_inside(css, item) if (text := tree.text(node))), "")


def _card_address(tree: Tree, item: Node, layout: CardLayout, base: str) -> str | None:
    return next(
        (a for node in tree.select_inside(layout.link, item) if (a := absolute(tree.attribute(node, "href"), base))), None
    )


def hrefs(nodes: Sequence[Node], tree: Tree, base: str) -> tuple[str, ...]:
    """The absolute addresses that links point to, each once, in their order."""
    found = (absolute(tree.attribute(node, "href"), base) for node in nodes)
    return tuple(dict.fromkeys(address for address in found if address is not None))
