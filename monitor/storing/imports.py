"""Captures made elsewhere, taken in as earlier versions of the pages: in their own time, and never as what a page bears now.

The change ``imported`` of a capture stands in the log at the instant of the import; the capture keeps its own. A version that
an import brought is known by its capture, which names the file it came from.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.model import Capture, Decision, Evidence, Kind, NewPage, Observation, Outcome, Page, Seen, Wording
from monitor.storing.audit import AuditTable
from monitor.storing.values import from_instant

# When which version was seen: by our own visits, and by what was imported.
_OWN = """SELECT change.at AS at, version.number AS number, version.id AS version, 1 AS logged, change.id AS id
    FROM change JOIN version ON version.id = change.after_id WHERE change.page_id = ? AND change.kind <> 'imported'
    UNION ALL SELECT first_seen_at, number, version.id, 0, version.id FROM version
    JOIN capture ON capture.id = version.capture_id WHERE version.page_id = ? AND capture.origin_id IS NULL"""
_IMPORTED = """SELECT capture.at AS at, version.number AS number FROM change JOIN version ON version.id = change.after_id
    JOIN capture ON capture.id = change.capture_id WHERE change.page_id = ? AND change.kind = 'imported'"""
_LAST_SEEN = """SELECT coalesce(CASE WHEN page.version_id = version.id THEN page.last_read_at END, version.last_seen_at,
    version.first_seen_at) FROM version JOIN page ON page.id = version.page_id WHERE version.id = ?"""


class ImportsTable(AuditTable):
    """Implements of the protocol ``Store`` what takes in captures made elsewhere, on a handle."""

    def take_up(self, source: str, page: NewPage, now: datetime) -> bool:
        with self.atomic():
            if not self.add_pages(source, [page], now):
                return False
            self.handle.write("UPDATE page SET baseline = 1 WHERE key = ?", (page.key,))
        return True

    def is_taken(self, page: int, at: datetime, wire: bytes) -> bool:
        second = from_instant(at.replace(microsecond=0))  # all that many programs write of an instant
        until = second + timedelta(seconds=1) // timedelta(milliseconds=1)
        sql = "SELECT 1 FROM capture WHERE page_id = ? AND at >= ? AND at < ? AND wire_digest = ? LIMIT 1"
        return self.handle.row(sql, (page, second, until, wire)) is not None

    def keep_import(self, page: Page, capture: Capture, wording: Wording, evidence: Evidence, origin: str, now: datetime) -> bool:
        seen = Observation(Seen.PARSED, capture.at, capture=capture)
        with self.atomic():
            number = self._keep_capture(page, Outcome(seen, Decision(), capture.at, evidence=evidence), origin)
            known = self.earlier(page.id, wording.fingerprint)
            if known is not None:
                self._stretch(page.id, known.id, from_instant(capture.at))
            version = known.id if known else self.new_version(page, wording, capture.at, number)
            self.handle.insert(
                "INSERT INTO change (at, kind, page_id, before_id, after_id, capture_id, baseline)"
                " VALUES (?, ?, ?, NULL, ?, ?, 1)",
                (from_instant(now), Kind.IMPORTED.value, page.id, version, number),
            )
        return known is None

    def _stretch(self, page: int, version: int, at: int) -> None:
        """Let a version last longer that only imports know. What our own visits saw of one stays as it is."""
        self.handle.write(
            "UPDATE version SET first_seen_at = min(first_seen_at, ?),"
            " last_seen_at = max(coalesce(last_seen_at, first_seen_at), ?)"
            " WHERE id = ? AND (SELECT origin_id FROM capture WHERE id = capture_id) IS NOT NULL AND NOT EXISTS"
            " (SELECT 1 FROM change WHERE page_id = ? AND kind <> 'imported' AND version.id IN (before_id, after_id))",
            (at, at, version, page),
        )

    def origins(self, page: int) -> dict[int, str]:
        rows = self.handle.rows(
            "SELECT version.number, name.text FROM version JOIN capture ON capture.id = version.capture_id"
            " JOIN name ON name.id = capture.origin_id WHERE version.page_id = ?",
            (page,),
        )
        return dict(rows)

    def _number_at(self, page: int, at: datetime) -> int | None:
        """See ``LogTable``. What an import says counts where no visit of ours says otherwise.

        That is before the first of them, and after the last one that saw a wording, until the next one that saw another.
        """
        until = from_instant(at)
        own = self.handle.row(
            f"SELECT at, number, version FROM ({_OWN}) WHERE at <= ? ORDER BY at DESC, logged DESC, id DESC LIMIT 1",
            (page, page, until),
        )
        taken = self.handle.row(f"SELECT at, number FROM ({_IMPORTED}) WHERE at <= ? ORDER BY at DESC LIMIT 1", (page, until))
        if own is None or taken is None:
            found = own or taken
            return int(found[1]) if found else None
        seen_until = max(own[0], self.handle.value(_LAST_SEEN, (own[2],)))
        return int(own[1] if taken[0] <= seen_until else taken[1])
