"""What a page says of itself in JSON-LD (W3C, JSON-LD 1.1; schema.org's vocabulary): its article, and what else it claims to be.

Nothing in it is trusted further than it is needed: scripts that are too long, nest too deep or are no JSON are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from monitor.parsing.anysite.blocks import folded
from monitor.parsing.references import unescaped

_LONGEST = 2_000_000  # characters of one script
_MOST_SCRIPTS = 40
_MOST_NODES = 20_000
_DEEPEST = 64
ARTICLES = frozenset({
    "article", "newsarticle", "blogposting", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle",
    "reviewnewsarticle",
    "backgroundnewsarticle", "askpublicnewsarticle", "advertisercontentarticle", "satiricalarticle", "report", "scholarlyarticle",
    "techarticle", "liveblogposting", "socialmediaposting", "medicalscholarlyarticle", "medicalwebpage", "posting",
})  # fmt: skip
# What may be the page's own subject instead of an article, and bears a day of publication.
_DATED = frozenset({
    "webpage", "itempage", "recipe", "howto", "creativework", "podcastepisode", "episode", "review", "imagegallery",
    "mediagallery", "qapage",
    "discussionforumposting", "question", "dataset", "book", "videoobject", "medicalwebpage", "faqpage", "interview",
    "event_report",
})  # fmt: skip
# What hangs on another thing without being the page's own subject.
_ASIDE = frozenset({
    "itemlistelement", "comment", "review", "reviews", "ispartof", "citation", "mentions", "associatedmedia", "video", "image",
    "author", "publisher", "creator", "breadcrumb", "potentialaction", "relatedlink", "suggestedanswer", "acceptedanswer",
    "answer",
    "logo", "offers", "liveblogupdate", "isbasedon", "sourceorganization", "itemreviewed", "hasoffercatalog", "speakable",
    "significantlink",
    "blogpost",
})  # fmt: skip
_COMMENTS = re.compile(r"^\s*(?://)?\s*<!(?:--|\[CDATA\[)|(?://)?\s*(?:-->|\]\]>)\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_TYPE = re.compile(r'"@type"\s*:\s*"(\w{1,60})"')
_PLAIN = '"%s"\\s*:\\s*"((?:[^"\\\\\n]|\\\\.){1,600})"'


@dataclass(frozen=True, slots=True)
class Claim:
    """What JSON-LD says of the article of a page. Texts are as written, with entities and tags; empty where nothing is said."""

    types: frozenset[str] = frozenset()
    headline: str = ""
    published: str = ""
    body: str = ""
    publisher: str = ""
    is_free: bool = True
    images: tuple[str, ...] = ()
    address: str = ""
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Structured:
    """All articles that JSON-LD claims, the types of everything it names as the page's own, and the names of publishers.

    ``dates`` are days of publication of other things that are the page's own, ``listed`` counts the items of its longest list.
    """

    articles: tuple[Claim, ...] = ()
    types: frozenset[str] = frozenset()
    publishers: tuple[str, ...] = ()
    listed: int = 0
    is_free: bool = True
    dates: tuple[str, ...] = ()


def structured(root: Any) -> Structured:
    """What the JSON-LD scripts of a page's tree say. Never fails."""
    articles: list[Claim] = []
    types: set[str] = set()
    publishers: dict[str, None] = {}
    listed, is_free, dates = 0, True, []
    for thing, is_own in _things(_scripts(root)):
        names = _types(thing)
        if is_own:
            types |= names
            is_free = is_free and _is_true(thing.get("isAccessibleForFree"))
            if names & _DATED:
                dates.append(_text(thing.get("datePublished")))
            if names & ARTICLES:
                articles.append(_claim(thing, names))
            if "itemlist" in names:
                listed = max(listed, len(_list(thing.get("itemListElement"))))
        if names & {"organization", "newsmediaorganization", "website"} and is_own:
            name = _text(thing.get("name"))
            if name:
                publishers.setdefault(name)
    return Structured(tuple(articles), frozenset(types), tuple(publishers), listed, is_free, tuple(filter(None, dates)))


def _scripts(root: Any) -> Iterator[Any]:
    for count, script in enumerate(root.iter("script")):
        if count > 2000:
            return
        if (script.get("type") or "").strip().lower().startswith("application/ld+json") and script.text:
            yield from _loaded(script.text)


