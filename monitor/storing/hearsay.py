"""What was last heard of pages at second hand, and what listings showed last. See ``monitor/visiting/hearing.py``."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from monitor.model import Heard
from monitor.storing.stories import StoriesTable
from monitor.storing.values import from_instant

_MANY = 500


class HearsayTable(StoriesTable):
    """Implements of the protocol ``Listings`` what is heard of pages, on a handle."""

    def heard(self, said: Sequence[Heard]) -> list[Heard]:
        with self.atomic(waiting=False):
            return [each for start in range(0, len(said), _MANY) for each in self._news(said[start : start + _MANY])]

    def _news(self, said: Sequence[Heard]) -> list[Heard]:
        marks = ", ".join("?" * len(said))
        rows = self.handle.rows(
            "SELECT page.key, page.id, hearsay.title FROM page LEFT JOIN hearsay ON hearsay.page_id = page.id"
            f" WHERE page.key IN ({marks}) AND page.state = 'active' AND page.version_id IS NOT NULL AND NOT page.gone",
            tuple(each.key for each in said),
        )
        known = {key: (page, title) for key, page, title in rows}
        news = []
        for each in said:
            page, last = known.get(each.key, (None, None))
            digest = hashlib.sha256(each.title.encode("utf-8", "replace")).digest()[:8]
            if page is not None and digest != last:
                self.handle.write("INSERT OR REPLACE INTO hearsay (page_id, title) VALUES (?, ?)", (page, digest))
                known[each.key] = (page, digest)
                news.append(each)
        return news

    def title_of(self, key: str) -> str:
        found = self.handle.row(
            "SELECT version.text_id FROM page JOIN version ON version.id = page.version_id WHERE page.key = ?", (key,)
        )
        return self._title(found[0]) if found else ""

    def look_again(self, keys: Sequence[str], now: datetime) -> int:
        at, altered = from_instant(now), 0
        with self.atomic(waiting=False):
            for start in range(0, len(keys), _MANY):
                some = keys[start : start + _MANY]
                altered += self.handle.write(
                    "UPDATE page SET next_visit_at = ?, round_id = NULL WHERE state = 'active' AND lease_until IS NULL"
                    f" AND seen IN ('parsed', 'not modified') AND last_visit_at < ? AND key IN ({', '.join('?' * len(some))})",
                    (at, at, *some),
                )
        return altered

    def shown(self, listing: str) -> list[str]:
        found = self.handle.value("SELECT keys FROM shown WHERE listing = ?", (listing,))
        return str(found).split("\n") if found else []

    def keep_shown(self, listing: str, keys: Sequence[str]) -> None:
        self.handle.write("INSERT OR REPLACE INTO shown (listing, keys) VALUES (?, ?)", (listing, "\n".join(keys)))
