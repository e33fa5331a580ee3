"""Selectors that could name an element: by its id, what it is said to be, its classes, what it stands in; the lasting ones first.

Names that a build tool makes (``css-1abc2``, ``Story_body__x7Yz1``) change with the next build: their lasting part is taken, or
none of them, unless nothing else is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from monitor.parsing.trees import Node

_MOST_OUTER = 4  # how many elements around it are looked at
_MOST_NAMES = 6  # of an element that are tried
_MADE_COST = 12.0
_NAME = re.compile(r"-?[A-Za-z_][\w-]*", re.ASCII)
_TAG = re.compile(r"[a-z][a-z0-9-]*")
_MADE = (
    re.compile(r"(?:css|sc|jsx|emotion|svelte)-(?=[\w-]*(?:\d|[a-z][A-Z]))[\w-]+$"),  # what common tools write
    re.compile(r"(?![A-Za-z]{3,}\d{1,2}$)(?=[A-Za-z]*\d)[A-Za-z0-9]{5,}$"),  # letters and digits in a heap
    re.compile(r".*_(?=[0-9A-Za-z]*\d)(?=[0-9A-Za-z]*[A-Za-z])[0-9A-Za-z]{5,}$"),
)
_MODULE = re.compile(r"([A-Za-z][\w-]*?__?)(?=[0-9A-Za-z+-]*[0-9A-Z])[0-9A-Za-z+-]{5,}")
_OWN_NUMBER = re.compile(r"\d{2,}")
_TELLING = re.compile(
    r"article|body|content|entry|headline|post|story|subject|text|title|date|time|publish|main|news|view|read", re.IGNORECASE
)
_STATED = ("itemprop", "data-testid", "data-test", "data-component", "data-role", "property", "name", "role")
_LOOKS = ("width", "bgcolor", "align", "valign", "size", "color", "face", "height", "cellpadding")
_GOOD_TAGS = frozenset({"article", "h1", "main", "time"})
_FAIR_TAGS = frozenset({"h2", "h3", "section", "header", "title"})


@dataclass(frozen=True, slots=True)
class Named:
    """A selector, and how little it is to be relied on: the less the better."""

    css: str
    cost: float


def named(node: Node) -> list[Named]:
    """Selectors that match an element, the most lasting first. They may match others, too."""
    own = list(_own(node))
    found = [*own, *_with_outer(node, own)]
    best: dict[str, float] = {}
    for each in found:
        best[each.css] = min(each.cost, best.get(each.css, each.cost))
    return sorted((Named(css, cost) for css, cost in best.items()), key=lambda each: (each.cost, len(each.css), each.css))


def _own(node: Node) -> Iterator[Named]:
    """Selectors from what an element itself bears."""
    tag = _tag(node)
    if tag:
        yield Named(tag, 2.0 if tag in _GOOD_TAGS else 4.0 if tag in _FAIR_TAGS else 9.0)
    name = (node.get("id") or "").strip()
    if _NAME.fullmatch(name) and not _OWN_NUMBER.search(name) and not _is_made(name):
        yield Named(f"#{name}", 1.0 if _TELLING.search(name) else 1.5)
    for key in _STATED:
        value = node.get(key)
        if value and _is_plain(value) and not _OWN_NUMBER.search(value):
            yield Named(f'{tag}[{key}="{value}"]', 1.0 if key in ("itemprop", "property") else 2.0)
    yield from _by_class(node, tag)
    for key in _LOOKS:
        value = node.get(key)
        if value and _is_plain(value):
            yield Named(f'{tag}[{key}="{value}"]', 5.0)


def _tag(node: Node) -> str:
    """The tag of an element; empty where it is none that a selector can name (``o:p``): the rest of a selector does without."""
    tag = str(node.tag)
    return tag if _TAG.fullmatch(tag) else ""


def _is_plain(value: str) -> bool:
    return len(value) <= 60 and not re.search(r'["\\\s\x00-\x1f]', value)


def _is_made(name: str) -> bool:
    """Whether a build tool made a name, so that the next build makes another."""
    return any(pattern.match(name) for pattern in _MADE)


def _by_class(node: Node, tag: str) -> Iterator[Named]:
    lasting = []
    for name in (node.get("class") or "").split()[:_MOST_NAMES]:
        module = _MODULE.fullmatch(name)
        if module and _NAME.fullmatch(name):
            yield Named(f'{tag}[class*="{module[1]}"]', 3.0)
        elif not _NAME.fullmatch(name) or (_OWN_NUMBER.search(name) and not _is_made(name)):
            continue
        elif _is_made(name):
            yield Named(f"{tag}.{name}", _MADE_COST)
        else:
            lasting.append(name)
            yield Named(f"{tag}.{name}", 1.5 if _TELLING.search(name) else 2.5)
    for first, second in pairwise(lasting):
        yield Named(f"{tag}.{first}.{second}", 3.5)


def _with_outer(node: Node, own: list[Named]) -> Iterator[Named]:
    """Selectors of an element inside another that has a name."""
    inner = sorted((each for each in own if each.cost < _MADE_COST), key=lambda each: each.cost)[:3]
    nth = _nth(node)
    outer, step = node.getparent(), " > "
    for depth in range(_MOST_OUTER):
        if outer is None or not isinstance(outer.tag, str):
            return
        names = sorted((each for each in _own(outer) if each.cost < _MADE_COST), key=lambda each: each.cost)[:3]
        for above in names:
            for each in inner:
                weight = min(each.cost, 4.0) * 0.5 + depth * 0.3
                yield Named(f"{above.css}{step}{each.css}", above.cost + weight + 0.5)
            if depth == 0:
                for number, place in enumerate(nth):
                    yield Named(f"{above.css} > {place}", above.cost + 4.0 + number)
        outer, step = outer.getparent(), " "
    return


def _nth(node: Node) -> tuple[str, ...]:
    """An element by its place among those of its tag, from the first and from the last; behind a rule by that."""
    outer = node.getparent()
    tag = _tag(node)
    if outer is None or not tag:
        return ()
    same = [each for each in outer if each.tag == tag]
    if len(same) == 1:
        return (f"{tag}:only-of-type",)
    place = same.index(node)
    found = [f"{tag}:nth-of-type({place + 1})", f"{tag}:nth-last-of-type({len(same) - place})"]
    if next(node.itersiblings("hr", preceding=True), None) is not None:
        found.insert(0, f"hr ~ {tag}")
    return tuple(found)
