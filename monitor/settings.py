"""What a person may set, as frozen values: the program, a source, a layout and the rules that read a field.

The values are plain dataclasses so that every room can use them; ``monitor/config.py`` fills them from TOML and checks
them (the ``metadata`` of a field is what it checks and what it explains). Lengths of time are ``timedelta``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar, Literal
from urllib.parse import urlsplit

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_STRICT = {"extra": "forbid"}


class Duration(timedelta):
    """A length of time that a config file writes as ``"90s"``, ``"30m"``, ``"6h"`` or ``"1d"``."""

    @classmethod
    def parse(cls, value: object) -> Duration:
        """The length that ``value`` names. Raises ValueError with what would be right."""
        if isinstance(value, timedelta):
            return cls(seconds=value.total_seconds())
        found = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)([smhd])", value) if isinstance(value, str) else None
        if found is None:
            raise ValueError('write a length of time as a number and s, m, h or d, like "90s" or "6h"')
        return cls(seconds=float(found[1]) * _UNITS[found[2]])

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> dict[str, Any]:
        return {"type": "function-plain", "function": {"type": "no-info", "function": cls.parse}}


def _about(text: str, **checks: Any) -> dict[str, Any]:
    return {"description": text, **checks}


def _weight(value: float, text: str) -> float:
    """A number from 0 to 1 of the table of weights, with what it is for."""
    found: float = field(default=value, metadata=_about(text, ge=0, le=1))
    return found


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to find a field on a page: a place (``css``, ``text`` or ``link``) and what to take from it.

    A rule written as a plain string is a CSS selector. ``match`` is a regular expression searched in the place's text,
    folded to one line; its first group is the value (the whole match when it has none). In it ``{publication}`` and
    ``{title}`` stand for what was read of those fields.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    css: str | None = field(default=None, metadata=_about("CSS selector of the place"))
    text: str | None = field(default=None, metadata=_about("the innermost element whose own text holds these words"))
    link: str | None = field(default=None, metadata=_about("the link whose whole text is these words"))
    attr: str | None = field(default=None, metadata=_about("take this attribute's value instead of the text"))
    match: str | None = field(default=None, metadata=_about("regular expression; its first group is the value"))

    def __str__(self) -> str:
        place = self.css or (f"text {self.text!r}" if self.text else f"link {self.link!r}")
        ending = f" @{self.attr}" if self.attr else ""
        return place + ending + (f" ~ {self.match}" if self.match else "")


@dataclass(frozen=True, slots=True)
class CardLayout:
    """How a page's "More From" cards are read: ``item`` is one card, the rest is looked for inside it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    item: str = field(metadata=_about("CSS selector of one card"))
    link: str = field(default="a[href]", metadata=_about("CSS selector of the card's link, inside the item"))
    title: str = field(default="a", metadata=_about("CSS selector of the card's title, inside the item"))
    excerpt: str = field(default="p", metadata=_about("CSS selector of the card's excerpt, inside the item"))
    date: str = field(default="time", metadata=_about("CSS selector of the card's date, inside the item"))


@dataclass(frozen=True, slots=True)
class Layout:
    """The selectors that read a source's pages. Each field is a list of rules tried in order; the first that reads wins."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    name: str = field(metadata=_about("the layout's name, remembered with every version it read", min_length=1))
    title: tuple[Rule, ...] = field(metadata=_about("the headline", min_length=1))
    paragraphs: tuple[Rule, ...] = field(
        metadata=_about("the elements that hold the body; block elements inside become paragraphs", min_length=1)
    )
    publication: tuple[Rule, ...] = field(default=(), metadata=_about("the paper or agency the text was taken from"))
    published: tuple[Rule, ...] = field(default=(), metadata=_about("the day of publication"))
    dates: tuple[str, ...] = field(
        default=("%Y-%m-%d",),
        metadata=_about("how `published`, `masthead` and card dates are written (strptime), tried in order"),
    )
    site: tuple[Rule, ...] = field(default=(), metadata=_about("the site's own short name"))
    masthead: tuple[Rule, ...] = field(default=(), metadata=_about("the day of the fetch, as the site prints it"))
    original: tuple[Rule, ...] = field(default=(), metadata=_about("the link to the article at its origin"))
    cards: CardLayout | None = field(default=None, metadata=_about("other articles shown on the page"))
    drop: tuple[str, ...] = field(default=(), metadata=_about("CSS selectors of what is no part of the body"))


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes two addresses one page: ``pattern`` is searched in the address, ``key`` names the page."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    pattern: str = field(metadata=_about("regular expression with at least one group"))
    key: str = field(metadata=_about("the page's name, with {1}, {2} for the groups", min_length=3))


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


@dataclass(frozen=True, slots=True)
class Session:
    """What a site wants to see before it shows its listings: the cookies that an earlier page gave, and a token on it.

    It is opened in every round anew, and goes to no other scheme, host or port than that of ``open``.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    open: str = field(metadata=_about("address of the page that is fetched first, for its cookies and the token on it"))
    token: tuple[Rule, ...] = field(default=(), metadata=_about("where on that page the token stands; rules tried in order"))
    in_visits: bool = field(default=False, metadata=_about("whether the articles' pages are fetched with its cookies, too"))

    def covers(self, url: str) -> bool:
        """Whether ``url`` has scheme, host and port (RFC 6454, section 5) of the page that opens the session."""
        return _origin(url) == _origin(self.open)


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


