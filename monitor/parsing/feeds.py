"""Feeds: RSS in all its versions, Atom and RDF by feedparser, malformed ones too, and JSON Feed (https://www.jsonfeed.org/version/1.1/).

feedparser is given bytes alone, so that it opens neither file nor address. What would cost it more than a second is kept from
it: document types with their entities, whole texts of articles, elements by the hundred thousand, deep nesting, attributes by
the thousand.
"""

from __future__ import annotations

import json
import re
from calendar import timegm
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from lxml import etree

from monitor.article import fold
from monitor.model import Listed
from monitor.parsing.address import resolved
from monitor.parsing.gathering import Gathering, day_of, moment
from monitor.parsing.references import unescaped

MOST_BYTES = 4_000_000  # of a feed without the texts of its articles
MOST_ELEMENTS = 10_000  # and entities, by the signs that begin them, which cost feedparser 10 to 50 µs each
_MOST_DEPTH = 100
_MOST_ATTRIBUTES = 100  # of one element
_MOST_JSON = 10_000_000
_LONGEST_TEXT = 10_000  # characters of a summary that are looked at
_BEYOND = "beyond the part of the feed that is read"
_TEXTS = ((b"<content:encoded", b"</content:encoded>"), (b"<content ", b"</content>"), (b"<content>", b"</content>"))
_CLOSINGS = ((b"<feed", b"</feed>"), (b"<rdf:rdf", b"</rdf:RDF>"))
_ENTRIES = (b"<item>", b"<item ", b"<entry>", b"<entry ")
_ENTRY_END = re.compile(rb"</(?:[a-z]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_HEADERS = {"content-type": "application/xml; charset=utf-8"}


def listed(text: bytes, gathering: Gathering) -> Listed:
    """What a feed holds. ``text`` is UTF-8, without anything before its first element."""
    text = _without_texts(text)
    text, beyond = _cut(text)
    problem = _bad_shape(text)
    if problem:
        return gathering.listed("feed", problem=problem)
    entries, problem = _parsed(text, gathering.base)
    for entry in entries:
        _take(entry, gathering)
    if beyond:
        gathering.skip(_BEYOND, beyond)
    return gathering.listed("feed", problem=problem if not entries else "")


def json_listed(text: bytes, gathering: Gathering) -> Listed | None:
    """What a JSON Feed holds; None where it is none."""
    if len(text) > _MOST_JSON:
        return gathering.listed("feed", problem=f"more than {_MOST_JSON:,} bytes of JSON")
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        return None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        return None
    for item in items:
        if isinstance(item, dict):
            _take_json(item, gathering)
        else:
            gathering.skip("an entry that is none")
    return gathering.listed("feed")


def _take_json(item: Mapping[str, Any], gathering: Gathering) -> None:
    published, altered = (moment(_text(item, key)) for key in ("date_published", "date_modified"))
    gathering.add(
        _text(item, "url") or _text(item, "external_url") or next(filter(_is_absolute, [_text(item, "id")]), None),
        title=_said(_text(item, "title")),
        excerpt=_said(_text(item, "summary")),
        published=day_of(published),
        altered=altered,
    )


def _text(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""


# What feedparser is given


def _without_texts(text: bytes) -> bytes:
    """A feed without the whole texts of its articles, which nobody asks it for, and which are most of it."""
    for opening, closing in _TEXTS:
        parts, at = [], 0
        while (start := text.find(opening, at)) >= 0 and (end := text.find(closing, start)) >= 0:
            parts.append(text[at:start])
            at = end + len(closing)
        if parts:
            text = b"".join([*parts, text[at:]])
    return text


def _cut(text: bytes) -> tuple[bytes, int]:
    """A feed up to the last entry that is within bounds, and how many entries are beyond them."""
    end = min(len(text), MOST_BYTES)
    for number, found in enumerate(re.finditer(rb"[<&]", text)):
        if number > MOST_ELEMENTS or found.start() > end:
            end = min(end, found.start())
            break
    if end == len(text):
        return text, 0
    ends = [each.end() for each in _ENTRY_END.finditer(text, 0, end)]
    cut = ends[-1] if ends else end
    closing = next((end for root, end in _CLOSINGS if text[: len(root)].lower() == root), b"</channel></rss>")
    return text[:cut] + closing, sum(text.count(opening, cut) for opening in _ENTRIES)


class _BadShape(Exception):
    """The feed would cost too much to read. The text says why."""


class _Shape:
    """Implements lxml's parser target: how deep elements stand, and how many attributes one has. Raises _BadShape."""

    def __init__(self) -> None:
        self._depth = 0

    def start(self, _tag: Any, attributes: Mapping[Any, Any]) -> None:
        self._depth += 1
        if self._depth > _MOST_DEPTH:
            raise _BadShape(f"its elements stand more than {_MOST_DEPTH} deep in one another")
        if len(attributes) > _MOST_ATTRIBUTES:
            raise _BadShape(f"an element of it bears more than {_MOST_ATTRIBUTES} attributes")

    def end(self, _tag: Any) -> None:
        self._depth -= 1

    def close(self) -> None:
        """The feed is over."""


def _bad_shape(text: bytes) -> str:
    """Why a feed would cost too much to read; empty where it would not."""
    parser = etree.XMLParser(
        target=_Shape(),  # type: ignore[arg-type]  # the rest is optional
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
    )
    try:
        etree.fromstring(text, parser)
    except _BadShape as wrong:
        return str(wrong)
    except (etree.XMLSyntaxError, UnicodeDecodeError):
        # It is read up to there, and what is malformed feedparser reads otherwise: in a way that depth and attributes do not
        # slow down. A reference to half a character (&#xD800;) in a name is no text to lxml.
        return ""
    return ""


def _parsed(text: bytes, base: str) -> tuple[list[Mapping[str, Any]], str]:
    """The entries that feedparser finds, and why there are none."""
    import feedparser  # takes 0.1 s, and most sources have no feed

    try:
        # neither HTML nor relative addresses in it are used: without sanitizer and resolver it takes half the time
        found = feedparser.parse(
            BytesIO(text),
            response_headers={**_HEADERS, "content-location": base},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception as wrong:  # noqa: BLE001  the border to a library that hostile bytes can make raise anything
        return [], f"it cannot be read as a feed ({type(wrong).__name__})"
    fault = found.get("bozo_exception")
    why = f"it holds no entry, and is damaged ({type(fault).__name__})" if fault else "it holds no entry"
    return list(found.entries), why


# What an entry says


def _take(entry: Mapping[str, Any], gathering: Gathering) -> None:
    base = gathering.base
    links = [each for each in _links(entry) if resolved(each, base)[0]] or list(_links(entry))
    published, altered = (_instant(entry, f"{name}_parsed") for name in ("published", "updated"))
    gathering.add(
        links[0] if links else None,
        title=_said(_value(entry, "title")),
        excerpt=_said(_value(entry, "summary")),
        published=day_of(published or altered),
        altered=altered,
    )


def _links(entry: Mapping[str, Any]) -> Iterator[str]:
    """The addresses that an entry gives itself, the best first: the article's own before one that counts its readers."""
    yield from filter(None, [_value(entry, "feedburner_origlink")])
    for link in _listed(entry, "links"):
        if link.get("rel", "alternate") == "alternate" and "html" in link.get("type", "html") and link.get("href"):
            yield str(link["href"])
    yield from filter(None, [_value(entry, "link")])
    identity = _value(entry, "id")
    if _is_absolute(identity):
        yield identity


def _is_absolute(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))


def _listed(entry: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = dict.get(entry, key)  # type: ignore[call-overload]  # feedparser's own `get` warns of names that it maps
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _value(entry: Mapping[str, Any], key: str) -> str:
    value = dict.get(entry, key)  # type: ignore[call-overload]
    return value if isinstance(value, str) else ""


def _instant(entry: Mapping[str, Any], key: str) -> datetime | None:
    value = dict.get(entry, key)  # type: ignore[call-overload]
    try:
        return datetime.fromtimestamp(timegm(value), UTC) if value else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _said(text: str) -> str:
    """A text of a feed without markup, as one line."""
    return fold(unescaped(_TAG.sub(" ", text[:_LONGEST_TEXT]))) if text else ""
