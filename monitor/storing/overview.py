"""How sources and pages stand: rounds and incidents by day, backfills, lists of pages by what was seen of them."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model import Incident
from monitor.model.statistics import Backfilled, Days, Known, Pages, RoundDays
from monitor.storing.days import DAY, day_of, ends, of_sources
from monitor.storing.log import PAGE_STATUS, status_of
from monitor.storing.search import SearchTable
from monitor.storing.values import instant, maybe_instant

NOT_YET = "not yet visited"
_STANDS = {
    "paused": "page.state = 'paused'",
    "forgotten": "page.state = 'forgotten'",
    "gone": "page.state <> 'forgotten' AND (page.gone OR page.seen = 'gone')",
    NOT_YET: "page.state <> 'forgotten' AND NOT page.gone AND page.seen IS NULL",
}


class OverviewTable(SearchTable):
    """Implements of the protocol ``Statistics`` what says how things stand, on a handle."""

    def round_days(self, days: Days, sources: Sequence[str] = ()) -> list[RoundDays]:
        first, end = ends(days)
        among, names = of_sources(sources)
        rows = self.handle.rows(
            f"SELECT source.name, started_at / {DAY} AS began, ended_at / {DAY} AS over, count(*) FROM round"
            " JOIN source ON source.id = source_id WHERE kind = 'round' AND started_at < ? AND coalesce(ended_at, ?) >= ?"
            f"{among} GROUP BY source_id, began, over ORDER BY source.name, began",
            (end, end, first, *names),
        )
        return [RoundDays(name, day_of(a), None if b is None else day_of(b), count) for name, a, b, count in rows]

    def incidents_of(self, days: Days, sources: Sequence[str] = ()) -> list[Incident]:
        first, end = ends(days)
        among, names = of_sources(sources)
        rows = self.handle.rows(
            "SELECT source.name, kind, detail, started_at, ended_at FROM incident JOIN source ON source.id = source_id"
            f" WHERE started_at < ? AND coalesce(ended_at, ?) >= ?{among} ORDER BY started_at, incident.id",
            (end, end, first, *names),
        )
        return [Incident(r[0], r[1], r[2], instant(r[3]), maybe_instant(r[4])) for r in rows]

    def known_since(self) -> list[Known]:
        return [Known(name, instant(at)) for name, at in self.handle.rows("SELECT name, added_at FROM source ORDER BY name")]

    def backfilled(self) -> list[Backfilled]:
        rows = self.handle.rows(
            "SELECT source.name, (SELECT count(*) FROM backfill WHERE source_id = source.id),"
            " (SELECT coalesce(sum(taken), 0) FROM backfill WHERE source_id = source.id),"
            " (SELECT count(*) FROM page WHERE page.source_id = source.id AND visits = 0 AND page.baseline"
            " AND page.state = 'active') FROM source ORDER BY source.name"
        )
        return [Backfilled(*row) for row in rows if row[1] or row[3]]

    def some_pages(self, source: str | None, stand: str | None, after: int, limit: int) -> Pages:
        conditions, values = ["page.id > ?"], [after]
        among, names = of_sources([source] if source is not None else [], "page.source_id")
        if stand is None:
            conditions.append("page.state <> 'forgotten'")
        elif stand in _STANDS:
            conditions.append(_STANDS[stand])
        else:
            conditions.append("page.state <> 'forgotten' AND NOT page.gone AND page.seen = ?")
        seen = [stand] if stand is not None and stand not in _STANDS else []
        rows = self.handle.rows(
            f"SELECT {PAGE_STATUS} WHERE {' AND '.join(conditions)}{among} ORDER BY page.id LIMIT ?",
            (*values, *seen, *names, limit + 1),
        )
        found = tuple(status_of(row) for row in rows[:limit])
        return Pages(found, found[-1].id if len(rows) > limit else None)