@dataclass(frozen=True, slots=True)
class Form:
    """A listing that is asked for by POST, page by page. A page that brings no new article is the last one."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    address: str = field(metadata=_about("where the fields are posted to"))
    fields: Fields = field(metadata=_about("what is posted; {page} stands for the page's number, {token} for the token"))
    first: int = field(default=1, metadata=_about("number of the first page that is asked for", ge=0, le=1_000_000))
    last: int = field(default=1, metadata=_about("number of the last page that is asked for", ge=0, le=1_000_000))


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a source's articles are found."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    listings: tuple[str, ...] = field(default=(), metadata=_about("addresses of pages that list articles"))
    links: tuple[str, ...] = field(default=("a[href]",), metadata=_about("CSS selectors of a listing's article links"))
    pages: tuple[str, ...] = field(default=(), metadata=_about("addresses of articles to watch, listed or not"))
    articles: tuple[str, ...] = field(
        default=(), metadata=_about("regular expressions; a link is an article's when one is found in its address")
    )
    forms: tuple[Form, ...] = field(default=(), metadata=_about("listings that are asked for by POST"))
    session: Session | None = field(default=None, metadata=_about("what the site wants to see before it shows its listings"))


@dataclass(frozen=True, slots=True)
class Removal:
    """When an article that answers 404 or 410 counts as removed: after ``visits`` agreeing visits over ``span``."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    visits: int = field(default=3, metadata=_about("agreeing visits that make a removal", ge=1, le=100))
    span: Duration = field(
        default=Duration(hours=1), metadata=_about("shortest time from the first of them to the last")
    )


@dataclass(frozen=True, slots=True)
class Politeness:
    """How a host is treated, and how much it may send."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    gap: Duration = field(default=Duration(seconds=5), metadata=_about("shortest time between two requests to a host"))
    timeout: Duration = field(default=Duration(seconds=30), metadata=_about("longest wait for a connection or for data"))
    total: Duration = field(
        default=Duration(seconds=120),
        metadata=_about("longest time for a whole answer and the redirects to it, not counting the gap and robots.txt"),
    )
    max_bytes: int = field(
        default=10_000_000, metadata=_about("largest answer, on the wire and decoded", ge=1000, le=1_000_000_000)
    )
    redirects: int = field(default=5, metadata=_about("most redirects followed for one address", ge=0, le=20))
    robots: bool = field(default=True, metadata=_about("whether what the host's robots.txt does not want fetched is left alone"))


@dataclass(frozen=True, slots=True)
class Connection:
    """How a source's servers are connected to: through which proxy, and whom TLS trusts. Something is always verified."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    proxy: str | None = field(default=None, metadata=_about("the proxy that is asked instead, like http://proxy.example:3128"))
    proxy_login: str | None = field(
        default=None, metadata=_about("where `user:password` for the proxy stands: env:NAME or file:/path")
    )
    ca: str | None = field(
        default=None, metadata=_about("file of certificates (PEM) to trust, and no others; a relative path starts at this file")
    )
    oldest_tls: Literal["1.0", "1.1", "1.2", "1.3"] = field(default="1.2", metadata=_about("the oldest version of TLS spoken"))
    certificate: str | None = field(
        default=None, metadata=_about("SHA-256 fingerprint of the one certificate to accept, though expired or self-signed")
    )


