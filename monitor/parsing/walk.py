"""From a piece of a page to its paragraphs: the one place that knows which tags separate and which do not.

Inline tags never glue or split words, block tags always separate, a single ``<br>`` is a space and two of them end a
paragraph. The walk reads a stream of events, so that the same rules hold for BeautifulSoup's tree and for lxml's.

Each cell of a table is a paragraph: old sites lay out whole pages in tables. Custom elements are inline, as in browsers, unless
a layout says that they are paragraphs. What a page hides by ``hidden`` or ``display: none`` is left out (:class:`Kind`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum, auto
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString
from lxml import etree

from monitor.article import fold

BLOCK = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr",
    "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup", "option", "p", "plaintext", "pre", "search",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp",
})  # fmt: skip
# What a reader sees nothing of, or not as text.
SILENT = frozenset({
    "applet", "audio", "canvas", "datalist", "embed", "head", "iframe", "math", "noembed", "noframes", "noscript", "object", "rp",
    "rt", "rtc", "script", "style", "svg", "template", "video",
})  # fmt: skip


class Mark(Enum):
    """What stands in a stream of events besides text. ``OPEN`` and ``CLOSE`` hold what is one paragraph."""

    BLOCK = auto()
    BREAK = auto()
    APART = auto()
    OPEN = auto()
    CLOSE = auto()


class Kind(Enum):
    """What an element is besides its tag: left out, set apart from the words around it, or one paragraph."""

    HIDDEN = auto()
    APART = auto()
    ONE = auto()


Event = str | Mark
Kinds = Mapping[Any, Kind]
_NONE: Kinds = {}
_BORDERS = {Kind.APART: (Mark.APART, Mark.APART), Kind.ONE: (Mark.OPEN, Mark.CLOSE)}
_ENDS = ",.;:!?)]”’"  # what a word may end with before another that stands apart
_BEGINS = "([“‘"
_UNSEEN = "\xad\u200b\ufeff"
# Scripts that set no spaces between words, and Korean, whose particles follow a name directly.
_UNSPACED = re.compile("[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]")


def paragraphs(events: Iterable[Event]) -> tuple[str, ...]:
    """The paragraphs that the events make, each folded to one line; empty ones are left out."""
    lines = _Lines()
    for event in events:
        if isinstance(event, str):
            lines.text(event)
        elif event is Mark.BREAK:
            lines.line_break()
        elif event is Mark.APART:
            lines.is_apart = True
        else:
            lines.border(event)
    lines.end()
    return tuple(lines.found)


class _Lines:
    """Paragraphs as they grow. ``is_apart``: what comes next stands apart from the word before it."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.is_apart = False
        self._pieces: list[str] = []
        self._breaks = 0
        self._open = 0

    def text(self, text: str) -> None:
        if self.is_apart and (seen := text.strip(_UNSEEN)):
            self.is_apart = False
            before = next((piece for each in reversed(self._pieces) if (piece := each.strip(_UNSEEN))), "")
            if before and _are_words(before, seen):
                self._pieces.append(" ")
        self._pieces.append(text)
        if self._breaks and fold(text):
            self._breaks = 0

    def line_break(self) -> None:
        self._breaks += 1
        self._pieces.append(" ")
        if self._breaks > 1 and not self._open:
            self.end()

    def border(self, mark: Mark) -> None:
        """Where a block or what is one paragraph begins or ends; inside of the latter all is one."""
        self._open += (mark is Mark.OPEN) - (mark is Mark.CLOSE)
        if self._open - (mark is Mark.OPEN) > 0:
            self._pieces.append(" ")
        else:
            self.end()

    def end(self) -> None:
        self.is_apart, self._breaks = False, 0
        if self._pieces:
            line = fold("".join(self._pieces))
            if line:
                self.found.append(line)
            self._pieces.clear()


def _are_words(before: str, after: str) -> bool:
    """Whether a word ends where the other begins, with nothing between them."""
    last, first = before[-1], after[0]
    if _UNSPACED.match(last) or _UNSPACED.match(first):
        return False
    return (last.isalnum() or last in _ENDS) and (first.isalnum() or first in _BEGINS)


def one_line(events: Iterable[Event]) -> str:
    """The whole text of a piece as one line; its blocks are separated by a space."""
    return " ".join(paragraphs(events))


def soup_events(root: Tag | BeautifulSoup, kinds: Kinds = _NONE) -> Iterator[Event]:
    """The events of a BeautifulSoup tree below and including ``root``. ``kinds`` go by the tags' ``id()``."""
    stack: list[PageElement | Mark] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Mark):
            yield node
        elif isinstance(node, Tag):
            kind = kinds.get(id(node)) if kinds else None
            borders = _borders(node.name, kind)
            if (node.name in SILENT or kind is Kind.HIDDEN) and node is not root:
                yield from borders or ()
                continue
            if borders is not None:
                yield borders[0]
                stack.append(borders[1])
            elif node.name == "br":
                yield Mark.BREAK
            stack.extend(reversed(node.contents))
        elif is_text(node):
            yield str(node)


def _borders(tag: str, kind: Kind | None) -> tuple[Mark, Mark] | None:
    """What begins and ends an element, where anything does."""
    if kind is Kind.ONE or (kind is Kind.APART and tag not in BLOCK):
        return _BORDERS[kind]
    return (Mark.BLOCK, Mark.BLOCK) if tag in BLOCK else None


def is_text(node: PageElement) -> bool:
    """Whether a piece of a BeautifulSoup tree is text, and not a comment, a doctype or a processing instruction."""
    return isinstance(node, NavigableString) and not isinstance(node, PreformattedString)


def lxml_events(root: etree._Element, kinds: Kinds = _NONE) -> Iterator[Event]:
    """The same events of an lxml tree (whose parser dropped comments and processing instructions); ``kinds`` go by element."""
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        tag = node.tag
        kind = kinds.get(node) if kinds else None
        borders = _borders(tag, kind) if kind is not None or tag in BLOCK else None
        if event == "start":
            if borders is not None:
                yield borders[0]
            if (tag in SILENT or kind is Kind.HIDDEN) and node is not root:
                walk.skip_subtree()
                continue
            if tag == "br" and borders is None:
                yield Mark.BREAK
            if node.text:
                yield node.text
        else:
            if borders is not None:
                yield borders[1]
            if node.tail and node is not root:
                yield node.tail
