"""A page as a tree that rules can be asked of: BeautifulSoup's over the whole page, or lxml's with soup on demand.

Both trees are built by the same parser (libxml2's HTML parser), so they agree on where an element starts and ends.
``WholeTree`` is what the article format is defined by; ``MatchedTree`` finds the same places fifteen times faster and
hands BeautifulSoup only the parts that matched.

An element's *own text* is what stands in it outside the elements inside it; each run of it between two such elements
is looked at by itself. Comments are no part of a page: text goes on across them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from bs4 import Tag
from lxml import etree

from monitor.article import fold
from monitor.parsing import steps
from monitor.parsing.elements import PLAIN, Look, is_hidden
from monitor.parsing.limits import MOST_SOUPED, TooDeep, checked
from monitor.parsing.selectors import check_selector, sieve_inside, xpath_inside
from monitor.parsing.soups import outermost, own_runs, souped, whole_soup
from monitor.parsing.steps import ElementNodes, SoupNodes
from monitor.parsing.walk import BLOCK, SILENT, Event, Kind, lxml_events, one_line, paragraphs, soup_events

Node = Any
_EMPTY = b"<html></html>"
_TEMPLATE = "template"  # what stands in one is no part of a page until a script takes it out
_CAPTION = "figcaption"
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

    def outermost(self, nodes: Iterable[Node]) -> tuple[Node, ...]:
        """``nodes`` without those that lie inside another, whose text they would repeat."""

    def dropped(self, node: Node) -> str:
        """What a picture's caption said that stood here until it was taken out; empty for all else."""


class WholeTree:
    """BeautifulSoup over the whole page (UTF-8). Raises TooDeep."""

    def __init__(self, page: bytes, drop: Sequence[str] = (), look: Look = PLAIN) -> None:
        self._soup = whole_soup(checked(_cleaned(page)))
        self._found: dict[str, Sequence[Node]] = {}
        self._holding: dict[str, list[Node]] = {}
        self._captions: dict[int, str] = {}
        self._take_out(self._soup.find_all(_TEMPLATE))
        for css in drop:
            self._take_out(steps.select(css, SoupNodes(self._soup)))
        self._kinds = {id(tag): kind for css, kind in look.kinds for tag in self.select(css)}
        if not look.hidden:
            tags = (tag for tag in self._soup.descendants if isinstance(tag, Tag) and tag.attrs)
            self._kinds |= {id(tag): Kind.HIDDEN for tag in tags if is_hidden(tag.name, tag.get("hidden"), tag.get("style"))}

    def _take_out(self, nodes: Iterable[Node]) -> None:
        for tag in nodes:
            if tag.name == _CAPTION:
                self._captions[id(tag)] = one_line(soup_events(tag))
            tag.clear()
            tag.attrs.clear()
            tag.name = _gap(tag.name)

    def select(self, css: str) -> Sequence[Node]:
        if css not in self._found:
            self._found[css] = steps.select(css, SoupNodes(self._soup))
        return self._found[css]

    def select_inside(self, css: str, outer: Node) -> Sequence[Node]:
        return sieve_inside(css).select(outer)

    def holding(self, words: str) -> Sequence[Node]:
        if words not in self._holding:
            tags = (tag for tag in self._soup.find_all(True) if isinstance(tag, Tag))
            self._holding[words] = [tag for tag in tags if _holds(own_runs(tag), words) and not _is_silent(tag)]
        return self._holding[words]

    def links(self, words: str) -> Sequence[Node]:
        return [a for a in self._soup.find_all("a") if self.text(a) == fold(words)]

    def base(self) -> str | None:
        found = self._soup.find("base", href=True)
        return self.attribute(found, "href") if found else None

    def text(self, node: Node) -> str:
        return one_line(soup_events(node, self._kinds))

    def paragraphs(self, node: Node) -> tuple[str, ...]:
        return paragraphs(soup_events(node, self._kinds))

    def attribute(self, node: Node, name: str) -> str | None:
        value = node.get(name)
        return None if value is None else str(value)

    def contains(self, outer: Node, inner: Node) -> bool:
        return outer is not inner and any(parent is outer for parent in inner.parents)

    def outermost(self, nodes: Iterable[Node]) -> tuple[Node, ...]:
        return tuple(outermost(nodes, lambda tag: tag.parent, id))

    def dropped(self, node: Node) -> str:
        return self._captions.get(id(node), "")


