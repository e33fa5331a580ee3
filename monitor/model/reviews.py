"""What people make of changes: acts of review, the state that they add up to, users, saved views."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ReviewState(StrEnum):
    """Where a change stands with its reviewers."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    FLAGGED = "flagged"
    DISMISSED = "dismissed"


class Act(StrEnum):
    """What a reviewer does with a change. ``undo`` takes an earlier act back; nothing is ever deleted."""

    ACKNOWLEDGE = "acknowledge"
    FLAG = "flag"
    DISMISS = "dismiss"
    REOPEN = "reopen"
    ASSIGN = "assign"
    NOTE = "note"
    UNDO = "undo"

    @property
    def leads_to(self) -> ReviewState | None:
        """The state that a change is in after it; None where it leaves the state as it is."""
        return _LEADS_TO.get(self)


_LEADS_TO = {
    Act.ACKNOWLEDGE: ReviewState.ACKNOWLEDGED,
    Act.FLAG: ReviewState.FLAGGED,
    Act.DISMISS: ReviewState.DISMISSED,
    Act.REOPEN: ReviewState.OPEN,
}


@dataclass(frozen=True, slots=True)
class Review:
    """A line of the review log: who did what with which change, and when.

    ``text`` is the note, or the person to whom it was assigned (empty: to nobody). ``batch`` is the number of the first of
    the acts that were done at once, with one key: they are taken back at once, too. ``is_undone``: by a later line.
    """

    id: int
    batch: int
    change: int
    act: Act
    who: str
    at: datetime
    text: str = ""
    is_undone: bool = False


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What the reviews of a change add up to: its state, and who brought it there and when.

    ``last`` is the number of the latest line of its review log, 0 where there is none.
    """

    state: ReviewState = ReviewState.OPEN
    assigned: str = ""
    notes: int = 0
    who: str = ""
    at: datetime | None = None
    last: int = 0


class Role(StrEnum):
    """What a user may do: look; review as well; see to users and sources as well."""

    READER = "reader"
    REVIEWER = "reviewer"
    ADMIN = "admin"

    def may(self, wanted: Role) -> bool:
        """Whether this role includes ``wanted``."""
        roles = list(Role)
        return roles.index(self) >= roles.index(wanted)


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may sign in. ``looked`` is the newest change that was in the log when they last said they had seen it all."""

    name: str
    role: Role
    looked: int = 0


@dataclass(frozen=True, slots=True)
class Watched:
    """A watch word that is kept in the database: the name or term, other ways to spell it, who added it, and when."""

    name: str
    spellings: tuple[str, ...]
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class View:
    """Filters that were saved under a name. ``query`` is the query part of the inbox's address."""

    name: str
    query: str
    who: str
