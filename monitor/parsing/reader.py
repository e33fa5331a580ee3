"""The reader: a capture becomes an article by the first of the source's layouts that reads it.

Most visits find nothing new. So a page is first read in lxml's tree, whole, with the layout's own selectors; where what
counts for the fingerprint is as it was, that is all. Only when it differs does BeautifulSoup read the parts that
matched. A *full* reading gives BeautifulSoup the whole page and compares: that is how a blind spot would be found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from monitor.article import Article, fold
from monitor.errors import ParseError
from monitor.fingerprint import fingerprint, fingerprint_of
from monitor.model import Capture, Link, Reading
from monitor.parsing import layout as rules
from monitor.parsing.address import absolute, is_article
from monitor.parsing.charset import decode
from monitor.parsing.layout import Said, Spot
from monitor.parsing.trees import MatchedTree, Tree, WholeTree
from monitor.parsing.walk import one_line, paragraphs, soup_events
from monitor.settings import Layout, Rule, Source

WHOLE = ", whole page"
GENERATION = 1  # raise it when this room reads any page otherwise than before


class LayoutReader:
    """Reads captures through the layouts of their source. It keeps nothing between two calls."""

    def read(self, capture: Capture, source: Source, known: bytes | None = None) -> Reading:
        """The article in ``capture``, or a reading without one when its parts digest equals ``known``.

        Raises ParseError when no layout of the source reads the capture.
        """
        html = _html(capture)
        errors = []
        for layout in source.layouts:
            try:
                return _matched(html, layout, source, capture, known)
            except ParseError as wrong:
                errors.append(wrong)
        raise _best(errors)

    def read_whole(self, capture: Capture, source: Source) -> Reading:
        """The article in ``capture``, read by BeautifulSoup over the whole page. Raises ParseError likewise."""
        html = _html(capture)
        errors = []
        for layout in source.layouts:
            try:
                return _whole(html, layout, source, capture)
            except ParseError as wrong:
                errors.append(wrong)
        raise _best(errors)

    def listed(self, capture: Capture, source: Source) -> tuple[Link, ...]:
        """The links to articles of ``source`` that a listing holds, each once, in the order of the page."""
        tree = MatchedTree(_html(capture))
        nodes = [node for css in source.find.links for node in tree.select(css)]
        found = rules.hrefs(nodes, tree, _base(tree, capture))
        return tuple(Link(address) for address in found if is_article(address, source))

    def marks(self, capture: Capture, texts: Sequence[str]) -> tuple[str, ...]:
        """Which of ``texts`` stand in the page's source, letters in any case, white space folded."""
        html = fold(_html(capture)).lower()
        return tuple(text for text in texts if text.lower() in html)


def _html(capture: Capture) -> str:
    return decode(capture.body, capture.header("content-type"))[0]


def _best(errors: list[ParseError]) -> ParseError:
    """Of several layouts' errors the one of the layout that came furthest."""
    order = ("title", "publication", "paragraphs")
    return max(errors, key=lambda wrong: order.index(wrong.field) if wrong.field in order else 0)


def _matched(html: str, layout: Layout, source: Source, capture: Capture, known: bytes | None) -> Reading:
    tree = MatchedTree(html, layout.drop)
    seen = rules.said(tree, layout, source.publication)
    publication, title = _required(seen, layout, source, capture.url)
    parts = _parts(layout, publication, title, seen)
    base = _base(tree, capture)
    links = _links(tree, layout, source, base)
    if parts == known:
        return Reading(layout.name, parts, links)
    article = _article(tree, layout, source, seen, base)
    if article is None:
        raise ParseError(source=source.name, url=capture.url, field="title", tried=(), why="it was found but not read")
    return Reading(layout.name, parts, links, article)


def _whole(html: str, layout: Layout, source: Source, capture: Capture) -> Reading:
    tree = WholeTree(html, layout.drop)
    seen = rules.said(tree, layout, source.publication)
    publication, title = _required(seen, layout, source, capture.url)
    base = _base(tree, capture)
    article = _rest(tree, layout, Article(publication, title, seen.published, seen.paragraphs), base)
    return Reading(layout.name + WHOLE, fingerprint(article), _links(tree, layout, source, base), article)


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


@lru_cache(maxsize=256)
def _layout_digest(layout: Layout) -> bytes:
    """With another layout, or another generation of this reader, every page is read anew."""
    return hashlib.sha256(f"{GENERATION} {layout!r}".encode()).digest()


def _base(tree: Tree, capture: Capture) -> str:
    """The address that relative links start at: the page's ``<base>``, or the address that answered."""
    for node in tree.select("base[href]"):
        return absolute(tree.attribute(node, "href"), capture.answered) or capture.answered
    return capture.answered


def _links(tree: Tree, layout: Layout, source: Source, base: str) -> tuple[Link, ...]:
    if layout.cards is None:
        return ()
    found = rules.hrefs(tree.below(layout.cards.item, layout.cards.link), tree, base)
    return tuple(Link(address) for address in found if is_article(address, source))


def _article(tree: MatchedTree, layout: Layout, source: Source, seen: Said, base: str) -> Article | None:
    """The article as BeautifulSoup reads it in the parts that matched."""
    days = rules.day_reader(layout)
    publication = _again(tree, seen.spots.get("publication")) or source.publication
    title = _again(tree, seen.spots.get("title"))
    day = _again(tree, seen.spots.get("published"))
    published: date | None = days(day) if day else None
    spot = seen.spots.get("paragraphs")
    body = tuple(p for node in spot.nodes for p in paragraphs(soup_events(tree.soup(node)))) if spot else ()
    if not publication or not title:
        return None
    return _rest(tree, layout, Article(publication, title, published, body), base)


def _again(tree: MatchedTree, spot: Spot | None) -> str | None:
    """What BeautifulSoup reads at a spot that lxml found."""
    if spot is None:
        return None
    (node,) = spot.nodes
    if spot.rule.attr:
        return rules.take(tree.attribute(node, spot.rule.attr) or "", spot.rule)
    return rules.take(one_line(soup_events(tree.soup(node))), spot.rule)


def _rest(tree: Tree, layout: Layout, article: Article, base: str) -> Article:
    """``article`` with what is outside the fingerprint: site, masthead, original link, cards."""
    names = {"publication": article.publication, "title": article.title}
    original = _original(tree, layout.original, base)
    return replace(
        article,
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
