"""Selectors found step by step, where to find them at once would take the square of the page.

Both libraries look behind each element for those before it: ``p ~ p`` looks at all siblings of each, ``body:has(h1) p`` at the
whole page again for each ``p``. Found step by step, each step looks at the page once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from bs4 import Tag
from lxml import etree

from monitor.parsing.selectors import alternatives, sieve, split, xpath

Node = Any
_BLANK, _CHILD, _NEXT, _LATER = " ", ">", "+", "~"


class Nodes(Protocol):
    """What steps ask of a tree."""

    def at_once(self, css: str) -> Sequence[Node]:
        """The elements that a selector matches, in the order of the page."""

    def parent(self, node: Node) -> Node | None:
        """The element that holds another; None above the outermost."""

    def family(self, node: Node) -> Iterable[Node]:
        """The elements that one parent has, ``node`` among them, in their order."""


@dataclass(frozen=True, slots=True)
class SoupNodes:
    """BeautifulSoup's tree, or a part of it."""

    soup: Tag

    def at_once(self, css: str) -> Sequence[Tag]:
        """As soupsieve finds them."""
        return sieve(css).select(self.soup)

    def parent(self, node: Tag) -> Tag | None:
        """The element that holds ``node``."""
        return node.parent

    def family(self, node: Tag) -> Iterable[Tag]:
        """What that element has."""
        return (each for each in node.parent.children if isinstance(each, Tag)) if node.parent else (node,)


@dataclass(frozen=True, slots=True)
class ElementNodes:
    """lxml's tree."""

    root: etree._Element

    def at_once(self, css: str) -> Sequence[etree._Element]:
        """As XPath finds them."""
        found = xpath(css)(self.root)
        return [each for each in found if isinstance(each, etree._Element)] if isinstance(found, list) else []

    def parent(self, node: etree._Element) -> etree._Element | None:
        """The element that holds ``node``."""
        return node.getparent()

    def family(self, node: etree._Element) -> Iterable[etree._Element]:
        """What that element has; the roots, where there is none."""
        outer = node.getparent()
        if outer is not None:
            return outer
        return [*reversed(list(node.itersiblings(preceding=True))), node, *node.itersiblings()]


def select(css: str, nodes: Nodes) -> Sequence[Node]:
    """The elements that ``css`` matches, in the order of the page."""
    parts = alternatives(css)
    if not any(_is_costly(part) for part in parts):
        return nodes.at_once(css)
    found = [_select(part, nodes) for part in parts]
    if len(found) == 1:
        return found[0]
    wanted = _ids(node for each in found for node in each)
    return [node for node in nodes.at_once("*") if id(node) in wanted]


def _select(part: str, nodes: Nodes) -> Sequence[Node]:
    if not _is_costly(part):
        return nodes.at_once(part)
    before, combinator, last = split(part)
    left, right = _select(before, nodes), nodes.at_once(last)
    return list(_STANDING[combinator](right, _ids(left), nodes))


def _below(right: Iterable[Node], left: Collection[int], nodes: Nodes) -> Iterator[Node]:
    for node in right:
        outer = nodes.parent(node)
        while outer is not None and id(outer) not in left:
            outer = nodes.parent(outer)
        if outer is not None:
            yield node


def _inside(right: Iterable[Node], left: Collection[int], nodes: Nodes) -> Iterator[Node]:
    return (node for node in right if id(nodes.parent(node)) in left)


def _beside(right: Iterable[Node], left: Collection[int], nodes: Nodes, *, at_once: bool) -> Iterator[Node]:
    """Those that stand behind one of ``left``: behind it ``at_once``, or anywhere."""
    looked_at: set[int] = set()
    after: set[int] = set()
    for node in right:
        if id(node) not in looked_at:
            is_after = False
            for each in nodes.family(node):
                looked_at.add(id(each))
                if is_after:
                    after.add(id(each))
                is_after = id(each) in left or (is_after and not at_once)
        if id(node) in after:
            yield node


def _next(right: Iterable[Node], left: Collection[int], nodes: Nodes) -> Iterator[Node]:
    return _beside(right, left, nodes, at_once=True)


def _later(right: Iterable[Node], left: Collection[int], nodes: Nodes) -> Iterator[Node]:
    return _beside(right, left, nodes, at_once=False)


_STANDING: dict[str, Callable[[Iterable[Node], Collection[int], Nodes], Iterator[Node]]] = {
    _BLANK: _below,
    _CHILD: _inside,
    _NEXT: _next,
    _LATER: _later,
}


def _ids(nodes: Iterable[Node]) -> set[int]:
    return {id(node) for node in nodes}


@lru_cache(maxsize=1024)
def _is_costly(part: str) -> bool:
    left, combinator, _ = split(part)
    return combinator == _LATER or ":has(" in left.lower() or (bool(left) and _is_costly(left))
