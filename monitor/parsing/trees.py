"""A page as a tree that rules can be asked of: BeautifulSoup's over the whole page, or lxml's with soup on demand.

Both trees are built by the same parser (libxml2's HTML parser), so they agree on where an element starts and ends.
``WholeTree`` is what the article format is defined by; ``MatchedTree`` finds the same places twenty times faster and
hands BeautifulSoup only the parts that matched.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

import soupsieve
from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString, Script, Stylesheet, TemplateString
from cssselect import HTMLTranslator, SelectorError, parse
from lxml import etree

from monitor.article import fold
from monitor.parsing.walk import lxml_events, one_line, paragraphs, soup_events

Node = Any
_NO_TEXT = "not(self::script or self::style or self::template)"
_EMPTY = b"<html></html>"


class Tree(Protocol):
    """What a rule can ask of a page. Nodes come in the order of the page."""

    def select(self, css: str, inside: Node | None = None) -> Sequence[Node]:
        """The elements that a CSS selector matches (below ``inside``, or anywhere)."""

    def below(self, outer: str, inner: str) -> Sequence[Node]:
        """The elements that ``inner`` matches below those that ``outer`` matches."""

    def holding(self, words: str) -> Sequence[Node]:
        """The elements whose own text (not that of elements inside them) holds ``words``."""

    def links(self, words: str) -> Sequence[Node]:
        """The links whose whole text is ``words``."""

    def text(self, node: Node) -> str:
        """The text of an element as one line."""

    def paragraphs(self, node: Node) -> tuple[str, ...]:
        """The paragraphs of an element."""

    def attribute(self, node: Node, name: str) -> str | None:
        """The value of an element's attribute, or None."""

    def contains(self, outer: Node, inner: Node) -> bool:
        """Whether ``inner`` lies inside ``outer``."""


class WholeTree:
    """BeautifulSoup over the whole page."""

    def __init__(self, html: str, drop: Sequence[str] = ()) -> None:
        self._soup = BeautifulSoup(html.replace("\x00", ""), "lxml")
        for css in drop:
            for tag in _sieve(css).select(self._soup):
                tag.decompose()

    def select(self, css: str, inside: Node | None = None) -> Sequence[Node]:
        return _sieve(css).select(self._soup if inside is None else inside)

    def below(self, outer: str, inner: str) -> Sequence[Node]:
        return [node for item in self.select(outer) for node in self.select(inner, item)]

    def holding(self, words: str) -> Sequence[Node]:
        found: dict[int, Tag] = {}
        for string in self._soup.find_all(string=lambda s: s is not None and words in s):
            if isinstance(string, NavigableString) and _is_text(string) and string.parent is not None:
                found.setdefault(id(string.parent), string.parent)
        return _in_page_order(list(found.values()))

    def links(self, words: str) -> Sequence[Node]:
        return [a for a in self._soup.find_all("a") if isinstance(a, Tag) and fold(a.get_text()) == words]

    def text(self, node: Node) -> str:
        return one_line(soup_events(node))

    def paragraphs(self, node: Node) -> tuple[str, ...]:
        return paragraphs(soup_events(node))

    def attribute(self, node: Node, name: str) -> str | None:
        value = node.get(name)
        return " ".join(value) if isinstance(value, list) else value

    def contains(self, outer: Node, inner: Node) -> bool:
        return outer is not inner and any(parent is outer for parent in inner.parents)


def _is_text(string: NavigableString) -> bool:
    return not isinstance(string, PreformattedString | Script | Stylesheet | TemplateString)


def _in_page_order(tags: list[Tag]) -> list[Tag]:
    """Parents were met by their first matching text; an outer element that starts earlier must come first."""
    position = {id(tag): i for i, tag in enumerate(tags[0].find_parents()[-1].descendants)} if len(tags) > 1 else {}
    return sorted(tags, key=lambda tag: position.get(id(tag), 0))


class MatchedTree:
    """lxml's tree for finding, BeautifulSoup for reading (:meth:`read_text`, :meth:`read_paragraphs`)."""

    def __init__(self, html: str, drop: Sequence[str] = ()) -> None:
        parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
        data = html.replace("\x00", "").encode("utf-8", "replace")
        root = etree.fromstring(data, parser) if data.strip() else None
        self._root = etree.fromstring(_EMPTY, parser) if root is None else root
        self._holding: dict[str, list[etree._Element]] = {}
        for css in drop:
            for node in _found(_xpath(css), self._root):
                _take_out(node)

    def select(self, css: str, inside: Node | None = None) -> Sequence[Node]:
        return _found(_xpath(css), self._root) if inside is None else _found(_xpath(css, below=True), inside)

    def below(self, outer: str, inner: str) -> Sequence[Node]:
        return _found(_xpath_below(outer, inner), self._root)

    def holding(self, words: str) -> Sequence[Node]:
        if words not in self._holding:  # the dearest question of all, and several fields ask it
            self._holding[words] = _found(_HOLDING, self._root, words=words)
        return self._holding[words]

    def links(self, words: str) -> Sequence[Node]:
        return [a for a in _found(_LINKS, self._root) if fold("".join(a.itertext())) == words]

    def text(self, node: Node) -> str:
        return one_line(lxml_events(node))

    def paragraphs(self, node: Node) -> tuple[str, ...]:
        return paragraphs(lxml_events(node))

    def attribute(self, node: Node, name: str) -> str | None:
        value = node.get(name)
        return None if value is None else str(value)

    def contains(self, outer: Node, inner: Node) -> bool:
        return any(parent is outer for parent in inner.iterancestors())

    def soup(self, node: Node) -> BeautifulSoup:
        """The element as BeautifulSoup reads it."""
        return BeautifulSoup(etree.tostring(node, encoding="unicode", method="html", with_tail=False), "lxml")


def _take_out(node: etree._Element) -> None:
    """Remove an element but not the text behind it."""
    parent, tail, before = node.getparent(), node.tail, node.getprevious()
    if parent is None:
        return
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(node)


def _found(xpath: etree.XPath, node: etree._Element, **variables: str) -> list[etree._Element]:
    found = xpath(node, **variables)
    return [each for each in found if isinstance(each, etree._Element)] if isinstance(found, list) else []


_HOLDING = etree.XPath(f"descendant::text()[contains(., $words)]/parent::*[{_NO_TEXT}]")
_LINKS = etree.XPath("//a")


@lru_cache(maxsize=1024)
def _sieve(css: str) -> soupsieve.SoupSieve:
    return soupsieve.compile(css)


@lru_cache(maxsize=1024)
def _xpath(css: str, below: bool = False) -> etree.XPath:
    return etree.XPath(HTMLTranslator().css_to_xpath(css, prefix="descendant::" if below else "descendant-or-self::"))


@lru_cache(maxsize=1024)
def _xpath_below(outer: str, inner: str) -> etree.XPath:
    translator = HTMLTranslator()
    start = translator.css_to_xpath(outer, prefix="descendant-or-self::")
    steps = [translator.selector_to_xpath(each, prefix="descendant::") for each in parse(inner)]
    return etree.XPath(" | ".join(f"({start})/{step}" for step in steps))


def check_selector(css: str) -> str | None:
    """Why ``css`` is no selector that both trees understand, or None."""
    try:
        _sieve(css)
        _xpath(css)
    except (soupsieve.SelectorSyntaxError, SelectorError, etree.XPathSyntaxError) as wrong:
        return str(wrong).splitlines()[0]
    return None
