"""Where on a site's pages the text of an article stands, and what stands in it that is no part of it.

The element is looked for that holds, on every sample, the paragraphs that are known, and little else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from monitor.parsing.proposing.chrome import CAPTION, caption_nodes
from monitor.parsing.proposing.names import named
from monitor.parsing.proposing.samples import Sample, likeness
from monitor.parsing.trees import MatchedTree, Node

_ANYTHING = re.compile(r"(?:(?:html|body) (?:> )?)?(?:p|div|td|tr|span|font|center|li|ul)")  # what may stand anywhere on a page
_HOLDS = 0.9  # of the known paragraphs, for an element to be looked into
_RECALL = 0.95  # of the known words, for a selector to be taken
_LIKE = 0.95  # F1 that the text must have with what is known, once the rest is dropped
_LEVELS = 4
_TOO_WIDE = ("body", "html")  # what stands there beside the text is dropped by its place alone, and a new line would shift that
_MOST = 24  # selectors that are tried on all samples
_MOST_DROPS, _MOST_TRIED = 12, 16
_MOST_BYTES = 100_000_000  # of all samples, as often as they are read again
_MOST_LEVELS = 60  # of elements among others that are looked into for the text
_DEPTH, _MOST_INSIDE = 8, 600  # levels below the text's element, and elements of a level, that may be dropped
_MOST_FOREIGN = 40  # elements of a page that may be dropped
_BOXES = ("article", "center", "div", "form", "main", "section", "table", "tbody", "td", "tr")
_ENOUGH, _GOOD = 2, 0.985  # selectors that read so well; then no more are tried
_LONG = 25  # characters of a paragraph that is found again by its text


@dataclass(frozen=True, slots=True)
class Body:
    """The selector of what holds the text, what is dropped from it, and how well it reads the worst of the samples (F1).

    ``exact`` counts the samples of which it reads the paragraphs that are known, and no other.
    """

    css: str
    drop: tuple[str, ...]
    worst: float
    exact: int = 0


def body_of(samples: Sequence[Sample]) -> Body | None:
    """The selector that reads most samples as they are known; None where none reads every one well enough."""
    costs: dict[str, float] = {}
    for sample in samples:
        for level, node in enumerate(node for node in _holders(sample) if node.tag not in _TOO_WIDE):
            for name in (each for each in named(node)[:16] if not _ANYTHING.fullmatch(each.css)):
                cost = name.cost + level * 0.2
                costs[name.css] = min(cost, costs.get(name.css, cost))
    found = []
    repeated, turns = _repeated(samples), iter(range(_MOST_BYTES // max(1, sum(len(sample.page) for sample in samples))))
    ordered = sorted(costs.items(), key=lambda each: (each[1], len(each[0])))[:_MOST]
    for (css, cost), _ in zip(ordered, turns, strict=False):
        if min(likeness(_text(sample.tree, css), sample.paragraphs)[1] for sample in samples) < _RECALL:
            continue
        drop = _drops(samples, css, repeated, turns)
        worst = min(_score(sample, css, drop, repeated) for sample in samples)
        if worst >= _LIKE:
            exact = sum(_is_exact(sample, css, drop) for sample in samples)
            found.append(((exact, worst - min(cost, 12.0) / 100), Body(css, drop, worst, exact)))
        if sum(body.worst >= _GOOD and body.exact == len(samples) for _, body in found) >= _ENOUGH:
            break
    return max(found, key=lambda each: each[0])[1] if found else None


def _is_exact(sample: Sample, css: str, drop: Sequence[str]) -> bool:
    """Whether the paragraphs are those that are known."""
    return _text(MatchedTree(sample.page, drop), css) == sample.paragraphs


def _text(tree: MatchedTree, css: str) -> tuple[str, ...]:
    nodes = list(tree.select(css))
    return tuple(p for node in _outermost(nodes) for p in tree.paragraphs(node))


def _outermost(nodes: list[Node]) -> list[Node]:
    among = set(nodes)
    return [node for node in nodes if not any(outer in among for outer in node.iterancestors())]


def _score(sample: Sample, css: str, drop: Sequence[str], repeated: frozenset[str]) -> float:
    """F1 with what is known, less what stands on every page alike."""
    wanted = [p for p in sample.paragraphs if p not in repeated] or sample.paragraphs
    return likeness(_text(MatchedTree(sample.page, drop), css), wanted)[0]


def _repeated(samples: Sequence[Sample]) -> frozenset[str]:
    """The paragraphs that were read on every sample, and so belong to none of them."""
    if len(samples) < 3:
        return frozenset()
    counted = Counter(p for sample in samples for p in set(sample.paragraphs))
    return frozenset(p for p, count in counted.items() if count == len(samples))


def _holders(sample: Sample) -> list[Node]:
    """The smallest element that holds most of the known paragraphs, and those around it."""
    known = [p for p in sample.paragraphs if len(p) >= _LONG] or list(sample.paragraphs)
    node = next(iter(sample.tree.select("body")), None)
    chain: list[Node] = []
    looked = 0
    while node is not None and looked < _MOST_LEVELS:
        chain.append(node)
        inner = [child for child in node if isinstance(child.tag, str)]
        looked += len(inner) > 1
        if len(inner) == 1 and inner[0].tag in _BOXES and not (node.text or "").strip() and not (inner[0].tail or "").strip():
            node = inner[0]  # a box that holds nothing but another holds what that does
        else:
            node = next((child for child in inner if _share(sample.tree, child, known) >= _HOLDS), None)
    return chain[::-1][:_LEVELS]


def _share(tree: MatchedTree, node: Node, known: Sequence[str]) -> float:
    text = tree.text(node)
    return sum(len(p) for p in known if p in text) / max(1, sum(map(len, known)))


# What is dropped


def _drops(samples: Sequence[Sample], css: str, repeated: frozenset[str], turns: Iterator[int]) -> tuple[str, ...]:
    """Selectors of blocks inside the text that are no part of it: alike on all samples, or made of links.

    Each of ``turns`` is a time that all samples may be read.
    """
    costs: dict[str, float] = {}
    seen: Counter[str] = Counter()
    for sample in samples:
        known, found = frozenset(sample.paragraphs) - repeated, set()
        for outer in _outermost(list(sample.tree.select(css))):
            for node in islice(_foreign(sample.tree, outer, known), _MOST_FOREIGN):
                names = [name for name in named(node)[:14] if name.css != css]
                found |= {name.css for name in names}
                costs.update({name.css: name.cost for name in names})
        seen.update(found)
    chosen = [CAPTION] if any(_holds_caption(sample, css) for sample in samples) else []
    least = min(2, len(samples))
    ordered = sorted((name for name in seen if seen[name] >= least), key=lambda each: (-seen[each], costs[each], len(each)))
    scores = [_score(sample, css, chosen, repeated) for sample in samples]
    for name, _ in zip(ordered[:_MOST_TRIED], turns, strict=False):
        if len(chosen) < _MOST_DROPS and _is_safe(samples, css, name, repeated):
            after = [_score(sample, css, [*chosen, name], repeated) for sample in samples]
            if after != scores and all(new >= old for new, old in zip(after, scores, strict=True)):
                chosen, scores = [*chosen, name], after
    return tuple(chosen)


def _foreign(tree: MatchedTree, outer: Node, known: frozenset[str]) -> Iterator[Node]:
    """The outermost elements inside ``outer`` none of whose paragraphs is known; not those that lie very deep in it."""
    level = [outer]
    for _ in range(_DEPTH):
        inner = [child for node in level for child in node if isinstance(child.tag, str)]
        level = []
        for child in inner[:_MOST_INSIDE]:
            paragraphs = tree.paragraphs(child)
            if paragraphs and known.isdisjoint(paragraphs) and not _is_part(paragraphs, known):
                yield child
            elif paragraphs:
                level.append(child)


def _is_part(paragraphs: Sequence[str], known: frozenset[str]) -> bool:
    """Whether it is a piece of a paragraph that is known: a name in bold, a link."""
    return all(any(p in each for each in known) for p in paragraphs)


def _is_safe(samples: Sequence[Sample], css: str, drop: str, repeated: frozenset[str]) -> bool:
    """Whether taking it out costs nothing that is known, and what goes is alike everywhere, or made of links."""
    gone: set[str] = set()
    captions: set[str] = set()
    is_linked = True
    for sample in samples:
        captions |= {sample.tree.text(node) for node in caption_nodes(sample.tree)}
        known, outer = frozenset(sample.paragraphs) - repeated, set(sample.tree.select(css))
        for node in sample.tree.select(drop):
            text = sample.tree.text(node)
            if sample.title in text or not known.isdisjoint(sample.tree.paragraphs(node)):
                return False
            if text and any(each in outer for each in node.iterancestors()):
                gone.add(text)
                links = sum(len(sample.tree.text(a)) for a in node.iterdescendants("a"))
                is_linked = is_linked and links > len(text) / 2
    return bool(gone) and (is_linked or len(gone) == 1 or _is_called_so(drop) or gone <= captions)


def _holds_caption(sample: Sample, css: str) -> bool:
    outer = set(sample.tree.select(css))
    return any(each in outer for node in sample.tree.select(CAPTION) for each in node.iterancestors())


def _is_called_so(drop: str) -> bool:
    """Whether a selector says by its words that it is no text."""
    words = ("aside", "share", "social", "related", "newsletter", "subscribe", "promo", "advert", "banner", "comment", "tags",
             "byline", "author", "meta", "nav", "footer", "toolbar", "button", "copyright", "breadcrumb")  # fmt: skip
    return any(word in drop.lower() for word in words)
