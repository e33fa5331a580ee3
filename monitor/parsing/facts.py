"""What can be said of a page without its tree and without a layout: the facts that its quality is judged by."""

from __future__ import annotations

from monitor.article import fold
from monitor.model import PageFacts
from monitor.parsing.trees import MatchedTree, TooDeep, Tree


def facts_of(page: bytes) -> PageFacts:
    """The facts of a page in UTF-8."""
    source = fold(page.decode("utf-8", "replace"))
    try:
        tree = MatchedTree(page)
    except TooDeep:
        return PageFacts(source)
    titles = _texts(tree, "head > title")[:1]
    mains = _texts(tree, "main")
    return PageFacts(source, titles, " ".join(_texts(tree, "body")), bool(mains) and not any(mains))


def _texts(tree: Tree, css: str) -> tuple[str, ...]:
    return tuple(tree.text(node) for node in tree.select(css))
