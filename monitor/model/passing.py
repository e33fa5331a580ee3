"""What is passed on: a change with all that a reader elsewhere wants to know of it, and messages on their way out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.model.changes import Change, Part
from monitor.model.reviews import Review, Reviewed
from monitor.model.stories import Story

_NOBODY = Reviewed()


@dataclass(frozen=True, slots=True)
class Told:
    """A change as it is passed on: with its widest story, where it stands with its reviewers, and what differs.

    ``notes`` are what reviewers wrote about it and did not take back.
    """

    change: Change
    story: Story | None = None
    reviewed: Reviewed = _NOBODY
    parts: tuple[Part, ...] = ()
    notes: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """What a message says: its title in one line, and its body as plain text and as HTML."""

    title: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of a letter that was handed over. ``problem`` is empty once everybody at the address took it.

    ``taken`` names those who did, where an address has several, as digests. ``is_wrong``: it is the address that is wrong,
    and no later try will go better.
    """

    problem: str = ""
    taken: frozenset[str] = frozenset()
    is_wrong: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """How far a rule was followed for one of its addresses: up to which change, and when a digest was last made."""

    change: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """A letter in the outbox. ``to`` refers to an address (``env:NAME``), and is never the address itself.

    ``source`` is that of the first change in it. It was tried ``tries`` times, with this ``problem``, and is due at ``due``;
    ``taken`` are those of its address who have it already.
    """

    id: int
    rule: str
    to: str
    letter: Letter
    source: str
    made: datetime
    due: datetime
    tries: int = 0
    problem: str = ""
    sent: datetime | None = None
    taken: frozenset[str] = frozenset()
