"""Copies that web archives were asked to keep of a page when it changed: asked how often, and with what answer."""

from __future__ import annotations

from datetime import datetime

from monitor.model import Kind, OutsideCopy
from monitor.storing.imports import ImportsTable
from monitor.storing.values import from_instant, instant, maybe_instant

_COLUMNS = """change.id, change.at, source.name, page.url, coalesce(outside_copy.tries, 0), outside_copy.asked_at,
    outside_copy.link, outside_copy.problem FROM change JOIN page ON page.id = change.page_id
    JOIN source ON source.id = page.source_id LEFT JOIN outside_copy ON outside_copy.change_id = change.id"""


class OutsideTable(ImportsTable):
    """Implements of the protocol ``Store`` what tells of copies that others keep, on a handle."""

    def saved_since(self, source: str, now: datetime, *, is_on: bool) -> datetime | None:
        since = self.handle.value("SELECT saved_since FROM source WHERE name = ?", (source,))
        if is_on != (since is not None):
            since = from_instant(now) if is_on else None
            self.handle.write("UPDATE source SET saved_since = ? WHERE name = ?", (since, source))
        return maybe_instant(since)

    def copies_wanted(self, source: str, since: datetime, tries: int) -> list[OutsideCopy]:
        rows = self.handle.rows(
            f"SELECT {_COLUMNS} WHERE source.name = ? AND change.at >= ? AND NOT change.baseline AND change.kind <> ?"
            " AND outside_copy.link IS NULL AND coalesce(outside_copy.tries, 0) < ?"
            " AND page.state <> 'forgotten' ORDER BY change.id",
            (source, from_instant(since), Kind.IMPORTED.value, tries),
        )
        return [self._copy(*row) for row in rows]

    def outside_copy(self, change: int) -> OutsideCopy | None:
        row = self.handle.row(f"SELECT {_COLUMNS} WHERE change.id = ? AND outside_copy.tries", (change,))
        return self._copy(*row) if row else None

    def keep_outside_copy(self, change: int, now: datetime, link: str | None, problem: str) -> None:
        self.handle.write(
            "INSERT INTO outside_copy (change_id, tries, asked_at, link, problem) VALUES (?, 1, ?, ?, ?)"
            " ON CONFLICT (change_id) DO UPDATE SET tries = tries + 1, asked_at = excluded.asked_at, link = excluded.link,"
            " problem = excluded.problem",
            (change, from_instant(now), link, problem or None),
        )

    def _copy(
        self, change: int, at: int, source: str, url: str, tries: int, asked: int | None, link: str | None, problem: str | None
    ) -> OutsideCopy:
        return OutsideCopy(change, instant(at), source, url, tries, maybe_instant(asked), link, problem or "")
