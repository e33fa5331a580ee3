"""Which changes the filters of the log let through, found by their facets and by the indexes of words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from monitor.model import Kind, LogQuery, ReviewState
from monitor.storing.classes import bits
from monitor.storing.sealing import SealingTable
from monitor.storing.values import from_instant
from monitor.storing.wanted import Wanted, any_of, wanted

TEXTS_INDEXED = "indexed texts"  # up to which text all are in the index of words, in the table `progress`
Place = tuple[float, int]  # a change's score and number: where a page of the log ends
_FEW = 10_000  # texts or changes with a word, up to which they are listed; of a commoner word each change is asked for it
_WHOLE = f"kind NOT IN ('{Kind.EDITED}', '{Kind.REVERTED}')"  # what comes or goes with all of its words
_AMONG = "change_id IN (SELECT value FROM json_each(?))"
# the order of the joins is meant: few texts hold the word, few versions bear a text, few changes have a version on a side
_BEARING = """SELECT change.id FROM {texts} CROSS JOIN version ON version.text_id = {number}
    CROSS JOIN change ON change.{side} = version.id WHERE {which}"""
_LISTED = " UNION ".join(
    _BEARING.format(texts="text_words", number="text_words.rowid", side=side, which="text_words MATCH ?1")
    for side in ("before_id", "after_id")
)
_ASKED = """EXISTS (SELECT 1 FROM change CROSS JOIN version ON version.id IN (change.before_id, change.after_id)
    CROSS JOIN text_words ON text_words.rowid = version.text_id WHERE change.id = change_id AND text_words MATCH ?)"""
_UNINDEXED = " UNION ".join(
    _BEARING.format(texts="text", number="text.id", side=side, which="text.id > ?1") for side in ("before_id", "after_id")
)
_CHANGED_LISTED = "SELECT rowid FROM change_words WHERE change_words MATCH ?"
_CHANGED_ASKED = "EXISTS (SELECT 1 FROM change_words WHERE change_words MATCH ? AND rowid = change_id)"
_Condition = tuple[str, tuple[object, ...]]


class FacetsTable(SealingTable):
    """Finds changes by filters, on a handle."""

    def count(self, query: LogQuery, most: int = 1000) -> int:
        where, values = _joined([*self._conditions(query), *_ranked(query)])
        return int(self.handle.value(f"SELECT count(*) FROM (SELECT 1 FROM facet{where} LIMIT ?)", (*values, most + 1)))

    def _places(self, query: LogQuery, found: Sequence[_Condition], last: Place | None, limit: int) -> list[Place]:
        """The places of the next changes after ``last`` to which all conditions ``found`` apply, in the order of ``query``."""
        further = _ranked(query)
        if last is not None:
            further.append(("(score, change_id) < (?, ?)", last) if query.is_ranked else ("change_id < ?", last[1:]))
        where, values = _joined([*found, *further])
        order = "score DESC, change_id DESC" if query.is_ranked else "change_id DESC"
        sql = f"SELECT coalesce(score, 0), change_id FROM facet{where} ORDER BY {order} LIMIT ?"
        return [(score, number) for score, number in self.handle.rows(sql, (*values, limit))]

    def _conditions(self, query: LogQuery) -> list[_Condition]:
        """What a change must be for ``query``, as SQL with its values. Raises InputError for words that ask for nothing."""
        return [*_in_the_log(query), *_as_judged(query), *_as_reviewed(query), *self._by_words(query)]

    def texts_indexed(self) -> int:
        """The last text up to which all are in the index of words."""
        return int(self.handle.value("SELECT value FROM progress WHERE name = ?", (TEXTS_INDEXED,)) or 0)

    def _by_words(self, query: LogQuery) -> Iterator[_Condition]:
        if query.text is not None:
            sql, values = self._of_text(wanted(query.text))
            unindexed = self._as_json(_UNINDEXED, self.texts_indexed())
            yield f"({sql} OR {_AMONG})", (*values, unindexed)  # each of the unindexed is asked itself
        if query.changed is not None:
            yield self._of_change(wanted(query.changed), "{cut added}", f"kind = '{Kind.REMOVED}'")
        if query.watch is not None or query.any_of:
            spellings = any_of(query.any_of)
            yield self._of_change(spellings, "{cut added beside}", _WHOLE) if spellings else ("0", ())

    def _of_text(self, words: Wanted) -> _Condition:
        expression = words.expression
        is_few = self._is_few("text_words", expression)
        return (_AMONG, (self._as_json(_LISTED, expression),)) if is_few else (_ASKED, (expression,))

    def _of_change(self, words: Wanted, columns: str, whole: str) -> _Condition:
        """Changes that cut or added the words, and those that did so with the whole text, being of such a kind."""
        expression = f"{columns} : ({words.expression})"
        is_few = self._is_few("change_words", expression)
        sql, values = (_AMONG, (self._as_json(_CHANGED_LISTED, expression),)) if is_few else (_CHANGED_ASKED, (expression,))
        whole_sql, whole_values = self._of_text(words)
        return f"({sql} OR ({whole} AND {whole_sql}))", (*values, *whole_values)

    def _as_json(self, sql: str, value: object) -> str:
        """The numbers that a query gives, as JSON, so that they are looked up once for all pages of a log."""
        return json.dumps([number for (number,) in self.handle.rows(sql, (value,))])

    def _is_few(self, table: str, expression: str) -> bool:
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT {_FEW + 1})"
        return bool(self.handle.value(sql, (expression,)) <= _FEW)


def _in_the_log(query: LogQuery) -> Iterator[_Condition]:
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
    if not query.baseline:
        yield "NOT baseline", ()


def _as_judged(query: LogQuery) -> Iterator[_Condition]:
    if query.least > 0:
        yield "score >= ?", (query.least,)
    if query.classes:
        yield "classes & ?", (bits(query.classes),)
    if query.story is not None:
        yield "change_id IN (SELECT change_id FROM story_change WHERE story_id = ?)", (query.story,)
    if not query.hidden:
        yield "NOT hidden", ()


def _as_reviewed(query: LogQuery) -> Iterator[_Condition]:
    if query.states:
        if ReviewState.OPEN not in query.states:
            yield "state <> 'open'", ()  # so that the index of those is seen to fit
        yield _among("state", sorted(query.states))
    if query.assigned:
        yield "change_id IN (SELECT change_id FROM reviewed WHERE assigned = ? AND assigned <> '')", (query.assigned,)
    elif query.assigned is not None:
        yield "change_id NOT IN (SELECT change_id FROM reviewed WHERE assigned <> '')", ()


def _ranked(query: LogQuery) -> list[_Condition]:
    return [("score IS NOT NULL", ())] if query.is_ranked else []


def _among(what: str, wanted: Sequence[str]) -> _Condition:
    return f"{what} IN ({', '.join('?' * len(wanted))})", tuple(wanted)


def _joined(found: Sequence[_Condition]) -> tuple[str, tuple[object, ...]]:
    where = " AND ".join(condition for condition, _ in found)
    return (f" WHERE {where}" if where else ""), tuple(value for _, some in found for value in some)
