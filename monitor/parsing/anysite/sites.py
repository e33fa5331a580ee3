"""The site's name where no tag gives it: the part of the page's ``<title>`` that the page's own furniture bears, too.

Furniture is what a page repeats whatever its article says: the picture or the words that link to the front page, a masthead,
the copyright line. A part that stands nowhere there may be a section or a half of the headline, and is no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from monitor.article import fold
from monitor.parsing.anysite.blocks import Outline, plain, weight_of
from monitor.parsing.anysite.titles import decoded, parts_of

_OWNED = re.compile(r"(?i)©|ⓒ|\(c\)|copyright|all rights reserved|무단 ?전재|저작권자|발행인|版权所有|著作権")
_MASTHEAD = re.compile(r"(?i)logo|masthead|banner|header|title|top|로고")
_FRONTS = frozenset({"", "/", "/index.html", "/index.htm", "/index.php", "/index.asp", "/main.php", "/main.html", "/home"})
_SECOND = frozenset({"co", "com", "or", "go", "org", "ac", "net", "gov"})  # registries' own labels
_LONGEST = 60  # characters of a name
_LEAST = 4  # its weight
_LEAST_INSIDE = 8  # and where it is no part by itself
_MOST = 60  # links and pictures that are looked at


def host(url: str) -> str:
    """The host of an address without ``www.``; empty where it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def base_of(name: str) -> str:
    """The label of a host that was registered: ``bugle`` of ``news.bugle.co.uk``."""
    labels = name.split(".")
    if len(labels) > 2 and labels[-2] in _SECOND:
        return labels[-3]
    return labels[-2] if len(labels) > 1 else name


def site_of(root: Any, page: Outline, title: str, host: str) -> str:
    """The site's name in the page's ``<title>``; empty where nothing on the page says which part that is."""
    parts = [part for part in parts_of(title) or [decoded(title)] if len(part) <= _LONGEST and weight_of(plain(part)) >= _LEAST]
    if not parts:
        return ""
    furniture = list(_furniture(root, host))
    borne = frozenset(map(plain, furniture))
    owned = [plain(block.text) for block in page.blocks if len(block.text) < 600 and _OWNED.search(block.text)][-5:]
    for part in (parts[-1], parts[0]):
        name = plain(part)
        if name in borne or any(name in line for line in owned) or _is_of_host(name, host):
            return part
    whole = plain(title)
    inside = (fold(text) for text in furniture if len(text) <= _LONGEST and weight_of(plain(text)) >= _LEAST_INSIDE)
    return (
        next((text for text in inside if plain(text) in whole and len(plain(text)) < len(whole)), "") if len(parts) == 1 else ""
    )


def _furniture(root: Any, host: str) -> Iterator[str]:
    """The words of the links to the front page, and those that stand in for mastheads."""
    for link in list(root.iter("a"))[:_MOST]:
        if _is_front(link.get("href") or "", host):
            yield fold(link.text_content())
            yield from (image.get("alt") or "" for image in list(link.iter("img"))[:3])
    for image in list(root.iter("img"))[:_MOST]:
        if _MASTHEAD.search((image.get("src") or "").rpartition("/")[2][:200]):
            yield image.get("alt") or ""


def _is_front(address: str, host: str) -> bool:
    if len(address) > 200:
        return False
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    is_here = not parts.netloc or (parts.hostname or "").removeprefix("www.") == host
    return is_here and bool(address.strip()) and not parts.query and not parts.fragment and parts.path.lower() in _FRONTS


def _is_of_host(name: str, host: str) -> bool:
    return any(plain(label) == name or (len(name) >= 6 and name in plain(label)) for label in host.split("."))
