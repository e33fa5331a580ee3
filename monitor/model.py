"""The words as values: capture, reading, observation, page, decision, change. All instants are aware and in UTC."""

from __future__ import annotations

import hashlib
from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from monitor.article import Article

Header = tuple[str, str]
Jar = MutableMapping[str, str]
"""The cookies of a session with one host, by name."""


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
class Hop:
    """One redirect that was followed: the address that answered, its status, where it pointed.

    ``sent``, ``head`` and ``wire`` are as in a capture, ``wire`` as much of it as was read; ``at`` is when it answered.
    """

    url: str
    status: int
    location: str
    sent: bytes = b""
    head: bytes = b""
    wire: bytes = b""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What a visit asks a fetcher for. The validators make the request conditional (RFC 9110, section 13).

    With ``form`` it is a POST of these fields. ``jar`` holds the cookies of a session; without one none are kept or sent.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    form: tuple[tuple[str, str], ...] | None = None
    jar: Jar | None = None


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to recognise its last answer by (RFC 9110, section 8.8), verbatim."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """The bytes, status, headers and instant of one fetch.

    ``wire`` is the body as it came, still compressed; ``body`` the same decoded. ``url`` is the address that was asked
    for, ``answered`` the one that answered after ``hops``. ``took`` is in seconds. ``sent`` is the request and ``head`` the
    head of the answer (status line and headers, up to the empty line) as they went over the wire; empty where none did.
    ``damage`` says why ``wire`` could not be decoded; ``body`` is empty then.
    """

    url: str
    answered: str
    status: int
    headers: tuple[Header, ...]
    wire: bytes
    body: bytes
    at: datetime
    took: float = 0.0
    reason: str = ""
    hops: tuple[Hop, ...] = ()
    sent: bytes = b""
    head: bytes = b""
    damage: str = ""

    def header(self, name: str) -> str | None:
        """The first header called ``name``, in any case of letters."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    @property
    def digest(self) -> bytes:
        """SHA-256 of the wire bytes."""
        return hashlib.sha256(self.wire).digest()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a capture lies in the archive: the file's name, where its records begin in it, how many bytes they take."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Twin:
    """A capture in the archive with the same bytes on the wire as another one: its number, its address, its instant."""

    capture: int
    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """That a visit's capture is kept, and where. ``twin`` is the capture whose bytes it shares and does not repeat."""

    place: Place | None = None
    twin: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A capture that is kept. ``place`` is None where the archive never had it, ``twin`` where it bears its own bytes.

    ``dropped`` says when and by whom its bytes were dropped. ``origin`` names the file that an import took it from.
    """

    id: int
    page: int
    url: str
    answered: str
    at: datetime
    status: int
    digest: bytes
    place: Place | None = None
    twin: Place | None = None
    dropped: str = ""
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """A file of the archive. ``captures`` lie in it, the first and last of them at ``first`` and ``last``; ``used`` bytes.

    Once ``dropped``, its size and digest (SHA-256) are those it had then, and ``by`` says who dropped it.
    """

    name: str
    captures: int
    first: datetime
    last: datetime
    used: int
    dropped: datetime | None = None
    by: str = ""
    size: int | None = None
    digest: bytes | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a page or a listing points to, absolute."""

    url: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What parsing made of a capture.

    ``parts`` is a digest of the parts of the page that the layout's selectors matched; where it equals the digest that
    the reader was told it knows, nothing the article says can have changed and ``article`` is None. ``reader`` is a digest of
    the layout and all else by which it was read: another reader may read the same page otherwise.
    """

    layout: str
    parts: bytes
    links: tuple[Link, ...] = ()
    article: Article | None = None
    reader: bytes = b""


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
    was known, where another one was read; ``signs`` are those of a redesign (``monitor/judging/drift.py``).
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
    """

    changes: tuple[Kind, ...] = ()
    wording: Wording | None = None
    version: int | None = None
    adopted: Adopted | None = None


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
    """A page to watch from now on, unless its key is known: where it was seen first."""

    key: str
    url: str


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
class Judged:
    """What is kept of a judgement beside a change. ``muted`` by a standing rule; ``folded`` later changes flap like this one."""

    score: float
    reason: str
    classes: tuple[EditClass, ...] = ()
    muted: bool = False
    folded: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the change log. ``before`` and ``after`` are version numbers of the page, counted from 1.

    ``judged`` is None where nobody judged it yet: that is done when its round ends.
    """

    id: int
    at: datetime
    kind: Kind
    source: str
    page: int
    url: str
    title: str
    baseline: bool = False
    before: int | None = None
    after: int | None = None
    judged: Judged | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of one page: the article as first captured, from first seen to last seen. ``number`` counts from 1."""

    number: int
    page: int
    article: Article
    fingerprint: bytes
    text_digest: bytes
    layout: str
    first_seen: datetime
    last_seen: datetime


