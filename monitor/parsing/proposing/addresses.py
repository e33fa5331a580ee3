"""Addresses by their shape: which look alike, and which look like those of articles.

What tells the addresses of articles from others is what changes from one to the next: a day, a number, a headline's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

_NO_ARTICLES = frozenset({
    "about", "account", "ads", "advertise", "author", "authors", "cart", "categories", "category",
    "comment", "comments", "contact", "contacts", "cookies", "copyright", "faq", "feed", "feeds", "help", "imprint", "impressum",
    "jobs", "legal", "login", "logout", "newsletter", "newsletters", "page", "policy", "privacy", "profile", "register", "rss",
    "search", "shop", "signin", "signup", "sitemap", "subscribe", "tag", "tags", "terms", "topic", "topics", "user", "users",
    "wp-admin", "wp-content", "wp-json", "wp-login.php",
})  # fmt: skip
_ABOUT = re.compile(
    r"(?:about|advertis|contact|cookie|disclaimer|imprint|legal|newsletter|privacy|subscri|terms)[^-_]*(?:[-_][^-_]+){0,2}"
)
_NO_PAGES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|css|js|json|xml|rss|atom|pdf|zip|gz|mp[34]|mov|docx?|xlsx?)$", re.IGNORECASE
)
_PASSING = re.compile(r"^(?:utm_.*|fbclid|gclid|ref|source|from|page|sort|order|lang|share|replytocom|print)$")
_ASIDE = re.compile(r"^(?:utm_.*|fbclid|gclid|ref|page|sort|order)$")  # of these, what never names another text
_OF_A_DAY = re.compile(r"y{1,4}|.*(?:year|date|month|archive).*", re.IGNORECASE)  # fields in which a year is one, and no number
_EXTENSION = re.compile(r"\.[a-z]{2,5}$", re.IGNORECASE)


class Kind(StrEnum):
    """What a part of an address is."""

    YEAR = "year"
    SHORT = "one or two digits"
    DAY = "day"
    NUMBER = "number"
    MIXED = "words and a number"
    SLUG = "words"
    WORD = "word"


_KINDS = (
    (Kind.YEAR, re.compile(r"(?:19|20)\d\d")),
    (Kind.DAY, re.compile(r"(?:19|20)\d\d([-_.]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])")),
    (Kind.SHORT, re.compile(r"\d{1,2}")),
    (Kind.NUMBER, re.compile(r"\d+")),
    (Kind.MIXED, re.compile(r".*\d{3}.*")),
    (Kind.SLUG, re.compile(r".*[-_%].*|.{24,}|.*[^\x00-\x7f].*")),
    (Kind.WORD, re.compile(r".*")),
)
_TELLING = frozenset({Kind.DAY, Kind.NUMBER, Kind.MIXED, Kind.SLUG})
_SAME = {Kind.SHORT: Kind.NUMBER}
_IN_QUERY = {Kind.SHORT: Kind.NUMBER, Kind.YEAR: Kind.NUMBER}
_DIGITS = re.compile(r"\d+")
_FEWEST = 3  # addresses that differ by a number alone, for that to be an article's number though it is short


@dataclass(frozen=True, slots=True)
class Parts:
    """An address taken apart: its host without ``www.``, the parts of its path, what ends it, its query without passing keys."""

    host: str
    parts: tuple[str, ...]
    extension: str
    is_folder: bool
    query: tuple[tuple[str, str], ...]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What each part of the path is."""
        return tuple(map(kind, self.parts))

    @property
    def shape(self) -> tuple[object, ...]:
        """What addresses that look alike have in common. A number is one whatever its digits, unless it is part of a day."""
        kinds = self.kinds if Kind.YEAR in self.kinds else tuple(_SAME.get(each, each) for each in self.kinds)
        query = tuple((key, _IN_QUERY.get(kind(value), kind(value))) for key, value in self.query)
        return self.host, kinds, self.extension, query

    @property
    def outline(self) -> tuple[object, ...]:
        """What addresses have in common that differ by their numbers alone."""
        query = tuple((key, _DIGITS.sub("0", value)) for key, value in self.query)
        return self.host, tuple(_DIGITS.sub("0", part) for part in self.parts), self.extension, query

    @property
    def has_year(self) -> bool:
        """Whether a year stands in it, as in the addresses of archives."""
        dated = (value for name, value in self.query if _OF_A_DAY.fullmatch(name))
        return Kind.YEAR in self.kinds or any(kind(value) is Kind.YEAR for value in dated)


