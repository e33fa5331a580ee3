"""The pictures of an article on a page without a layout: those in its body, and the one that leads it.

A picture is the article's where it stands in or before one of its paragraphs, inside the body's element; the lead stands between
headline and body, or in a figure right above the headline. ``og:image`` is the lead only where no picture stands there: it
is often the site's own. Teasers, portraits of authors, icons and advertisements are none. Names are those of ``naming.py``,
so that sizes, hosts and tokens make no other picture.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from monitor.article import Image, fold
from monitor.parsing import pictures
from monitor.parsing.address import absolute
from monitor.parsing.anysite.blocks import HEADINGS, Outline, Shown
from monitor.parsing.anysite.names import NO_BODY, Role, words_of
from monitor.parsing.selectors import xpath_inside
from monitor.parsing.walk import lxml_events, one_line

_MOST = 1000  # pictures of a page that are looked at
_NOT = NO_BODY & ~Role.CAPTION
_ICON = 50  # pixels; a side that is said to be less is an icon's or a line's
_ICONS = frozenset({
    "icon", "icons", "ico", "logo", "logos", "sprite", "avatar", "avatars", "gravatar", "emoji", "smiley", "smilies", "btn",
    "button", "buttons", "badge", "pixel", "tracker", "counter", "count", "banner", "banners", "ad", "ads", "advert",
    "adverts", "spacer", "blank",
})  # fmt: skip
_LINES = frozenset({
    "line", "dot", "bar", "arrow", "bullet", "print", "printer", "share", "mail", "email", "rss", "new", "hot", "top", "up",
    "down", "left", "right",
})  # fmt: skip
_OF_SITE = frozenset({
    "default", "fallback", "placeholder", "social", "share", "sharing", "opengraph", "og", "site", "card", "noimage",
    "missing",
})  # fmt: skip
_FILE = re.compile(r"(?i)\.(?:jpe?g|png|gif|webp|avif|bmp)$")
_NEAR = 6  # elements around a picture in which its caption or its link stands
_FARTHEST = 40  # blocks between headline and body
_ABOVE = 6  # blocks between a figure and the headline beneath it


@dataclass(frozen=True, slots=True)
class Body:
    """Where an article stands: the block of its headline, its own blocks in order, the element that holds them."""

    title: int | None
    taken: Sequence[int]
    container: int | None


class _Tree:
    """What ``pictures.py`` asks of a tree, of the one that is there."""

    def attribute(self, node: Any, name: str) -> str | None:
        value = node.get(name)
        return None if value is None else str(value)

    def select_inside(self, css: str, outer: Any) -> Sequence[Any]:
        found = xpath_inside(css)(outer)
        return found if isinstance(found, list) else []

    def text(self, node: Any) -> str:
        return one_line(lxml_events(node))

    def dropped(self, node: Any) -> str:  # noqa: ARG002  nothing is taken out of this tree
        return ""


_TREE = _Tree()


def images_of(root: Any, page: Outline, body: Body, said: str, url: str) -> tuple[Image, ...]:
    """The pictures of an article, the lead first, each once. ``said`` is the page's ``og:image``, ``url`` its address."""
    base = absolute(next((each.get("href") for each in root.iter("base")), None), url) or url
    found: dict[str, Image] = {}
    for shown, place in sorted(_standing(page, body, base), key=lambda each: each[1] > 0):
        image = pictures.picture(_TREE, shown.node, base)
        if image is not None and len(found) < pictures.MOST:
            caption = image.caption or _caption(page, body, shown)
            found.setdefault(image.name, replace(image, caption=caption, place=place))
    if not any(each.place <= 1 for each in found.values()):
        lead = pictures.addressed(said, base)
        if lead is not None and not _is_named(lead.url, _ICONS | _OF_SITE):
            return tuple({lead.name: lead, **found}.values())
    return tuple(found.values())


