"""Looking for words: what is asked for, and where it stands or stood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.model.changes import Stay


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What to look for in the wordings of pages, and in which of them.

    ``words``: words (all of them), ``"a phrase"``, ``beginning*``, ``-without``, ``this OR that``. ``since`` and ``until``: when
    a wording stood, from the one up to but not including the other. Without ``past`` only what pages say now. The newest texts
    come first; ``is_ranked``: those that fit best, of the newest ones. ``start``: where to go on, as :class:`Found` says.
    """

    words: str
    sources: frozenset[str] = frozenset()
    since: datetime | None = None
    until: datetime | None = None
    past: bool = True
    is_ranked: bool = False
    limit: int = 50
    start: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text, and whether it is what was looked for."""

    text: str
    is_match: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A wording of a page that holds what was looked for: which version, from when to when it was seen, and a few words of it.

    ``stays``: when it stood in between, the oldest first; several where it went and came back.
    """

    page: int
    url: str
    source: str
    title: tuple[Span, ...]
    version: int
    first_seen: datetime
    last_seen: datetime
    is_current: bool
    snippet: tuple[Span, ...]
    stays: tuple[Stay, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of a search, and where to go on looking; None where nothing more is to be found.

    ``hint``: a sentence where the words could not be taken as they were typed; empty where they could.
    """

    hits: tuple[Hit, ...]
    further: tuple[int, int] | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """What a change cut, what it added, and the words beside that stayed."""

    change: int
    cut: str
    added: str
    beside: str
