"""The log in numbers: changes by day, delays, and how long wordings that hold a term stood. Bounded, whatever the log's size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from monitor.model import Kind
from monitor.model.statistics import Band, By, DayCount, Days, Delay, Delays, Standing
from monitor.storing.days import DAY, day_of, ends, mondays, number_at, number_of, of_sources
from monitor.storing.overview import OverviewTable
from monitor.storing.stays import spans_of
from monitor.storing.tallies import BAND, KIND
from monitor.storing.wanted import wanted

_HOUR = 3_600_000
_MOST_EDITS = 2_000  # whose delays are looked at
_MOST_TEXTS = 5_000  # that hold a term
_NEWS = "NOT baseline AND NOT hidden AND at >= ? AND at < ?"
_LATER = f"kind IN ('{Kind.EDITED}', '{Kind.REVERTED}', '{Kind.REMOVED}')"
_STOOD_TO = """max(version.first_seen_at, coalesce(CASE WHEN page.version_id = version.id THEN page.last_read_at END,
    version.last_seen_at, 0))"""
# whether a wording stood more than once: only of such ones the stays are looked up, of the others there is one
_CAME_BACK = "EXISTS (SELECT 1 FROM change WHERE change.after_id = version.id AND change.at > version.first_seen_at)"


class StatisticsTable(OverviewTable):
    """Implements of the protocol ``Statistics`` what counts, on a handle."""

    def changes_per_day(self, days: Days, by: By, sources: Sequence[str] = ()) -> list[DayCount]:
        among, names = of_sources(sources)
        value = "(SELECT name FROM source WHERE source.id = source_id)" if by is By.SOURCE else "value"
        rows = self.handle.rows(
            f"SELECT day, {value}, sum(changes) FROM tally WHERE what = ? AND day >= ? AND day < ?{among}"
            f" GROUP BY day, {'source_id' if by is By.SOURCE else 'value'} HAVING sum(changes) <> 0 ORDER BY day, 2",
            (BAND if by is By.BAND else KIND, *(end // DAY for end in ends(days)), *names),
        )
        return [_day_count(by, *row) for row in rows]

    # Delays

    def delays(self, days: Days, sources: Sequence[str] = ()) -> Delays:
        among, names = of_sources(sources, "+source_id")
        rows = self.handle.rows(
            f"SELECT change.at, version.published, page.baseline, page.found_at FROM (SELECT change_id FROM facet WHERE {_NEWS}"
            f" AND {_LATER}{among} ORDER BY change_id DESC LIMIT {_MOST_EDITS + 1}) CROSS JOIN change ON change.id = change_id"
            " CROSS JOIN page ON page.id = change.page_id LEFT JOIN version ON version.id = change.before_id",
            (*ends(days), *names),
        )
        is_cut, rows = len(rows) > _MOST_EDITS, rows[:_MOST_EDITS]
        from_day = (at // DAY - number_of(published) for at, published, *_ in rows if published)
        from_sight = ((at - found) // _HOUR for at, _, baseline, found in rows if not baseline)
        return Delays(_counted(from_day), _counted(from_sight), len(rows), is_cut)

    # A term

    def standing(self, words: str, days: Days, sources: Sequence[str] = ()) -> Standing:
        """A page counts in each week of a stay of a wording that holds the words (``monitor/storing/stays.py``)."""
        expression, weeks = wanted(words).expression, mondays(days)
        pages: list[set[int]] = [set() for _ in weeks]
        for page, first, last in self._stood(expression, days, sources):
            for week in range((first // DAY - number_at(weeks[0])) // 7, (last // DAY - number_at(weeks[0])) // 7 + 1):
                pages[week].add(page)
        count = f"SELECT count(*) FROM (SELECT 1 FROM text_words WHERE text_words MATCH ? LIMIT {_MOST_TEXTS + 1})"
        counted = tuple(zip(weeks, map(len, pages), strict=True))
        return Standing(counted, self.handle.value(count, (expression,)) > _MOST_TEXTS)

    def _stood(self, expression: str, days: Days, sources: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        """On which pages wordings with the words stood, and the first and last millisecond, of these days."""
        start, end = ends(days)
        among, names = of_sources(sources, "page.source_id")
        rows = self.handle.rows(
            f"SELECT version.page_id, version.id, version.first_seen_at, {_STOOD_TO} AS stood_to, {_CAME_BACK}"
            f" FROM (SELECT rowid FROM text_words WHERE text_words MATCH ? ORDER BY rowid DESC LIMIT {_MOST_TEXTS}) AS found"
            " CROSS JOIN version ON version.text_id = found.rowid CROSS JOIN page ON page.id = version.page_id"
            f" WHERE version.first_seen_at < ? AND stood_to >= ?{among}",
            (expression, end, start, *names),
        )
        spans = spans_of(self.handle, {page for page, *_, came_back in rows if came_back})
        for page, version, first, last, came_back in rows:
            for begun, over in spans[version] if came_back else [(first, last)]:
                if begun < end and over >= start:
                    yield page, max(begun, start), min(over, end - 1)


def _day_count(by: By, day: int, value: str, count: int) -> DayCount:
    if by is By.SOURCE:
        return DayCount(day_of(day), count, source=value)
    return DayCount(day_of(day), count, kind=Kind(value)) if by is By.KIND else DayCount(day_of(day), count, band=Band(value))


def _counted(found: Iterable[int]) -> tuple[Delay, ...]:
    return tuple(Delay(after, count) for after, count in sorted(Counter(found).items()))