def _loaded(text: str) -> Iterator[Any]:
    if len(text) > _LONGEST:
        return
    text = _COMMENTS.sub("", text.strip()).strip().rstrip(";")
    if '"' not in text and "&quot;" in text:
        text = unescaped(text)
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            yield json.loads(attempt, strict=False, parse_int=str, parse_float=str)
        except (ValueError, RecursionError, MemoryError):
            continue
        return
    yield from _salvaged(text)


def _salvaged(text: str) -> Iterator[dict[str, str]]:
    """What can be told of JSON that is broken, most often by a quotation mark in a text: the plain fields of one article."""
    kinds = [kind for kind in _TYPE.findall(text[:100_000]) if kind.lower() in ARTICLES]
    if len(kinds) != 1:
        return
    found = {"@type": kinds[0]}
    for name in ("datePublished", "headline"):
        values = set(re.findall(_PLAIN % name, text))
        if len(values) == 1:
            with_escapes = values.pop()
            try:
                found[name] = str(json.loads(f'"{with_escapes}"', strict=False))
            except ValueError:
                continue
    yield found


def _things(scripts: Iterable[Any]) -> Iterator[tuple[dict[str, Any], bool]]:
    """Every object with its type, in the order of the page, and whether it is the page's own rather than hung on another."""
    nodes = 0
    for script in scripts:
        stack: list[tuple[Any, bool, int]] = [(script, True, 0)]
        while stack and nodes < _MOST_NODES:
            node, is_own, depth = stack.pop()
            nodes += 1
            if depth > _DEEPEST:
                continue
            if isinstance(node, list):
                stack.extend((each, is_own, depth + 1) for each in reversed(node[:1000]))
            elif isinstance(node, dict):
                if "@type" in node:
                    yield node, is_own
                inner = [(key, value) for key, value in node.items() if isinstance(value, dict | list)]
                stack.extend((value, is_own and str(key).lower() not in _ASIDE, depth + 1) for key, value in reversed(inner))


def _claim(thing: dict[str, Any], names: frozenset[str]) -> Claim:
    publisher = thing.get("publisher")
    return Claim(
        names,
        _text(thing.get("headline")) or _text(thing.get("name")),
        _text(thing.get("datePublished")),
        _long_text(thing.get("articleBody") or thing.get("text")),
        _text(_first(publisher).get("name")) if isinstance(publisher, dict | list) else "",
        _is_true(thing.get("isAccessibleForFree")),
        _images(thing.get("image")),
        _address(thing),
        _names(thing.get("author")),
    )


def _address(thing: dict[str, Any]) -> str:
    main = thing.get("mainEntityOfPage")
    if isinstance(main, dict):
        main = main.get("@id") or main.get("url")
    return _text(main) or _text(thing.get("url")) or _text(thing.get("@id"))


def _names(value: Any) -> tuple[str, ...]:
    found = [_text(each.get("name")) if isinstance(each, dict) else _text(each) for each in _list(value)[:20]]
    return tuple(name for name in found if name)


def _images(value: Any) -> tuple[str, ...]:
    found = [each.get("url") if isinstance(each, dict) else each for each in _list(value)[:20]]
    return tuple(each for each in found if isinstance(each, str))


def _types(thing: dict[str, Any]) -> frozenset[str]:
    names = [name for name in _list(thing.get("@type"))[:20] if isinstance(name, str)]
    return frozenset(re.split(r"[/#:]", name)[-1].lower() for name in names)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _first(value: Any) -> dict[str, Any]:
    return next((each for each in _list(value) if isinstance(each, dict)), {})


def _text(value: Any) -> str:
    value = _list(value)[0] if _list(value) else None
    if isinstance(value, dict):
        value = value.get("@value")
    return folded(value) if isinstance(value, str) and len(value) < 2000 else ""


def _long_text(value: Any) -> str:
    pieces = [each for each in _list(value) if isinstance(each, str)]
    return "\n".join(pieces)


def _is_true(value: Any) -> bool:
    return not (value is False or (isinstance(value, str) and value.strip().lower().rpartition("/")[2] == "false"))