class Op(StrEnum):
    """What happened to a piece of text."""

    KEPT = "kept"
    CUT = "cut"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with one fate. A line break in it is a paragraph's end."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A field, or a run of paragraphs, that differs or moved.

    ``at`` is the first paragraph's number after the edit, from 1, and ``was`` before it. Where nothing stands any more, or
    nothing stood, it is the number of the paragraph that follows.
    """

    name: str
    pieces: tuple[Piece, ...]
    at: int | None = None
    was: int | None = None
    is_moved: bool = False


class EditClass(StrEnum):
    """What kind of edit it is, in a reviewer's words. One edit can bear several."""

    TYPOGRAPHY = "typography"
    SPELLING = "spelling"
    WORDING = "wording"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    TITLE_OF_PERSON = "title-of-person"
    QUOTE = "quote"
    NEGATION = "negation"
    ATTRIBUTION = "attribution"
    ADDITION = "addition"
    CUT = "cut"
    PARAGRAPH_ORDER = "paragraph order"
    HEADLINE = "headline"
    PUBLISHED_DATE = "published date"
    SOURCE = "source"
    REWRITTEN = "rewritten"
    SWAPPED = "swapped"
    EMPTIED = "emptied"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that was edited: its class, the words before and after, and where (``title``, ``paragraph 3``)."""

    what: EditClass
    before: str
    after: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One summand of a score: what it is for, and how much it adds."""

    what: str
    value: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """How much a change matters, from 0 to 1, why in one line, the edits it is made of, and the sum behind the score."""

    score: float
    reason: str
    edits: tuple[Edit, ...] = ()
    terms: tuple[Term, ...] = ()

    @property
    def classes(self) -> tuple[EditClass, ...]:
        """The classes of the edits, each once, in the order in which they come."""
        return tuple(dict.fromkeys(edit.what for edit in self.edits))


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another page that bears or bore a wording, or nearly the same: how much alike they are, from 0 to 1.

    ``leads_to`` is the key of the page to which its address redirected at its last visit; ``is_gone``: its removal is logged.
    """

    page: int
    source: str
    url: str
    likeness: float = 1.0
    leads_to: str | None = None
    is_gone: bool = False


class StoryKind(StrEnum):
    """What makes several changes one story: the same edit on copies of a text, a text that moved, a campaign over many pages."""

    COPIES = "copies"
    MOVED = "moved"
    CAMPAIGN = "campaign"


@dataclass(frozen=True, slots=True)
class Clue:
    """What a change may have in common with others: by its key, as what kind of story, in words, and how telling it is."""

    key: bytes
    kind: StoryKind
    what: str
    weight: int


@dataclass(frozen=True, slots=True)
class Sighting:
    """A clue as it was seen: in which change of which page, when, and how telling it is there."""

    change: int
    page: int
    at: datetime
    weight: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """Sightings of one clue that make a story, oldest first."""

    sightings: tuple[Sighting, ...]

    @property
    def first(self) -> datetime:
        """When the first of them was."""
        return self.sightings[0].at

    @property
    def last(self) -> datetime:
        """When the last of them was."""
        return self.sightings[-1].at

    @property
    def pages(self) -> int:
        """On how many pages they were."""
        return len({each.page for each in self.sightings})


@dataclass(frozen=True, slots=True)
class Story:
    """Changes that belong together: what they have in common, on how many pages, and when the first and the last of them was."""

    id: int
    kind: StoryKind
    what: str
    pages: int
    changes: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """What the log shows in one place: a change, and the widest story that it belongs to, if there is one."""

    change: Change
    story: Story | None = None


@dataclass(frozen=True, slots=True)
class Copies:
    """On how many other pages the text of a change stood, and how many of these were changed alike."""

    pages: int
    alike: int

    @property
    def is_alone(self) -> bool:
        """Whether one copy alone was changed."""
        return self.pages > 0 and self.alike == 0


@dataclass(frozen=True, slots=True)
class LogQuery:
    """The filters that log, inbox, feeds and exports share. ``text`` is looked for in the wordings, any case.

    ``least`` is the lowest score. ``is_ranked``: by score, the highest first, instead of the newest first; what is not judged
    yet is left out then. ``hidden``: also what a standing rule mutes and what was folded into another change. ``story``: only
    the changes of this one.
    """

    sources: frozenset[str] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    since: datetime | None = None
    text: str | None = None
    baseline: bool = False
    limit: int | None = 100
    classes: frozenset[EditClass] = frozenset()
    least: float = 0.0
    is_ranked: bool = False
    hidden: bool = False
    story: int | None = None


PageState = Literal["active", "paused", "forgotten"]
SourceState = Literal["active", "paused", "retired"]


@dataclass(frozen=True, slots=True)
class PageStatus:
    """A page's state and health, for people."""

    id: int
    source: str
    url: str
    state: PageState
    gone: bool
    seen: Seen | None
    detail: str
    failures: int
    versions: int
    last_visit: datetime | None
    last_read: datetime | None
    next_visit: datetime | None


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """A source's state and health, for people. ``by_seen`` counts its pages by what their last visit proved."""

    name: str
    state: SourceState
    pages: int
    last_visit: datetime | None
    next_visit: datetime | None
    baseline_done: bool
    by_seen: tuple[tuple[Seen | None, int], ...] = ()
    incidents: tuple[Incident, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """Something about a source, not about an article. ``ended`` is None while it lasts."""

    source: str
    kind: str
    detail: str
    started: datetime
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class OutsideCopy:
    """A change's page in an archive outside: how often that was asked to save it, when last, and with what answer.

    ``link`` is where the copy is; ``problem`` says why there is none yet. Nobody was asked while there are no ``tries``.
    """

    change: int
    at: datetime
    source: str
    url: str
    tries: int = 0
    asked: datetime | None = None
    link: str | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the hash chain over the change log: the last change that is sealed, and the digest of all up to it."""

    change: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Sealed:
    """A link of the hash chain: a change's record, as ``monitor/storing/chain.py`` makes it, and the digests around it."""

    change: int
    record: bytes
    previous: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something in the store that is missing, altered or cut: in which table and row (None: no single one), and what.

    ``where`` says of which page that is, and which changes rest on it; empty where that is not known.
    """

    table: str
    row: int | None
    what: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """The whole database in numbers. ``baseline`` and ``imported`` changes are no news, and not among the ``changes``."""

    pages: int
    versions: int
    texts: int
    changes: int
    baseline: int
    size: int
    schema: int
    last_visit: datetime | None
    incidents: tuple[Incident, ...] = ()
    head: Head | None = None
    imported: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """What one round amounted to: visits by what they proved, the changes they logged, which host was left alone and why."""

    source: str
    started: datetime
    ended: datetime
    seen: tuple[tuple[Seen, int], ...] = ()
    changes: int = 0
    resting: str = ""


def milliseconds(at: datetime) -> datetime:
    """``at`` cut to whole milliseconds, as the store keeps instants."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)
