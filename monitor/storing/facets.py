"""Which changes the filters of the log let through, found by their facets and by the indexes of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from monitor.model import Kind, LogQuery, ReviewState
from monitor.storing.classes import bits
from monitor.storing.sealing import SealingTable
from monitor.storing.values import from_instant
from monitor.storing.wanted import any_of, wanted
from monitor.storing.words import NOTHING, Asked, Condition, WordIndex

Place = tuple[float, int]  # a change's score and number: where a page of the log ends
_WHOLE = frozenset({*Kind} - {Kind.EDITED, Kind.REVERTED})  # what comes or goes with all of its words
_SIDES = """change.id, change.kind, b.text_id, a.text_id FROM change LEFT JOIN version b ON b.id = change.before_id
    LEFT JOIN version a ON a.id = change.after_id"""
_FIRST_BATCH, _BATCH = 60, 200  # a page of the inbox, and what a longer log takes at first
MOST_AT_ONCE = 4_000  # and later on, where filters leave little of it


class FacetsTable(SealingTable):
    """Finds changes by filters, on a handle."""

    def numbers(self, query: LogQuery, first: int = _FIRST_BATCH) -> Iterator[int]:
        return islice(self._numbers_of(query, first), query.limit)

    def found(self, query: LogQuery) -> list[Condition] | None:
        """What a facet must be for ``query``, whatever its place; None where changes must be asked one at a time, too."""
        asked = list(self._asked(query))
        return [*self._found(query, asked), *_ranked(query)] if all(each.fits is None for each in asked) else None

    def _numbers_of(self, query: LogQuery, first: int = _FIRST_BATCH) -> Iterator[int]:
        """The numbers of the changes that ``query`` asks for, without its limit, ``first`` of them looked for at first."""
        asked = list(self._asked(query))
        found = self._found(query, asked)
        last, size = query.start, first
        while places := self._places(query, found, last, size):
            yield from self._fitting([number for _, number in places], asked)
            if len(places) < size:
                return
            last, size = places[-1], min(max(_BATCH, 2 * size), MOST_AT_ONCE)

    def _fitting(self, numbers: Sequence[int], asked: Sequence[Asked]) -> Iterator[int]:
        """Those of these changes that fit what is asked of them one at a time, in the same order, and no sooner than wanted."""
        if all(each.fits is None for each in asked):
            yield from numbers
            return
        sql = f"SELECT {_SIDES} WHERE change.id IN ({', '.join('?' * len(numbers))})"
        sides = {number: (kind, texts) for number, kind, *texts in self.handle.rows(sql, numbers)}
        for number in numbers:
            if number in sides and all(each.fits is None or each.fits(number, *sides[number]) for each in asked):
                yield number

    def _places(self, query: LogQuery, found: Sequence[Condition], last: Place | None, limit: int) -> list[Place]:
        """The places of the next changes after ``last`` to which all conditions ``found`` apply, in the order of ``query``."""
        further = _ranked(query)
        if last is not None:
            further.append(("(score, change_id) < (?, ?)", last) if query.is_ranked else ("change_id < ?", last[1:]))
        where, values = joined([*found, *further])
        order = "score DESC, change_id DESC" if query.is_ranked else "change_id DESC"
        sql = f"SELECT coalesce(score, 0), change_id FROM facet{where} ORDER BY {order} LIMIT ?"
        return [(score, number) for score, number in self.handle.rows(sql, (*values, limit))]

    def _found(self, query: LogQuery, asked: Sequence[Asked]) -> list[Condition]:
        return [*self._conditions(query), *(each.condition for each in asked if each.condition is not None)]

    def _conditions(self, query: LogQuery) -> list[Condition]:
        """What a change must be for ``query``, but for its words, as SQL with its values. What lets most through comes last."""
        return [*_in_the_log(query), *_as_judged(query), *_as_reviewed(query), *_usual(query)]

    def _asked(self, query: LogQuery) -> Iterator[Asked]:
        """What the words of a change must be for ``query``. Raises InputError for words that ask for nothing."""
        index = WordIndex(self.handle, self.texts)
        if query.text is not None:
            yield index.in_wordings(wanted(query.text))
        if query.changed is not None:
            yield index.in_changes(wanted(query.changed), "{cut added}", _of(query, frozenset([Kind.REMOVED])))
        if query.watch is not None or query.any_of:
            spellings = any_of(query.any_of)
            yield index.in_changes(spellings, "{cut added beside}", _of(query, _WHOLE)) if spellings else NOTHING


def _of(query: LogQuery, kinds: frozenset[Kind]) -> frozenset[Kind]:
    """Those of these kinds that are asked for."""
    return kinds & query.kinds if query.kinds else kinds


def _in_the_log(query: LogQuery) -> Iterator[Condition]:
    if query.sources:
        names = ", ".join("?" * len(query.sources))
        yield f"source_id IN (SELECT id FROM source WHERE name IN ({names}))", tuple(sorted(query.sources))
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


def _ranked(query: LogQuery) -> list[Condition]:
    return [("score IS NOT NULL", ())] if query.is_ranked else []


def _among(what: str, wanted: Sequence[str]) -> Condition:
    return f"{what} IN ({', '.join('?' * len(wanted))})", tuple(wanted)


def joined(found: Sequence[Condition]) -> tuple[str, tuple[object, ...]]:
    """Conditions as the WHERE of a statement, with their values; empty where there is none."""
    where = " AND ".join(condition for condition, _ in found)
    return (f" WHERE {where}" if where else ""), tuple(value for _, some in found for value in some)
