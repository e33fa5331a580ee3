"""What is remembered of listings from round to round, and of a walk through old ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from monitor.model.visits import Validators


@dataclass(frozen=True, slots=True)
class ListingState:
    """What is remembered of a listing, a feed or a sitemap.

    ``validators`` are those of its first page's last answer. ``is_through``: it was read as far as a round reads it, so that a
    page of it without new articles is where the known ones begin. ``is_whole``: it was read to its very end, without a problem.
    ``altered`` is when an index said last that it was altered; ``read`` when it was asked for last, None for never.
    """

    validators: Validators = field(default=Validators())
    is_through: bool = False
    is_whole: bool = False
    altered: datetime | None = None
    read: datetime | None = None


@dataclass(frozen=True, slots=True)
class BackfillState:
    """How far a backfill came with one listing: what it asks for next (empty: it is done), and how many pages it took up."""

    next: str = ""
    taken: int = 0


@dataclass(frozen=True, slots=True)
class Heard:
    """The title that a card or a listing gives to another page, by that page's key."""

    key: str
    title: str
