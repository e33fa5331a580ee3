"""Which changes hold words, by the indexes of words: as a condition in SQL where few do, else a question to one change at a time.

To look up one row in a full-text index takes a millisecond where a word is common, and a list of all rows that hold it even more.
So a rare word gives a list of changes, a commoner one a set of texts, and of the commonest the texts themselves are read, as
long as few have to be.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Any

from monitor.errors import StoreDamaged
from monitor.model import Kind
from monitor.storing.database import Handle
from monitor.storing.texts import Texts
from monitor.storing.wanted import Wanted

TEXTS_INDEXED = "indexed texts"  # up to which text all are in the index of words, in the table `progress`
Condition = tuple[str, tuple[object, ...]]
_FEW = 10_000  # texts, or changes, that hold a word
_SOME_TEXTS, _SOME_CHANGES = 50_000, 300_000  # so many are listed to show a page of the log
_READ = 400  # texts that are read before all that hold the word are listed; to list half a million takes as long
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
_CHANGED = "SELECT 1 FROM change_words WHERE change_words MATCH ? AND rowid = ?"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a change: a condition on its facets, and what it must fit by its number, kind and two texts."""

    condition: Condition | None = None
    fits: Callable[[int, str, Any], bool] | None = None


NOTHING = Asked(("0", ()))


def texts_indexed(handle: Handle) -> int:
    """The last text up to which all are in the index of words."""
    return int(handle.value("SELECT value FROM progress WHERE name = ?", (TEXTS_INDEXED,)) or 0)


class WordIndex:
    """Asks the indexes of words, on a handle."""

    def __init__(self, handle: Handle, texts: Texts) -> None:
        self._handle = handle
        self._some_texts = _SOME_TEXTS
        self._texts = texts
        self._mark = texts_indexed(handle)

    def in_wordings(self, words: Wanted) -> Asked:
        """Changes between wordings one of which holds the words."""
        if not words.groups:
            return NOTHING
        count = self._count("text_words", words.expression, self._some_texts)
        if count > _FEW:
            holds = self._held(words, count)
            return Asked(fits=lambda _number, _kind, texts: any(holds(text) for text in texts))
        listed, unindexed = self._numbers(_LISTED, words.expression), set(self._numbers(_UNINDEXED, self._mark))
        condition = (_AMONG, (json.dumps([*{*listed, *unindexed}]),))
        if not unindexed:
            return Asked(condition)
        rest = unindexed - {*listed}
        return Asked(condition, lambda number, _kind, texts: number not in rest or any(self._fits(text, words) for text in texts))

    def in_changes(self, words: Wanted, columns: str, whole: Set[Kind]) -> Asked:
        """Changes that cut or added the words, and those of the ``whole`` kinds, whose whole text came or went with them."""
        if not words.groups:
            return NOTHING
        expression = f"{columns} : ({words.expression})"
        count = self._count("change_words", expression, _SOME_CHANGES)
        texts = self._count("text_words", words.expression, self._some_texts) if whole else 0
        changed: Set[int] | None = None
        if count <= _SOME_CHANGES:
            changed = {*self._numbers("SELECT rowid FROM change_words WHERE change_words MATCH ?", expression)}
        kinds = f"kind IN ({', '.join(repr(kind.value) for kind in sorted(whole))})"
        if changed is not None and max(count, texts) <= _FEW:
            if not whole:
                return Asked((_AMONG, (json.dumps([*changed]),)))
            listed = self._numbers(_LISTED, words.expression)
            both = json.dumps([*{*changed, *listed}])  # so that these are looked up, and not all changes gone through
            where = f"{_AMONG} AND ({_AMONG} OR ({kinds} AND {_AMONG}))"
            return Asked((where, (both, json.dumps([*changed]), json.dumps(listed))))
        holds = self._held(words, texts)

        def fits(number: int, kind: str, sides: Any) -> bool:
            if kind in whole:
                return any(holds(text) for text in sides)
            if changed is not None:
                return number in changed
            return self._handle.value(_CHANGED, (expression, number)) is not None

        if changed is None or count > _FEW:
            return Asked(fits=fits)
        return Asked((f"({kinds} OR {_AMONG})", (json.dumps([*changed]),)), fits)

    def _held(self, words: Wanted, count: int) -> Callable[[int | None], bool]:
        """Says of a text whether it holds common words: by itself while few are asked, and then by a set of all that do."""
        known: set[int] | None = None
        left = _READ if count > self._some_texts else 0

        def holds(text: int | None) -> bool:
            nonlocal known, left
            if left > 0:
                left -= 1
                return self._fits(text, words)
            if known is None:
                known = {*self._numbers("SELECT rowid FROM text_words WHERE text_words MATCH ?", words.expression)}
            return text in known or (text is not None and text > self._mark and self._fits(text, words))

        return holds

    def _fits(self, text: int | None, words: Wanted) -> bool:
        try:
            return text is not None and words.fits(self._texts.content(text).decode("utf-8"))
        except StoreDamaged:  # `verify` says more
            return False

    def _count(self, table: str, expression: str, most: int) -> int:
        """How many rows of an index hold words, up to one more than ``most``."""
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT ?)"
        return int(self._handle.value(sql, (expression, most + 1)))

    def _numbers(self, sql: str, value: object) -> list[int]:
        return [number for (number,) in self._handle.rows(sql, (value,))]
