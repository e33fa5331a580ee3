"""The reader: a capture becomes an article by the one of the source's layouts that reads it best.

That is the first that reads all that it has rules for; where none does, the first of those that read most fields.

Most visits find nothing new. So a page is first read in lxml's tree, whole, with the layout's own selectors; where what
counts for the fingerprint is as it was, that is all. Only when it differs does BeautifulSoup read the parts that
matched. A *full* reading gives BeautifulSoup the whole page and compares: that is how a blind spot would be found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from monitor.article import Article, Image
from monitor.errors import ParseError
from monitor.fingerprint import fingerprint_of
from monitor.model import Capture, Link, Listed, PageFacts, Reading
from monitor.parsing import layout as rules
from monitor.parsing import listings, pictures
from monitor.parsing.address import absolute, is_article
from monitor.parsing.anysite import reader as anysite
from monitor.parsing.charset import utf8
from monitor.parsing.elements import Look, look_of
from monitor.parsing.facts import facts_of
from monitor.parsing.layout import Said
from monitor.parsing.limits import is_light
from monitor.parsing.trees import MatchedTree, TooDeep, Tree, WholeTree
from monitor.settings import Layout, Rule, Source

WHOLE = ", whole page"
GENERATION = 3  # raise it when this room reads any page otherwise than before


class LayoutReader:
    """Reads captures through the layouts of their source. It keeps nothing between two calls."""

    def read(self, capture: Capture, source: Source, known: bytes | None = None) -> Reading:
        """The article in ``capture``, or a reading without one when its parts digest equals ``known``.

        A source without layouts is read as a site that nobody described. Raises ParseError when nothing reads the capture.
        """
        if not source.layouts:
            return anysite.read(_page(capture), capture, source, known)
        return _matched(capture, source, known)

    def read_whole(self, capture: Capture, source: Source, known: bytes | None = None) -> Reading:
        """The article in ``capture``, read by BeautifulSoup over the whole page. Raises ParseError likewise.

        When its fingerprint is ``known``, the reading has neither article nor links: to look for them would cost more.
        """
        if not source.layouts:
            return anysite.read_whole(_page(capture), capture, source, known)
        return _whole(capture, source, known)

    def listed(self, capture: Capture, source: Source) -> Listed:
        """What a listing of ``source`` holds: the links to articles, each once, in their order, and what goes on behind it."""
        return listings.listed(capture, source)

    def value(self, capture: Capture, tried: tuple[Rule, ...]) -> str | None:
        """What the first rule of ``tried`` that finds something on the page finds, folded to one line."""
        try:
            return rules.first(MatchedTree(_page(capture)), tried, str)
        except TooDeep:
            return None

    def facts(self, capture: Capture) -> PageFacts:
        """What can be said of the page without a layout, whatever it is."""
        return facts_of(_page(capture))


@dataclass(frozen=True, slots=True)
class _Found:
    """What one layout found on a page."""

    layout: Layout
    tree: MatchedTree | WholeTree
    seen: Said
    publication: str
    title: str


Make = Callable[[bytes, tuple[str, ...], Look], MatchedTree | WholeTree]


def _by_layouts(make: Make, capture: Capture, source: Source) -> _Found:
    """What the layout that reads the page best finds; the first that reads all it can is not compared. Raises ParseError."""
    page, errors = _page(capture), []
    best, most = None, 0
    for layout in rules.in_order(source.layouts, capture.at.date()):
        try:
            found = _read(make(page, layout.drop, look_of(layout)), layout, source, capture)
        except ParseError as wrong:
            errors.append(wrong)
            continue
        except TooDeep as wrong:
            raise ParseError(source=source.name, url=capture.url, field="article", tried=(), why=str(wrong)) from wrong
        fields, is_all = rules.fields_read(found.seen, layout)
        if is_all:
            return found
        if fields > most:
            best, most = found, fields
    if best is None:
        raise _best(errors)
    return best


def _read(tree: MatchedTree | WholeTree, layout: Layout, source: Source, capture: Capture) -> _Found:
    seen = rules.said(tree, layout, source.publication)
    return _Found(layout, tree, seen, *_required(seen, layout, source, capture.url))


def _whole_tree(page: bytes, drop: tuple[str, ...], look: Look) -> MatchedTree | WholeTree:
    """BeautifulSoup's tree; of a page so large that it would take a second, lxml's."""
    return WholeTree(page, drop, look) if is_light(page) else MatchedTree(page, drop, look)


def _page(capture: Capture) -> bytes:
    """The page in UTF-8."""
    return utf8(capture.body, capture.header("content-type"))


def _best(errors: list[ParseError]) -> ParseError:
    """Of several layouts' errors the one of the layout that came furthest, the last of those that came as far.

    (In a replay the layout of made pages comes first, and is not to be blamed for a saved page.)
    """
    order = ("title", "publication", "paragraphs")
    return max(reversed(errors), key=lambda wrong: order.index(wrong.field) if wrong.field in order else 0)


def _matched(capture: Capture, source: Source, known: bytes | None) -> Reading:
    found = _by_layouts(MatchedTree, capture, source)
    tree, layout, seen = found.tree, found.layout, found.seen
    base = _base(tree, capture)
    images = pictures.pictures(tree, layout, seen.body, base)
    parts, reader = _parts(layout, found.publication, found.title, seen, images), _reader(layout, source)
    links = _links(tree, layout, source, base)
    if parts == known:
        return Reading(layout.name, parts, links, reader=reader)
    if isinstance(tree, MatchedTree):
        tree.hand_over([node for spot in seen.spots.values() for node in spot.nodes])
    found = _read(tree, layout, source, capture)
    return Reading(layout.name, parts, links, _article(found, base, images), reader)


def _whole(capture: Capture, source: Source, known: bytes | None) -> Reading:
    found = _by_layouts(_whole_tree, capture, source)
    tree, layout, seen = found.tree, found.layout, found.seen
    digest = fingerprint_of(found.publication, found.title, seen.published, seen.paragraphs)
    base = _base(tree, capture)
    images = pictures.pictures(tree, layout, seen.body, base)
    parts = hashlib.sha256(digest + pictures.digest(images)).digest() if images else digest
    reader = _reader(layout, source, WHOLE)
    if digest == known:
        return Reading(layout.name + WHOLE, parts, reader=reader)
    links = _links(tree, layout, source, base)
    return Reading(layout.name + WHOLE, parts, links, _article(found, base, images), reader)


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


def _parts(layout: Layout, publication: str, title: str, seen: Said, images: Sequence[Image]) -> bytes:
    said = fingerprint_of(publication, title, seen.published, seen.paragraphs)
    return hashlib.sha256(_layout_digest(layout) + said + pictures.digest(images)).digest()[:16]


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
    found: dict[str, Link] = {}
    for item in rules.card_items(tree, layout.cards):
        for address in rules.hrefs(tree.select_inside(layout.cards.link, item), tree, base):
            if address not in found and is_article(address, source):
                found[address] = Link(address, rules.inside(tree, item, layout.cards.title))
    return tuple(found.values())


def _article(found: _Found, base: str, images: Sequence[Image]) -> Article:
    """What was seen, with what is outside the fingerprint: site, masthead, original link, cards, pictures."""
    tree, layout, seen, days = found.tree, found.layout, found.seen, rules.day_reader(found.layout)
    names = {"publication": found.publication, "title": found.title}
    original = _original(tree, layout.original, base)
    return Article(
        found.publication,
        found.title,
        seen.published,
        seen.paragraphs,
        site=rules.first(tree, layout.site, str, known=names),
        masthead=rules.first(tree, layout.masthead, days, known=names),
        has_original=original is not None,
        original_url=original or None,
        cards=rules.cards(tree, layout.cards, days, base) if layout.cards else (),
        images=pictures.placed(tree, images, seen.body, base),
    )


def _original(tree: Tree, tried: tuple[Rule, ...], base: str) -> str | None:
    """The original link's address; empty when the link is there but points nowhere; None when there is no link."""
    for rule in tried:
        for node in rules.places(tree, rule):
            return absolute(tree.attribute(node, rule.attr or "href"), base) or ""
    return None
