"""From a piece of a page to its paragraphs: the one place that knows which tags separate and which do not.

Inline tags never glue or split words, block tags always separate, a single ``<br>`` is a space and two of them end a
paragraph. The walk reads a stream of events, so that the same rules hold for BeautifulSoup's tree and for lxml's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum, auto

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString
from lxml import etree

from monitor.article import fold

BLOCK = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr",
    "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
})  # fmt: skip
# What a reader sees nothing of, or not as text.
SILENT = frozenset({
    "applet", "audio", "canvas", "embed", "head", "iframe", "math", "noscript", "object", "rp", "rt", "script", "style", "svg",
    "template", "video",
})  # fmt: skip


class Mark(Enum):
    """What stands in a stream of events besides text."""

    BLOCK = auto()
    BREAK = auto()


Event = str | Mark


def paragraphs(events: Iterable[Event]) -> tuple[str, ...]:
    """The paragraphs that the events make, each folded to one line; empty ones are left out."""
    found: list[str] = []
    pieces: list[str] = []
    breaks = 0
    for event in events:
        if event is Mark.BREAK:
            breaks += 1
            pieces.append(" ")
            if breaks < 2:
                continue
        elif isinstance(event, str):
            pieces.append(event)
            if breaks and fold(event):
                breaks = 0
            continue
        _end(pieces, found)
        breaks = 0
    _end(pieces, found)
    return tuple(found)


def _end(pieces: list[str], found: list[str]) -> None:
    if pieces:
        line = fold("".join(pieces))
        if line:
            found.append(line)
        pieces.clear()


def one_line(events: Iterable[Event]) -> str:
    """The whole text of a piece as one line; its blocks are separated by a space."""
    return " ".join(paragraphs(events))


def soup_events(root: Tag | BeautifulSoup) -> Iterator[Event]:
    """The events of a BeautifulSoup tree below and including ``root``."""
    stack: list[PageElement | Mark] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Mark):
            yield node
        elif isinstance(node, Tag):
            if node.name in SILENT and node is not root:
                continue
            if node.name == "br":
                yield Mark.BREAK
            elif node.name in BLOCK:
                yield Mark.BLOCK
                stack.append(Mark.BLOCK)
            stack.extend(reversed(node.contents))
        elif is_text(node):
            yield str(node)


def is_text(node: PageElement) -> bool:
    """Whether a piece of a BeautifulSoup tree is text, and not a comment, a doctype or a processing instruction."""
    return isinstance(node, NavigableString) and not isinstance(node, PreformattedString)


def lxml_events(root: etree._Element) -> Iterator[Event]:
    """The same events of an lxml tree (whose parser dropped comments and processing instructions)."""
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        tag = node.tag
        if event == "start":
            if tag in SILENT and node is not root:
                walk.skip_subtree()
                continue
            if tag == "br":
                yield Mark.BREAK
            elif tag in BLOCK:
                yield Mark.BLOCK
            if node.text:
                yield node.text
        else:
            if tag in BLOCK:
                yield Mark.BLOCK
            if node.tail and node is not root:
                yield node.tail
