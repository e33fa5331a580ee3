"""Adding to the hash chain. A change that does not fit what it rests on is left out of it, and an incident says so.

So nothing that was put into the log by hand is vouched for, and it holds nothing up either: what was logged goes on being sealed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from monitor.storing.chain import GENESIS, WIDTH, ChainTable, link, record
from monitor.storing.database import Row
from monitor.storing.fitting import FIT_COLUMNS, Fitting
from monitor.storing.values import instant

INCIDENT = "seal"
_BATCH = 500
_UNSEALED = "change.id > (SELECT coalesce(max(change_id), 0) FROM seal)"
_LEFT_OUT = """SELECT 1 FROM change JOIN page ON page.id = change.page_id JOIN source ON source.id = page.source_id
    WHERE source.name = ? AND change.id NOT IN (SELECT change_id FROM seal) LIMIT 1"""


class SealingTable(ChainTable):
    """Implements of the protocol ``Store`` what adds to the chain, on a handle."""

    def seal(self) -> int:
        sealed, below = 0, 0
        while self.handle.row(f"SELECT 1 FROM change WHERE {_UNSEALED} AND id > ? LIMIT 1", (below,)) is not None:
            some, below = self._seal_some(below)  # nobody is kept waiting where there is nothing to seal
            sealed += some
        self._end_incidents()
        return sealed

    def unsealed(self) -> int:
        return int(self.handle.value(f"SELECT count(*) FROM change WHERE {_UNSEALED}"))

    def _seal_some(self, below: int) -> tuple[int, int]:
        """Seal the next few changes after ``below``, in one short transaction. How many, and the last one that was looked at."""
        sealed = 0
        with self.atomic():
            head = self.head()
            digest, fitting = head.digest if head else GENESIS, Fitting(self.handle)
            sql = f"SELECT {FIT_COLUMNS} WHERE {_UNSEALED} AND change.id > ? ORDER BY change.id LIMIT {_BATCH}"
            rows = self.handle.rows(sql, (below,))
            for row in rows:
                try:
                    why = fitting.misfit(row)
                    digest = digest if why else link(digest, record(row[:WIDTH]))
                except ValueError as wrong:
                    why = str(wrong)
                if why:
                    self._leave_out(row, why)
                else:
                    self.handle.write("INSERT INTO seal (change_id, digest) VALUES (?, ?)", (row[0], digest))
                    sealed += 1
        return sealed, rows[-1][0] if rows else sys.maxsize

    def _leave_out(self, row: Row, why: str) -> None:
        """Open an incident about a change that is not sealed, as of the last round there was."""
        if row[4] is None:  # of no page, or of no source: then only `monitor verify` can say so
            return
        last = self.handle.value("SELECT coalesce(max(coalesce(ended_at, started_at)), 0) FROM round")
        detail = (
            f"change {row[0]} is in the log and is nothing that was logged: {why}. It was not sealed; `monitor verify` names it."
            " Find out who writes into the database, and delete the row"
        )
        sql = "INSERT OR IGNORE INTO incident (source_id, kind, detail, started_at) VALUES (?, ?, ?, ?)"
        self.handle.write(sql, (row[-1], INCIDENT, detail, last))

    def _end_incidents(self) -> None:
        """End the incident of each source all of whose changes are sealed now."""
        for name, at in list(self._open()):
            if self.handle.row(_LEFT_OUT, (name,)) is None:
                self.close_incident(name, INCIDENT, instant(at))

    def _open(self) -> Iterator[tuple[str, int]]:
        yield from self.handle.rows(
            "SELECT source.name, (SELECT max(coalesce(ended_at, started_at)) FROM round WHERE source_id = source.id)"
            " FROM incident JOIN source ON source.id = incident.source_id WHERE incident.kind = ? AND incident.ended_at IS NULL",
            (INCIDENT,),
        )