@dataclass(frozen=True, slots=True)
class Outside:
    """A web archive that is asked to save a page when it changed; none is asked without ``save``."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    save: str | None = field(
        default=None, metadata=_about("address that saves a page; {url} stands for the page's, {quoted} for it percent-encoded")
    )
    gap: Duration = field(default=Duration(seconds=15), metadata=_about("shortest time between two requests to the archive"))
    timeout: Duration = field(default=Duration(minutes=2), metadata=_about("longest time that the archive may take to answer"))
    reach: tuple[str, ...] = field(
        default=(), metadata=_about("networks that are not public, where the archive may be reached all the same")
    )


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign that a page is no article. A page that bears one proves nothing of the article that was asked for.

    ``where`` the words stand: in the page's source, in its visible text, or as its title (the whole of it, or a whole part
    between bars or dashes). On a page that a layout could read, text and title are those of the article.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    name: str = field(metadata=_about("what such a page is, as observations say it", min_length=3))
    words: tuple[str, ...] = field(metadata=_about("the words, one of which stands there", min_length=1))
    example: str = field(metadata=_about("a piece of such a page that holds one of the words", min_length=3))
    where: Literal["source", "text", "title"] = field(default="source", metadata=_about("where the words stand"))
    proves: Literal["blocked", "broken"] = field(default="blocked", metadata=_about("what the visit is noted as"))
    longest: int = field(default=300, metadata=_about("most words that the text of such a page has", ge=1, le=100_000))
    in_articles: bool = field(default=False, metadata=_about("whether it counts on pages that a layout could read, too"))


@dataclass(frozen=True, slots=True)
class Source:
    """A site or section under watch. ``name`` is its file's name; ``layouts`` are tried in order."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    name: str = field(metadata=_about("the file's name without .toml", pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$"))
    layouts: tuple[Layout, ...] = field(metadata=_about("the layouts that read its pages", min_length=1))
    title: str = field(default="", metadata=_about("what people call it"))
    publication: str | None = field(
        default=None, metadata=_about("the publication its articles name; also used where a page names none")
    )
    find: Finding = field(default=Finding(), metadata=_about("where its articles are found"))
    identity: Identity | None = field(
        default=None, metadata=_about("what makes two addresses one page; without it the normalised address")
    )
    interval: Duration = field(default=Duration(hours=6), metadata=_about("time between two rounds of visits"))
    jitter: Duration = field(default=Duration(minutes=5), metadata=_about("a round starts up to this much earlier or later"))
    removal: Removal = field(default=Removal(), metadata=_about("when an article counts as removed"))
    polite: Politeness = field(default=Politeness(), metadata=_about("how its host is treated"))
    reach: tuple[str, ...] = field(
        default=(), metadata=_about("networks that are not public, and may be reached all the same, like 10.1.2.0/24")
    )
    connection: Connection = field(default=Connection(), metadata=_about("proxy and TLS, where they are not the usual ones"))
    marks: tuple[Mark, ...] = field(default=(), metadata=_about("signs of this site's pages that are no articles"))
    outside: Outside = field(default=Outside(), metadata=_about("a web archive that is asked to save what changed"))
    watch: tuple[str, ...] = field(
        default=(), metadata=_about("words and names that lift an edit of this source; those of monitor.toml count, too")
    )


