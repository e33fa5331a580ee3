"""Addresses: made absolute, and the key by which two addresses are known to be one page.

A key is what the source's identity pattern finds in the address; without one it is the normalised address (w3lib), less
the scheme, a leading ``www.``, the fragment, a default port, a dot behind the host and what only says how a reader came
(``tracking.py``): never so much that two articles become one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote_plus, urljoin, urlsplit

from monitor.parsing.tracking import is_tracking
from monitor.settings import Identity, Source

MAX_LENGTH = 2000
TOO_LONG = f"longer than {MAX_LENGTH:,} characters"
NO_WEB = "no http(s) address"
NO_ARTICLE = "no article's address"
IGNORED = "left out by `ignore`"
_ABSOLUTE = re.compile(r"https?://", re.IGNORECASE)
_SIMPLE = re.compile(r"https?://[a-z0-9.-]*[a-z0-9]/[\w/.~%?=&+,;:!*'()$-]*", re.ASCII)
_BLANK = re.compile(r"\s")
_LINE_BREAK = re.compile(r"[\t\r\n]")
_UNFIT = re.compile(r"[\s\x00-\x1f\x7f\ud800-\udfff]")
_ODD = re.compile(r"^[^/]*//[^/?]*(?::|\.(?:[/?:]|$))|\?")
_DEFAULT_PORTS = {"http": "80", "https": "443"}


def absolute(href: str | None, base: str) -> str | None:
    """``href`` as an absolute http(s) address without fragment; None when it is no such address."""
    return resolved(href, base)[0]


def resolved(href: str | None, base: str) -> tuple[str | None, str]:
    """What :func:`absolute` gives, and why it gives nothing, in words that many addresses share.

    White space and backslashes are taken as browsers take them (https://url.spec.whatwg.org, "basic URL parser").
    """
    if not href:
        return None, NO_WEB
    if len(href) > MAX_LENGTH:
        return None, TOO_LONG
    if _SIMPLE.fullmatch(href):  # most are, and a sitemap has 50,000 of them
        return href, ""
    if _BLANK.search(href):  # line breaks and tabs go, blanks are written out
        href = _LINE_BREAK.sub("", href.strip()).replace(" ", "%20")
    if "\\" in href:
        end = next((at for at, letter in enumerate(href) if letter in "?#"), len(href))
        href = href[:end].replace("\\", "/") + href[end:]
    try:
        address = _checked(href if _ABSOLUTE.match(href) else urljoin(base, href))
    except ValueError:
        return None, NO_WEB
    if address is not None and len(address) > MAX_LENGTH:
        return None, TOO_LONG
    return address, "" if address else NO_WEB


@lru_cache(maxsize=1024)
def _checked(address: str) -> str | None:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        return None
    if parts.port == 0 or _UNFIT.search(address):
        return None
    return address.partition("#")[0]


def key(address: str, identity: Identity | None) -> str:
    """The name by which the page at ``address`` is known."""
    return keys(address, identity)[0]


@lru_cache(maxsize=1024)
def keys(address: str, identity: Identity | None) -> tuple[str, ...]:
    """The names by which the page at ``address`` may be known: :func:`key`, then that which an earlier recipe gave it.

    A page that was taken up by the earlier recipe keeps its name: by another it would be a new page.
    """
    if identity is not None:
        found = re.search(identity.pattern, address)
        if found is not None:
            return (re.sub(r"\{(\d)\}", lambda m: found[int(m[1])] or "", identity.key),)
    former, plain = _normalised(address), _plain(address)
    return (former,) if plain == address else tuple(dict.fromkeys([_normalised(plain), former]))


def _normalised(address: str) -> str:
    from w3lib.url import canonicalize_url  # costs 60 ms to import, and most sources have an identity pattern

    return canonicalize_url(address).partition("://")[2].removeprefix("www.")


def _plain(address: str) -> str:
    """``address`` without what names no page; as it is, where it holds nothing of the kind."""
    if not _ODD.search(address):  # most hold nothing of the kind
        return address
    parts = urlsplit(address)
    host, colon, port = parts.netloc.rpartition(":")
    if not colon or not (port.isdecimal() or not port):
        host, port = parts.netloc, ""
    kept = f":{port}" if port and port != _DEFAULT_PORTS.get(parts.scheme.lower()) else ""
    fields = parts.query.split("&")
    telling = [field for field in fields if not is_tracking(unquote_plus(field.partition("=")[0]))]
    query = parts.query if len(telling) == len(fields) else "&".join(telling)
    return parts._replace(netloc=_without_dot(host) + kept, query=query).geturl()


def _without_dot(host: str) -> str:
    """The dot behind a host's name is the root of all names (RFC 1034, section 3.1), and browsers send it on as it is."""
    return host[:-1] if host.endswith(".") and len(host.strip(".")) == len(host) - 1 else host


def is_article(address: str, source: Source) -> bool:
    """Whether a link to ``address`` is one to an article of ``source``, by its patterns."""
    return why_not(address, source) == ""


def why_not(address: str, source: Source) -> str:
    """Why ``address`` is none of an article of ``source``, by its patterns; empty where it is one."""
    if not any(re.search(pattern, address) for pattern in source.find.articles):
        return NO_ARTICLE
    return IGNORED if any(re.search(pattern, address) for pattern in source.find.ignore) else ""


def host(address: str) -> str:
    """The host of an address, in lower case, with its port where one is named."""
    return urlsplit(address).netloc.lower()


def is_same_site(one: str, other: str) -> bool:
    """Whether two addresses are on the same host, with or without ``www.``, whatever the scheme and the port."""
    first, second = ((urlsplit(each).hostname or "").removeprefix("www.") for each in (one, other))
    return first == second