def _standing(page: Outline, body: Body, base: str) -> Iterator[tuple[Shown, int]]:
    """The pictures that stand in the article, with their places in it."""
    if not body.taken:
        return
    for shown in page.pictures[:_MOST]:
        place = _place(page, body, shown)
        if place is not None and not _is_furniture(shown.node, base):
            yield shown, place


def _place(page: Outline, body: Body, shown: Shown) -> int | None:
    """The paragraph in or before which a picture stands; 0 for a lead, None where it is none of the article's."""
    if shown.element < 0 or page.roles[shown.element] & _NOT:
        return None
    first, last, number = body.taken[0], body.taken[-1], shown.block
    is_inside = body.container is None or page.inside(shown.element, body.container)
    if is_inside and first < number <= last:
        return bisect_left(body.taken, number) + 1
    if body.title is not None and number <= body.title:
        is_above = body.title - number <= _ABOVE and _figure(shown.node) is not None and _is_beside(page, body, shown)
        return 0 if is_above else None
    if number <= first:
        if is_inside:
            return 1
        return 0 if body.title is not None and first - body.title <= _FARTHEST else None
    is_next = all(page.blocks[each].role & Role.CAPTION for each in range(last + 1, min(number, len(page.blocks))))
    return len(body.taken) + 1 if is_inside and is_next and _link(shown.node) is None else None


def _is_beside(page: Outline, body: Body, shown: Shown) -> bool:
    """Whether a picture above the headline stands in an element that holds headline and body, and is not the whole page."""
    if body.title is None:
        return False
    around = {each.number for each in page.chain(page.blocks[body.title].element) if each.tag not in ("body", "html")}
    return any(
        each.number in around and page.inside(page.blocks[body.taken[0]].element, each.number)
        for each in page.chain(shown.element)
    )


def _is_furniture(node: Any, base: str) -> bool:
    """Whether a picture is a teaser's, an advertisement or an icon."""
    if _figure(node) is not None:
        return False
    if (
        _is_headline(node)
        or any(_is_less(node.get(side)) for side in ("width", "height"))
        or _is_named(node.get("src") or "", _ICONS)
    ):
        return True
    link = _link(node)
    if link is None:
        return False
    if fold(link.text_content()):
        return True
    address = absolute(link.get("href"), base)
    parts = urlsplit(address) if address else None
    return parts is not None and parts.netloc != urlsplit(base).netloc and not _FILE.search(parts.path)


def _is_less(size: str | None) -> bool:
    digits = (size or "").strip().removesuffix("px")
    return digits.isascii() and digits.isdigit() and int(digits[:9]) < _ICON


def _is_named(address: str, names: frozenset[str]) -> bool:
    """Whether a file's name has such a word in it; of drawn lines and signs only where it is a GIF."""
    path = address.partition("?")[0]
    name = path.rpartition("/")[2][-80:]
    words = set(words_of(name.rpartition(".")[0] or name))
    return not words.isdisjoint(names) or (name.lower().endswith(".gif") and not words.isdisjoint(_LINES))


def _figure(node: Any) -> Any:
    return next((each for count, each in enumerate(node.iterancestors()) if each.tag == "figure" and count < _NEAR), None)


def _is_headline(node: Any) -> bool:
    return any(each.tag in HEADINGS for count, each in enumerate(node.iterancestors()) if count < _NEAR)


def _link(node: Any) -> Any:
    return next((each for count, each in enumerate(node.iterancestors()) if each.tag == "a" and count < _NEAR), None)


def _caption(page: Outline, body: Body, shown: Shown) -> str:
    """The caption below a picture that is in no figure: the next block, where it was told to be one."""
    if shown.block >= len(page.blocks):
        return ""
    block = page.blocks[shown.block]
    if not block.role & Role.CAPTION or block.number in body.taken:
        return ""
    near = {each.number for each in page.chain(shown.element, _NEAR)}
    return block.text if any(each.number in near for each in page.chain(block.element, _NEAR)) else ""
