"""Second-hand sight: what cards and listings say of other pages brings those pages' next visits forward, and no more.

A title is looked into when it is not the one that the page bears, and was not heard of the page before: a site whose cards have
shorter titles than its articles costs one visit a page, once. A page that a listing shows no more, though what stood behind it is
still there, is looked at again, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.judging.hearsay import says_otherwise, unlisted
from monitor.model import Heard, Link
from monitor.parsing.address import key
from monitor.protocols import Store
from monitor.settings import Source

_MOST = 20  # pages that hearsay has looked at again in one round of a source


@dataclass(slots=True)
class Hearing:
    """Listens for one source in one round. What it wants looked at again is looked at from :meth:`act` on."""

    source: Source
    store: Store
    _heard: set[tuple[str, str]] = field(default_factory=set)
    _wanted: dict[str, None] = field(default_factory=dict)
    _acted: int = 0

    def listen(self, links: Sequence[Link]) -> None:
        """Note the titles that ``links`` give to pages, and which pages bear another. Raises StoreError."""
        new = {(link.url, link.title) for link in links if link.title} - self._heard
        if not new:
            return
        self._heard |= new
        said = {key(url, self.source.identity): title for url, title in sorted(new)}
        for each in self.store.heard([Heard(page, title) for page, title in said.items()]):
            if says_otherwise(each.title, self.store.title_of(each.key)):
                self._wanted[each.key] = None

    def compare(self, listing: str, links: Sequence[Link]) -> None:
        """Note which pages a listing showed before and shows no more. Raises StoreError.

        ``listing`` is any name for it that the caller keeps to, ``links`` is all that it shows, in its order.
        """
        shown = list(dict.fromkeys(key(link.url, self.source.identity) for link in links))
        before = self.store.shown(listing)
        if shown != before:
            self.store.keep_shown(listing, shown)
            self._wanted.update(dict.fromkeys(unlisted(before, shown)))

    def act(self, now: datetime) -> int:
        """Have the pages that were noted looked at again, some of them at the most. How many. Raises StoreError.

        To be called when no visit is under way: a page that is being visited is not looked at again.
        """
        wanted = list(self._wanted)[: _MOST - self._acted]
        self._wanted.clear()
        altered = self.store.look_again(wanted, now) if wanted else 0
        self._acted += altered
        return altered
