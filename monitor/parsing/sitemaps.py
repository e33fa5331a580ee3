"""Sitemaps, their indexes, robots.txt and plain lists of addresses (https://www.sitemaps.org/protocol.html).

An XML file is read by lxml piece by piece, malformed ones too, as far as they go; nothing is expanded, opened or loaded. At most
50,000 addresses count in one file, and what comes packed is unpacked up to 50 MiB.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lxml import etree

from monitor.model import Listed
from monitor.parsing.address import is_same_site, resolved
from monitor.parsing.gathering import MOST, TOO_MANY, Gathering, day_of, moment

MOST_BYTES = 52_428_800  # what sitemaps.org allows, unpacked
_MOST_ELEMENTS = 500_000  # 50,000 addresses with their dates, images and languages
_MOST_DEPTH = 50
_MOST_NAMES = 1000
_MOST_TEXT = 4000  # characters of one element
_CHUNK = 65_536
_MOST_MEMBERS = 100  # of a gzip file: each costs a copy of what is left
_MOST_ROBOTS = 512_000  # bytes; more need not be read (RFC 9309, section 2.5)
_GZIP = b"\x1f\x8b"
_ELSEWHERE = "a sitemap on another host"
_ENTRY = frozenset({"loc", "lastmod"})
_SAID = {"url": _ENTRY, "sitemap": _ENTRY, "news": frozenset({"title", "publication_date"})}  # not those of images and videos
_ROBOTS = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)


def unpacked(body: bytes) -> tuple[bytes, str]:
    """``body``, unpacked where it is gzip (RFC 1952) by its first bytes, and what is wrong with that; empty where nothing is."""
    if not body.startswith(_GZIP):
        return body, ""
    parts: list[bytes] = []
    size, rest = 0, body
    try:
        while rest.startswith(_GZIP) and size < MOST_BYTES:
            if len(parts) == _MOST_MEMBERS:
                return b"".join(parts), f"more than {_MOST_MEMBERS} parts, each packed by itself"
            inflate = zlib.decompressobj(wbits=31)
            parts.append(inflate.decompress(rest, MOST_BYTES - size))
            size += len(parts[-1])
            if not inflate.eof:
                why = "more than 50 MiB, unpacked" if size >= MOST_BYTES else "its packed bytes break off"
                return b"".join(parts), why
            rest = inflate.unused_data
    except zlib.error as wrong:
        return b"".join(parts), f"its packed bytes are damaged ({wrong})"
    return b"".join(parts), ""


def listed(text: bytes, gathering: Gathering, problem: str = "") -> Listed:
    """What a sitemap or an index holds. ``text`` is UTF-8, without anything before its first element."""
    reading = _Reading(gathering)
    parser = etree.XMLParser(
        target=reading,  # type: ignore[arg-type]  # the rest is optional
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    wrong = ""
    try:
        for start in range(0, len(text), _CHUNK):
            parser.feed(text[start : start + _CHUNK])
        parser.close()
    except _Over as over:
        wrong = str(over)
    except etree.XMLSyntaxError as error:
        wrong = f"it is damaged ({error.msg})"
    except UnicodeDecodeError:  # lxml's, of a reference to half a character (&#xD800;) in a name
        wrong = "it is damaged (a name in it is no text)"
    return reading.listed(problem or wrong)


def named_in_robots(text: bytes, gathering: Gathering) -> Listed:
    """The sitemaps that a robots.txt names; they may be on any host."""
    found: dict[str, None] = {}
    for line in _ROBOTS.findall(text[:_MOST_ROBOTS].decode("utf-8", "replace")):
        address, why = resolved(line, gathering.base)
        if address is None:
            gathering.skip(why)
        elif len(found) < MOST:
            found[address] = None
    return gathering.listed("robots", tuple(found), "" if found else "it names no sitemap")


def plain(text: bytes, gathering: Gathering) -> Listed:
    """The addresses of a plain list, one a line."""
    for line in text.decode("utf-8", "replace").splitlines():
        if line.strip():
            gathering.add(line.strip() if "://" in line else None)
    return gathering.listed("addresses")


class _Over(Exception):
    """The rest is not read. The text says why."""


class _Reading:
    """Implements lxml's parser target: it is told of elements and of text, and keeps what one entry says."""

    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering
        self._path: list[str] = []
        self._names: dict[Any, str] = {}
        self._said: dict[str, str] = {}
        self._text: list[str] = []
        self._size = 0
        self._elements = 0
        self._entries = 0
        self._further: dict[str, datetime | None] = {}
        self._is_index = False

    def start(self, tag: Any, _attributes: Mapping[Any, Any]) -> None:
        self._elements += 1
        name = self._names.get(tag) or self._name(tag)
        if not self._path:
            self._is_index = name == "sitemapindex"
        self._path.append(name)
        self._text, self._size = [], 0
        if self._elements > _MOST_ELEMENTS:
            raise _Over(f"it holds more than {_MOST_ELEMENTS:,} elements; the rest was not read")
        if len(self._path) > _MOST_DEPTH:
            raise _Over(f"its elements stand more than {_MOST_DEPTH} deep in one another; the rest was not read")

    def _name(self, tag: Any) -> str:
        """The local name of a tag, in lower case. There are few, and each comes 50,000 times."""
        name = str(tag).rpartition("}")[2].rpartition(":")[2].lower()
        if len(self._names) < _MOST_NAMES:
            self._names[tag] = name
        return name

    def data(self, text: str) -> None:
        if self._size < _MOST_TEXT:
            self._text.append(text)
            self._size += len(text)

    def end(self, _tag: Any) -> None:
        if not self._path:
            return
        name = self._path.pop()
        if self._path and name in _SAID.get(self._path[-1], ()):
            self._said.setdefault(name, "".join(self._text).strip())
        elif name in ("url", "sitemap"):
            self._take(is_sitemap=name == "sitemap")
            self._said = {}
        self._text, self._size = [], 0

    def close(self) -> None:
        """The file is over."""

    def _take(self, *, is_sitemap: bool) -> None:
        self._entries += 1
        if self._entries > MOST:
            self._gathering.skip(TOO_MANY)
        elif is_sitemap:
            self._take_sitemap()
        else:
            published = moment(self._said.get("publication_date"))
            self._gathering.add(
                self._said.get("loc"),
                title=self._said.get("title", ""),
                published=day_of(published),
                altered=moment(self._said.get("lastmod")),
            )

    def _take_sitemap(self) -> None:
        address, why = resolved(self._said.get("loc"), self._gathering.base)
        if address is not None and not is_same_site(address, self._gathering.base):
            why = _ELSEWHERE
        if why or address is None:
            self._gathering.skip(why)
        else:
            self._further.setdefault(address, self._gathering.instant(moment(self._said.get("lastmod"))))

    def listed(self, problem: str) -> Listed:
        """All that was read; the sitemaps that were altered last come first."""
        kind = "index" if self._is_index or self._further else "sitemap"
        order = sorted(self._further, key=lambda each: -_seconds(self._further[each]))
        nothing = "" if self._entries or problem else "it holds no address"
        altered = tuple(self._further[each] for each in order)
        return self._gathering.listed(kind, order, problem or nothing, altered)  # type: ignore[arg-type]  # one of two


def _seconds(at: datetime | None) -> float:
    return at.timestamp() if at else 0.0
