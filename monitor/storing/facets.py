"""Which changes the filters of the log let through, found by their facets and by the indexes of words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from monitor.model import Kind, LogQuery, ReviewState
from monitor.storing.classes import bits
from monitor.storing.days import DAY
from monitor.storing.sealing import SealingTable
from monitor.storing.tallies import KIND
from monitor.storing.values import from_instant
from monitor.storing.wanted import any_of, wanted
from monitor.storing.words import NOTHING, Asked, Condition, Side, WordIndex

Place = tuple[float, int]  # a change's score and number: where a page of the log ends
_WHOLE = frozenset({*Kind} - {Kind.EDITED, Kind.REVERTED})  # what comes or goes with all of its words
_PLACE = "coalesce(score, 0), change_id, '', 0, 0"
_WITH_TEXTS = "coalesce(score, 0), change_id, kind, before_text, after_text"
_CHANGED = "{cut added}"  # the columns of the index of what changes bore
_FIRST_BATCH, _BATCH = 60, 200  # a page of the inbox, and what a longer log takes at first
MOST_AT_ONCE = 4_000  # and later on, where filters leave little of it


class FacetsTable(SealingTable):
    """Finds changes by filters, on a handle."""

    def numbers(self, query: LogQuery, first: int = _FIRST_BATCH) -> Iterator[int]:
        return islice(self.numbers_of(query, [*self.asked(query)], first), query.limit)

    def found(self, query: LogQuery, asked: Sequence[Asked]) -> list[Condition] | None:
        """What a facet must be for ``query``, whatever its place; None where changes must be asked one at a time, too."""
        return [*self._found(query, asked), *_ranked(query)] if all(each.fitting is None for each in asked) else None

    def numbers_of(self, query: LogQuery, asked: Sequence[Asked], first: int = _FIRST_BATCH) -> Iterator[int]:
        """The numbers of the changes that ``query`` asks for, without its limit, ``first`` of them looked for at first."""
        rows: Iterable[Side] = self._sides(query, asked, first)
        for each in asked:
            if each.fitting is not None:
                rows = each.fitting(rows)
        return (row[1] for row in rows)

    def _sides(self, query: LogQuery, asked: Sequence[Asked], size: int) -> Iterator[Side]:
        """The changes whose facets are as ``query`` wants them, of which words may still have to be asked."""
        if not self.can_be(query):
            return
        found, last = self._found(query, asked), query.start
        columns = _WITH_TEXTS if any(each.fitting is not None for each in asked) else _PLACE
        while rows := self._places(query, found, last, size, columns):
            yield from rows
            if len(rows) < size:
                return
            last, size = rows[-1][:2], min(max(_BATCH, 2 * size), MOST_AT_ONCE)

    def _places(
        self, query: LogQuery, found: Sequence[Condition], last: Place | None, limit: int, columns: str = _PLACE
    ) -> list[Side]:
        """The next changes after ``last`` to which all conditions ``found`` apply, in the order of ``query``."""
        further = _ranked(query)
        if last is not None:
            further.append(("(score, change_id) < (?, ?)", last) if query.is_ranked else ("change_id < ?", last[1:]))
        where, values = joined([*found, *further])
        order = "score DESC, change_id DESC" if query.is_ranked else "change_id DESC"
        return self.handle.rows(f"SELECT {columns} FROM facet{where} ORDER BY {order} LIMIT ?", (*values, limit))

    def can_be(self, query: LogQuery) -> bool:
        """Whether the tally has changes of these sources, kinds and days. Where it has none, no facet need be looked at."""
        if query.baseline or query.hidden or not (query.sources or query.kinds or query.since or query.until):
            return True
        where, values = joined([("what = ?", (KIND,)), ("changes > 0", ()), *of_tally(query)])
        return self.handle.value(f"SELECT 1 FROM tally{where} LIMIT 1", values) is not None

    def _found(self, query: LogQuery, asked: Sequence[Asked]) -> list[Condition]:
        return [*self._conditions(query), *(each.condition for each in asked if each.condition is not None)]

    def _conditions(self, query: LogQuery) -> list[Condition]:
        """What a change must be for ``query``, but for its words, as SQL with its values. What lets most through comes last."""
        return [*_in_the_log(query), *_as_judged(query), *_as_reviewed(query), *_usual(query)]

    def surely(self, query: LogQuery, most: int) -> list[Condition] | None:
        """Conditions that let through nothing but what ``query`` asks for, if not all of it; None where it asks for other words.

        Up to ``most`` of the newest changes: enough to say that there are many.
        """
        if query.changed is None or query.text is not None or query.watch is not None or query.any_of:
            return None
        whole = _of(query, frozenset([Kind.REMOVED]))
        sure = self._index().surely_changed(wanted(query.changed), _CHANGED, whole, most)
        return [*self._conditions(query), sure, *_ranked(query)]

    def _index(self) -> WordIndex:
        return WordIndex(self.handle, self.texts, self.postings)

    def asked(self, query: LogQuery) -> Iterator[Asked]:
        """What the words of a change must be for ``query``. Raises InputError for words that ask for nothing."""
        index = self._index()
        if query.text is not None:
            yield index.in_wordings(wanted(query.text))
        if query.changed is not None:
            yield index.in_changes(wanted(query.changed), _CHANGED, _of(query, frozenset([Kind.REMOVED])))
        if query.watch is not None or query.any_of:
            spellings = any_of(query.any_of)
            yield index.in_changes(spellings, "{cut added beside}", _of(query, _WHOLE)) if spellings else NOTHING


def _of(query: LogQuery, kinds: frozenset[Kind]) -> frozenset[Kind]:
    """Those of these kinds that are asked for."""
    return kinds & query.kinds if query.kinds else kinds


def _in_the_log(query: LogQuery) -> Iterator[Condition]:
    if len(query.sources) == 1 and not query.is_ranked:
        yield "source_id = (SELECT id FROM source WHERE name = ?)", (*query.sources,)
    elif query.sources:  # the plus keeps an index of sources out of it, by which all of theirs would have to be sorted
        names = ", ".join("?" * len(query.sources))
        yield f"+source_id IN (SELECT id FROM source WHERE name IN ({names}))", tuple(sorted(query.sources))
    if query.kinds:
        yield _among("kind", sorted(query.kinds))
    if query.since is not None:
        yield "at >= ?", (from_instant(query.since),)
    if query.until is not None:
        yield "at < ?", (from_instant(query.until),)
    if query.above:
        yield "change_id > ?", (query.above,)


def _as_judged(query: LogQuery) -> Iterator[Condition]:
    if query.least > 0:
        yield "score >= ?", (query.least,)
    if query.is_exact:
        yield "classes = ?", (bits(query.classes),)
    elif query.classes:
        yield "classes & ?", (bits(query.classes),)
    if query.story is not None:
        yield "change_id IN (SELECT change_id FROM story_change WHERE story_id = ?)", (query.story,)


def _usual(query: LogQuery) -> Iterator[Condition]:
    if not query.baseline:
        yield "NOT baseline", ()
    if not query.hidden:
        yield "NOT hidden", ()


def _as_reviewed(query: LogQuery) -> Iterator[Condition]:
    if query.states:
        if ReviewState.OPEN not in query.states:
            yield "state <> 'open'", ()  # so that the index of those is seen to fit
        yield _among("state", sorted(query.states))
    if query.assigned:
        yield "change_id IN (SELECT change_id FROM reviewed WHERE assigned = ? AND assigned <> '')", (query.assigned,)
    elif query.assigned is not None:
        yield "change_id NOT IN (SELECT change_id FROM reviewed WHERE assigned <> '')", ()


def of_tally(query: LogQuery) -> Iterator[Condition]:
    """What a row of the tally of kinds must be for the sources, kinds and days of ``query``."""
    for column, names in (("(SELECT name FROM source WHERE id = source_id)", query.sources), ("value", query.kinds)):
        if names:
            yield _among(column, sorted(names))
    if query.since is not None:
        yield "day >= ?", (from_instant(query.since) // DAY,)
    if query.until is not None:
        yield "day <= ?", ((from_instant(query.until) - 1) // DAY,)


def _ranked(query: LogQuery) -> list[Condition]:
    return [("score IS NOT NULL", ())] if query.is_ranked else []


def _among(what: str, wanted: Sequence[str]) -> Condition:
    return f"{what} IN ({', '.join('?' * len(wanted))})", tuple(wanted)


def joined(found: Sequence[Condition]) -> tuple[str, tuple[object, ...]]:
    """Conditions as the WHERE of a statement, with their values; empty where there is none."""
    where = " AND ".join(condition for condition, _ in found)
    return (f" WHERE {where}" if where else ""), tuple(value for _, some in found for value in some)