@dataclass(frozen=True, slots=True)
class Mute:
    """A standing rule: edits that are all it says are noise. What it says nothing of may be anything."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    classes: tuple[str, ...] = field(default=(), metadata=_about("classes of edit, like typography"))
    words: tuple[str, ...] = field(default=(), metadata=_about("words, one of which is among what was cut or added"))
    place: str | None = field(default=None, metadata=_about("where it is: title, published, paragraph …", min_length=3))
    sources: tuple[str, ...] = field(default=(), metadata=_about("names of sources"))


@dataclass(frozen=True, slots=True)
class Weights:
    """How much an edit of each class matters, from 0 to 1, and what else a score is made of."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    name: float = _weight(0.6, "a name that was dropped, added or replaced")
    negation: float = _weight(0.6, "a denial that came or went")
    number: float = _weight(0.5, "another number")
    date: float = _weight(0.35, "another day or hour")
    title_of_person: float = _weight(0.35, "another rank or office at a name")
    quote: float = _weight(0.4, "other words within quotation marks")
    attribution: float = _weight(0.35, "who is said to have said it, or the verb of saying")
    addition: float = _weight(0.3, "words that were added")
    cut: float = _weight(0.4, "words that were cut")
    wording: float = _weight(0.2, "other words")
    headline: float = _weight(0.3, "another title")
    published_date: float = _weight(0.25, "another published date")
    source: float = _weight(0.2, "another publication")
    paragraph_order: float = _weight(0.1, "paragraphs or sentences that moved")
    picture: float = _weight(0.5, "another picture")
    rewritten: float = _weight(0.4, "a text newly worded throughout")
    swapped: float = _weight(0.8, "a page that bears the text of another page")
    emptied: float = _weight(0.85, "a text of which nothing is left")
    spelling: float = _weight(0.04, "the same words, spelled otherwise")
    typography: float = _weight(0.01, "the same words and values in another writing")
    alone: float = _weight(0.5, "an edit of one copy of a text whose other copies stay: this times what is left up to 1")
    extent: float = _weight(0.2, "how much of the article an edit touches: this for all of it")
    watch: float = _weight(0.7, "a watch word that comes or goes")
    watch_near: float = _weight(0.4, "a watch word that stands in an edit, or in an article that comes or goes")
    removed: float = _weight(0.85, "an article that was removed")
    restored: float = _weight(0.6, "an article that is back")
    reverted: float = _weight(0.2, "an earlier wording that is back")
    new: float = _weight(0.1, "a new article")
    copied: float = _weight(0.05, "a new article with a text known from another page")
    syndicated: float = _weight(0.05, "a new article with nearly a text known from elsewhere")
    moved: float = _weight(0.1, "an article that went to another address")
    imported: float = _weight(0.02, "an article that was imported")
    baseline: float = _weight(0.01, "what a source's first round brings")


@dataclass(frozen=True, slots=True)
class Program:
    """``config/monitor.toml``: what holds for every source."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    database: str | None = field(default=None, metadata=_about("the database file; a relative path starts at this file"))
    contact: str | None = field(
        default=None, metadata=_about("mail address or web page, sent to the sites with every request")
    )
    archive: str | None = field(
        default=None, metadata=_about("the folder of the captures that are kept; a relative path starts at this file")
    )
    archive_file_bytes: int = field(
        default=100_000_000, metadata=_about("size at which a file of the archive is full", ge=1_000_000, le=10_000_000_000)
    )
    keep_captures_for: Duration | None = field(
        default=None, metadata=_about("files of the archive older than this are dropped; without it none is for its age")
    )
    keep_captures_bytes: int | None = field(
        default=None, metadata=_about("the oldest files are dropped while the archive is larger", ge=1_000_000)
    )
    log_level: Literal["debug", "info", "warning", "error"] = field(
        default="info", metadata=_about("the least that the service logs")
    )
    unconditional_every: int = field(
        default=50, metadata=_about("one visit in so many is unconditional, whatever the page's validators say", ge=1, le=10_000)
    )
    full_read_every: int = field(
        default=200, metadata=_about("one visit in so many is unconditional and reads the page in full", ge=1, le=10_000)
    )
    hosts_at_once: int = field(default=8, metadata=_about("rounds of different sources run side by side", ge=1, le=64))
    campaign_pages: int = field(
        default=5, metadata=_about("pages with the same replacement that make a campaign", ge=2, le=100_000)
    )
    campaign_within: Duration = field(default=Duration(days=7), metadata=_about("the time within which they must be seen"))
    mute: tuple[Mute, ...] = field(default=(), metadata=_about("standing rules for edits that nobody wants to see"))
    watch: tuple[str, ...] = field(
        default=(), metadata=_about("words and names that lift an edit in which they come, go or stand")
    )
    weights: Weights = field(default=Weights(), metadata=_about("how much an edit of each class matters, from 0 to 1"))


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that was set: the program and its sources, in the order of their names."""

    program: Program = Program()
    sources: tuple[Source, ...] = ()

    def source(self, name: str) -> Source | None:
        """The source called ``name``, or None."""
        return next((s for s in self.sources if s.name == name), None)
