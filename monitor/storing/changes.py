"""The change log as it is read: filtered, the newest or the weightiest first, with what was judged of each change."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.errors import StoreDamaged
from monitor.model import Change, EditClass, Judged, Kind, LogQuery
from monitor.storing.database import Row
from monitor.storing.sealing import SealingTable
from monitor.storing.texts import text_parts
from monitor.storing.values import from_instant, instant

_BATCH = 200
_COLUMNS = """change.id, change.at, change.kind, source.name, change.page_id, page.url, change.baseline,
    b.number, a.number, b.text_id, a.text_id, judgement.score, judgement.reason, judgement.classes, judgement.muted,
    (SELECT count(*) FROM judgement f WHERE f.folded_id = change.id)
    FROM change JOIN page ON page.id = change.page_id
    JOIN source ON source.id = page.source_id LEFT JOIN version b ON b.id = change.before_id
    LEFT JOIN version a ON a.id = change.after_id LEFT JOIN judgement ON judgement.change_id = change.id"""
_UNREADABLE = "(this text is damaged; `monitor verify` says more)"
_HAS_UNJUDGED = "SELECT (SELECT count(*) FROM change) > (SELECT count(*) FROM judgement)"
_Place = tuple[float, int]  # a change's score and number: where a page of the ranked log ends


class ChangesTable(SealingTable):
    """Implements of the protocol ``Log`` what lists changes, on a handle."""

    def changes(self, query: LogQuery) -> Iterator[Change]:
        left, last = query.limit, None
        while left is None or left > 0:
            rows = self._change_rows(query, last)
            for row in rows:
                if query.text and not self._holds(row, query.text):
                    continue
                yield self._change(row)
                if left is not None:
                    left -= 1
                    if left == 0:
                        return
            if len(rows) < _BATCH:
                return
            last = (rows[-1][11] or 0.0, rows[-1][0])

    def _change_rows(self, query: LogQuery, last: _Place | None) -> list[Row]:
        found = [*_conditions(query)]
        if query.is_ranked:
            found.append(("judgement.change_id IS NOT NULL", ()))
        if last is not None and query.is_ranked:
            found.append(("(judgement.score, judgement.change_id) < (?, ?)", last))
        elif last is not None:
            found.append(("change.id < ?", last[1:]))
        where = " AND ".join(condition for condition, _ in found)
        values = [value for _, some in found for value in some]
        order = "judgement.score DESC, judgement.change_id DESC" if query.is_ranked else "change.id DESC"
        condition = f" WHERE {where}" if where else ""
        return self.handle.rows(f"SELECT {_COLUMNS}{condition} ORDER BY {order} LIMIT {_BATCH}", values)

    def _holds(self, row: Row, words: str) -> bool:
        wanted = words.casefold()
        texts = (self.texts.content(text).decode("utf-8") for text in (row[9], row[10]) if text is not None)
        return any(wanted in text.casefold() for text in texts)

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

    # Judgements

    def unjudged(self, recipe: bytes, limit: int) -> list[Change]:
        missing = "SELECT id FROM change WHERE id NOT IN (SELECT change_id FROM judgement) ORDER BY id DESC LIMIT ?"
        numbers = self.handle.rows(missing, (limit,)) if self.handle.value(_HAS_UNJUDGED) else []
        if not numbers:
            older = "SELECT change_id FROM judgement WHERE recipe"  # in halves, so that an index finds that there is none
            sql = f"SELECT * FROM ({older} < ? UNION ALL {older} > ?) ORDER BY change_id DESC LIMIT ?"
            numbers = self.handle.rows(sql, (recipe, recipe, limit))
        found = (self.change(number) for (number,) in numbers)
        return [change for change in found if change is not None]

    def keep_judgement(self, change: int, recipe: bytes, judged: Judged) -> None:
        self.handle.write(
            "INSERT INTO judgement (change_id, recipe, score, reason, classes, muted) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (change_id) DO UPDATE SET recipe = excluded.recipe, score = excluded.score,"
            " reason = excluded.reason, classes = excluded.classes, muted = excluded.muted",
            (change, recipe, judged.score, judged.reason, ",".join(judged.classes), int(judged.muted)),
        )

    def fold(self, change: int, into: int) -> None:
        self.handle.write("UPDATE judgement SET folded_id = ? WHERE change_id = ?", (into, change))


def _conditions(query: LogQuery) -> Iterator[tuple[str, tuple[object, ...]]]:
    """What a change must be for ``query``, as SQL with its values."""
    for column, wanted in (("source.name", sorted(query.sources)), ("change.kind", sorted(query.kinds))):
        if wanted:
            yield f"{column} IN ({', '.join('?' * len(wanted))})", tuple(wanted)
    if query.since is not None:
        yield "change.at >= ?", (from_instant(query.since),)
    if not query.baseline:
        yield "NOT change.baseline", ()
    if query.least > 0:
        yield "judgement.score >= ?", (query.least,)
    if query.classes:
        has = "instr(',' || judgement.classes || ',', ?)"
        yield f"({' OR '.join([has] * len(query.classes))})", tuple(f",{name}," for name in sorted(query.classes))
    if query.story is not None:
        yield "change.id IN (SELECT change_id FROM story_change WHERE story_id = ?)", (query.story,)
    if not query.hidden:
        yield "judgement.muted IS NOT 1 AND judgement.folded_id IS NULL", ()


def _judged(score: float | None, reason: str, classes: str, muted: int, folded: int) -> Judged | None:
    if score is None:
        return None
    return Judged(score, reason, tuple(EditClass(name) for name in classes.split(",") if name), bool(muted), folded)
