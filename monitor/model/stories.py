"""Changes that belong together: clues, stories, copies, and entries of the log."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from monitor.model.changes import Change
from monitor.model.reviews import Reviewed


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
    """What the log shows in one place: a change, the widest story that it belongs to, if any, and what reviewers made of it."""

    change: Change
    story: Story | None = None
    reviewed: Reviewed = field(default_factory=Reviewed)


@dataclass(frozen=True, slots=True)
class Copies:
    """On how many other pages the text of a change stood, and how many of these were changed alike."""

    pages: int
    alike: int
    others: frozenset[int] = frozenset()  # the numbers of those that were not changed alike

    @property
    def is_alone(self) -> bool:
        """Whether one copy alone was changed."""
        return self.pages > 0 and self.alike == 0
