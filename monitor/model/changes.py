"""What changed: versions, changes, the words that differ, classes of edit and judgements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.article import Article
from monitor.model.reviews import ReviewState
from monitor.model.visits import Kind


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

    ``judged`` is None where nobody judged it yet: that is done when its round ends. ``pictures`` are the numbers of the sets of
    pictures before and after, where these differ.
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
    pictures: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """A time during which a wording stood on its page, from its first instant to its last. One that came back has several."""

    first: datetime
    last: datetime


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
    """What kind of edit it is, in a reviewer's words. One edit can bear several.

    A new one goes to the end: its place here is its bit in databases (``monitor/storing/classes.py``). How much it weighs is in
    ``Weights`` of the settings, its rank in ``monitor/judging/edits/classes.py``.
    """

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
class LogQuery:
    """The filters that log, inbox, feeds and exports share. ``text`` is looked for in the wordings before and after.

    ``is_exact``: of all of ``classes`` and of no other. ``least`` is the lowest score. ``is_ranked``: by score, the highest
    first, instead of the newest first; what is not judged yet is left out then. ``hidden``: also what a standing rule mutes and
    what was folded into another change. ``story``: only the changes of this one. ``changed`` are words among those that were
    cut or added, ``watch`` is the name of a watch word, one of whose spellings, ``any_of``, came, went or stands beside.
    ``states`` and ``assigned``: where it stands with its reviewers. ``above``: only changes of a higher number. ``start``: the
    score and the number of the change after which to go on, for the next page of a log (the score counts where it is ranked).
    """

    sources: frozenset[str] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    since: datetime | None = None
    text: str | None = None
    baseline: bool = False
    limit: int | None = 100
    classes: frozenset[EditClass] = frozenset()
    least: float = 0.0
    is_exact: bool = False
    is_ranked: bool = False
    hidden: bool = False
    story: int | None = None
    until: datetime | None = None
    changed: str | None = None
    watch: str | None = None
    states: frozenset[ReviewState] = frozenset()
    assigned: str | None = None
    above: int = 0
    start: tuple[float, int] | None = None
    any_of: tuple[str, ...] = ()
