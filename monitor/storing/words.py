"""Which changes hold words, by the indexes of words: as a condition in SQL where few do, else a question to one change at a time.

To look up one row in a full-text index takes long where a word is common, and a list of all rows that hold it longer still. So
a rare word gives a list of changes; of a commoner one the first texts themselves are read, and only where more are asked for,
all that hold it are listed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import islice

from monitor.errors import StoreDamaged
from monitor.model import Kind
from monitor.storing.database import Handle
from monitor.storing.postings import Postings
from monitor.storing.texts import Texts
from monitor.storing.wanted import Wanted

TEXTS_INDEXED = "indexed texts"  # up to which text all are in the index of words, in the table `progress`
CHANGES_INDEXED = "indexed changes"  # the same of changes
Condition = tuple[str, tuple[object, ...]]
_FEW = 10_000  # texts, or changes, that hold a word
_READ = 200  # changes whose texts are read before all that hold the word are listed, which takes as long
_AMONG = "change_id IN (SELECT value FROM json_each(?))"
# the order of the joins is meant: few texts hold the word, few versions bear a text, few changes have a version on a side
_BEARING = """SELECT change.id FROM {texts} CROSS JOIN version ON version.text_id = {number}
    CROSS JOIN change ON change.{side} = version.id WHERE {which}"""
_LISTED = " UNION ".join(
    _BEARING.format(texts="text_words", number="text_words.rowid", side=side, which="text_words MATCH ?1")
    for side in ("before_id", "after_id")
)
_UNINDEXED = " UNION ".join(
    _BEARING.format(texts="text", number="text.id", side=side, which="text.id > ?1") for side in ("before_id", "after_id")
)
_CHANGED = "SELECT rowid FROM change_words WHERE change_words MATCH ?"
# What words are asked of a change by: its score, number and kind, and the texts between which it lies, 0 for none. A plain tuple:
# there may be a hundred thousand of them.
Side = tuple[float, int, str, int, int]
Fitting = Callable[[Iterable[Side]], Iterable[Side]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of changes: a condition on their facets, and which of some fit, in their order and no sooner than wanted."""

    condition: Condition | None = None
    fitting: Fitting | None = None


NOTHING = Asked(("0", ()))


def indexed_to(handle: Handle, what: str = TEXTS_INDEXED) -> int:
    """The last text, or change, up to which all are in their index of words."""
    return int(handle.value("SELECT value FROM progress WHERE name = ?", (what,)) or 0)


def first_unindexed(handle: Handle) -> int | None:
    """The first change with a text that is not in the index of words yet; None where there is none."""
    found = handle.value(f"SELECT min(id) FROM ({_UNINDEXED})", (indexed_to(handle),))
    return None if found is None else int(found)


