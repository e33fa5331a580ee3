"""What happened, counted: changes by day, rounds, how long after publication edits come, wordings that hold a term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from monitor.model.status import PageStatus
from monitor.model.visits import Kind


class Band(StrEnum):
    """A range of scores, as the inbox colours them: from 0.6 on, from 0.3 on, below; and what is not judged yet."""

    HIGH = "high"
    MIDDLING = "middling"
    LOW = "low"
    NONE = "not judged"


@dataclass(frozen=True, slots=True)
class Days:
    """A span of days: from the ``first`` up to but not including ``end``, in UTC."""

    first: date
    end: date

    def __len__(self) -> int:
        return (self.end - self.first).days


class By(StrEnum):
    """By what the changes of a day are told apart."""

    KIND = "kind"
    BAND = "band"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many changes there were on a day of one kind, or of one band of scores, or of one source; None: of any."""

    day: date
    count: int
    source: str | None = None
    kind: Kind | None = None
    band: Band | None = None


@dataclass(frozen=True, slots=True)
class RoundDays:
    """Rounds of a source that began on one day and ended on another, or the same; ``last`` is None while they go on."""

    source: str
    first: date
    last: date | None
    count: int


@dataclass(frozen=True, slots=True)
class Delay:
    """How many edits came so many whole days or hours ``after`` something."""

    after: int
    count: int


@dataclass(frozen=True, slots=True)
class Delays:
    """After how many days from the published day edits came, and after how many hours from the first sight of a new page.

    ``looked_at`` edits were looked at; ``is_cut``: there were more, and these are the newest.
    """

    days: tuple[Delay, ...]
    hours: tuple[Delay, ...]
    looked_at: int
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How many pages bore a wording that holds a term, in each week, by the week's Monday. ``is_cut``: only newer texts."""

    weeks: tuple[tuple[date, int], ...]
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Backfilled:
    """How far a backfill of a source has come: listings that it is at, pages it took up, pages that it has yet to visit."""

    source: str
    listings: int
    taken: int
    unvisited: int


@dataclass(frozen=True, slots=True)
class Pages:
    """Some pages, and the number after which to go on; None where there are no more."""

    pages: tuple[PageStatus, ...]
    further: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """When a source came under watch."""

    source: str
    added: datetime
