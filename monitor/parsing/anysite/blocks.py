"""A page as blocks: each paragraph that our walk makes of it, with where it stands and what its ancestors are.

The rules of what separates are those of ``walk.py``; what is added here is the place. Elements are numbered as they begin, so
that sums over subtrees take one pass from the last to the first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from monitor.article import fold
from monitor.parsing.anysite.lines import ends_as_sentence, is_junk
from monitor.parsing.anysite.names import Role, role_of_names, role_of_tag
from monitor.parsing.anysite.written import days_in
from monitor.parsing.limits import MAX_DEPTH
from monitor.parsing.walk import BLOCK, SILENT, Event, Mark, paragraphs

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MORE_SILENT = frozenset({"button", "select", "textarea", "datalist", "option", "input", "progress", "meter", "map"})
_MOST_HEADS = 4  # lines before a first paragraph that are looked at
_SKIPPED = SILENT | _MORE_SILENT
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOT_WORDS = re.compile(r"[\W_]+")
_WIDE = re.compile("[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Element:
    """A block element: its number, that of the one around it (-1: none), its node, its own role, and how deep it lies."""

    number: int
    outer: int
    node: Any
    tag: str
    own: int


@dataclass(slots=True)
class Block:
    """One paragraph of the page. ``linked`` is the share of its text that stands in links, ``own`` what inline names say of it.

    ``weight`` is its length in characters, those of East Asian scripts twice, because they say as much as two or more. Junk is
    a line that is no body wherever it stands; prose is a sentence or more, and not mostly links.
    """

    number: int
    text: str
    element: int
    linked: float
    own: int
    weight: int
    is_bold: bool = False
    is_junk: bool = False
    is_prose: bool = False
    role: int = Role.NONE
    _plain: str | None = None

    @property
    def plain(self) -> str:
        """The text for comparing (:func:`plain`)."""
        if self._plain is None:
            self._plain = plain(self.text)
        return self._plain


@dataclass(slots=True)
class Outline:
    """All blocks of a page in order, the block elements they lie in, and which of these are teasers; how deep it is.

    ``longest_name`` is the length of its longest class; ``pictures`` are the elements that hold a picture, for each picture.
    """

    elements: list[Element] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    cards: set[int] = field(default_factory=set)
    depth: int = 0
    longest_name: int = 0
    pictures: list[int] = field(default_factory=list)

    def chain(self, number: int, most: int = MAX_DEPTH) -> list[Element]:
        """An element and those around it, from the inside out; the innermost of them where not all are wanted."""
        found: list[Element] = []
        while number >= 0 and len(found) < most:
            found.append(self.elements[number])
            number = self.elements[number].outer
        return found

    def within(self, outer: Collection[int]) -> list[bool]:
        """For every element whether it is one of ``outer`` or lies in one."""
        found: list[bool] = []
        for element in self.elements:
            found.append(element.number in outer or (element.outer >= 0 and found[element.outer]))
        return found

    def inside(self, number: int, outer: int) -> bool:
        """Whether an element is another or lies in it."""
        while number > outer:
            number = self.elements[number].outer
        return number == outer


def plain(text: str) -> str:
    """A text for comparing: letters and digits alone, in small letters."""
    return _NOT_WORDS.sub("", text).casefold()


def weight_of(text: str) -> int:
    """How much a text says: its characters, those of East Asian scripts twice."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def outline(root: Any) -> Outline:
    """The outline of a page's tree (lxml's, without comments)."""
    return _Walk().over(root)


