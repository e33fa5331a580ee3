"""What a visit writes: capture, version, changes, the page's state, its absence, the pages it links to; in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from urllib.parse import urlsplit

from monitor.model import (
    Capture,
    Claim,
    Decision,
    Evidence,
    Kind,
    NewPage,
    Observation,
    Outcome,
    Page,
    Seen,
    Twin,
    VersionRef,
)
from monitor.storing.database import Handle, Row
from monitor.storing.pictures import PicturesTable
from monitor.storing.texts import deflate
from monitor.storing.values import Names, from_instant, instant, packed_headers, unpacked_headers

PAGE_COLUMNS = """page.id, source.name, page.key, page.url, page.baseline, page.gone, page.visits, page.etag, page.last_modified,
    page.parts, page.layout_id, page.seen, page.version_id, version.fingerprint, version.published, page.failures,
    page.reader
    FROM page JOIN source ON source.id = page.source_id LEFT JOIN version ON version.id = page.version_id"""
_BATCH = 1000  # SQLite binds a limited number of values in one statement


class VisitsTable(PicturesTable):
    """Implements of the protocol ``Rounds`` what belongs to a single visit, on a handle."""

    def __init__(self, handle: Handle) -> None:
        super().__init__(handle)
        self.file_names = Names(handle, "file", "name")

    def atomic(self, *, waiting: bool = True) -> AbstractContextManager[None]:
        return self.handle.atomic(waiting=waiting)

    def page_of(self, row: Row) -> Page:
        """The page of a row of PAGE_COLUMNS."""
        fields = frozenset(["published"]) if row[14] is not None else frozenset()
        return Page(
            id=row[0],
            source=row[1],
            key=row[2],
            url=row[3],
            baseline=bool(row[4]),
            gone=bool(row[5]),
            visits=row[6],
            etag=row[7],
            last_modified=row[8],
            parts=row[9],
            layout=self.names.text(row[10]),
            seen=Seen(row[11]) if row[11] else None,
            current=VersionRef(row[12], row[13], fields) if row[12] is not None else None,
            failures=row[15],
            reader=row[16],
        )

    # What a verdict asks

    def earlier(self, page: int, fingerprint: bytes) -> VersionRef | None:
        row = self.handle.row(
            "SELECT id, published FROM version WHERE page_id = ? AND fingerprint = ? ORDER BY number DESC LIMIT 1",
            (page, fingerprint),
        )
        return VersionRef(row[0], fingerprint, frozenset(["published"] if row[1] else [])) if row else None

    def is_known_elsewhere(self, text_digest: bytes, page: int) -> bool:
        text = self.texts.find(text_digest)
        sql = "SELECT 1 FROM version WHERE text_id = ? AND page_id <> ? LIMIT 1"
        return text is not None and self.handle.row(sql, (text, page)) is not None

    def twin(self, wire: bytes) -> Twin | None:
        row = self.handle.row(
            "SELECT capture.id, coalesce(capture.answered, page.url), capture.at FROM capture"
            " JOIN file ON file.id = capture.file_id JOIN page ON page.id = capture.page_id"
            " WHERE substr(capture.wire_digest, 1, 8) = ? AND capture.wire_digest = ? AND capture.wire_size"
            " AND capture.twin_id IS NULL AND file.dropped_at IS NULL LIMIT 1",
            (wire[:8], wire),
        )
        return Twin(row[0], row[1], instant(row[2])) if row else None

    # What it writes

    def finish(self, claim: Claim, outcome: Outcome) -> bool:
        page, observation, decision = claim.page, outcome.observation, outcome.decision
        with self.atomic():
            if not self._is_valid(claim):
                return False
            capture = self._keep_capture(page, outcome)
            if decision.adopted is not None:
                page = self.adopted(page, decision.adopted, observation.at)
            version = self._keep_version(page, decision, observation, capture)
            self._log(page, decision, observation.at, version, capture)
            if decision.pictures is not None:
                self.keep_pictures(page.id, decision.pictures.after)
                for file, kept in decision.pictures.captures:
                    self._insert_capture(page, file, kept)
            self._update(claim, outcome, version)
            self._note_absence(claim, observation, capture)
            if outcome.links:
                self.add_pages(page.source, outcome.links, observation.at)
        return True

    def _is_valid(self, claim: Claim) -> bool:
        """Whether the page is still as it was handed out: nobody visited it, removed it or was handed it since."""
        page = claim.page
        row = self.handle.row("SELECT visits, gone, coalesce(worker, ?) FROM page WHERE id = ?", (claim.worker, page.id))
        return row == (page.visits, page.gone, claim.worker)

    def _keep_capture(self, page: Page, outcome: Outcome, origin: str | None = None) -> int | None:
        """The row of a capture that is evidence; ``origin`` is the file that it was imported from."""
        capture, evidence = outcome.observation.capture, outcome.evidence
        if capture is None or evidence is None:
            return None
        return self._insert_capture(page, capture, evidence, origin)

    def _insert_capture(self, page: Page, capture: Capture, evidence: Evidence | None, origin: str | None = None) -> int:
        evidence = evidence or Evidence()
        place = evidence.place
        return self.handle.insert(
            "INSERT INTO capture (page_id, at, status, answered, wire_digest, wire_size, body_size, took_ms, headers, hops,"
            " file_id, offset, length, twin_id, origin_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                page.id,
                from_instant(capture.at),
                capture.status,
                None if capture.answered == page.url else capture.answered,
                capture.digest,
                len(capture.wire),
                len(capture.body),
                round(capture.took * 1000),
                packed_headers(capture, self._first_headers(page.id)),
                _packed_hops(capture),
                self.file_names.number(place.file) if place else None,
                place.offset if place else None,
                place.length if place else None,
                evidence.twin,
                self.names.number(origin),
            ),
        )

    def _first_headers(self, page: int) -> bytes:
        """The headers that came with a page's first version; none before it has one."""
        first = self.handle.value(
            "SELECT headers FROM capture WHERE id = (SELECT capture_id FROM version WHERE page_id = ? AND number = 1)", (page,)
        )
        return b"" if first is None else unpacked_headers(first, b"")

    def _keep_version(self, page: Page, decision: Decision, seen: Observation, capture: int | None) -> int | None:
        """The version that the page bears after the visit."""
        if decision.wording is None and decision.version is None:
            return page.current.id if page.current else None
        self.end_version(page)
        if decision.wording is None:
            return decision.version
        return self.new_version(page, decision.wording, seen.at, capture)

    def _log(self, page: Page, decision: Decision, at: datetime, version: int | None, capture: int | None) -> None:
        before = page.current.id if page.current else None
        for kind in decision.changes:
            is_return = kind is Kind.RESTORED
            number = self.handle.insert(
                "INSERT INTO change (at, kind, page_id, before_id, after_id, capture_id, baseline) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    from_instant(at),
                    kind.value,
                    page.id,
                    None if is_return else before,
                    before if is_return else version,
                    capture,
                    int(page.baseline and kind.is_first and not self._is_news(page, kind)),
                ),
            )
            if decision.pictures is not None and decision.pictures.is_edit and kind in (Kind.EDITED, Kind.REVERTED):
                self.log_pictures(number, decision.pictures)

    def _is_news(self, page: Page, kind: Kind) -> bool:
        """Whether the first sight of a page taken up as baseline is news: a known article moved there, after the first round."""
        if kind is not Kind.MOVED:
            return False
        return self.handle.value("SELECT baseline_at FROM source WHERE name = ?", (page.source,)) is not None

    def _update(self, claim: Claim, outcome: Outcome, version: int | None) -> None:
        page, seen = claim.page, outcome.observation
        is_well = seen.seen.is_well
        at = from_instant(seen.at)
        kept = outcome.validators
        reading = seen.reading
        self.handle.write(
            "UPDATE page SET visits = visits + 1, failures = ?, gone = ?, version_id = ?, last_visit_at = ?,"
            " last_read_at = CASE WHEN ? THEN ? ELSE last_read_at END, next_visit_at = ?, round_id = ?, seen = ?, detail = ?,"
            " etag = ?, last_modified = ?, parts = ?, reader = ?, layout_id = ?, worker = NULL, lease_until = NULL,"
            " original_url = coalesce(?, original_url) WHERE id = ?",
            (
                0 if is_well else page.failures + 1,
                int(page.gone and not is_well),
                version,
                at,
                is_well,
                at,
                from_instant(outcome.next_visit),
                claim.round,
                seen.seen.value,
                seen.detail or None,
                kept.etag,
                kept.last_modified,
                reading.parts if reading else page.parts,
                reading.reader if reading else page.reader,
                self.names.number(reading.layout if reading else page.layout),
                reading.article.original_url if reading and reading.article else None,
                page.id,
            ),
        )

    def _note_absence(self, claim: Claim, observation: Observation, capture: int | None) -> None:
        """A page that is gone is noted, with its host, until it is seen again."""
        page = claim.page
        if observation.seen.is_well and page.seen is not None and not page.seen.is_well:
            self.handle.write("DELETE FROM absence WHERE page_id = ?", (page.id,))
        elif page.is_missed(observation.seen):
            self.handle.write(
                "INSERT OR REPLACE INTO absence (page_id, round_id, host, at, capture_id) VALUES (?, ?, ?, ?, ?)",
                (page.id, claim.round, urlsplit(page.url).netloc.lower(), from_instant(observation.at), capture),
            )

    def add_pages(self, source: str, pages: Iterable[NewPage], now: datetime, is_baseline: bool = False) -> int:
        wanted = list(pages)
        known = self._known_keys([name for page in wanted for name in (page.key, page.formerly) if name])
        missing = [page for page in wanted if not known & {page.key, page.formerly}]
        if not missing:
            return 0
        with self.atomic():
            number, baseline_at = self.handle.rows("SELECT id, baseline_at FROM source WHERE name = ?", (source,))[0]
            added = 0
            for page in missing:
                added += self.handle.write(
                    "INSERT OR IGNORE INTO page (source_id, key, url, baseline, found_at, next_visit_at)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    (number, page.key, page.url, int(is_baseline or baseline_at is None), from_instant(now), from_instant(now)),
                )
        return added

    def _known_keys(self, keys: Sequence[str]) -> set[str]:
        known: set[str] = set()
        for start in range(0, len(keys), _BATCH):
            some = keys[start : start + _BATCH]
            marks = ", ".join("?" * len(some))
            known.update(key for (key,) in self.handle.rows(f"SELECT key FROM page WHERE key IN ({marks})", some))
        return known


def _packed_hops(capture: Capture) -> bytes | None:
    if not capture.hops:
        return None
    return deflate(json.dumps([[hop.status, hop.url, hop.location] for hop in capture.hops]).encode("utf-8", "replace"))
