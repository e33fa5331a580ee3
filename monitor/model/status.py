"""How sources, pages and the store are, for people: states, incidents, the chain, flaws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from monitor.model.visits import Seen

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