class _Walk:
    """The state of one walk: which element is open, and what stands in the paragraph that is being gathered."""

    def __init__(self) -> None:
        self.found = Outline()
        self.open: list[int] = [-1]
        self.links = 0
        self.bold = 0
        self.sized = 0
        self.inline: list[tuple[Any, int]] = []
        self.events: list[Event] = []
        self.strong: set[int] = set()
        self.tally = _Tally()
        self.skipped: Any = None

    def over(self, root: Any) -> Outline:
        walk = etree.iterwalk(root, events=("start", "end"))
        depth = 0
        for event, node in walk:
            tag = node.tag
            if event == "start":
                if tag in _SKIPPED or self._is_unseen(node, tag):
                    walk.skip_subtree()
                    self.skipped = node
                    continue
                depth += 1
                self.found.depth = max(depth, self.found.depth)
                self._start(node, tag)
                continue
            if tag not in _SKIPPED and node is not self.skipped:
                depth -= 1
                self._end(node, tag)
            if node.tail and node is not root:
                self._text(node.tail)
        self._flush()
        return self.found

    @staticmethod
    def _is_unseen(node: Any, tag: str) -> bool:
        """Whether words within a line are for the ears alone, or for editors: no reader sees them."""
        if tag in BLOCK or tag in ("a", "br"):
            return False
        names = node.get("class")
        return bool(names) and bool(role_of_names(names, "") & Role.HIDDEN)

    def _start(self, node: Any, tag: str) -> None:
        if tag == "br":
            self.events.append(Mark.BREAK)
        elif tag in BLOCK:
            self._flush()
            found = self.found.elements
            self.found.longest_name = max(self.found.longest_name, len(node.get("class") or ""))
            found.append(Element(len(found), self.open[-1], node, tag, _role(tag, node.attrib)))
            self.open.append(len(found) - 1)
        elif tag == "img":
            self.found.pictures.append(self.open[-1])
        elif tag == "a":
            self.links += 1
        elif tag in ("b", "strong"):
            self.bold += 1
        elif tag in ("font", "big"):
            self.sized += 1
        if tag not in BLOCK:
            own = _role(tag, node.attrib) if node.attrib or tag == "time" else Role.NONE
            if own:
                self.inline.append((node, own | (self.inline[-1][1] if self.inline else Role.NONE)))
        if node.text:
            self._text(node.text)

    def _end(self, node: Any, tag: str) -> None:
        if tag in BLOCK:
            self._flush()
            self.open.pop()
        elif tag == "a":
            self.links -= 1
        elif tag in ("b", "strong"):
            self.bold -= 1
        elif tag in ("font", "big"):
            self.sized -= 1
        if self.inline and self.inline[-1][0] is node:
            self.inline.pop()

    def _text(self, text: str) -> None:
        if self.bold or self.sized:
            self.strong.add(len(self.events))
        self.events.append(text)
        if not text.isspace():
            self.tally.add(
                text, is_link=self.links > 0, is_bold=self.bold > 0, role=self.inline[-1][1] if self.inline else Role.NONE
            )

    def _flush(self) -> None:
        if self.tally.length:
            for events in self._apart():
                for text in paragraphs(events):
                    self.found.blocks.append(self.tally.block(len(self.found.blocks), text, self.open[-1]))
        if self.events:
            self.events.clear()
            self.strong.clear()
            self.tally = _Tally()

    def _apart(self) -> list[list[Event]]:
        """The events of the paragraph, its first lines apart where they are a headline in bold, a byline or a day.

        Elsewhere a single line break is a space; old pages put all of that before their first paragraph with no more between.
        """
        if Mark.BREAK not in self.events:
            return [self.events]
        found, begin = [], 0
        for _ in range(_MOST_HEADS):
            end = next((at for at in range(begin, len(self.events)) if self.events[at] is Mark.BREAK), None)
            if end is None:
                break
            line = fold("".join(event for event in self.events[begin:end] if isinstance(event, str)))
            is_strong = all(at in self.strong for at in range(begin, end) if fold(str(self.events[at])))
            if line and not (len(line) < 200 and (is_strong or is_junk(line) or (len(line) < 80 and days_in(line)))):
                break
            found.append(self.events[begin : end + 1])
            begin = end + 1
        return [*found, self.events[begin:]]


class _Tally:
    """How much of a paragraph stands in links, in bold, and in inline elements whose names say what they are."""

    def __init__(self) -> None:
        self.length = self.linked = self.bold = 0
        self.roles: dict[int, int] = {}

    def add(self, text: str, *, is_link: bool, is_bold: bool, role: int) -> None:
        length = len(text.strip())
        self.length += length
        self.linked += length if is_link else 0
        self.bold += length if is_bold else 0
        if role:
            self.roles[role] = self.roles.get(role, 0) + length

    def block(self, number: int, text: str, element: int) -> Block:
        most = 0.7 * self.length
        own = Role.NONE
        for role, length in self.roles.items():
            own |= role if length >= most else Role.NONE
        linked, weight = self.linked / self.length, weight_of(text)
        junk = is_junk(text)
        prose = not junk and linked <= 0.5 and (weight >= 80 or (weight >= 20 and ends_as_sentence(text)))
        return Block(number, text, element, linked, own, weight, self.bold >= 0.9 * self.length, junk, prose)


def _role(tag: str, attributes: Mapping[Any, Any]) -> int:
    role = role_of_tag(tag, attributes.get("role"))
    if not attributes:
        return role
    classes, ident = attributes.get("class", ""), attributes.get("id", "")
    if classes or ident:
        named = role_of_names(classes, ident)
        if named is Role.BODY:  # <aside class="article-body"> is a body
            role &= Role.CAPTION | Role.QUOTED
        role |= named
    if "hidden" in attributes or _HIDING.search(attributes.get("style", "")):
        role |= Role.HIDDEN
    said = attributes.get("itemprop", "").lower()
    if said in ("articlebody", "reviewbody"):
        return Role.BODY
    if said == "caption":
        role |= Role.CAPTION
    return role


def folded(text: str | None) -> str:
    """``text`` as one line; empty for none."""
    return fold(text or "")
