"""Where articles are found: listings, numbered pages, forms, feeds, sitemaps, sessions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import urlsplit

from monitor.settings.described import STRICT, about
from monitor.settings.layouts import Rule

PAGE = "{page}"


class Fields(tuple[tuple[str, str], ...]):
    """The fields of a form in their order, which a config file writes as a table: ``{ name = "value" }``."""

    __slots__ = ()

    @classmethod
    def parse(cls, value: object) -> Fields:
        """The fields of a table. Raises ValueError with what would be right."""
        if not isinstance(value, dict) or not all(isinstance(each, str) for each in (*value, *value.values())):
            raise ValueError('write the fields as a table of names and texts, like { page = "{page}" }')
        return cls(value.items())

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> dict[str, Any]:
        return {"type": "function-plain", "function": {"type": "no-info", "function": cls.parse}}

    @classmethod
    def __get_pydantic_json_schema__(cls, source: object, handler: object) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": {"type": "string"}}


@dataclass(frozen=True, slots=True)
class Session:
    """What a site wants to see before it shows its listings: the cookies that an earlier page gave, and a token on it.

    It is opened in every round anew, and goes to no other scheme, host or port than that of ``open``.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    open: str = field(metadata=about("address of the page that is fetched first, for its cookies and the token on it"))
    token: tuple[Rule, ...] = field(default=(), metadata=about("where on that page the token stands; rules tried in order"))
    in_visits: bool = field(default=False, metadata=about("whether the articles' pages are fetched with its cookies, too"))

    def covers(self, url: str) -> bool:
        """Whether ``url`` has scheme, host and port (RFC 6454, section 5) of the page that opens the session."""
        return _origin(url) == _origin(self.open)


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


@dataclass(frozen=True, slots=True)
class Form:
    """A listing that is asked for by POST, page by page. A page that brings no new article is the last one."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    address: str = field(metadata=about("where the fields are posted to"))
    fields: Fields = field(metadata=about("what is posted; {page} stands for the page's number, {token} for the token"))
    first: int = field(default=1, metadata=about("number of the first page that is asked for", ge=0, le=1_000_000))
    last: int = field(default=1, metadata=about("number of the last page that is asked for", ge=0, le=1_000_000))


@dataclass(frozen=True, slots=True)
class Series:
    """A listing in numbered pages, or fragments of pages. A page that brings no new article is the last one."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    address: str = field(metadata=about("where a page is; {page} stands for its number"))
    first: int = field(default=1, metadata=about("number of the first page", ge=0, le=1_000_000))
    last: int = field(default=1, metadata=about("number of the last page that a round asks for", ge=0, le=10_000_000))
    step: int = field(default=1, metadata=about("by how much the number grows from page to page", ge=1, le=10_000))

    def page(self, number: int) -> str:
        """The address of the page of this number."""
        return self.address.replace(PAGE, str(number))


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a source's articles are found."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    listings: tuple[str, ...] = field(default=(), metadata=about("addresses of pages that list articles"))
    links: tuple[str, ...] = field(default=("a[href]",), metadata=about("CSS selectors of a listing's article links"))
    pages: tuple[str, ...] = field(default=(), metadata=about("addresses of articles to watch, listed or not"))
    articles: tuple[str, ...] = field(
        default=(), metadata=about("regular expressions; a link is an article's when one is found in its address")
    )
    ignore: tuple[str, ...] = field(
        default=(), metadata=about("regular expressions of addresses that are no articles, though `articles` fits")
    )
    next: tuple[str, ...] = field(default=(), metadata=about("CSS selectors of a listing's link to its next page"))
    depth: int = field(default=1, metadata=about("most pages of each listing that a round asks for", ge=1, le=1000))
    series: tuple[Series, ...] = field(default=(), metadata=about("listings in numbered pages"))
    forms: tuple[Form, ...] = field(default=(), metadata=about("listings that are asked for by POST"))
    feeds: tuple[str, ...] = field(
        default=(), metadata=about("addresses of RSS, Atom or JSON feeds, or of a page that names some in its head")
    )
    sitemaps: tuple[str, ...] = field(
        default=(), metadata=about("addresses of sitemaps, of their indexes, or of a robots.txt that names some")
    )
    session: Session | None = field(default=None, metadata=about("what the site wants to see before it shows its listings"))
