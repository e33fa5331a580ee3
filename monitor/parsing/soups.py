"""BeautifulSoup, fed in the two ways that are needed: with a whole page, and with parts of lxml's tree.

Both ways go through a tree builder of ours. The one for whole pages is BeautifulSoup's own over lxml, less its guesses
(encodings, warnings about pages that look like XML or like a file name). The one for parts copies elements as they are:
to write them out and parse them again would not always give the same elements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.builder import HTMLTreeBuilder
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import NavigableString
from lxml import etree

from monitor.parsing.limits import MAX_DEPTH, TooDeep
from monitor.parsing.walk import is_text

_NO_LISTS = {"multi_valued_attributes": None}  # `class` stays the text it is in the page, as in lxml's tree


def whole_soup(page: bytes) -> BeautifulSoup:
    """The whole page, which is UTF-8. Raises TooDeep."""
    # From a file BeautifulSoup does not wonder whether a short page is meant as a file name.
    return BeautifulSoup(BytesIO(page), builder=_PageBuilder, **_NO_LISTS)


def souped(parts: Sequence[etree._Element]) -> dict[etree._Element, Tag]:
    """BeautifulSoup's tag for each of ``parts`` and for every element inside them. No part lies inside another."""
    builder = _PartsBuilder(**_NO_LISTS)
    BeautifulSoup(parts, builder=builder)  # type: ignore[arg-type]  # whatever its builder can be fed with
    return builder.tags


class _PageBuilder(LXMLTreeBuilder):
    def prepare_markup(self, markup: Any, *_: object, **__: object) -> Iterator[tuple[Any, str, None, bool]]:
        yield markup, "utf-8", None, False

    def parser_for(self, encoding: str | None) -> etree.HTMLParser:
        return etree.HTMLParser(target=self, encoding=encoding, huge_tree=True)

    def start(self, *tag: Any) -> None:
        if self.soup is not None and len(self.soup.tagStack) > MAX_DEPTH:
            raise TooDeep
        super().start(*tag)


class _PartsBuilder(HTMLTreeBuilder):
    """Copies tags and text, which is all that is read of a part; attributes stay with lxml."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.tags: dict[etree._Element, Tag] = {}

    def prepare_markup(self, markup: Any, *_: object, **__: object) -> Iterator[tuple[Any, None, None, bool]]:
        yield markup, None, None, False

    def feed(self, markup: Any) -> None:
        for part in markup:
            self._copy(part)

    def _copy(self, part: etree._Element) -> None:
        soup = self.soup
        assert soup is not None
        for event, node in etree.iterwalk(part, events=("start", "end")):
            if event == "start":
                tag = soup.handle_starttag(node.tag, None, None, {})
                assert tag is not None
                self.tags[node] = tag
                if node.text:
                    soup.handle_data(node.text)
            else:
                soup.handle_endtag(node.tag)
                if node.tail and node is not part:
                    soup.handle_data(node.tail)


def outermost(
    nodes: Iterable[Any], above: Callable[[Any], Any] = etree._Element.getparent, key: Callable[[Any], Any] = lambda node: node
) -> list[Any]:
    """``nodes``, each once, without those that lie inside another, whose text they would repeat.

    ``above`` gives a node's parent, or None, ``key`` what it is known by. An ancestor is passed once, however many share it.
    """
    each = {key(node): node for node in nodes}
    is_inside: dict[Any, bool] = {}
    kept = []
    for node in each.values():
        passed, outer = [], above(node)
        while outer is not None and key(outer) not in each and key(outer) not in is_inside:
            passed.append(key(outer))
            outer = above(outer)
        found = outer is not None and (key(outer) in each or is_inside[key(outer)])
        is_inside.update(dict.fromkeys(passed, found))
        if not found:
            kept.append(node)
    return kept


def own_runs(tag: Tag) -> Iterator[str]:
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