def kind(part: str) -> Kind:
    """What a part of an address is."""
    return next(name for name, pattern in _KINDS if pattern.fullmatch(part))


@lru_cache(maxsize=65_536)
def parts(address: str) -> Parts:
    """An address taken apart. Raises ValueError where it is none."""
    split = urlsplit(address)
    path = split.path
    pieces = [piece for piece in path.split("/") if piece]
    found = _EXTENSION.search(pieces[-1]) if pieces else None
    extension = found[0] if found else ""
    if extension:
        pieces[-1] = pieces[-1][: -len(extension)]
    query = tuple((key, value) for key, value in parse_qsl(split.query) if not _PASSING.match(key))
    return Parts(split.netloc.lower().removeprefix("www."), tuple(pieces), extension.lower(), path.endswith("/"), query)


def article_of(address: str) -> tuple[object, ...]:
    """What names an article for sure: all of its address but fields that only say on which listing it was found.

    ``page`` is such a field beside a number: an article moves from page to page of its listing. Raises ValueError.
    """
    fields = parse_qsl(urlsplit(address).query)
    return parts(address), tuple((name, value) for name, value in fields if _PASSING.match(name) and not _ASIDE.match(name))


def is_likely(address: str) -> bool:
    """Whether an address may be an article's: it has a day, a number or words in it, and is of no other known kind."""
    try:
        what = parts(address)
    except ValueError:
        return False
    if not _is_page(address):
        return False
    return any(each in _TELLING for each in what.kinds) or any(kind(value) in _TELLING for _, value in what.query)


def _is_page(address: str) -> bool:
    return not (_NO_PAGES.search(urlsplit(address).path) or is_other(address))


def likely(addresses: Iterable[str]) -> set[str]:
    """Those of addresses that may be articles', each by itself or because several of them differ by a number alone."""
    found, numbered = set[str](), dict[tuple[object, ...], set[str]]()
    for address in addresses:
        try:
            what = parts(address)
        except ValueError:
            continue
        if is_likely(address):
            found.add(address)
        elif _DIGITS.search(address) and not what.has_year and _is_page(address):
            numbered.setdefault(what.outline, set()).add(address)
    for some in numbered.values():
        if len({(parts(each).parts, parts(each).query) for each in some}) >= _FEWEST:
            found |= some
    return found


def is_other(address: str) -> bool:
    """Whether an address is that of a tag, an author, a policy ... by one of its words."""
    return any(part.lower() in _NO_ARTICLES or _ABOUT.fullmatch(part.lower()) for part in parts(address).parts)


def alike(addresses: Sequence[str], article: str | None = None) -> list[list[str]]:
    """Addresses that may be articles', by their shape, the largest group first. What has the shape of ``article`` may be one."""
    groups: dict[tuple[object, ...], dict[str, None]] = {}
    chosen, shape = likely(addresses), parts(article).shape if article else None
    for address in addresses:
        if address in chosen or (shape is not None and _has_shape(address, shape)):
            groups.setdefault(parts(address).shape, {})[address] = None
    return sorted(map(list, groups.values()), key=len, reverse=True)


def _has_shape(address: str, shape: tuple[object, ...]) -> bool:
    try:
        return parts(address).shape == shape and _is_page(address)
    except ValueError:
        return False
