"""What a visit reads and proves, and what becomes of it: pages, observations, decisions, outcomes, rounds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from monitor.article import Article
from monitor.model.captures import Capture, Evidence
from monitor.model.pictures import Pictured


class Seen(StrEnum):
    """What one visit proved (an observation's kind)."""

    PARSED = "parsed"
    NOT_MODIFIED = "not modified"
    GONE = "gone"
    REDIRECTED = "redirected"
    BLOCKED = "blocked"
    BROKEN = "broken"
    UNREACHABLE = "unreachable"

    @property
    def is_well(self) -> bool:
        """Whether the page was read, or its server vouched that it is as before."""
        return self in (Seen.PARSED, Seen.NOT_MODIFIED)


class Kind(StrEnum):
    """Kinds of change."""

    NEW = "new"
    COPIED = "copied"
    SYNDICATED = "syndicated"
    MOVED = "moved"
    EDITED = "edited"
    REVERTED = "reverted"
    REMOVED = "removed"
    RESTORED = "restored"
    IMPORTED = "imported"

    @property
    def is_first(self) -> bool:
        """Whether it is the first sight of a page: new, or by where else its text stands or stood."""
        return self in (Kind.NEW, Kind.COPIED, Kind.SYNDICATED, Kind.MOVED)


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to recognise its last answer by (RFC 9110, section 8.8), verbatim."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a page, a listing, a feed or a sitemap points to, absolute, and what is said of it there.

    What is said is second-hand: it is no proof of anything, and equality does not ask for it. ``title`` and ``excerpt`` are
    folded to one line, empty where nothing is said; ``published`` is the day it is said to be from, ``altered`` when it is said
    to have been altered last.
    """

    url: str
    title: str = field(default="", compare=False)
    excerpt: str = field(default="", compare=False)
    published: date | None = field(default=None, compare=False)
    altered: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Listed:
    """What parsing made of a listing, a feed or a sitemap: the links to articles, each once, in their order.

    ``further`` are addresses that go on where this one ends: a listing's next page, the sitemaps of an index, the feeds that a
    page names. ``skipped`` counts what was left out, by why ("no article's address", "longer than 2,000 characters").
    ``problem`` says why it could not be read as what it should be; empty where it could. ``kind`` is what its bytes are, and
    ``altered`` when each of ``further`` is said to have been altered last, where an index says so.
    """

    links: tuple[Link, ...] = ()
    further: tuple[str, ...] = ()
    skipped: tuple[tuple[str, int], ...] = ()
    problem: str = ""
    kind: Literal["page", "feed", "sitemap", "index", "robots", "addresses"] = "page"
    altered: tuple[datetime | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What parsing made of a capture.

    ``parts`` is a digest of the parts of the page that the layout's selectors matched; where it equals the digest that
    the reader was told it knows, nothing the article says can have changed and ``article`` is None. ``reader`` is a digest of
    the layout and all else by which it was read: another reader may read the same page otherwise. ``sure`` is how sure the reader
    is, from 0 to 1: 1 for a layout, less where nobody described the site.
    """

    layout: str
    parts: bytes
    links: tuple[Link, ...] = ()
    article: Article | None = None
    reader: bytes = b""
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is known of a page without its tree and without a layout: its source, its titles, its visible text, each folded
    to one line, and whether it has a ``<main>`` in which no text stands.
    """

    source: str
    titles: tuple[str, ...] = ()
    text: str = ""
    is_main_empty: bool = False


@dataclass(frozen=True, slots=True)
class VersionRef:
    """A stored version, as far as a verdict needs it. ``fields`` names the optional fields that were read."""

    id: int
    fingerprint: bytes
    fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Page:
    """One address under watch and what is known of it. ``gone`` means that its removal is in the log."""

    id: int
    source: str
    key: str
    url: str
    baseline: bool = False
    gone: bool = False
    current: VersionRef | None = None
    visits: int = 0
    etag: str | None = None
    last_modified: str | None = None
    parts: bytes | None = None
    layout: str | None = None
    seen: Seen | None = None
    failures: int = 0
    reader: bytes | None = None

    def is_missed(self, seen: Seen) -> bool:
        """Whether ``seen`` is proof that its article is gone: it was read before, and its removal is not logged yet."""
        return seen is Seen.GONE and self.current is not None and not self.gone


@dataclass(frozen=True, slots=True)
class Claim:
    """A page handed out to a worker for one visit in a round; nobody else gets it until it is finished or the lease is over."""

    page: Page
    round: int
    worker: str


@dataclass(frozen=True, slots=True)
class Observation:
    """What one visit proved. ``detail`` says why in a sentence, for everything but a plain reading.

    ``only_reader_differs`` says that the page is as it was, and only the way of reading it is another. ``adopted`` is what
    today's reader makes of the capture before, where that differs from what was known of it. ``before`` is the article that
    was known, where another one was read; ``signs`` are those of a redesign (``monitor/judging/drift.py``). ``pictures`` is what
    it makes known of the page's pictures; None where they are as they were, or were not looked at.
    """

    seen: Seen
    at: datetime
    detail: str = ""
    capture: Capture | None = None
    reading: Reading | None = None
    only_reader_differs: bool = False
    adopted: Adopted | None = None
    before: Article | None = None
    signs: frozenset[str] = frozenset()
    pictures: Pictured | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """An article with its digests, ready to be stored as a version."""

    article: Article
    fingerprint: bytes
    text_digest: bytes
    layout: str


@dataclass(frozen=True, slots=True)
class Adopted:
    """A wording as today's reader reads it in a capture that is kept, by the capture's number. It is no change."""

    wording: Wording
    capture: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What a visit means: the changes to log, in order, and the wording the page bears afterwards.

    ``wording`` is set when a version not yet known of the page is to be stored; ``version`` when the page returns to one
    it already had. Neither: the wording is as it was. ``adopted`` is what the page is known to have borne before all that.
    ``pictures`` are those that the page is known to show afterwards; None where that is as it was.
    """

    changes: tuple[Kind, ...] = ()
    wording: Wording | None = None
    version: int | None = None
    adopted: Adopted | None = None
    pictures: Pictured | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that one finished visit writes, in one transaction. With ``evidence``, its capture is kept.

    ``leads_to`` is the key of another page, where the address of this one redirects there.
    """

    observation: Observation
    decision: Decision
    next_visit: datetime
    validators: Validators = Validators()
    links: tuple[NewPage, ...] = ()
    evidence: Evidence | None = None
    leads_to: str | None = None


@dataclass(frozen=True, slots=True)
class NewPage:
    """A page to watch from now on, unless its key is known, or that which an earlier recipe gave it: where it was seen first."""

    key: str
    url: str
    formerly: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """A page that answered 404 or 410 in several visits since it was last read, all in rounds that prove something.

    ``first`` and ``last`` are the instants of the agreeing visits, ``capture`` is the last one's.
    """

    page: int
    visits: int
    first: datetime
    last: datetime
    capture: int | None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """One round of visits to a source.

    ``baseline`` says that it is (part of) the source's first; ``previous`` is the latest instant of the rounds before;
    with ``under``, only pages whose address begins so take part.
    """

    id: int
    source: str
    started: datetime
    baseline: bool
    previous: datetime | None = None
    under: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """What one round amounted to: visits by what they proved, the changes they logged, which host was left alone and why."""

    source: str
    started: datetime
    ended: datetime
    seen: tuple[tuple[Seen, int], ...] = ()
    changes: int = 0
    resting: str = ""
