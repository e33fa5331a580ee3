"""Search over the wordings of all pages, present and past, by an index of their words (SQLite's FTS5, without contents).

A text is in the index once, however many pages bear it. ``monitor/storing/tokens.py`` says what a word is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice

from monitor.errors import StoreDamaged
from monitor.model import Change, ChangeWords, Found, Hit, SearchQuery, Stay
from monitor.storing.database import Row
from monitor.storing.reviews import ReviewsTable
from monitor.storing.snippets import marked, snippet
from monitor.storing.stays import stays_of
from monitor.storing.texts import text_parts
from monitor.storing.tokens import indexed
from monitor.storing.values import from_instant, instant
from monitor.storing.wanted import Wanted, wanted
from monitor.storing.words import CHANGES_INDEXED, TEXTS_INDEXED, indexed_to

_LONGEST = 1_000_000  # characters of a text that are indexed
_BATCH = 200  # texts that are looked up at first; more each time, where filters leave little of them
_MOST_LOOKED_AT = 10_000  # texts that one search looks at; `further` says where to go on
_RANKED = 1_000  # the newest texts that hold the words, among which the best come first
_TITLE, _BODY = 5.0, 1.0  # how much a word counts in a title and in the text below
_LAST_SEEN = """max(version.first_seen_at, coalesce(CASE WHEN page.version_id = version.id THEN page.last_read_at END,
    version.last_seen_at, 0))"""
_HIT = f"""version.text_id, version.id, page.id, page.url, source.name, version.number, version.first_seen_at, {_LAST_SEEN},
    page.version_id = version.id AND NOT page.gone
    FROM json_each(?) text CROSS JOIN version ON version.text_id = text.value CROSS JOIN page ON page.id = version.page_id
    CROSS JOIN source ON source.id = page.source_id"""
_NEWEST = "SELECT rowid FROM text_words WHERE text_words MATCH ? AND rowid <= ? ORDER BY rowid DESC LIMIT ?"
_BEST = f"""SELECT rowid FROM text_words WHERE text_words MATCH ? AND rowid >= ?
    ORDER BY bm25(text_words, {_TITLE}, {_BODY}), rowid DESC"""
_ALL = 2**62


class SearchTable(ReviewsTable):
    """Implements the protocol ``Search`` on a handle."""

    def search(self, query: SearchQuery) -> Found:
        words = wanted(query.words)
        if not words.groups:
            return Found((), hint=words.hint)
        rows, further = (self._best if query.is_ranked else self._newest)(words, query)
        stays = stays_of(self.handle, {row[2] for row in rows})
        return Found(tuple(self._hit(row, words, stays[row[1]]) for row in rows), further, words.hint)

    def _newest(self, words: Wanted, query: SearchQuery) -> tuple[list[Row], tuple[int, int] | None]:
        """Up to ``limit`` wordings, those with the newest texts first."""
        below, version = query.start or (_ALL, _ALL)
        found: list[Row] = []
        size, seen = max(_BATCH, query.limit), 0
        while seen < _MOST_LOOKED_AT:
            texts = [text for (text,) in self.handle.rows(_NEWEST, (words.expression, below, size))]
            for row in self._wordings(texts, query):
                if (row[0], row[1]) < (below, version):
                    if len(found) == query.limit:
                        return found, (found[-1][0], found[-1][1])
                    found.append(row)
            if len(texts) < size:
                return found, None
            below, version = texts[-1], 0  # all wordings with this text were looked at
            seen, size = seen + size, min(4 * size, 10_000)
        return found, (below, version)

    def _best(self, words: Wanted, query: SearchQuery) -> tuple[list[Row], tuple[int, int] | None]:
        """The same, those that fit best first, of the newest that fit at all. A page of them begins where the last one ended."""
        newest = self.handle.rows(_NEWEST, (words.expression, _ALL, _RANKED))
        if not newest:
            return [], None
        best = [text for (text,) in self.handle.rows(_BEST, (words.expression, newest[-1][0]))]
        skipped = query.start[1] if query.start else 0
        end = skipped + query.limit
        rows = list(islice(self._wordings(best, query), end + 1))
        return rows[skipped:end], ((0, end) if end < len(rows) else None)

    def _wordings(self, texts: Sequence[int], query: SearchQuery) -> Iterator[Row]:
        """The wordings with these texts that the filters let through, in the order of the texts, of each the newest first."""
        conditions, values = _filters(query)
        rows = self.handle.rows(f"SELECT {_HIT} WHERE {' AND '.join(['1', *conditions])}", (json.dumps(texts), *values))
        place = {text: at for at, text in enumerate(texts)}
        found = iter(sorted(rows, key=lambda row: (place[row[0]], -row[1])))
        if query.since is None and query.until is None:
            yield from found
            return
        while some := list(islice(found, query.limit + 1)):  # no more than are shown, nearly always
            stays = stays_of(self.handle, {row[2] for row in some})
            yield from (row for row in some if any(_is_among(each, query) for each in stays[row[1]]))

    def _hit(self, row: Row, words: Wanted, stays: tuple[Stay, ...]) -> Hit:
        title, paragraphs = text_parts(self.texts.content(row[0]))
        pattern = words.pattern
        return Hit(
            page=row[2],
            url=row[3],
            source=row[4],
            title=marked(title, pattern),
            version=row[5],
            first_seen=instant(row[6]),
            last_seen=instant(row[7]),
            is_current=bool(row[8]),
            snippet=snippet(" ".join(paragraphs), pattern),
            stays=stays,
        )

    # The index

    def unindexed_texts(self) -> int:
        return int(self.handle.value("SELECT count(*) FROM text WHERE id > ?", (indexed_to(self.handle),)))

    def index_texts(self, limit: int) -> int:
        """What is indexed is made ready first and written then, so that nobody waits for the words."""
        mark = indexed_to(self.handle)
        sql = "SELECT id FROM text WHERE id > ? ORDER BY id LIMIT ?"
        numbers = [number for (number,) in self.handle.rows(sql, (mark, limit))]
        rows = [(number, *self._words_of(number)) for number in numbers]
        if not rows:
            return 0
        with self.atomic(waiting=False):  # lost to a power cut, they are indexed again
            if indexed_to(self.handle) == mark:  # else somebody else has done it meanwhile
                for row in rows:
                    self.handle.write("INSERT INTO text_words (rowid, title, body) VALUES (?, ?, ?)", row)
                self.keep_progress(TEXTS_INDEXED, numbers[-1])
        return len(numbers)

    def _words_of(self, text: int) -> tuple[str, str]:
        try:
            title, paragraphs = text_parts(self.texts.content(text))
        except StoreDamaged:  # `verify` says more; the others can be found all the same
            return "", ""
        return indexed(title[:_LONGEST]), indexed("\n".join(paragraphs)[:_LONGEST])

    def unindexed_changes(self, limit: int) -> list[Change]:
        sql = "SELECT id FROM change WHERE id > ? ORDER BY id LIMIT ?"
        found = (self.change(number) for (number,) in self.handle.rows(sql, (self._changes_indexed(), limit)))
        return [change for change in found if change is not None]

    def index_changes(self, words: Sequence[ChangeWords], until: int) -> bool:
        mark = self._changes_indexed()
        rows = [(each.change, indexed(each.cut), indexed(each.added), indexed(each.beside)) for each in words]
        with self.atomic(waiting=False):
            if any(number <= mark for number, *_ in rows) or self._changes_indexed() != mark or until <= mark:
                return False
            for row in rows:
                self.handle.write("INSERT INTO change_words (rowid, cut, added, beside) VALUES (?, ?, ?, ?)", row)
            self.keep_progress(CHANGES_INDEXED, until)
        return True

    def _changes_indexed(self) -> int:
        return self._progress(CHANGES_INDEXED) or 0


def _is_among(stay: Stay, query: SearchQuery) -> bool:
    """Whether a wording stood then in the time that is asked for."""
    return (query.since is None or stay.last >= query.since) and (query.until is None or stay.first < query.until)


def _filters(query: SearchQuery) -> tuple[list[str], list[object]]:
    conditions: list[str] = []
    values: list[object] = []
    if query.sources:
        conditions.append(f"source.name IN ({', '.join('?' * len(query.sources))})")
        values += sorted(query.sources)
    if query.since is not None:
        conditions.append(f"{_LAST_SEEN} >= ?")
        values.append(from_instant(query.since))
    if query.until is not None:
        conditions.append("version.first_seen_at < ?")
        values.append(from_instant(query.until))
    if not query.past:
        conditions.append("page.version_id = version.id AND NOT page.gone")
    return conditions, values
