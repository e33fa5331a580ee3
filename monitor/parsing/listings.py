"""Listings of every kind, told by their bytes: HTML pages and fragments, feeds, sitemaps, indexes, robots.txt, plain lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from urllib.parse import urlsplit

from monitor.model import Capture, Listed
from monitor.parsing import feeds, sitemaps, xmlhead
from monitor.parsing import layout as rules
from monitor.parsing.address import absolute
from monitor.parsing.charset import utf8
from monitor.parsing.elements import Look
from monitor.parsing.gathering import Gathering
from monitor.parsing.trees import MatchedTree, Node, TooDeep, Tree
from monitor.settings import CardLayout, Layout, Source

_FEEDS = ("rss", "feed", "rdf", "channel")
_SITEMAPS = ("urlset", "sitemapindex")
_FEED_TYPES = ("rss", "atom", "rdf", "feed+json", "application/json", "xml")
_MOST_FEEDS = 10  # that one page names
_MOST_LINKS = 10_000  # of one page that are looked at: no reader goes through more
_ADDRESS = re.compile(rb"\s*https?://\S+\s*(?:\n|\r|$)", re.IGNORECASE)


def listed(capture: Capture, source: Source) -> Listed:
    """What ``capture`` holds for ``source``. Never fails: what is wrong with it is its ``problem``."""
    gathering = Gathering(source, capture.answered, capture.at)
    body, problem = sitemaps.unpacked(capture.body)
    text = utf8(body, capture.header("content-type"))
    if urlsplit(capture.answered).path.endswith("/robots.txt") and not text.lstrip().startswith(b"<"):
        return sitemaps.named_in_robots(text, gathering)
    if text.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        feed = feeds.json_listed(text.lstrip(b"\xef\xbb\xbf"), gathering)
        if feed is not None:
            return feed
    if _ADDRESS.match(text.removeprefix(b"\xef\xbb\xbf")):
        return sitemaps.plain(text.removeprefix(b"\xef\xbb\xbf"), gathering)
    bare = xmlhead.bare(text)
    root = xmlhead.root(bare)
    if root in _SITEMAPS:
        return sitemaps.listed(bare, gathering, problem)
    if root in _FEEDS:
        return feeds.listed(bare, gathering)
    if body is not capture.body:
        return gathering.listed(problem=problem or "what is packed in it is neither a sitemap nor a feed")
    return _page(text, capture, gathering)


def _page(text: bytes, capture: Capture, gathering: Gathering) -> Listed:
    """What an HTML page or a fragment of one holds: its links, what its cards say, its next page, the feeds that it names."""
    source = gathering.source
    try:
        tree = MatchedTree(text, look=_look(source))
    except TooDeep as wrong:
        return gathering.listed(problem=str(wrong))
    gathering.base = absolute(tree.base(), capture.answered) or capture.answered
    for css in source.find.links:
        found = tree.select(css)
        for node, is_inside in nested(tree, found[:_MOST_LINKS]):
            _take(tree, node, gathering, has_title=not is_inside)
        if len(found) > _MOST_LINKS:
            gathering.skip(f"beyond the first {_MOST_LINKS:,} of a page", len(found) - _MOST_LINKS)
    for layout in source.layouts:
        if layout.cards is not None:
            _take_cards(tree, layout, layout.cards, gathering)
    further = _next(tree, gathering)
    if capture.url in source.find.feeds:
        further = (*further, *_feeds(tree, gathering))
    return gathering.listed(further=tuple(dict.fromkeys(further)))


def _look(source: Source) -> Look:
    """What stands apart from the words around it in any layout of ``source`` does so on its listings, too."""
    return Look(apart=tuple(dict.fromkeys(css for layout in source.layouts for css in layout.apart)))


def nested(tree: Tree, nodes: Sequence[Node]) -> Iterator[tuple[Node, bool]]:
    """Elements, each with whether it lies inside one before it: to read the text of each would cost the square of it."""
    outer = None
    for node in nodes:
        is_inside = outer is not None and tree.contains(outer, node)
        outer = outer if is_inside else node
        yield node, is_inside


def _take(tree: Tree, node: Node, gathering: Gathering, *, has_title: bool) -> None:
    gathering.add(tree.attribute(node, "href"), title=partial(tree.text, node) if has_title else "")


def _take_cards(tree: Tree, layout: Layout, cards: CardLayout, gathering: Gathering) -> None:
    """What cards say of the links that were gathered. A card whose link is not among them brings none in."""
    known = {link.url for link in gathering.listed().links}
    day_of = rules.day_reader(layout)
    for item, is_inside in nested(tree, tree.select(cards.item)):
        nodes = () if is_inside else tree.select_inside(cards.link, item)
        address = absolute(tree.attribute(nodes[0], "href"), gathering.base) if nodes else None
        if address in known:
            title, excerpt, day = (rules.inside(tree, item, css) for css in (cards.title, cards.excerpt, cards.date))
            gathering.add(address, title=title, excerpt=excerpt, published=day_of(day) if day else None)


def _next(tree: Tree, gathering: Gathering) -> tuple[str, ...]:
    """The addresses of the next page that a listing links to, less its own."""
    nodes = (node for css in gathering.source.find.next for node in tree.select(css))
    return tuple(a for node in nodes if (a := absolute(tree.attribute(node, "href"), gathering.base)))


def _feeds(tree: Tree, gathering: Gathering) -> tuple[str, ...]:
    """The feeds that a page names in its head (https://www.rssboard.org/rss-autodiscovery)."""
    return tuple(dict.fromkeys(_named(tree, gathering.base)))[:_MOST_FEEDS]


def _named(tree: Tree, base: str) -> Iterator[str]:
    for node in tree.select("link[rel][type][href]"):
        rel, kind = ((tree.attribute(node, name) or "").lower() for name in ("rel", "type"))
        address = absolute(tree.attribute(node, "href"), base)
        if address and "alternate" in rel.split() and any(each in kind for each in _FEED_TYPES):
            yield address
