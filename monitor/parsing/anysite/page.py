"""The page's tree for this package: lxml's, parsed once, in the form that trafilatura can be handed."""

from __future__ import annotations

from typing import Any

from lxml import etree
from lxml.html import HtmlElement, HTMLParser

from monitor.parsing.limits import TooDeep, checked

_EMPTY = b"<html><body></body></html>"
_RESOURCE_LIMIT = 114  # libxml2's XML_ERR_RESOURCE_LIMIT, which not every lxml has a name for
_MOST_BYTES = 8_000_000
_MOST_ELEMENTS = 30_000
_LARGE = 1_000_000  # bytes
_LONG_TAG = 3000  # bytes; a shorter tag has no thousand attributes


def tree_of(page: bytes) -> HtmlElement:
    """The root of a page in UTF-8. Comments and processing instructions are left out, so that text goes on across them.

    Raises TooDeep for a page that is too long, too deep or too rich to be read in a second.
    """
    if len(page) > _MOST_BYTES:
        raise TooDeep(f"it has {len(page):,} bytes, more than {_MOST_BYTES:,}, and no layout says where to look")
    text = page.replace(b"\x00", b"").replace(b"\x0c", b" ")
    if _may_be_rich(text):
        checked(text)
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False)
    root = etree.fromstring(text, parser) if text.strip() else None
    last = parser.error_log.last_error
    if last is not None and last.type == _RESOURCE_LIMIT:
        raise TooDeep
    return etree.fromstring(_EMPTY, parser) if root is None else root


def count_of(root: Any) -> int:
    """How many elements a tree has. Raises TooDeep for too many."""
    count = sum(1 for _ in root.iter())
    if count > _MOST_ELEMENTS:
        raise TooDeep(f"it holds {count:,} elements, more than {_MOST_ELEMENTS:,}, and no layout says where to look")
    return count


def _may_be_rich(page: bytes) -> bool:
    """Whether one of a page's elements may bear so many attributes that its tree takes long; to count them all does, too."""
    return len(page) > _LARGE or any(len(piece) > _LONG_TAG and b">" not in piece[:_LONG_TAG] for piece in page.split(b"<"))
