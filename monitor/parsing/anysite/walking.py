"""The walk over a page's tree that makes its blocks: what separates is what separates in ``walk.py``, and the place is noted.

Pictures are noted with the block in or before which they stand, those of ``<noscript>`` too: scripts load the others late.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from monitor.article import fold
from monitor.parsing.anysite.blocks import Block, Element, Outline, Shown, weight_of
from monitor.parsing.anysite.lines import ends_as_sentence, is_junk
from monitor.parsing.anysite.names import Role, role_of_names, role_of_tag
from monitor.parsing.anysite.written import days_in
from monitor.parsing.walk import BLOCK, SILENT, Event, Mark, paragraphs

_MORE_SILENT = frozenset({"button", "select", "textarea", "datalist", "option", "input", "progress", "meter", "map"})
_MOST_HEADS = 4  # lines before a first paragraph that are looked at
_SKIPPED = SILENT | _MORE_SILENT
_PICTURES = frozenset({"img", "amp-img"})
_MOST_PLACED = 50  # pictures of one paragraph whose place in it is looked for
_LETTERS = re.compile(r"font-size\s*:\s*(\d{1,3}(?:\.\d{1,3})?)\s*(px|pt|r?em|%)", re.IGNORECASE)
_PIXELS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "%": 0.16}
_SIZES = (10, 13, 16, 18, 24, 32)  # pixels of the letters of each <font size>, as browsers show it (HTML 15.3.4)
_RELATIVE = {"big": 1, "small": -1}
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


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
        self.sizes: list[tuple[Any, float]] = [(None, 3.0)]
        self.waiting: list[tuple[Any, int]] = []
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
                    if tag == "noscript":
                        self.waiting += [(each, len(self.events)) for each in node.iter("img")]
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
        elif tag in _PICTURES:
            self.waiting.append((node, len(self.events)))
        elif tag == "a":
            self.links += 1
        elif tag in ("b", "strong"):
            self.bold += 1
        elif tag in ("font", "big"):
            self.sized += 1
        if node.attrib or tag in _RELATIVE:
            self._resize(node, tag)
        if tag not in BLOCK:
            self._name(node, tag)
        if node.text:
            self._text(node.text)

    def _resize(self, node: Any, tag: str) -> None:
        size = _size(node, tag, self.sizes[-1][1])
        if size:
            self.sizes.append((node, size))

    def _name(self, node: Any, tag: str) -> None:
        """Note what the names of an inline element say."""
        own = _role(tag, node.attrib) if node.attrib or tag == "time" else Role.NONE
        if own:
            self.inline.append((node, own | (self.inline[-1][1] if self.inline else Role.NONE)))

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
        if self.sizes[-1][0] is node:
            self.sizes.pop()

    def _text(self, text: str) -> None:
        if self.bold or self.sized:
            self.strong.add(len(self.events))
        self.events.append(text)
        if not text.isspace():
            role = self.inline[-1][1] if self.inline else Role.NONE
            self.tally.add(text, is_link=self.links > 0, is_bold=self.bold > 0, role=role, size=self.sizes[-1][1])

    def _flush(self) -> None:
        pieces = self._apart() if self.tally.length else []
        if self.waiting:
            self._place(pieces)
        begin = 0
        for events in pieces:
            is_strong = self._is_strong(begin, begin + len(events)) if len(pieces) > 1 else False
            begin += len(events)
            for text in paragraphs(events):
                block = self.tally.block(len(self.found.blocks), text, self.open[-1])
                block.is_bold = block.is_bold or is_strong
                self.found.blocks.append(block)
        if self.events:
            self.events.clear()
            self.strong.clear()
            self.tally = _Tally()

    def _place(self, pieces: list[list[Event]]) -> None:
        """Note the pictures of the paragraphs that are being gathered, with the paragraph in or before which each stands."""
        for count, (node, at) in enumerate(self.waiting):
            block = len(self.found.blocks)
            for events in pieces if count < _MOST_PLACED else ():
                if at <= len(events):
                    block += len(paragraphs([*events[:at], "x"])) - 1
                    break
                block += len(paragraphs(events))
                at -= len(events)
            self.found.pictures.append(Shown(node, self.open[-1], block))
        self.waiting.clear()

    def _is_strong(self, begin: int, end: int) -> bool:
        """Whether all text of these events stands in bold or in letters of another size."""
        texts = ((at, each) for at, each in enumerate(self.events[begin:end], begin) if isinstance(each, str))
        return all(at in self.strong for at, each in texts if fold(each))

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
            is_strong = self._is_strong(begin, end)
            if line and not (len(line) < 200 and (is_strong or is_junk(line) or (len(line) < 80 and days_in(line)))):
                break
            found.append(self.events[begin : end + 1])
            begin = end + 1
        return [*found, self.events[begin:]]


class _Tally:
    """How much of a paragraph stands in links, in bold, and in inline elements whose names say what they are."""

    def __init__(self) -> None:
        self.length = self.linked = self.bold = 0
        self.size = 0.0
        self.roles: dict[int, int] = {}

    def add(self, text: str, *, is_link: bool, is_bold: bool, role: int, size: float) -> None:
        length = len(text.strip())
        self.length += length
        self.size += size * length
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
        bold, size = self.bold >= 0.9 * self.length, round(self.size / self.length, 1)
        return Block(number, text, element, linked, own, weight, bold, junk, prose, size)


def _size(node: Any, tag: str, around: float) -> float:
    """The size of an element's letters where it says one; 0 where it does not."""
    style = node.get("style")
    if style and "font-size" in style.lower():
        found = _LETTERS.search(style)
        if found:
            pixels = float(found[1]) * _PIXELS[found[2].lower()]
            return 1.0 + sum(pixels > each for each in _SIZES)
    if tag in _RELATIVE:
        return around + _RELATIVE[tag]
    said = (node.get("size") or "").strip() if tag == "font" else ""
    digits = said.lstrip("+-")
    if len(digits) != 1 or digits not in "1234567":
        return 0.0
    return 3.0 + int(said) if said[0] in "+-" else float(digits)


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
