"""A page as a tree that rules can be asked of: BeautifulSoup's over the whole page, or lxml's with soup on demand.

Both trees are built by the same parser (libxml2's HTML parser), so they agree on where an element starts and ends.
``WholeTree`` is what the article format is defined by; ``MatchedTree`` finds the same places fifteen times faster and
hands BeautifulSoup only the parts that matched.

An element's *own text* is what stands in it outside the elements inside it; each run of it between two such elements
is looked at by itself. Comments are no part of a page: text goes on across them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from bs4 import Tag
from bs4.element import NavigableString
from lxml import etree

from monitor.article import fold
from monitor.parsing.selectors import check_selector, sieve, sieve_inside, xpath, xpath_inside
from monitor.parsing.soups import TooDeep, outermost, souped, whole_soup
from monitor.parsing.walk import BLOCK, SILENT, Event, is_text, lxml_events, one_line, paragraphs, soup_events

Node = Any
_EMPTY = b"<html></html>"
_TEMPLATE = "template"  # what stands in one is no part of a page until a script takes it out
_MOST_ATTRIBUTES = 1000
_LARGE = 100_000  # bytes; the attributes of a smaller page cost two seconds at the most
_FORM_FEED = (b"\x0c", b" ")  # white space in HTML, but not in XPath


class Tree(Protocol):
    """What a rule can ask of a page. Nodes come in the order of the page."""

    def select(self, css: str) -> Sequence[Node]:
        """The elements that a CSS selector matches."""

    def select_inside(self, css: str, outer: Node) -> Sequence[Node]:
        """The elements that a CSS selector matches inside another, seeing nothing but the inside."""

    def holding(self, words: str) -> Sequence[Node]:
        """The elements whose own text, white space folded, holds ``words``."""

    def links(self, words: str) -> Sequence[Node]:
        """The links whose whole text is ``words``."""

    def base(self) -> str | None:
        """The address that relative links start at, where the page names one."""

    def text(self, node: Node) -> str:
        """The text of an element as one line."""

    def paragraphs(self, node: Node) -> tuple[str, ...]:
        """The paragraphs of an element."""

    def attribute(self, node: Node, name: str) -> str | None:
        """The value of an element's attribute, or None."""

    def contains(self, outer: Node, inner: Node) -> bool:
        """Whether ``inner`` lies inside ``outer``."""


class WholeTree:
    """BeautifulSoup over the whole page (UTF-8). Raises TooDeep."""

    def __init__(self, page: bytes, drop: Sequence[str] = ()) -> None:
        self._soup = whole_soup(_checked(_cleaned(page)))
        self._found: dict[str, Sequence[Node]] = {}
        self._holding: dict[str, list[Node]] = {}
        self._take_out(self._soup.find_all(_TEMPLATE))
        for css in drop:
            self._take_out(sieve(css).select(self._soup))

    def _take_out(self, nodes: Iterable[Node]) -> None:
        for tag in nodes:
            tag.clear()
            tag.attrs.clear()
            tag.name = _gap(tag.name)

    def select(self, css: str) -> Sequence[Node]:
        if css not in self._found:
            self._found[css] = sieve(css).select(self._soup)
        return self._found[css]

    def select_inside(self, css: str, outer: Node) -> Sequence[Node]:
        return sieve_inside(css).select(outer)

    def holding(self, words: str) -> Sequence[Node]:
        if words not in self._holding:
            tags = (tag for tag in self._soup.find_all(True) if isinstance(tag, Tag))
            self._holding[words] = [tag for tag in tags if _holds(_runs(tag), words) and not _is_silent(tag)]
        return self._holding[words]

    def links(self, words: str) -> Sequence[Node]:
        return [a for a in self._soup.find_all("a") if self.text(a) == fold(words)]

    def base(self) -> str | None:
        found = self._soup.find("base", href=True)
        return self.attribute(found, "href") if found else None

    def text(self, node: Node) -> str:
        return one_line(soup_events(node))

    def paragraphs(self, node: Node) -> tuple[str, ...]:
        return paragraphs(soup_events(node))

    def attribute(self, node: Node, name: str) -> str | None:
        value = node.get(name)
        return None if value is None else str(value)

    def contains(self, outer: Node, inner: Node) -> bool:
        return outer is not inner and any(parent is outer for parent in inner.parents)


def _runs(tag: Tag) -> Iterator[str]:
    """The runs of a tag's own text."""
    run = ""
    for child in tag.contents:
        if isinstance(child, NavigableString) and is_text(child):
            run += child
        elif isinstance(child, Tag) and run:
            yield run
            run = ""
    if run:
        yield run


def _holds(runs: Iterable[str], words: str) -> bool:
    wanted = " ".join(words.split())
    return any(wanted in " ".join(run.split()) for run in runs)


def _is_silent(tag: Tag) -> bool:
    return tag.name in SILENT or any(parent.name in SILENT for parent in tag.parents)