class WordIndex:
    """Asks the indexes of words, on a handle."""

    def __init__(self, handle: Handle, texts: Texts, postings: Postings) -> None:
        self._handle = handle
        self._texts = texts
        self._postings = postings
        self._mark = indexed_to(handle)

    def in_wordings(self, words: Wanted) -> Asked:
        """Changes between wordings one of which holds the words."""
        if not words.groups:
            return NOTHING
        if self._count("text_words", words.expression) > _FEW:
            return Asked(fitting=lambda rows: self._holding(rows, words))
        listed, unindexed = self._numbers(_LISTED, words.expression), set(self._numbers(_UNINDEXED, self._mark))
        condition = _among({*listed, *unindexed})
        if not unindexed:
            return Asked(condition)
        rest = unindexed - {*listed}
        return Asked(condition, lambda rows: (row for row in rows if row[1] not in rest or self._is_held(row, words)))

    def in_changes(self, words: Wanted, columns: str, whole: Set[Kind]) -> Asked:
        """Changes that cut or added the words, and those of the ``whole`` kinds, whose whole text came or went with them."""
        if not words.groups:
            return NOTHING
        expression, kinds = f"{columns} : ({words.expression})", _kinds(whole)
        is_rare = self._count("change_words", expression) <= _FEW
        changed = self._numbers(_CHANGED, expression) if is_rare else []
        if is_rare and not whole:
            return Asked(_among(changed))
        if is_rare and self._count("text_words", words.expression) <= _FEW:
            listed = self._numbers(_LISTED, words.expression)
            both, one, other = (_among(each) for each in ({*changed, *listed}, changed, listed))
            # `both` so that these are looked up, and not all changes gone through
            where = f"{_AMONG} AND ({_AMONG} OR ({kinds} AND {_AMONG}))"
            return Asked((where, (*both[1], *one[1], *other[1])))
        return Asked(
            (f"({kinds} OR {_AMONG})", _among(changed)[1]) if is_rare else None,
            lambda rows: self._changed_or_holding(rows, words, expression, whole),
        )

    def surely_changed(self, words: Wanted, columns: str, whole: Set[Kind], most: int) -> Condition:
        """The newest changes, up to ``most``, that cut or added the words: no others are needed to say that there are many."""
        found = self._numbers(f"{_CHANGED} ORDER BY rowid DESC LIMIT {most:d}", f"{columns} : ({words.expression})")
        return f"NOT {_kinds(whole)} AND {_AMONG}", _among(found)[1]

    def _holding(self, rows: Iterable[Side], words: Wanted) -> Iterator[Side]:
        """Those between texts that hold common words. The first texts are read; then all that hold the words are listed."""
        rows = iter(rows)
        if not self._postings.are_known("text_words", words.expression):
            yield from (row for row in islice(rows, _READ) if self._is_held(row, words))
        first = next(rows, None)
        if first is None:
            return
        holds = self._held(words)
        if holds(first[3]) or holds(first[4]):
            yield first
        yield from (row for row in rows if holds(row[3]) or holds(row[4]))

    def _changed_or_holding(self, rows: Iterable[Side], words: Wanted, expression: str, whole: Set[Kind]) -> Iterator[Side]:
        """Those that cut or added the words, and those of the ``whole`` kinds whose texts hold them."""
        marks = self._postings.marks("change_words", expression, indexed_to(self._handle, CHANGES_INDEXED))
        kinds, last, read = frozenset(each.value for each in whole), len(marks), 0
        holds: Callable[[int], bool] | None = self._held_if_known(words)
        for row in rows:
            if row[2] not in kinds:
                if row[1] < last and marks[row[1]]:
                    yield row
                continue
            if holds is None and read >= _READ:
                holds = self._held(words)
            read += 1
            if holds(row[3]) or holds(row[4]) if holds else self._is_held(row, words):
                yield row

    def _held_if_known(self, words: Wanted) -> Callable[[int], bool] | None:
        return self._held(words) if self._postings.are_known("text_words", words.expression) else None

    def _held(self, words: Wanted) -> Callable[[int], bool]:
        """Says of any text whether it holds the words. One that is not in the index yet is read."""
        marks = self._postings.marks("text_words", words.expression, self._mark)
        last = len(marks)
        return lambda text: bool(marks[text]) if text < last else self._fits(text, words)

    def _is_held(self, row: Side, words: Wanted) -> bool:
        return self._fits(row[3], words) or self._fits(row[4], words)

    def _fits(self, text: int, words: Wanted) -> bool:
        try:
            return text > 0 and words.fits(self._texts.content(text).decode("utf-8"))
        except StoreDamaged:  # `verify` says more
            return False

    def _count(self, table: str, expression: str) -> int:
        """How many rows of an index hold words, up to one more than are few."""
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT ?)"
        return int(self._handle.value(sql, (expression, _FEW + 1)))

    def _numbers(self, sql: str, value: object) -> list[int]:
        return [number for (number,) in self._handle.rows(sql, (value,))]


def _among(numbers: Iterable[int]) -> Condition:
    return _AMONG, (json.dumps([*numbers]),)


def _kinds(whole: Set[Kind]) -> str:
    return f"kind IN ({', '.join(repr(kind.value) for kind in sorted(whole))})"
