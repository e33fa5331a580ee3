"""Links are gathered from a listing, a feed or a sitemap: those to articles once each, the others counted by why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from monitor.article import fold
from monitor.model import Link, Listed
from monitor.parsing.address import resolved, why_not
from monitor.settings import Source

MOST = 50_000  # addresses in one file, as https://www.sitemaps.org/protocol.html allows
TOO_MANY = f"beyond the first {MOST:,}"
_OLDEST = date(1990, 1, 1)  # there was no web before; what is dated 1970 has no date
_LONGEST_TITLE = 500  # characters
_LONGEST_EXCERPT = 1000

Kind = Literal["page", "feed", "sitemap", "index", "robots", "addresses"]


class Gathering:
    """What one answer at ``base`` holds for ``source``, taken in link by link. ``at`` is the instant of the answer (UTC)."""

    def __init__(self, source: Source, base: str, at: datetime) -> None:
        self.source = source
        self.base = base
        self._latest = at + timedelta(days=1)  # somewhere it is tomorrow already
        self._links: dict[str, Link] = {}
        self._skipped: Counter[str] = Counter()

    def add(
        self,
        href: str | None,
        *,
        title: str | Callable[[], str] = "",
        excerpt: str = "",
        published: date | None = None,
        altered: datetime | None = None,
    ) -> bool:
        """Take in a link. False where it is none to an article; then it is counted, and nobody is asked for its ``title``."""
        address, why = resolved(href, self.base)
        if address is not None:
            why = "" if address in self._links else why_not(address, self.source)
        if why or address is None:
            return self.skip(why)
        known = self._links.get(address)
        if known is None and len(self._links) >= MOST:
            return self.skip(TOO_MANY)
        said = title if isinstance(title, str) else title()
        link = Link(
            address,
            fold(said)[:_LONGEST_TITLE] if said else "",
            fold(excerpt)[:_LONGEST_EXCERPT] if excerpt else "",
            self._day(published),
            self._instant(altered),
        )
        self._links[address] = link if known is None else _both(known, link)
        return True

    def skip(self, why: str, count: int = 1) -> bool:
        """Count what is left out. Always false."""
        self._skipped[why] += count
        return False

    def listed(
        self,
        kind: Kind = "page",
        further: Sequence[str] = (),
        problem: str = "",
        altered: Sequence[datetime | None] = (),
    ) -> Listed:
        """All that was gathered. ``further`` and the rest are as in :class:`Listed`."""
        skipped = tuple(self._skipped.most_common())
        return Listed(tuple(self._links.values()), tuple(further), skipped, problem, kind, tuple(altered))

    def instant(self, at: datetime | None) -> datetime | None:
        """``at`` in UTC; None where it cannot be true."""
        return self._instant(at)

    def _day(self, day: date | None) -> date | None:
        return day if day is not None and _OLDEST <= day <= self._latest.date() else None

    def _instant(self, at: datetime | None) -> datetime | None:
        if at is None:
            return None
        try:
            at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
        except OverflowError:
            return None
        return at if at <= self._latest and at.date() >= _OLDEST else None


def _both(first: Link, second: Link) -> Link:
    """A link that stands twice: what the first says, and where it says nothing, the second."""
    altered = max((each for each in (first.altered, second.altered) if each), default=None)
    title, excerpt = first.title or second.title, first.excerpt or second.excerpt
    return replace(first, title=title, excerpt=excerpt, published=first.published or second.published, altered=altered)


def moment(text: str | None) -> datetime | None:
    """The instant or the day that a text names as RFC 3339 and W3C-DTF write them; None for anything else.

    A day is its first instant, and what names no zone is in UTC. Years and months alone name no day.
    """
    text = (text or "").strip()
    if not 10 <= len(text) <= 40:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at


def day_of(at: datetime | None) -> date | None:
    """The day of an instant, in UTC: a feed names no zone in which it is read."""
    try:
        return None if at is None else at.astimezone(UTC).date()
    except OverflowError:
        return None
