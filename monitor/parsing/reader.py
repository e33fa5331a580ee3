"""The reader: a capture becomes an article by the first of the source's layouts that reads it.

Most visits find nothing new. So a page is first read in lxml's tree, whole, with the layout's own selectors; where what
counts for the fingerprint is as it was, that is all. Only when it differs does BeautifulSoup read the parts that
matched. A *full* reading gives BeautifulSoup the whole page and compares: that is how a blind spot would be found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache

from monitor.article import Article
from monitor.errors import ParseError
from monitor.fingerprint import fingerprint_of
from monitor.model import Capture, Link, Listed, PageFacts, Reading
from monitor.parsing import layout as rules
from monitor.parsing.address import absolute, is_article
from monitor.parsing.charset import utf8
from monitor.parsing.facts import facts_of
from monitor.parsing.layout import Said
from monitor.parsing.trees import MatchedTree, Node, TooDeep, Tree, WholeTree
from monitor.settings import Layout, Rule, Source

WHOLE = ", whole page"
GENERATION = 2  # raise it when this room reads any page otherwise than before


class LayoutReader:
    """Reads captures through the layouts of their source. It keeps nothing between two calls."""

    def read(self, capture: Capture, source: Source, known: bytes | None = None) -> Reading:
        """The article in ``capture``, or a reading without one when its parts digest equals ``known``.

        Raises ParseError when no layout of the source reads the capture.
        """
        return _by_layouts(_matched, capture, source, known)

    def read_whole(self, capture: Capture, source: Source, known: bytes | None = None) -> Reading:
        """The article in ``capture``, read by BeautifulSoup over the whole page. Raises ParseError likewise.

        When its fingerprint is ``known``, the reading has neither article nor links: to look for them would cost more.
        """
        return _by_layouts(_whole, capture, source, known)

    def listed(self, capture: Capture, source: Source) -> Listed:
        """The links to articles of ``source`` that a listing holds, each once, in the order of the page."""
        try:
            tree = MatchedTree(_page(capture))
        except TooDeep as wrong:
            return Listed(problem=str(wrong))
        nodes = [node for css in source.find.links for node in tree.select(css)]
        return Listed(_to_articles(nodes, tree, source, _base(tree, capture)))

    def value(self, capture: Capture, tried: tuple[Rule, ...]) -> str | None:
        """What the first rule of ``tried`` that finds something on the page finds, folded to one line."""
        try:
            return rules.first(MatchedTree(_page(capture)), tried, str)
        except TooDeep:
            return None

    def facts(self, capture: Capture) -> PageFacts:
        """What can be said of the page without a layout, whatever it is."""
        return facts_of(_page(capture))


Read = Callable[[bytes, Layout, Source, Capture, "bytes | None"], Reading]


def _by_layouts(read: Read, capture: Capture, source: Source, known: bytes | None) -> Reading:
    page = _page(capture)
    errors = []
    for layout in source.layouts:
        try:
            return read(page, layout, source, capture, known)
        except ParseError as wrong:
            errors.append(wrong)
        except TooDeep as wrong:
            raise ParseError(source=source.name, url=capture.url, field="article", tried=(), why=str(wrong)) from wrong
    raise _best(errors)


def _page(capture: Capture) -> bytes:
    """The page in UTF-8."""
    return utf8(capture.body, capture.header("content-type"))


def _best(errors: list[ParseError]) -> ParseError:
    """Of several layouts' errors the one of the layout that came furthest, the last of those that came as far.

    (In a replay the layout of made pages comes first, and is not to be blamed for a saved page.)
    """
    order = ("title", "publication", "paragraphs")
    return max(reversed(errors), key=lambda wrong: order.index(wrong.field) if wrong.field in order else 0)


def _matched(page: bytes, layout: Layout, source: Source, capture: Capture, known: bytes | None) -> Reading:
    tree = MatchedTree(page, layout.drop)
    seen = rules.said(tree, layout, source.publication)
    publication, title = _required(seen, layout, source, capture.url)
    parts, reader = _parts(layout, publication, title, seen), _reader(layout, source)
    base = _base(tree, capture)
    links = _links(tree, layout, source, base)
    if parts == known:
        return Reading(layout.name, parts, links, reader=reader)
    tree.hand_over([node for spot in seen.spots.values() for node in spot.nodes])
    seen = rules.said(tree, layout, source.publication)
    publication, title = _required(seen, layout, source, capture.url)
    return Reading(layout.name, parts, links, _article(tree, layout, publication, title, seen, base), reader)


def _whole(page: bytes, layout: Layout, source: Source, capture: Capture, known: bytes | None) -> Reading:
    tree = WholeTree(page, layout.drop)
    seen = rules.said(tree, layout, source.publication)
    publication, title = _required(seen, layout, source, capture.url)
    digest = fingerprint_of(publication, title, seen.published, seen.paragraphs)
    reader = _reader(layout, source, WHOLE)
    if digest == known:
        return Reading(layout.name + WHOLE, digest, reader=reader)
    base = _base(tree, capture)
    article = _article(tree, layout, publication, title, seen, base)
    return Reading(layout.name + WHOLE, digest, _links(tree, layout, source, base), article, reader)


def _required(seen: Said, layout: Layout, source: Source, url: str) -> tuple[str, str]:
    """Publication and title, which with the paragraphs make a page an article."""
    for name, value, tried in (
        ("title", seen.title, layout.title),
        ("publication", seen.publication, layout.publication),
        ("paragraphs", seen.paragraphs, layout.paragraphs),
    ):
        if not value:
            raise ParseError(source=source.name, url=url, field=name, tried=[str(rule) for rule in tried])
    return str(seen.publication), str(seen.title)


def _parts(layout: Layout, publication: str, title: str, seen: Said) -> bytes:
    said = fingerprint_of(publication, title, seen.published, seen.paragraphs)
    return hashlib.sha256(_layout_digest(layout) + said).digest()[:16]


def _reader(layout: Layout, source: Source, way: str = "") -> bytes:
    """What tells one reader from another: its layout, this room's generation, the way of reading, what stands in for a field."""
    given = f"{way}\n{source.publication or ''}".encode()
    return hashlib.sha256(_layout_digest(layout) + given).digest()[:8]


