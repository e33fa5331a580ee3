"""What another reader makes of the captures that are kept, and the signs of a redesign that a source shows meanwhile."""

from __future__ import annotations

import json
from collections.abc import Set
from datetime import datetime

from monitor.model import Adopted, Kept, Page, Reading, Version
from monitor.storing.outside import OutsideTable
from monitor.storing.values import from_instant

# A return bears the wording before, but its capture may show the next one. An import is as old as the file says.
_SHOWS = """SELECT capture.id FROM capture WHERE capture.page_id = ? AND capture.id IN
    (SELECT capture_id FROM version WHERE id = ? UNION ALL
    SELECT capture_id FROM change WHERE page_id = ? AND after_id = ? AND kind <> 'restored')
    ORDER BY capture.origin_id IS NULL DESC, capture.at DESC, capture.id DESC LIMIT 1"""


class ReadersTable(OutsideTable):
    """Implements of the protocol ``Store`` what a change of the reader asks for, on a handle."""

    def kept_of(self, page: int, number: int | None = None) -> Kept | None:
        which, value = ("number = ?", number) if number is not None else ("id = (SELECT version_id FROM page WHERE id = ?)", page)
        version = self.handle.value(f"SELECT id FROM version WHERE page_id = ? AND {which}", (page, value))
        return self._one(self.handle.value(_SHOWS, (page, version, page, version)))

    def adopt(self, page: Page, reading: Reading, what: Adopted | None, now: datetime) -> bool:
        with self.atomic():
            sql = "SELECT visits, version_id, coalesce(lease_until, 0) <= ? FROM page WHERE id = ?"
            row = self.handle.row(sql, (from_instant(now), page.id))
            if page.current is None or row != (page.visits, page.current.id, 1):
                return False
            if what is not None:
                self.adopted(page, what, now)
            self.handle.write(
                "UPDATE page SET parts = ?, reader = ?, layout_id = ? WHERE id = ?",
                (reading.parts, reading.reader, self.names.number(reading.layout), page.id),
            )
        return True

    def keep_reread(self, page: Page, version: Version, what: Adopted) -> bool:
        with self.atomic():
            if self.earlier(page.id, what.wording.fingerprint) is not None:
                return False
            number = self.new_version(page, what.wording, version.first_seen, what.capture)
            self.handle.write("UPDATE version SET last_seen_at = ? WHERE id = ?", (from_instant(version.last_seen), number))
        return True

    def note(self, source: str, kind: str, now: datetime, detail: str) -> None:
        at = from_instant(now)
        sql = "INSERT INTO incident (source_id, kind, detail, started_at, ended_at) VALUES (?, ?, ?, ?, ?)"
        self.handle.write(sql, (self._source(source), kind, detail, at, at))

    # Signs of a redesign

    def drift(self, source: str) -> frozenset[str]:
        return _signs(self.handle.value("SELECT drift FROM source WHERE name = ?", (source,)))

    def keep_drift(self, source: str, signs: Set[str], denied: Set[str]) -> None:
        values = (_packed(signs), _packed(denied), source)
        self.handle.write("UPDATE source SET drift = ?, no_drift = ? WHERE name = ?", values)

    def no_drift(self, source: str) -> frozenset[str]:
        return _signs(self.handle.value("SELECT no_drift FROM source WHERE name = ?", (source,)))

    def deny_drift(self, source: str, now: datetime) -> bool:
        with self.atomic():
            signs = self.drift(source)
            if not signs:
                return False
            self.handle.write(
                "UPDATE source SET no_drift = ?, drift = NULL WHERE name = ?", (_packed(self.no_drift(source) | signs), source)
            )
            self.close_incident(source, "layout", now)
        return True


def _signs(packed: str | None) -> frozenset[str]:
    return frozenset(json.loads(packed)) if packed else frozenset()


def _packed(signs: Set[str]) -> str | None:
    return json.dumps(sorted(signs), ensure_ascii=False) if signs else None