class MatchedTree:
    """lxml's tree for finding; BeautifulSoup reads those elements that were handed to it (:meth:`hand_over`).

    Raises TooDeep.
    """

    def __init__(self, page: bytes, drop: Sequence[str] = ()) -> None:
        self._root = _parsed(_checked(_cleaned(page)))
        self._found: dict[str, list[Node]] = {}
        self._holding: dict[str, list[Node]] = {}
        self._runs: list[str] | None = None
        self._tags: dict[Node, Tag] = {}
        for css in (_TEMPLATE, *drop):
            self._take_out(_elements(xpath(css), self._root))

    def _take_out(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            node.clear(keep_tail=True)
            node.tag = _gap(node.tag)

    def hand_over(self, nodes: Iterable[Node]) -> None:
        """From now on BeautifulSoup reads the text and the paragraphs of these elements, and of those inside them."""
        self._tags = souped(outermost(nodes))

    def select(self, css: str) -> Sequence[Node]:
        if css not in self._found:
            self._found[css] = _elements(xpath(css), self._root)
        return self._found[css]

    def select_inside(self, css: str, outer: Node) -> Sequence[Node]:
        return _elements(xpath_inside(css), outer)

    def holding(self, words: str) -> Sequence[Node]:
        if words not in self._holding:
            self._holding[words] = self._holding_now(words)
        return self._holding[words]

    def _holding_now(self, words: str) -> list[Node]:
        if self._runs is None:
            texts = _TEXTS(self._root)
            self._runs = [str(text) for text in texts] if isinstance(texts, list) else []
        wanted = " ".join(words.split())
        first = wanted.partition(" ")[0]
        numbers = [number for number, run in enumerate(self._runs, 1) if first in run and wanted in " ".join(run.split())]
        if len(numbers) > _MANY:  # slower, but it takes no longer for each more
            found = [node for node in _elements(_HOLDING, self._root, word=first) if _holds(_own_text(node), words)]
        else:
            found = _elements(etree.XPath(" | ".join(_NTH.format(number) for number in numbers) or _NONE), self._root)
        return [node for node in found if node.tag not in SILENT and not _is_inside_silence(node)]

    def links(self, words: str) -> Sequence[Node]:
        wanted = fold(words)
        longer = _elements(_LINKS, self._root, length=len(wanted.replace(" ", "")))
        return [a for a in longer if self.text(a) == wanted]

    def base(self) -> str | None:
        found = _elements(_BASES, self._root)
        return self.attribute(found[0], "href") if found else None

    def text(self, node: Node) -> str:
        return one_line(self._events(node))

    def paragraphs(self, node: Node) -> tuple[str, ...]:
        return paragraphs(self._events(node))

    def attribute(self, node: Node, name: str) -> str | None:
        value = node.get(name)
        return None if value is None else str(value)

    def contains(self, outer: Node, inner: Node) -> bool:
        return any(parent is outer for parent in inner.iterancestors())

    def _events(self, node: Node) -> Iterator[Event]:
        tag = self._tags.get(node)
        return lxml_events(node) if tag is None else soup_events(tag)


def _parsed(page: bytes) -> etree._Element:
    """The page's root. Its comments and processing instructions are left out, so that text goes on across them."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False)
    root = etree.fromstring(page, parser) if page.strip() else None
    last = parser.error_log.last_error
    if last is not None and last.type == _RESOURCE_LIMIT:
        raise TooDeep
    return etree.fromstring(_EMPTY, parser) if root is None else root


class _Counter:
    """Looks at each element as it begins, which costs no more than its bytes."""

    def start(self, _tag: Any, attributes: Mapping[Any, Any]) -> None:
        if len(attributes) > _MOST_ATTRIBUTES:
            raise TooDeep(f"an element of it bears more than {_MOST_ATTRIBUTES:,} attributes")

    def close(self) -> None:
        """The page is over."""


def _checked(page: bytes) -> bytes:
    """``page``, unless a tree of it would take minutes: libxml2 puts each attribute behind all those that an element has."""
    if len(page) > _LARGE:
        etree.fromstring(page, etree.HTMLParser(encoding="utf-8", huge_tree=True, target=_Counter()))  # type: ignore[arg-type]  # the rest is optional
    return page


def _cleaned(page: bytes) -> bytes:
    return page.replace(b"\x00", b"").replace(*_FORM_FEED)


def _gap(name: str) -> str:
    """What stays of an element that is taken out: what stood before and behind it is as near or far as it was."""
    return "hr" if name in BLOCK else "wbr"


def _elements(path: etree.XPath, node: etree._Element, **variables: str | int) -> list[etree._Element]:
    found = path(node, **variables)
    return [each for each in found if isinstance(each, etree._Element)] if isinstance(found, list) else []


def _own_text(node: etree._Element) -> Iterator[str]:
    """The runs of an element's own text."""
    yield node.text or ""
    for child in node:
        yield child.tail or ""


def _is_inside_silence(node: etree._Element) -> bool:
    return any(outer.tag in SILENT for outer in node.iterancestors())


_RESOURCE_LIMIT = 114  # libxml2's XML_ERR_RESOURCE_LIMIT, which not every lxml has a name for
_TEXTS = etree.XPath("/descendant::text()", smart_strings=False)
_NTH = "/descendant::text()[{}]/parent::*"
_NONE = "/.."
_HOLDING = etree.XPath("/descendant::text()[contains(., $word)]/parent::*")
_MANY = 20
_BASES = etree.XPath("/descendant::base[@href]")
_LINKS = etree.XPath("/descendant::a[string-length(.) >= $length]")

__all__ = ["MatchedTree", "Node", "TooDeep", "Tree", "WholeTree", "check_selector"]
