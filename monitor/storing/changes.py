"""The change log as it is read: filtered, the newest or the weightiest first, with what was judged of each change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from monitor.errors import StoreDamaged
from monitor.model import Change, EditClass, Judged, Kind, LogQuery, ReviewState
from monitor.storing.classes import bits
from monitor.storing.counting import CountingTable
from monitor.storing.database import Row
from monitor.storing.tallies import STATE
from monitor.storing.texts import text_parts
from monitor.storing.values import instant

_ROWS = 60  # that are read at once, enough for a page of the inbox
_COLUMNS = """change.id, change.at, change.kind, source.name, change.page_id, page.url, change.baseline,
    b.number, a.number, b.text_id, a.text_id, judgement.score, judgement.reason, judgement.classes, judgement.muted,
    (SELECT count(*) FROM judgement f WHERE f.folded_id = change.id), p.before_id, p.after_id
    FROM change JOIN page ON page.id = change.page_id
    JOIN source ON source.id = page.source_id LEFT JOIN version b ON b.id = change.before_id
    LEFT JOIN version a ON a.id = change.after_id LEFT JOIN judgement ON judgement.change_id = change.id
    LEFT JOIN picture_change p ON p.change_id = change.id"""
_UNREADABLE = "(this text is damaged; `monitor verify` says more)"


class ChangesTable(CountingTable):
    """Implements of the protocol ``Log`` what lists changes, on a handle."""

    def changes(self, query: LogQuery) -> Iterator[Change]:
        numbers = self.numbers(query)
        while some := list(islice(numbers, _ROWS)):
            yield from map(self._change, self._change_rows(some))

    def changes_of(self, numbers: Sequence[int]) -> list[Change]:
        return [self._change(row) for row in self._change_rows(numbers)]

    def _change_rows(self, numbers: Sequence[int]) -> list[Row]:
        """The rows of these changes, in this order."""
        sql = f"SELECT {_COLUMNS} WHERE change.id IN ({', '.join('?' * len(numbers))})"
        rows = {row[0]: row for row in self.handle.rows(sql, numbers)}
        return [rows[number] for number in numbers if number in rows]

    def _change(self, row: Row) -> Change:
        text = row[10] if row[10] is not None else row[9]
        return Change(
            id=row[0],
            at=instant(row[1]),
            kind=Kind(row[2]),
            source=row[3],
            page=row[4],
            url=row[5],
            title=self._title(text) if text is not None else "",
            baseline=bool(row[6]),
            before=row[7],
            after=row[8],
            judged=_judged(*row[11:16]),
            pictures=(row[16], row[17]) if row[16] is not None else None,
        )

    def _title(self, text: int) -> str:
        """The title of a text. One that is damaged hides no change, neither its own nor those after it."""
        try:
            return text_parts(self.texts.content(text))[0]
        except StoreDamaged:
            return _UNREADABLE

    def change(self, number: int) -> Change | None:
        row = self.handle.row(f"SELECT {_COLUMNS} WHERE change.id = ?", (number,))
        return self._change(row) if row else None

    def history(self, page: int) -> list[Change]:
        rows = self.handle.rows(f"SELECT {_COLUMNS} WHERE change.page_id = ? ORDER BY change.id", (page,))
        return [self._change(row) for row in rows]

    def newest(self) -> int:
        return int(self.handle.value("SELECT coalesce(max(id), 0) FROM change"))

    def news_count(self) -> int:
        return sum(self.news_by_state().values())

    def news_by_state(self) -> dict[ReviewState, int]:
        sql = "SELECT value, sum(changes) FROM tally WHERE what = ? GROUP BY value"
        return {ReviewState(state): count for state, count in self.handle.rows(sql, (STATE,)) if count}

    # Judgements

    def unjudged(self, recipe: bytes, limit: int) -> list[Change]:
        missing = "SELECT change_id FROM facet WHERE score IS NULL ORDER BY change_id DESC LIMIT ?"
        numbers = self.handle.rows(missing, (limit,))
        if not numbers:
            older = "SELECT change_id FROM judgement WHERE recipe = ? ORDER BY change_id DESC LIMIT ?"
            rows = (row for each in self._recipes() if each != recipe for row in self.handle.rows(older, (each, limit)))
            numbers = sorted(rows, reverse=True)[:limit]
        return self.changes_of([number for (number,) in numbers])

    def _recipes(self) -> Iterator[bytes]:
        """Every recipe by which a change was judged: few, found one after the other by their index."""
        recipe = self.handle.value("SELECT min(recipe) FROM judgement")
        while recipe is not None:
            yield recipe
            recipe = self.handle.value("SELECT min(recipe) FROM judgement WHERE recipe > ?", (recipe,))

    def keep_judgement(self, change: int, recipe: bytes, judged: Judged) -> None:
        with self.atomic():
            self.handle.write(
                "INSERT INTO judgement (change_id, recipe, score, reason, classes, muted) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (change_id) DO UPDATE SET recipe = excluded.recipe, score = excluded.score,"
                " reason = excluded.reason, classes = excluded.classes, muted = excluded.muted",
                (change, recipe, judged.score, judged.reason, ",".join(judged.classes), int(judged.muted)),
            )
            self.handle.write(
                "UPDATE facet SET score = ?, classes = ?, hidden = (SELECT muted OR folded_id IS NOT NULL FROM judgement"
                " WHERE judgement.change_id = facet.change_id) WHERE change_id = ?",
                (judged.score, bits(judged.classes), change),
            )

    def fold(self, change: int, into: int) -> None:
        with self.atomic():
            self.handle.write("UPDATE judgement SET folded_id = ? WHERE change_id = ?", (into, change))
            judged = "change_id IN (SELECT change_id FROM judgement WHERE change_id = ?)"
            self.handle.write(f"UPDATE facet SET hidden = 1 WHERE {judged}", (change,))



def _judged(score: float | None, reason: str, classes: str, muted: int, folded: int) -> Judged | None:
    if score is None:
        return None
    return Judged(score, reason, tuple(EditClass(name) for name in classes.split(",") if name), bool(muted), folded)
