"""Watch words that people keep beside those of the settings."""

from __future__ import annotations

import json

from monitor.model import Watched
from monitor.storing.hearsay import HearsayTable
from monitor.storing.values import from_instant, instant


class WatchedTable(HearsayTable):
    """Implements the watch words of the protocol ``Reviews`` on a handle."""

    def watched(self) -> list[Watched]:
        rows = self.handle.rows("SELECT name, spellings, who, at FROM watch_word ORDER BY folded")
        return [Watched(name, tuple(json.loads(spellings)), who, instant(at)) for name, spellings, who, at in rows]

    def keep_watched(self, word: Watched) -> None:
        self.handle.write(
            "INSERT OR REPLACE INTO watch_word (folded, name, spellings, who, at) VALUES (?, ?, ?, ?, ?)",
            (word.name.casefold(), word.name, json.dumps(word.spellings, ensure_ascii=False), word.who, from_instant(word.at)),
        )

    def drop_watched(self, name: str) -> bool:
        return bool(self.handle.write("DELETE FROM watch_word WHERE folded = ?", (name.casefold(),)))
