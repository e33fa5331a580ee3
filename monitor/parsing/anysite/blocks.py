"""A page as blocks: each paragraph that our walk makes of it, with where it stands and what its ancestors are.

The rules of what separates are those of ``walk.py``; what is added here is the place. Elements are numbered as they begin, so
that sums over subtrees take one pass from the last to the first.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from monitor.article import fold
from monitor.parsing.anysite.names import Role
from monitor.parsing.limits import MAX_DEPTH

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
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


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of the page: its node, the block element it lies in (-1: none), the block in or before which it stands."""

    node: Any
    element: int
    block: int


@dataclass(slots=True)
class Block:
    """One paragraph of the page. ``linked`` is the share of its text that stands in links, ``own`` what inline names say of it.

    ``weight`` is its length in characters, those of East Asian scripts twice, because they say as much as two or more. Junk is
    a line that is no body wherever it stands; prose is a sentence or more, and not mostly links. ``size`` is the size of its
    letters as ``<font size>`` counts them, 3 where nothing is said.
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
    size: float = 3
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

    ``longest_name`` is the length of its longest class; ``roles`` are those of the elements with all around them.
    """

    elements: list[Element] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    cards: set[int] = field(default_factory=set)
    depth: int = 0
    longest_name: int = 0
    pictures: list[Shown] = field(default_factory=list)
    roles: list[int] = field(default_factory=list)

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


def folded(text: str | None) -> str:
    """``text`` as one line; empty for none."""
    return fold(text or "")
