"""The pictures of an article: those inside the elements that hold its body, and those that a layout names besides.

Each picture counts once, under the name that its address gives (``naming.py``): pages repeat one for small screens, for printing
and for browsers without scripts. Both trees are asked the same, so that both readings find the same pictures.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Protocol
from urllib.parse import urlsplit

from bs4 import Tag
from lxml import etree

from monitor.article import Image, fold
from monitor.parsing.address import absolute
from monitor.parsing.layout import places, take
from monitor.parsing.naming import name_of
from monitor.parsing.trees import Node, Tree
from monitor.parsing.walk import SILENT, is_text
from monitor.settings import Layout, Rule

_TAGS = frozenset({"img", "amp-img"})
_PICTURES = ", ".join(sorted(_TAGS))
# Where scripts that load a picture late look for its address; `src` holds a placeholder until then.
_LATE = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-url", "data-hi-res-src", "data-full-src")
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_NOTHING = re.compile(
    r"\.svgz?$|(?:^|/)(?:blank|spacer|pixel|transparent|placeholder|clear|1x1|loading)[\w-]*\.(?:gif|png)$", re.IGNORECASE
)
_SMALL = 2  # pixels: what is no larger is there to count readers
MOST = 200  # pictures of one article
_WORDS = 5_000  # characters of a caption, and of an alternative text


def pictures(tree: Tree, layout: Layout, bodies: Sequence[Node], base: str) -> tuple[Image, ...]:
    """The pictures, those outside the body first, each once; their places in the body are not told yet (:func:`placed`)."""
    found: dict[str, Image] = {}
    for image in (*_named(tree, layout.images, base), *_inside(tree, bodies, base)):
        if len(found) < MOST:
            found.setdefault(image.name, image)
    return tuple(found.values())


def digest(images: Sequence[Image]) -> bytes:
    """SHA-256 of what tells pictures from others; nothing where there are none. Order, sizes, hosts and tokens are not in it."""
    said = "\n".join(sorted(f"{image.name}\t{image.alt}\t{image.caption}" for image in images))
    return hashlib.sha256(said.encode("utf-8", "replace")).digest() if images else b""


def placed(tree: Tree, images: Sequence[Image], bodies: Sequence[Node], base: str) -> tuple[Image, ...]:
    """The same pictures with their places among the paragraphs of the body."""
    if not images:
        return ()
    ends = list(accumulate(_ink(each) for body in bodies for each in tree.paragraphs(body)))
    before: dict[str, int] = {}
    for node, ink in _walked(bodies):
        image = picture(tree, node, base)
        if image is not None:
            before.setdefault(image.name, bisect_right(ends, ink) + 1)
    outside = {image.name for image in images} - before.keys()
    return tuple(
        Image(image.url, image.alt, image.caption, image.name, 0 if image.name in outside else before[image.name])
        for image in images
    )


# Where pictures stand


def _inside(tree: Tree, bodies: Sequence[Node], base: str) -> Iterator[Image]:
    for body in bodies:
        for node in tree.select_inside(_PICTURES, body):
            image = picture(tree, node, base)
            if image is not None:
                yield image


def _named(tree: Tree, tried: tuple[Rule, ...], base: str) -> list[Image]:
    """The pictures of the first of a layout's rules that finds any."""
    for rule in tried:
        found = [image for node in places(tree, rule) for image in _at(tree, node, rule, base)]
        if found:
            return found
    return []


def _at(tree: Tree, node: Node, rule: Rule, base: str) -> Iterator[Image]:
    """The pictures at a rule's place: an address in an attribute, the element itself, or those inside it."""
    if rule.attr is not None:
        value = take(fold(tree.attribute(node, rule.attr) or ""), rule)
        url = _usable(value, base)
        if url is not None:
            yield Image(url, name=name_of(url))
        return
    nodes = [node] if _tag(node) in _TAGS else tree.select_inside(_PICTURES, node)
    yield from (image for each in nodes if (image := picture(tree, each, base)) is not None)


# One picture


class Asked(Protocol):
    """What is asked of a tree for one picture."""

    def attribute(self, node: Node, name: str) -> str | None: ...
    def select_inside(self, css: str, outer: Node) -> Sequence[Node]: ...
    def text(self, node: Node) -> str: ...
    def dropped(self, node: Node) -> str: ...


def addressed(address: str, base: str) -> Image | None:
    """The picture at an address; None where that is none, or the address of nothing to see."""
    url = _usable(address, base)
    return None if url is None else Image(url, name=name_of(url))


