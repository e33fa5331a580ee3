"""How a layout reads a page, field by field: the same rules as in a reading, and what each of them found."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.article import fold
from monitor.model import Capture, Dropped, Trace, Traced
from monitor.parsing import layout as rules
from monitor.parsing.anysite import read_any
from monitor.parsing.charset import utf8
from monitor.parsing.elements import look_of
from monitor.parsing.layout import Spot
from monitor.parsing.trees import MatchedTree, Node, TooDeep
from monitor.settings import Layout, Rule, Source

_SAID = ("publication", "title", "published", "paragraphs")
_BESIDE = ("site", "masthead", "original")
_STEPS = 4  # elements of a place that are named
_LONGEST = 500  # characters of a text


def trace(capture: Capture, layout: Layout, source: Source) -> Trace:
    """How ``layout`` reads the page in ``capture``. Never fails: of a page that cannot be read nothing was found."""
    page = utf8(capture.body, capture.header("content-type"))
    try:
        whole, tree = MatchedTree(page), MatchedTree(page, layout.drop, look_of(layout))
    except TooDeep:
        return Trace(layout.name)
    said = rules.said(tree, layout, source.publication)
    spots = dict(said.spots)
    names = {"publication": said.publication or "", "title": said.title or ""}
    for field in _BESIDE:
        _beside(tree, layout, field, names, spots)
    tried = [(field, getattr(layout, field)) for field in (*_SAID, *_BESIDE)]
    fields = tuple(_traced(tree, field, each, spots.get(field)) for field, each in tried if each)
    return Trace(layout.name, fields, tuple(_dropped(whole, css) for css in layout.drop))


def trace_any(capture: Capture) -> Trace | None:
    """How a page is read without a layout, and which lines of it were left out, and why; None where it cannot be read."""
    try:
        found = read_any(utf8(capture.body, capture.header("content-type")), capture.answered, capture.at)
    except TooDeep:
        return None
    fields = (Traced("published", found.day_source, places=1),) if found.published and found.day_source else ()
    return Trace(found.how, fields, tuple(Dropped(why, 1, len(text.split()), text) for why, text in found.dropped))


def _beside(tree: MatchedTree, layout: Layout, field: str, names: dict[str, str], spots: dict[str, Spot]) -> None:
    """Where what is outside the fingerprint stands."""
    tried: tuple[Rule, ...] = getattr(layout, field)
    if field == "masthead":
        rules.first(tree, tried, rules.day_reader(layout), spots=spots, name=field, known=names)
    elif field == "site":
        rules.first(tree, tried, str, spots=spots, name=field, known=names)
    else:
        found = next(((rule, node) for rule in tried for node in rules.places(tree, rule)), None)
        if found is not None:
            spots[field] = Spot(found[0], (found[1],))


def _traced(tree: MatchedTree, field: str, tried: Sequence[Rule], spot: Spot | None) -> Traced:
    if spot is None:
        return Traced(field, "", vain=tuple(map(str, tried)))
    before = tried[: tried.index(spot.rule)]
    attribute = spot.rule.attr or ("href" if field == "original" else None)
    node = spot.nodes[0]
    text = tree.attribute(node, attribute) or "" if attribute else tree.text(node)
    count = sum(1 for _ in rules.places(tree, spot.rule))
    return Traced(field, str(spot.rule), place_of(node), fold(text)[:_LONGEST], count, tuple(map(str, before)))


def _dropped(tree: MatchedTree, css: str) -> Dropped:
    """What a selector takes out; an element inside another that it takes out is none of its own."""
    nodes = list(tree.select(css))
    outer = [node for node in nodes if not any(tree.contains(other, node) for other in nodes if other is not node)]
    return Dropped(css, len(outer), sum(len(tree.text(node).split()) for node in outer))


def place_of(node: Node) -> str:
    """Where an element stands, as a selector would name it: ``… main > article > h1.headline``."""
    steps: list[str] = []
    while node is not None and isinstance(node.tag, str) and len(steps) < _STEPS:
        name, classes = node.get("id"), (node.get("class") or "").split()
        steps.append(node.tag + (f"#{name}" if name else f".{classes[0]}" if classes else ""))
        node = node.getparent()
    more = "… " if node is not None and isinstance(node.tag, str) else ""
    return more + " > ".join(fold(step) for step in reversed(steps))