@lru_cache(maxsize=256)
def _layout_digest(layout: Layout) -> bytes:
    """With another layout, or another generation of this reader, every page is read anew."""
    return hashlib.sha256(f"{GENERATION} {layout!r}".encode()).digest()


def _base(tree: Tree, capture: Capture) -> str:
    """The address that relative links start at: the page's ``<base>``, or the address that answered."""
    return absolute(tree.base(), capture.answered) or capture.answered


def _links(tree: Tree, layout: Layout, source: Source, base: str) -> tuple[Link, ...]:
    if layout.cards is None:
        return ()
    items, link = tree.select(layout.cards.item), layout.cards.link
    return _to_articles([node for item in items for node in tree.select_inside(link, item)], tree, source, base)


def _to_articles(nodes: Sequence[Node], tree: Tree, source: Source, base: str) -> tuple[Link, ...]:
    return tuple(Link(address) for address in rules.hrefs(nodes, tree, base) if is_article(address, source))


def _article(tree: Tree, layout: Layout, publication: str, title: str, seen: Said, base: str) -> Article:
    """What was seen, with what is outside the fingerprint: site, masthead, original link, cards."""
    names = {"publication": publication, "title": title}
    original = _original(tree, layout.original, base)
    return Article(
        publication,
        title,
        seen.published,
        seen.paragraphs,
        site=rules.first(tree, layout.site, str, known=names),
        masthead=rules.first(tree, layout.masthead, rules.day_reader(layout), known=names),
        has_original=original is not None,
        original_url=original or None,
        cards=rules.cards(tree, layout.cards, layout.dates, base) if layout.cards else (),
    )


def _original(tree: Tree, tried: tuple[Rule, ...], base: str) -> str | None:
    """The original link's address; empty when the link is there but points nowhere; None when there is no link."""
    for rule in tried:
        for node in rules.places(tree, rule):
            return absolute(tree.attribute(node, rule.attr or "href"), base) or ""
    return None
