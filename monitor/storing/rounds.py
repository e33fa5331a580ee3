"""The writing side of the store: rounds, claims, absences, incidents. Each method is one short transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor.model import Absence, Claim, Kind, Round
from monitor.storing.listings import ListingsTable
from monitor.storing.values import from_instant, instant, maybe_instant
from monitor.storing.visits import PAGE_COLUMNS


class RoundsTable(ListingsTable):
    """Implements the protocol ``Rounds`` on a handle."""

    def sync_sources(self, names: Sequence[str], now: datetime) -> None:
        known = {name for (name,) in self.handle.rows("SELECT name FROM source")}
        missing = [name for name in names if name not in known]
        if missing:
            with self.atomic():
                for name in missing:
                    self.handle.write(
                        "INSERT OR IGNORE INTO source (name, added_at) VALUES (?, ?)", (name, from_instant(now))
                    )

    def _source(self, name: str) -> int:
        return int(self.handle.value("SELECT id FROM source WHERE name = ?", (name,)))

    # Rounds and claims

    def open_round(self, source: str, now: datetime, stale: timedelta) -> Round:
        with self.atomic(waiting=False):
            number, baseline_at = self.handle.rows("SELECT id, baseline_at FROM source WHERE name = ?", (source,))[0]
            at = from_instant(now)
            previous = self.handle.value("SELECT max(coalesce(ended_at, started_at)) FROM round WHERE source_id = ?", (number,))
            cut_short = self.handle.row(
                "SELECT id, started_at FROM round WHERE source_id = ? AND ended_at IS NULL AND kind = 'round'"
                " AND started_at BETWEEN ? AND ? ORDER BY id DESC LIMIT 1",
                (number, from_instant(now - stale), at),
            )
            for (old,) in self.handle.rows("SELECT id FROM round WHERE source_id = ? AND ended_at IS NULL", (number,)):
                if cut_short is None or old != cut_short[0]:
                    self._end_round(old, at)
            self._forget_future(number, at)
            started = cut_short[1] if cut_short else at
            opened = cut_short[0] if cut_short else self._new_round(number, "round", at)
            return Round(opened, source, instant(started), baseline_at is None, maybe_instant(previous))

    def _forget_future(self, source: int, at: int) -> None:
        """Where the clock went back: pages visited in what is now the future are due, and their absences prove no span."""
        self.handle.write("UPDATE page SET next_visit_at = ? WHERE source_id = ? AND last_visit_at > ?", (at, source, at))
        self.handle.write(
            "DELETE FROM absence WHERE at > ? AND page_id IN (SELECT id FROM page WHERE source_id = ?)", (at, source)
        )

    def open_check(self, source: str, now: datetime) -> Round:
        """A round of its own for pages visited out of turn. It neither ends a baseline nor is ever resumed."""
        with self.atomic(waiting=False):
            number, baseline_at = self.handle.rows("SELECT id, baseline_at FROM source WHERE name = ?", (source,))[0]
            return Round(self._new_round(number, "check", from_instant(now)), source, now, baseline_at is None)

    def _new_round(self, source: int, kind: str, at: int) -> int:
        return self.handle.insert("INSERT INTO round (source_id, kind, started_at) VALUES (?, ?, ?)", (source, kind, at))

    def make_due(self, round_: Round, now: datetime) -> None:
        self.handle.write(
            "UPDATE page SET next_visit_at = ? WHERE source_id = ? AND state = 'active' AND next_visit_at > ?"
            " AND round_id IS NOT ? AND substr(url, 1, ?) = ?",
            (
                from_instant(now),
                self._source(round_.source),
                from_instant(now),
                round_.id,
                len(round_.under),
                round_.under,
            ),
        )

    def hurry(self, source: str, now: datetime, limit: int | None = None) -> None:
        at, failed = from_instant(now), "source_id = ? AND state = 'active' AND failures > 0 AND NOT gone AND next_visit_at > ?"
        self.handle.write(
            f"UPDATE page SET next_visit_at = ? WHERE id IN (SELECT id FROM page WHERE {failed} ORDER BY failures, id LIMIT ?)",
            (at, self._source(source), at, -1 if limit is None else limit),
        )

    def claim_due(
        self, round_: Round, now: datetime, horizon: timedelta, worker: str, lease: timedelta, limit: int
    ) -> list[Claim]:
        at = from_instant(now)
        with self.atomic(waiting=False):
            rows = self.handle.rows(
                f"SELECT {PAGE_COLUMNS} WHERE page.source_id = ? AND page.state = 'active' AND page.next_visit_at <= ?"
                " AND page.round_id IS NOT ? AND (page.lease_until IS NULL OR page.lease_until <= ?)"
                " AND substr(page.url, 1, ?) = ? ORDER BY page.next_visit_at, page.id LIMIT ?",
                (
                    self._source(round_.source),
                    from_instant(now + horizon),
                    round_.id,
                    at,
                    len(round_.under),
                    round_.under,
                    limit,
                ),
            )
            marks = ", ".join("?" * len(rows))
            self.handle.write(
                f"UPDATE page SET worker = ?, lease_until = ? WHERE id IN ({marks})",
                (worker, from_instant(now + lease), *(row[0] for row in rows)),
            )
        return [Claim(self.page_of(row), round_.id, worker) for row in rows]

    def claim_page(self, page: int, round_: Round, now: datetime, worker: str, lease: timedelta) -> Claim | None:
        with self.atomic(waiting=False):
            row = self.handle.row(
                f"SELECT {PAGE_COLUMNS} WHERE page.id = ? AND (page.lease_until IS NULL OR page.lease_until <= ?)",
                (page, from_instant(now)),
            )
            if row is None:
                return None
            self.handle.write(
                "UPDATE page SET worker = ?, lease_until = ? WHERE id = ?", (worker, from_instant(now + lease), page)
            )
        return Claim(self.page_of(row), round_.id, worker)

    def release(self, worker: str) -> None:
        with self.atomic(waiting=False):
            self.handle.write("UPDATE page SET worker = NULL, lease_until = NULL WHERE worker = ?", (worker,))

    def release_all(self) -> None:
        self.handle.write("UPDATE page SET worker = NULL, lease_until = NULL WHERE lease_until IS NOT NULL")

    # The end of a round

    def absences(self, round_: Round, now: datetime) -> list[Absence]:
        """See ``Rounds.absences``. Absences of this round count once another page of the host was read well in it."""
        with self.atomic():
            self._prove(round_.id, from_instant(now))
            rows = self.handle.rows(
                "SELECT a.page_id, count(*), min(a.at), max(a.at),"
                " (SELECT capture_id FROM absence WHERE page_id = a.page_id ORDER BY at DESC, round_id DESC LIMIT 1), page.url"
                " FROM absence a JOIN page ON page.id = a.page_id"
                " WHERE a.is_proven AND NOT page.gone AND page.version_id IS NOT NULL"
                " AND a.page_id IN (SELECT page_id FROM absence WHERE round_id = ? AND is_proven)"
                " GROUP BY a.page_id ORDER BY a.page_id",
                (round_.id,),
            )
        return [Absence(page, visits, instant(first), instant(last), *more) for page, visits, first, last, *more in rows]

    def _prove(self, number: int, until: int) -> None:
        """Mark the round's absences on those hosts of which a page was read well since the round began.

        What was read ``until`` now: where the clock went back, what lies in the future proves nothing.
        """
        started = self.handle.value("SELECT started_at FROM round WHERE id = ?", (number,))
        for (host,) in self.handle.rows("SELECT DISTINCT host FROM absence WHERE round_id = ? AND NOT is_proven", (number,)):
            neighbour = self.handle.row(
                "SELECT 1 FROM page WHERE last_read_at BETWEEN ? AND ? AND instr(lower(url) || '/', ?) BETWEEN 5 AND 6"
                " AND id NOT IN (SELECT page_id FROM absence WHERE round_id = ?) LIMIT 1",
                (started, until, f"://{host}/", number),
            )
            if neighbour is not None:
                self.handle.write("UPDATE absence SET is_proven = 1 WHERE round_id = ? AND host = ?", (number, host))

    def close_round(self, round_: Round, now: datetime, removals: Sequence[Absence]) -> bool:
        at = from_instant(now)
        with self.atomic():
            for absence in removals:
                self._remove(absence)
            was_read = self._was_read(round_.id, at)
            if was_read:
                self.handle.write(
                    "UPDATE source SET baseline_at = ? WHERE baseline_at IS NULL"
                    " AND id = (SELECT source_id FROM round WHERE id = ? AND kind = 'round')",
                    (at, round_.id),
                )
            self._end_round(round_.id, at)
        return was_read

    def _was_read(self, number: int, until: int) -> bool:
        """Whether any page of the round's source was read well since it began."""
        found = self.handle.row(
            "SELECT 1 FROM round JOIN page ON page.source_id = round.source_id"
            " AND page.last_read_at BETWEEN round.started_at AND ? WHERE round.id = ? LIMIT 1",
            (until, number),
        )
        return found is not None

    def _remove(self, absence: Absence) -> None:
        self.handle.insert(
            "INSERT INTO change (at, kind, page_id, before_id, after_id, capture_id, baseline)"
            " SELECT ?, ?, id, version_id, NULL, ?, 0 FROM page WHERE id = ? AND NOT gone",
            (from_instant(absence.last), Kind.REMOVED.value, absence.capture, absence.page),
        )
        self.handle.write("UPDATE page SET gone = 1 WHERE id = ?", (absence.page,))
        self.handle.write("DELETE FROM absence WHERE page_id = ?", (absence.page,))

    def _end_round(self, number: int, at: int) -> None:
        """What is left of a round: its end, and those absences for which a neighbour spoke."""
        self._prove(number, at)
        self.handle.write("DELETE FROM absence WHERE round_id = ? AND NOT is_proven", (number,))
        self.handle.write("UPDATE round SET ended_at = ? WHERE id = ?", (at, number))

    # Incidents, the clock

    def turn_off_shortcut(self, source: str, now: datetime, detail: str) -> None:
        with self.atomic():
            self.handle.write("UPDATE source SET shortcut_off = 1 WHERE name = ?", (source,))
            self.open_incident(source, "shortcut", now, detail)

    def is_shortcut_off(self, source: str) -> bool:
        return bool(self.handle.value("SELECT shortcut_off FROM source WHERE name = ?", (source,)))

    def turn_off_validators(self, source: str, now: datetime, detail: str) -> None:
        with self.atomic():
            self.handle.write("UPDATE source SET validators_off = 1 WHERE name = ?", (source,))
            self.open_incident(source, "validators", now, detail)

    def are_validators_off(self, source: str) -> bool:
        return bool(self.handle.value("SELECT validators_off FROM source WHERE name = ?", (source,)))

    def trust(self, source: str, now: datetime) -> bool:
        sql = "UPDATE source SET shortcut_off = 0, validators_off = 0 WHERE name = ? AND (shortcut_off OR validators_off)"
        with self.atomic():
            was_off = bool(self.handle.write(sql, (source,)))
            for kind in ("shortcut", "validators") if was_off else ():
                self.close_incident(source, kind, now)
        return was_off

    def open_incident(self, source: str, kind: str, now: datetime, detail: str) -> bool:
        sql = "INSERT OR IGNORE INTO incident (source_id, kind, detail, started_at) VALUES (?, ?, ?, ?)"
        return bool(self.handle.write(sql, (self._source(source), kind, detail, from_instant(now))))

    def close_incident(self, source: str, kind: str, now: datetime) -> bool:
        sql = "UPDATE incident SET ended_at = ? WHERE source_id = ? AND kind = ? AND ended_at IS NULL"
        return bool(self.handle.write(sql, (from_instant(now), self._source(source), kind)))

    def last_visit(self) -> datetime | None:
        latest = self.handle.value("SELECT max(last_visit_at) FROM page")
        return None if latest is None else instant(latest)
