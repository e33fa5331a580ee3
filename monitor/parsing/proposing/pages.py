"""What a page says of its site without any settings: its name, its own address, and all that it links to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from monitor.article import Article, fold
from monitor.model import Capture, Link
from monitor.parsing.address import absolute
from monitor.parsing.charset import utf8
from monitor.parsing.listings import nested
from monitor.parsing.proposing.pagers import following, series
from monitor.parsing.proposing.samples import Sample
from monitor.parsing.trees import MatchedTree, TooDeep
from monitor.settings import Series

_NAMES = ('meta[property="og:site_name"]', 'meta[name="application-name"]')
_OWN = (('link[rel="canonical"]', "href"), ('meta[property="og:url"]', "content"))
_ARTICLE = ('meta[property="og:type"]', 'meta[property="article:published_time"]')
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Front:
    """What a page says. ``own`` is the address that it gives itself. Of several links to an address the longest text counts.

    ``anchors`` are the addresses of all its links, each as often as it is linked to. ``following`` are selectors of its link to a
    next page, with the address; ``series`` is what its numbered pages are, and ``pages`` how many.
    """

    name: str = ""
    title: str = ""
    own: str | None = None
    links: tuple[Link, ...] = ()
    is_called_article: bool = False
    anchors: tuple[str, ...] = ()
    following: tuple[tuple[str, str], ...] = ()
    series: Series | None = None
    pages: int = 0


def front_of(capture: Capture) -> Front:
    """What the page in ``capture`` says of its site. Never fails: of a page that cannot be read there is nothing."""
    try:
        tree = MatchedTree(utf8(capture.body, capture.header("content-type")))
    except TooDeep:
        return Front()
    base = absolute(tree.base(), capture.answered) or capture.answered
    names = [fold(tree.attribute(node, "content") or "") for css in _NAMES for node in tree.select(css)]
    own = [absolute(tree.attribute(node, attribute), base) for css, attribute in _OWN for node in tree.select(css)]
    titles = [tree.text(node) for node in tree.select("head > title")]
    texts: dict[str, str] = {}
    anchors: list[str] = []
    for node, is_inside in nested(tree, tree.select("a[href]")):
        address, text = absolute(tree.attribute(node, "href"), base), "" if is_inside else tree.text(node)
        if address is not None:
            anchors.append(address)
        if address is not None and len(text) >= len(texts.get(address, "")):
            texts[address] = text
    numbered, pages = series(texts, capture.answered)
    return Front(
        next((name[:_LONGEST_NAME] for name in names if name), ""),
        next(iter(titles), ""),
        next((address for address in own if address), None),
        tuple(Link(address, text) for address, text in texts.items()),
        "article" in [(tree.attribute(node, "content") or "").lower() for node in tree.select(_ARTICLE[0])]
        or bool(tree.select(_ARTICLE[1])),
        tuple(anchors),
        following(tree, base),
        numbered,
        pages,
    )


def sample_of(capture: Capture, article: Article, about: date | None = None) -> Sample | None:
    """A page and the article on it as a sample for selectors; None where it cannot be read. ``about`` is what others say."""
    page = utf8(capture.body, capture.header("content-type"))
    try:
        return Sample(page, capture.answered, article.title, article.published, article.paragraphs, about)
    except TooDeep:
        return None
