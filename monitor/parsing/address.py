"""Addresses: made absolute, and the key by which two addresses are known to be one page.

A key is what the source's identity pattern finds in the address; without one it is the normalised address (w3lib), less
the scheme, a leading ``www.`` and the fragment: never so much that two articles become one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from monitor.settings import Identity, Source

MAX_LENGTH = 2000
_ABSOLUTE = re.compile(r"https?://", re.IGNORECASE)
_BLANK = re.compile(r"\s")
_LINE_BREAK = re.compile(r"[\t\r\n]")
_UNFIT = re.compile(r"[\s\x00-\x1f\x7f]")


def absolute(href: str | None, base: str) -> str | None:
    """``href`` as an absolute http(s) address without fragment; None when it is no such address."""
    if not href or len(href) > MAX_LENGTH:
        return None
    if _BLANK.search(href):  # as browsers do: line breaks and tabs go, blanks are written out
        href = _LINE_BREAK.sub("", href.strip()).replace(" ", "%20")
    try:
        return _checked(href if _ABSOLUTE.match(href) else urljoin(base, href))
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def _checked(address: str) -> str | None:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        return None
    if parts.port == 0 or _UNFIT.search(address):
        return None
    return address.partition("#")[0]


@lru_cache(maxsize=1024)
def key(address: str, identity: Identity | None) -> str:
    """The name by which the page at ``address`` is known."""
    if identity is not None:
        found = re.search(identity.pattern, address)
        if found is not None:
            return re.sub(r"\{(\d)\}", lambda m: found[int(m[1])] or "", identity.key)
    from w3lib.url import canonicalize_url  # costs 60 ms to import, and most sources have an identity pattern

    normalised = canonicalize_url(address).partition("://")[2]
    return normalised.removeprefix("www.")


def is_article(address: str, source: Source) -> bool:
    """Whether a link to ``address`` is one to an article of ``source``, by its patterns."""
    return any(re.search(pattern, address) for pattern in source.find.articles)


def host(address: str) -> str:
    """The host of an address, in lower case, with its port where one is named."""
    return urlsplit(address).netloc.lower()
