"""What the store knows of listings. See ``monitor/protocols/listings.py``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from monitor.model import BackfillState, ListingState, Page, Validators
from monitor.storing.values import from_instant, instant, maybe_instant
from monitor.storing.visits import PAGE_COLUMNS, VisitsTable

_BATCH = 1000  # SQLite binds a limited number of values in one statement
_STATE = "etag, last_modified, is_through, is_whole, altered_at, read_at"
_UNVISITED = """page.source_id = (SELECT id FROM source WHERE name = ?) AND page.baseline AND page.visits = 0
    AND page.state = 'active'"""


class ListingsTable(VisitsTable):
    """Implements the protocol ``Listings`` on a handle."""

    def listing(self, listing: str) -> ListingState:
        return self.listing_reads([listing]).get(listing, ListingState())

    def listing_reads(self, names: Sequence[str]) -> dict[str, ListingState]:
        found = {}
        for some in _batches(names):
            for name, *row in self.handle.rows(f"SELECT name, {_STATE} FROM listing WHERE name IN ({_marks(some)})", some):
                altered, read = maybe_instant(row[4]), maybe_instant(row[5])
                found[name] = ListingState(Validators(row[0], row[1]), bool(row[2]), bool(row[3]), altered, read)
        return found

    def is_listing_known(self, beginning: str) -> bool:
        behind = beginning[:-1] + chr(ord(beginning[-1]) + 1)
        sql = "SELECT 1 FROM listing WHERE name >= ? AND name < ? LIMIT 1"
        return self.handle.row(sql, (beginning, behind)) is not None

    def keep_listing(self, listing: str, state: ListingState) -> None:
        altered, read = (None if at is None else from_instant(at) for at in (state.altered, state.read))
        given = (state.validators.etag, state.validators.last_modified, int(state.is_through), int(state.is_whole), altered, read)
        self.handle.write(
            f"INSERT OR REPLACE INTO listing (name, {_STATE}) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (listing, *given),
        )

    def keep_listings_whole(self, source: str, now: datetime, *, whole: bool) -> None:
        at = from_instant(now) if whole else None
        self.handle.write("UPDATE source SET listings_whole_at = ? WHERE name = ?", (at, source))

    def listings_whole(self, source: str) -> datetime | None:
        return maybe_instant(self.handle.value("SELECT listings_whole_at FROM source WHERE name = ?", (source,)))

    # Pages that listings say something of

    def last_visits(self, keys: Sequence[str]) -> dict[str, datetime]:
        found = {}
        for some in _batches(keys):
            sql = f"SELECT key, last_visit_at FROM page WHERE last_visit_at IS NOT NULL AND key IN ({_marks(some)})"
            found.update({key: instant(at) for key, at in self.handle.rows(sql, some)})
        return found

    def taken_up(self, keys: Sequence[str]) -> dict[str, datetime]:
        found = {}
        for some in _batches(keys):
            rows = self.handle.rows(f"SELECT key, found_at FROM page WHERE key IN ({_marks(some)})", some)
            found.update({key: instant(at) for key, at in rows})
        return found

    def bring_forward(self, keys: Sequence[str], now: datetime) -> int:
        at, altered = from_instant(now), 0
        with self.atomic(waiting=False):
            for some in _batches(keys):
                wanted = f"state = 'active' AND next_visit_at > ? AND key IN ({_marks(some)})"
                altered += self.handle.write(f"UPDATE page SET next_visit_at = ? WHERE {wanted}", (at, at, *some))
        return altered

    def unvisited(self, source: str, limit: int, after: int = 0) -> list[Page]:
        sql = f"SELECT {PAGE_COLUMNS} WHERE {_UNVISITED} AND page.id > ? ORDER BY page.id LIMIT ?"
        return [self.page_of(row) for row in self.handle.rows(sql, (source, after, limit))]

    def unvisited_size(self, source: str) -> int:
        return int(self.handle.value(f"SELECT count(*) FROM page WHERE {_UNVISITED}", (source,)))

    # Backfill

    def backfill(self, source: str, task: str) -> dict[str, BackfillState]:
        rows = self.handle.rows(
            "SELECT listing, next, taken FROM backfill WHERE source_id = (SELECT id FROM source WHERE name = ?) AND task = ?",
            (source, task),
        )
        return {listing: BackfillState(following, taken) for listing, following, taken in rows}

    def keep_backfill(self, source: str, task: str, listing: str, state: BackfillState) -> None:
        with self.atomic():
            number = self.handle.value("SELECT id FROM source WHERE name = ?", (source,))
            self.handle.write("DELETE FROM backfill WHERE source_id = ? AND task <> ?", (number, task))
            self.handle.write(
                "INSERT OR REPLACE INTO backfill (source_id, listing, task, next, taken) VALUES (?, ?, ?, ?, ?)",
                (number, listing, task, state.next, state.taken),
            )

    def end_backfill(self, source: str) -> None:
        self.handle.write("DELETE FROM backfill WHERE source_id = (SELECT id FROM source WHERE name = ?)", (source,))


def _batches(names: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), _BATCH):
        yield names[start : start + _BATCH]


def _marks(some: Sequence[str]) -> str:
    return ", ".join("?" * len(some))