def picture(tree: Asked, node: Node, base: str) -> Image | None:
    """A picture; None for what is none to a reader: without an address, an icon, a pixel that counts readers."""
    if _is_small(tree.attribute(node, "width")) or _is_small(tree.attribute(node, "height")):
        return None
    url = next((url for each in _addresses(tree, node) if (url := _usable(each, base)) is not None), None)
    if url is None:
        return None
    return Image(url, fold(tree.attribute(node, "alt") or "")[:_WORDS], _caption(tree, node)[:_WORDS], name_of(url))


def _addresses(tree: Asked, node: Node) -> Iterator[str]:
    """What may be the address, the likeliest first."""
    yield from (value for name in _LATE if (value := tree.attribute(node, name)))
    yield tree.attribute(node, "src") or ""
    yield from (largest(value) for name in _SETS if (value := tree.attribute(node, name)))
    parent = _parent(node)
    while parent is not None and _tag(parent) == "source":  # libxml2 does not know that nothing stands inside one
        parent = _parent(parent)
    if parent is not None and _tag(parent) == "picture":
        for each in tree.select_inside("source", parent):
            yield largest(tree.attribute(each, "srcset") or tree.attribute(each, "data-srcset") or "")


def largest(candidates: str) -> str:
    """The address of the largest of the pictures that a ``srcset`` offers (HTML, "srcset attributes"); empty without any."""
    best, size = "", -1.0
    url = ""
    for token in candidates.split():
        if not url:
            url = token
        else:
            said, _, following = token.partition(",")
            if (found := _size(said)) > size:
                best, size = url, found
            url = following if "," in token else ("" if said else url)
        if url.endswith(",") or (url and best == ""):
            best = best or url.rstrip(",")
        if url.endswith(","):
            url = ""
    return best


def _size(descriptor: str) -> float:
    try:
        return float(descriptor[:12].rstrip("wxh"))
    except ValueError:
        return 1.0


@lru_cache(maxsize=4096)
def _usable(address: str | None, base: str) -> str | None:
    if not address or address.lstrip()[:5].lower() == "data:":
        return None
    url = absolute(address.strip(), base)
    return None if url is None or _NOTHING.search(urlsplit(url).path) else url


def _is_small(size: str | None) -> bool:
    digits = (size or "").strip().removesuffix("px")
    return digits.isascii() and digits.isdigit() and int(digits[:9]) <= _SMALL


def _caption(tree: Asked, node: Node) -> str:
    """What the figure around a picture says below it, also where that is no part of the text and was dropped."""
    outer = _parent(node)
    while outer is not None and _tag(outer) != "figure":
        outer = _parent(outer)
    if outer is None:
        return ""
    found = tree.select_inside("figcaption", outer)
    if not found:
        return next(filter(None, map(tree.dropped, tree.select_inside("hr", outer))), "")
    return fold(found[0].text or "") if _is_plain(found[0]) else tree.text(found[0])


def _is_plain(node: Node) -> bool:
    """Whether an element holds nothing but text that is seen: that is read faster."""
    return isinstance(node, etree._Element) and not len(node) and node.get("style") is None and node.get("hidden") is None


def _tag(node: Node) -> str:
    return str(node.name if isinstance(node, Tag) else node.tag)


def _parent(node: Node) -> Node | None:
    return node.parent if isinstance(node, Tag) else node.getparent()


# Places


def _walked(bodies: Sequence[Node]) -> Iterator[tuple[Node, int]]:
    """The pictures of a body, each with how many characters that can be seen stand before it."""
    ink = 0
    for body in bodies:
        for each in _soup_parts(body) if isinstance(body, Tag) else _lxml_parts(body):
            if isinstance(each, str):
                ink += _ink(each)
            else:
                yield each, ink


def _lxml_parts(body: etree._Element) -> Iterator[str | Node]:
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, node in walk:
        if event == "start" and node.tag in SILENT and node is not body:
            yield from (each for each in node.iter() if each.tag in _TAGS)
            walk.skip_subtree()
        elif event == "start":
            if node.tag in _TAGS:
                yield node
            if node.text:
                yield node.text
        elif node.tail and node is not body:
            yield node.tail


def _soup_parts(body: Tag) -> Iterator[str | Node]:
    stack: list[Node] = [body]
    while stack:
        node = stack.pop()
        if not isinstance(node, Tag):
            if is_text(node):
                yield str(node)
        elif node.name in SILENT and node is not body:
            yield from node.find_all(list(_TAGS))
        else:
            if node.name in _TAGS:
                yield node
            stack.extend(reversed(node.contents))


def _ink(text: str) -> int:
    return len(fold(text).replace(" ", ""))
