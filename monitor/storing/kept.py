"""The captures that are kept, and the files of the archive that they lie in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from monitor.model import ArchiveFile, Kept, Place
from monitor.storing.database import Row
from monitor.storing.log import LogTable
from monitor.storing.values import from_instant, instant, maybe_instant

_BATCH = 200
_COLUMNS = """capture.id, capture.page_id, page.url, capture.answered, capture.at, capture.status, capture.wire_digest,
    file.name, capture.offset, capture.length, f2.name, twin.offset, twin.length,
    file.dropped_at, file.dropped_by, f2.dropped_at, f2.dropped_by, capture.origin_id
    FROM capture JOIN page ON page.id = capture.page_id LEFT JOIN file ON file.id = capture.file_id
    LEFT JOIN capture twin ON twin.id = capture.twin_id LEFT JOIN file f2 ON f2.id = twin.file_id"""
# when a capture came into the archive: one that was imported is older than its file
_TAKEN_IN = """CASE WHEN capture.origin_id IS NULL THEN capture.at ELSE
    (SELECT max(change.at) FROM change WHERE change.page_id = capture.page_id AND change.capture_id = capture.id) END"""

# Pictures may have been others when the wording before was first seen: then the change counts that showed them last.
_BEFORE = """coalesce((SELECT c.capture_id FROM change c WHERE c.page_id = change.page_id AND c.id < change.id
    AND c.after_id = change.before_id AND c.kind IN ('edited', 'reverted') AND p.change_id IS NOT NULL
    ORDER BY c.id DESC LIMIT 1), version.capture_id)"""
_OF_BEFORE = """ LEFT JOIN version ON version.id = change.before_id LEFT JOIN picture_change p ON p.change_id = change.id"""


class KeptTable(LogTable):
    """Implements of the protocol ``Store`` what tells of captures and archive files, on a handle."""

    def kept(self, page: int) -> list[Kept]:
        rows = self.handle.rows(f"SELECT {_COLUMNS} WHERE capture.page_id = ? ORDER BY capture.at, capture.id", (page,))
        return [self._kept(row) for row in rows]

    def kept_sides(self, change: int) -> tuple[Kept | None, Kept | None]:
        numbers = self.handle.row(f"SELECT {_BEFORE}, change.capture_id FROM change{_OF_BEFORE} WHERE change.id = ?", (change,))
        before, after = (self._one(number) for number in numbers or (None, None))
        return before, after

    def _one(self, number: int | None) -> Kept | None:
        row = self.handle.row(f"SELECT {_COLUMNS} WHERE capture.id = ?", (number,)) if number is not None else None
        return self._kept(row) if row else None

    def resting_on(self, capture: int) -> list[int]:
        rows = self.handle.rows(
            "SELECT change.id FROM change WHERE page_id = (SELECT page_id FROM capture WHERE id = ?) AND (capture_id = ?"
            " OR before_id IN (SELECT id FROM version WHERE version.page_id = change.page_id AND version.capture_id = ?))"
            " ORDER BY id",
            (capture, capture, capture),
        )
        return [number for (number,) in rows]

    def all_kept(self) -> Iterator[Kept]:
        below = 0
        while rows := self.handle.rows(f"SELECT {_COLUMNS} WHERE capture.id > ? ORDER BY capture.id LIMIT {_BATCH}", (below,)):
            for row in rows:
                yield self._kept(row)
            below = rows[-1][0]

    def _kept(self, row: Row) -> Kept:
        return Kept(
            id=row[0],
            page=row[1],
            url=row[2],
            answered=row[3] or row[2],
            at=instant(row[4]),
            status=row[5],
            digest=row[6],
            place=Place(*row[7:10]) if row[7] is not None else None,
            twin=Place(*row[10:13]) if row[10] is not None else None,
            dropped=_dropped(*row[13:15]) or _dropped(*row[15:17]),
            origin=self.names.text(row[17]),
        )

    def files(self) -> list[ArchiveFile]:
        rows = self.handle.rows(
            f"SELECT file.name, count(*), min({_TAKEN_IN}), max({_TAKEN_IN}), sum(capture.length), file.dropped_at,"
            " file.dropped_by, file.size, file.digest FROM file JOIN capture ON capture.file_id = file.id"
            " GROUP BY file.id ORDER BY file.id"
        )
        return [
            ArchiveFile(row[0], row[1], instant(row[2]), instant(row[3]), row[4], maybe_instant(row[5]), row[6] or "", *row[7:])
            for row in rows
        ]

    def drop_file(self, name: str, size: int, digest: bytes, by: str, now: datetime) -> None:
        self.handle.write(
            "UPDATE file SET dropped_at = ?, dropped_by = ?, size = ?, digest = ? WHERE name = ? AND dropped_at IS NULL",
            (from_instant(now), by, size, digest, name),
        )


def _dropped(at: int | None, by: str | None) -> str:
    return "" if at is None else f"dropped on {instant(at):%Y-%m-%d} by {by}"
