"""What a page may be at the most, so that no page takes seconds to read. Whatever is beyond is refused by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

MAX_DEPTH = 2048  # libxml2's own limit for a tree; it drops the rest of such a page
MOST_SOUPED = 20_000  # elements that BeautifulSoup is given at once: half a second
_MOST_ELEMENTS = 200_000
_MOST_ATTRIBUTES = 300_000
_MOST_OF_ONE = 1000  # libxml2 puts each attribute behind all those that an element has
_MOST_WEIGHT = 2_500_000  # elements times how deep they lie
_LIGHT = 150_000
_BEGINNING = 1_000_000  # bytes
_MANY = 8_000  # tags; fewer take a third of a second at the most, however deep they nest
_LARGE = 100_000  # bytes; the attributes of a smaller page cost half a second at the most


class TooDeep(Exception):
    """A page whose elements nest so deep, are so many, or bear so many attributes, that it is not read. The text says which."""

    def __init__(self, why: str = f"its elements nest more than {MAX_DEPTH:,} deep") -> None:
        super().__init__(why)


class _Counter:
    """Looks at each element as it begins, which costs no more than its bytes."""

    def __init__(self) -> None:
        self.elements = 0
        self._attributes = 0

    def start(self, _tag: Any, attributes: Mapping[Any, Any]) -> None:
        self.elements += 1
        self._attributes += len(attributes)
        if len(attributes) > _MOST_OF_ONE:
            raise TooDeep(f"an element of it bears more than {_MOST_OF_ONE:,} attributes")
        if self._attributes > _MOST_ATTRIBUTES:
            raise TooDeep(f"its elements bear more than {_MOST_ATTRIBUTES:,} attributes")
        if self.elements > _MOST_ELEMENTS:
            raise TooDeep(f"it holds more than {_MOST_ELEMENTS:,} elements")

    def close(self) -> None:
        """The page is over."""


class _Weigher(_Counter):
    """Sums up how deep all elements lie, too: to find one element inside another costs so much."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = 0
        self._depth = 0

    def start(self, tag: Any, attributes: Mapping[Any, Any]) -> None:
        super().start(tag, attributes)
        self._depth += 1
        self.weight += self._depth
        if self._depth > MAX_DEPTH:
            raise TooDeep
        if self.weight > _MOST_WEIGHT:
            raise TooDeep(f"it holds {self.elements:,} elements and more, on the average {self.weight // self.elements:,} deep")

    def end(self, _tag: Any) -> None:
        self._depth -= 1


def checked(page: bytes) -> bytes:
    """``page`` (UTF-8), unless to make a tree of it would take long. Raises TooDeep."""
    if len(page) > 2 * _BEGINNING:  # what is wrong is mostly wrong from the beginning
        _count(page[:_BEGINNING] + b">", _Counter())
    if page.count(b"<") > _MANY:
        _count(page, _Weigher())
    elif len(page) > _LARGE:
        _count(page, _Counter())
    return page


def is_light(page: bytes) -> bool:
    """Whether BeautifulSoup and its selectors take half a second at the most for ``page`` (UTF-8)."""
    weigher = _Weigher()
    try:
        _count(page, weigher)
    except TooDeep:  # whether it is refused, the tree says
        return False
    return weigher.elements <= MOST_SOUPED and weigher.weight <= _LIGHT


def _count(page: bytes, counter: _Counter) -> None:
    if page.strip():
        etree.fromstring(page, etree.HTMLParser(encoding="utf-8", huge_tree=True, target=counter))  # type: ignore[arg-type]  # the rest is optional
