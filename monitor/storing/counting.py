"""How many changes the filters of the log let through, in all and by kind and source: told by the tally where it can tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from monitor.model import Kind, LogQuery
from monitor.storing.database import Row
from monitor.storing.days import DAY
from monitor.storing.facets import MOST_AT_ONCE, FacetsTable, joined, of_tally
from monitor.storing.tallies import KIND
from monitor.storing.values import from_instant
from monitor.storing.words import Condition

_SURE = 2_000  # of the newest changes that cut or added words, among which many are looked for
_NAME = "(SELECT name FROM source WHERE source.id = source_id)"
_BY = f"SELECT kind, {_NAME}, count(*) FROM facet"


class CountingTable(FacetsTable):
    """Counts changes by filters, on a handle."""

    def count(self, query: LogQuery, most: int = 1000) -> int:
        query = replace(query, start=None, limit=None)
        if not self.can_be(query):
            return 0
        asked = [*self.asked(query)]
        found = self.found(query, asked)
        if found is not None:
            return self._bounded(found, most)
        sure = self.surely(query, _SURE)
        if sure is not None and (count := self._bounded(sure, most)) > most:
            return count  # the others need not be looked for one at a time
        return sum(1 for _ in islice(self.numbers_of(query, asked, min(most + 1, MOST_AT_ONCE)), most + 1))

    def _bounded(self, found: Sequence[Condition], most: int) -> int:
        where, values = joined(found)
        return int(self.handle.value(f"SELECT count(*) FROM (SELECT 1 FROM facet{where} LIMIT ?)", (*values, most + 1)))

    def counts(self, query: LogQuery) -> dict[tuple[Kind, str], int]:
        found: Counter[tuple[Kind, str]] = Counter()
        for kind, source, count in self._grouped(replace(query, start=None, limit=None)):
            found[Kind(kind), source] += count
        return dict(found)

    def _grouped(self, query: LogQuery) -> Iterator[Row]:
        """Kinds, sources and how many changes; a pair may come several times."""
        if is_tallied(query):
            where, values = joined([("what = ?", (KIND,)), ("changes <> 0", ()), *of_tally(query)])
            sql = f"SELECT value, {_NAME}, sum(changes) FROM tally{where} GROUP BY value, source_id"
            yield from self.handle.rows(sql, values)
            return
        asked = [*self.asked(query)]
        found = self.found(query, asked)
        if found is not None:
            where, values = joined(found)
            yield from self.handle.rows(f"{_BY}{where} GROUP BY kind, source_id", values)
        else:
            numbers = self.numbers_of(query, asked)
            while some := list(islice(numbers, MOST_AT_ONCE)):
                which = f"change_id IN ({', '.join('?' * len(some))})"
                yield from self.handle.rows(f"{_BY} WHERE {which} GROUP BY kind, source_id", some)


def is_tallied(query: LogQuery) -> bool:
    """Whether a query asks for nothing but sources, kinds and whole days."""
    plain = replace(query, sources=frozenset(), kinds=frozenset(), since=None, until=None, limit=None)
    is_whole = all(at is None or from_instant(at) % DAY == 0 for at in (query.since, query.until))
    return is_whole and plain == LogQuery(limit=None)
