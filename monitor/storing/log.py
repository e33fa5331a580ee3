"""The reading side of the store: the change log, versions, states; and what a person may set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from monitor.article import Article, Card
from monitor.errors import StoreDamaged
from monitor.model import (
    Incident,
    Page,
    PageState,
    PageStatus,
    Seen,
    SourceState,
    SourceStatus,
    Stay,
    StoreStatus,
    Version,
)
from monitor.storing.changes import ChangesTable
from monitor.storing.database import Row
from monitor.storing.stays import stays_of
from monitor.storing.texts import cards_parts, text_parts
from monitor.storing.values import day, from_instant, instant, maybe_instant
from monitor.storing.visits import PAGE_COLUMNS

_BATCH = 200
_VERSION_COLUMNS = """version.number, version.page_id, version.text_id, version.publication_id, version.published,
    version.site_id, version.masthead, version.has_original, version.cards_id, version.fingerprint, text.digest,
    version.layout_id, version.first_seen_at, max(version.first_seen_at, coalesce(CASE WHEN page.version_id = version.id
    THEN page.last_read_at END, version.last_seen_at, 0)), page.original_url
    FROM version JOIN text ON text.id = version.text_id JOIN page ON page.id = version.page_id"""
PAGE_STATUS = """page.id, source.name, page.url, page.state, page.gone, page.seen, page.detail, page.failures,
    (SELECT count(*) FROM version WHERE page_id = page.id), page.last_visit_at, page.last_read_at, page.next_visit_at
    FROM page JOIN source ON source.id = page.source_id"""


class LogTable(ChangesTable):
    """Implements the protocol ``Log`` on a handle, beside ``Rounds``."""

    # Versions

    def version(self, page: int, number: int | None = None, at: datetime | None = None) -> Version | None:
        if at is not None:
            number = self._number_at(page, at)
            if number is None:
                return None
        which, value = ("version.number = ?", number) if number is not None else ("version.id = page.version_id", None)
        values = (page,) if value is None else (page, value)
        row = self.handle.row(f"SELECT {_VERSION_COLUMNS} WHERE version.page_id = ? AND {which}", values)
        return self._version(row) if row else None

    def _number_at(self, page: int, at: datetime) -> int | None:
        """The version that the page bore last at an instant: by its changes, and by versions that none was logged for."""
        found = self.handle.value(
            "SELECT number FROM (SELECT change.at AS at, version.number AS number, 1 AS logged, change.id AS id"
            " FROM change JOIN version ON version.id = change.after_id WHERE change.page_id = ?"
            " UNION ALL SELECT first_seen_at, number, 0, id FROM version WHERE page_id = ?)"
            " WHERE at <= ? ORDER BY at DESC, logged DESC, id DESC LIMIT 1",
            (page, page, from_instant(at)),
        )
        return None if found is None else int(found)

    def versions(self, page: int) -> list[Version]:
        rows = self.handle.rows(f"SELECT {_VERSION_COLUMNS} WHERE version.page_id = ? ORDER BY version.number", (page,))
        return [self._version(row) for row in rows]

    def _version(self, row: Row) -> Version:
        title, paragraphs = text_parts(self.texts.content(row[2]))
        article = Article(
            publication=self.names.text(row[3]) or "",
            title=title,
            published=day(row[4]),
            paragraphs=paragraphs,
            site=self.names.text(row[5]),
            masthead=day(row[6]),
            has_original=bool(row[7]),
            cards=self._cards(row[8]) if row[8] is not None else (),
            original_url=row[14],
        )
        return Version(
            number=row[0],
            page=row[1],
            article=article,
            fingerprint=row[9],
            text_digest=row[10],
            layout=self.names.text(row[11]) or "",
            first_seen=instant(row[12]),
            last_seen=instant(row[13]),
        )

    def _cards(self, number: int) -> tuple[Card, ...]:
        try:
            return cards_parts(self.cards.content(number))
        except ValueError as wrong:
            raise StoreDamaged(f"{self.handle.path}: cards {number} cannot be read ({wrong})") from wrong

    def stays(self, page: int) -> dict[int, tuple[Stay, ...]]:
        found = stays_of(self.handle, [page])
        rows = self.handle.rows("SELECT id, number FROM version WHERE page_id = ? ORDER BY number", (page,))
        return {number: found[row] for row, number in rows if row in found}

    def bearers(self, page: int, number: int) -> list[Page]:
        rows = self.handle.rows(
            f"SELECT {PAGE_COLUMNS} WHERE page.id <> ? AND page.id IN (SELECT page_id FROM version WHERE text_id ="
            " (SELECT text_id FROM version WHERE page_id = ? AND number = ?)) ORDER BY page.id",
            (page, page, number),
        )
        return [self.page_of(row) for row in rows]

    # Pages and sources

    def page(self, key: str) -> Page | None:
        row = self.handle.row(f"SELECT {PAGE_COLUMNS} WHERE page.key = ?", (key,))
        return self.page_of(row) if row else None

    def page_at(self, url: str) -> Page | None:
        row = self.handle.row(f"SELECT {PAGE_COLUMNS} WHERE page.url = ?", (url,))
        return self.page_of(row) if row else None

    def page_by_id(self, number: int) -> Page | None:
        row = self.handle.row(f"SELECT {PAGE_COLUMNS} WHERE page.id = ?", (number,))
        return self.page_of(row) if row else None

    def pages(self, source: str | None = None) -> Iterator[PageStatus]:
        below = 0
        while True:
            rows = self.handle.rows(
                f"SELECT {PAGE_STATUS} WHERE page.id > ? AND (? IS NULL OR source.name = ?) ORDER BY page.id LIMIT {_BATCH}",
                (below, source, source),
            )
            yield from map(status_of, rows)
            if len(rows) < _BATCH:
                return
            below = rows[-1][0]

    def page_status(self, number: int) -> PageStatus | None:
        row = self.handle.row(f"SELECT {PAGE_STATUS} WHERE page.id = ?", (number,))
        return status_of(row) if row else None

    def sources(self) -> list[SourceStatus]:
        """The pages are gone through once for all sources: there may be many."""
        counts = self.handle.rows(
            "SELECT source_id, CASE WHEN gone THEN 'gone' ELSE seen END AS what, sum(pages), max(last), min(next)"
            " FROM (SELECT source_id, gone, seen, count(*) AS pages, max(last_visit_at) AS last,"
            " min(CASE WHEN state = 'active' THEN next_visit_at END) AS next FROM page WHERE state <> 'forgotten'"
            " GROUP BY source_id, gone, seen) GROUP BY source_id, what ORDER BY source_id, what"
        )
        incidents = self.incidents()
        rows = self.handle.rows("SELECT id, name, state, baseline_at FROM source ORDER BY name")
        return [
            _source_status(row, [each[1:] for each in counts if each[0] == row[0]], [i for i in incidents if i.source == row[1]])
            for row in rows
        ]

    def incidents(self, open_only: bool = True) -> list[Incident]:
        rows = self.handle.rows(
            "SELECT source.name, kind, detail, started_at, ended_at FROM incident JOIN source ON source.id = source_id"
            " WHERE ended_at IS NULL OR NOT ? ORDER BY incident.id DESC",
            (open_only,),
        )
        return [Incident(r[0], r[1], r[2], instant(r[3]), maybe_instant(r[4])) for r in rows]

    def status(self) -> StoreStatus:
        counts = self.handle.rows(
            "SELECT (SELECT count(*) FROM page WHERE state <> 'forgotten'), (SELECT count(*) FROM version),"
            " (SELECT count(*) FROM text), (SELECT count(*) FROM change WHERE NOT baseline),"
            " (SELECT count(*) FROM change WHERE baseline AND kind <> 'imported'),"
            " (SELECT count(*) FROM change WHERE kind = 'imported'), (SELECT count(*) FROM _sqlite_migrations),"
            " (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size)"
        )[0]
        pages, versions, texts, changes, baseline, imported, schema, size = counts
        return StoreStatus(
            pages=pages,
            versions=versions,
            texts=texts,
            changes=changes,
            baseline=baseline,
            size=size,
            schema=schema,
            last_visit=self.last_visit(),
            incidents=tuple(self.incidents()),
            head=self.head(),
            imported=imported,
        )

    def set_source_state(self, name: str, state: SourceState) -> bool:
        return bool(self.handle.write("UPDATE source SET state = ? WHERE name = ?", (state, name)))

    def set_page_state(self, number: int, state: PageState) -> bool:
        return bool(self.handle.write("UPDATE page SET state = ? WHERE id = ?", (state, number)))

    def source_state(self, name: str) -> SourceState | None:
        state: SourceState | None = self.handle.value("SELECT state FROM source WHERE name = ?", (name,))
        return state


def status_of(row: Row) -> PageStatus:
    """The status of a row of PAGE_STATUS."""
    return PageStatus(
        id=row[0],
        source=row[1],
        url=row[2],
        state=row[3],
        gone=bool(row[4]),
        seen=Seen(row[5]) if row[5] else None,
        detail=row[6] or "",
        failures=row[7],
        versions=row[8],
        last_visit=maybe_instant(row[9]),
        last_read=maybe_instant(row[10]),
        next_visit=maybe_instant(row[11]),
    )


def _source_status(row: Row, counts: Sequence[Row], incidents: Sequence[Incident]) -> SourceStatus:
    """``counts``: what was seen of how many pages, their last visit and their next one."""
    return SourceStatus(
        name=row[1],
        state=row[2],
        pages=sum(each[1] for each in counts),
        last_visit=maybe_instant(max((each[2] for each in counts if each[2] is not None), default=None)),
        next_visit=maybe_instant(min((each[3] for each in counts if each[3] is not None), default=None)),
        baseline_done=row[3] is not None,
        by_seen=tuple((Seen(what) if what else None, count) for what, count, *_ in counts),
        incidents=tuple(incidents),
    )
