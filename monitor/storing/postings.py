"""Which rows of an index of words hold some: all of them, as a mark for each row. They are listed once, and remembered.

That may be so: what is in an index never alters, and what is added comes behind it.
"""

from __future__ import annotations

from collections import OrderedDict

from monitor.storing.database import Handle

_KEPT = 8  # expressions that are remembered, a byte for each row of the index


class Postings:
    """Lists and remembers, on a handle."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self._undone = handle.undone
        self._known: OrderedDict[tuple[str, str], bytearray] = OrderedDict()

    def are_known(self, table: str, expression: str) -> bool:
        """Whether it costs next to nothing to ask for them."""
        return self._undone == self._handle.undone and (table, expression) in self._known

    def marks(self, table: str, expression: str, until: int) -> bytearray:
        """1 at the number of each row up to ``until``, or further, that holds the words; 0 at any other. Row 0 is none."""
        if self._undone != self._handle.undone:  # what was added may be gone again, and others come in its place
            self._undone = self._handle.undone
            self._known.clear()
        found = self._known.setdefault((table, expression), bytearray(1))
        self._known.move_to_end((table, expression))
        first = len(found)
        if first <= until:
            sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid BETWEEN ? AND ?"
            rows = self._handle.rows(sql, (expression, first, until))  # where that fails, nothing is taken for known
            found.extend(bytes(until + 1 - first))
            for (number,) in rows:
                found[number] = 1
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return found
