"""What holds for every source: the program, weights, standing rules; and all settings together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from monitor.settings.described import STRICT, Duration, about, weight
from monitor.settings.notifying import Notify
from monitor.settings.source import Source
from monitor.settings.watching import WatchWord
from monitor.settings.web import Web


@dataclass(frozen=True, slots=True)
class Mute:
    """A standing rule: edits that are all it says are noise. What it says nothing of may be anything."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    classes: tuple[str, ...] = field(default=(), metadata=about("classes of edit, like typography"))
    words: tuple[str, ...] = field(default=(), metadata=about("words, one of which is among what was cut or added"))
    place: str | None = field(default=None, metadata=about("where it is: title, published, paragraph …", min_length=3))
    sources: tuple[str, ...] = field(default=(), metadata=about("names of sources"))


@dataclass(frozen=True, slots=True)
class Weights:
    """How much an edit of each class matters, from 0 to 1, and what else a score is made of."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    name: float = weight(0.6, "a name that was dropped, added or replaced")
    negation: float = weight(0.6, "a denial that came or went")
    number: float = weight(0.5, "another number")
    date: float = weight(0.35, "another day or hour")
    title_of_person: float = weight(0.35, "another rank or office at a name")
    quote: float = weight(0.5, "other words within quotation marks")
    attribution: float = weight(0.35, "who is said to have said it, or the verb of saying")
    addition: float = weight(0.3, "words that were added")
    cut: float = weight(0.4, "words that were cut")
    wording: float = weight(0.2, "other words")
    headline: float = weight(0.3, "another title")
    published_date: float = weight(0.25, "another published date")
    source: float = weight(0.2, "another publication")
    paragraph_order: float = weight(0.1, "paragraphs or sentences that moved")
    rewritten: float = weight(0.4, "a text newly worded throughout")
    swapped: float = weight(0.8, "a page that bears the text of another page")
    emptied: float = weight(0.85, "a text of which nothing is left")
    picture: float = weight(0.45, "a picture that was swapped, retouched, cut or added, or its caption")
    spelling: float = weight(0.04, "the same words, spelled otherwise")
    typography: float = weight(0.01, "the same words and values in another writing")
    alone: float = weight(0.5, "an edit of one copy of a text whose other copies stay: this times what is left up to 1")
    extent: float = weight(0.2, "how much of the article an edit touches: this for all of it")
    grave: float = weight(0.45, "words of life and death, force or guilt that come or go, or stand beside another fact")
    routine: float = weight(0.4, "the share of its weight that an edit keeps in tables, sport, live pages and standing lines")
    watch: float = weight(0.7, "a watch word that comes or goes")
    watch_near: float = weight(0.4, "a watch word that stands in an edit, or in an article that comes or goes")
    removed: float = weight(0.85, "an article that was removed")
    restored: float = weight(0.6, "an article that is back")
    reverted: float = weight(0.2, "an earlier wording that is back")
    new: float = weight(0.1, "a new article")
    copied: float = weight(0.05, "a new article with a text known from another page")
    syndicated: float = weight(0.05, "a new article with nearly a text known from elsewhere")
    moved: float = weight(0.1, "an article that went to another address")
    imported: float = weight(0.02, "an article that was imported")
    baseline: float = weight(0.01, "what a source's first round brings")


@dataclass(frozen=True, slots=True)
class Program:
    """``config/monitor.toml``: what holds for every source."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    database: str | None = field(default=None, metadata=about("the database file; a relative path starts at this file"))
    contact: str | None = field(default=None, metadata=about("mail address or web page, sent to the sites with every request"))
    archive: str | None = field(
        default=None, metadata=about("the folder of the captures that are kept; a relative path starts at this file")
    )
    archive_file_bytes: int = field(
        default=100_000_000, metadata=about("size at which a file of the archive is full", ge=1_000_000, le=10_000_000_000)
    )
    keep_captures_for: Duration | None = field(
        default=None, metadata=about("files of the archive older than this are dropped; without it none is for its age")
    )
    keep_captures_bytes: int | None = field(
        default=None, metadata=about("the oldest files are dropped while the archive is larger", ge=1_000_000)
    )
    log_level: Literal["debug", "info", "warning", "error"] = field(
        default="info", metadata=about("the least that the service logs")
    )
    unconditional_every: int = field(
        default=50, metadata=about("one visit in so many is unconditional, whatever the page's validators say", ge=1, le=10_000)
    )
    full_read_every: int = field(
        default=200, metadata=about("one visit in so many is unconditional and reads the page in full", ge=1, le=10_000)
    )
    hosts_at_once: int = field(default=8, metadata=about("rounds of different sources run side by side", ge=1, le=64))
    campaign_pages: int = field(
        default=5, metadata=about("pages with the same replacement that make a campaign", ge=2, le=100_000)
    )
    campaign_within: Duration = field(default=Duration(days=7), metadata=about("the time within which they must be seen"))
    mute: tuple[Mute, ...] = field(default=(), metadata=about("standing rules for edits that nobody wants to see"))
    watch: tuple[WatchWord, ...] = field(
        default=(), metadata=about("words and names that lift an edit in which they come, go or stand")
    )
    notify: tuple[Notify, ...] = field(default=(), metadata=about("rules that say whom to tell of which changes, and when"))
    web: Web = field(default=Web(), metadata=about("how the review page is served"))
    weights: Weights = field(default=Weights(), metadata=about("how much an edit of each class matters, from 0 to 1"))


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that was set: the program and its sources, in the order of their names."""

    program: Program = Program()
    sources: tuple[Source, ...] = ()

    def source(self, name: str) -> Source | None:
        """The source called ``name``, or None."""
        return next((s for s in self.sources if s.name == name), None)