def _holds(runs: Iterable[str], words: str) -> bool:
    wanted = " ".join(words.split())
    return any(wanted in " ".join(run.split()) for run in runs)


def _is_silent(tag: Tag) -> bool:
    return tag.name in SILENT or any(parent.name in SILENT for parent in tag.parents)


class MatchedTree:
    """lxml's tree for finding; BeautifulSoup reads those elements that were handed to it (:meth:`hand_over`).

    Raises TooDeep.
    """

    def __init__(self, page: bytes, drop: Sequence[str] = (), look: Look = PLAIN) -> None:
        self._root = _parsed(checked(_cleaned(page)))
        self._found: dict[str, Sequence[Node]] = {}
        self._holding: dict[str, list[Node]] = {}
        self._runs: list[str] | None = None
        self._tags: dict[Node, Tag] = {}
        self._tag_kinds: dict[int, Kind] = {}
        self._captions: dict[Node, str] = {}
        for css in (_TEMPLATE, *drop):
            self._take_out(steps.select(css, ElementNodes(self._root)))
        self._kinds = {node: kind for css, kind in look.kinds for node in self.select(css)}
        if not look.hidden:
            found = (n for n in _elements(_HIDING, self._root) if is_hidden(n.tag, n.get("hidden"), n.get("style")))
            self._kinds |= dict.fromkeys(found, Kind.HIDDEN)

    def _take_out(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            if node.tag == _CAPTION:
                self._captions[node] = one_line(lxml_events(node))
            node.clear(keep_tail=True)
            node.tag = _gap(node.tag)

    def hand_over(self, nodes: Iterable[Node]) -> None:
        """From now on BeautifulSoup reads the text and the paragraphs of these elements, and of those inside them.

        Where they are very many it would take long, and they are read as before, which gives the same.
        """
        parts = outermost(nodes)
        if sum(1 for part in parts for _ in part.iter()) <= MOST_SOUPED:
            self._tags = souped(parts)
            self._tag_kinds = {id(self._tags[node]): kind for node, kind in self._kinds.items() if node in self._tags}

    def select(self, css: str) -> Sequence[Node]:
        if css not in self._found:
            self._found[css] = steps.select(css, ElementNodes(self._root))
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

    def outermost(self, nodes: Iterable[Node]) -> tuple[Node, ...]:
        return tuple(outermost(nodes))

    def dropped(self, node: Node) -> str:
        return self._captions.get(node, "")

    def _events(self, node: Node) -> Iterator[Event]:
        tag = self._tags.get(node)
        return lxml_events(node, self._kinds) if tag is None else soup_events(tag, self._tag_kinds)


def _parsed(page: bytes) -> etree._Element:
    """The page's root. Its comments and processing instructions are left out, so that text goes on across them."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False)
    root = etree.fromstring(page, parser) if page.strip() else None
    last = parser.error_log.last_error
    if last is not None and last.type == _RESOURCE_LIMIT:
        raise TooDeep
    return etree.fromstring(_EMPTY, parser) if root is None else root


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
# From the attributes to their elements: to ask every element for its own would cost as much as the whole parse.
_HIDING = etree.XPath("/descendant::*/@hidden/.. | /descendant::*/@style[contains(translate(., 'NOE', 'noe'), 'none')]/..")
_TEXTS = etree.XPath("/descendant::text()", smart_strings=False)
_NTH = "/descendant::text()[{}]/parent::*"
_NONE = "/.."
_HOLDING = etree.XPath("/descendant::text()[contains(., $word)]/parent::*")
_MANY = 20
_BASES = etree.XPath("/descendant::base[@href]")
_LINKS = etree.XPath("/descendant::a[string-length(.) >= $length]")

__all__ = ["MatchedTree", "Node", "TooDeep", "Tree", "WholeTree", "check_selector"]
