"""The writing side of the store: rounds, claims, visits, absences, incidents. Each method is one short transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from monitor.article import Card
from monitor.model import (
    Absence,
    Capture,
    Claim,
    Decision,
    Kind,
    NewPage,
    Observation,
    Outcome,
    Page,
    Round,
    Seen,
    Validators,
    VersionRef,
    Wording,
)
from monitor.storing.database import Handle, Row
from monitor.storing.texts import Texts, cards_content, deflate, text_content
from monitor.storing.values import Names, from_day, from_instant, instant, maybe_instant, packed_headers, unpacked_headers

PAGE_COLUMNS = """page.id, source.name, page.key, page.url, page.baseline, page.gone, page.visits, page.etag, page.last_modified,
    page.parts, page.layout_id, page.seen, page.version_id, version.fingerprint, version.published, page.failures
    FROM page JOIN source ON source.id = page.source_id LEFT JOIN version ON version.id = page.version_id"""


class RoundsTable:
    """Implements the protocol ``Rounds`` on a handle."""

    def __init__(self, handle: Handle) -> None:
        self.handle = handle
        self.texts = Texts(handle, "text")
        self.cards = Texts(handle, "cards")
        self.names = Names(handle)

    def atomic(self) -> AbstractContextManager[None]:
        return self.handle.atomic()

    def sync_sources(self, names: Sequence[str], now: datetime) -> None:
        known = {name for (name,) in self.handle.rows("SELECT name FROM source")}
        missing = [name for name in names if name not in known]
        if missing:
            with self.atomic():
                for name in missing:
                    self.handle.write(
                        "INSERT OR IGNORE INTO source (name, added_at) VALUES (?, ?)", (name, from_instant(now))
                    )

    def _source(self, name: str) -> int:
        return int(self.handle.value("SELECT id FROM source WHERE name = ?", (name,)))

    # Rounds and claims

    def open_round(self, source: str, now: datetime, stale: timedelta) -> Round:
        with self.atomic():
            number, baseline_at = self.handle.rows("SELECT id, baseline_at FROM source WHERE name = ?", (source,))[0]
            at = from_instant(now)
            previous = self.handle.value("SELECT max(coalesce(ended_at, started_at)) FROM round WHERE source_id = ?", (number,))
            cut_short = self.handle.row(
                "SELECT id, started_at FROM round WHERE source_id = ? AND ended_at IS NULL AND kind = 'round'"
                " AND started_at BETWEEN ? AND ? ORDER BY id DESC LIMIT 1",
                (number, from_instant(now - stale), at),
            )
            for (old,) in self.handle.rows("SELECT id FROM round WHERE source_id = ? AND ended_at IS NULL", (number,)):
                if cut_short is None or old != cut_short[0]:
                    self._end_round(old, at)
            # pages visited in what is now the future: the clock went back, and they would not be due for long
            self.handle.write("UPDATE page SET next_visit_at = ? WHERE source_id = ? AND last_visit_at > ?", (at, number, at))
            started = cut_short[1] if cut_short else at
            opened = cut_short[0] if cut_short else self._new_round(number, "round", at)
            return Round(opened, source, instant(started), baseline_at is None, maybe_instant(previous))

    def open_check(self, source: str, now: datetime) -> Round:
        """A round of its own for pages visited out of turn. It neither ends a baseline nor is ever resumed."""
        with self.atomic():
            number, baseline_at = self.handle.rows("SELECT id, baseline_at FROM source WHERE name = ?", (source,))[0]
            return Round(self._new_round(number, "check", from_instant(now)), source, now, baseline_at is None)

    def _new_round(self, source: int, kind: str, at: int) -> int:
        return self.handle.insert("INSERT INTO round (source_id, kind, started_at) VALUES (?, ?, ?)", (source, kind, at))

    def make_due(self, round_: Round, now: datetime) -> None:
        self.handle.write(
            "UPDATE page SET next_visit_at = ? WHERE source_id = ? AND state = 'active' AND next_visit_at > ?"
            " AND round_id IS NOT ? AND substr(url, 1, ?) = ?",
            (
                from_instant(now),
                self._source(round_.source),
                from_instant(now),
                round_.id,
                len(round_.under),
                round_.under,
            ),
        )

    def claim_due(
        self, round_: Round, now: datetime, horizon: timedelta, worker: str, lease: timedelta, limit: int
    ) -> list[Claim]:
        at = from_instant(now)
        with self.atomic():
            rows = self.handle.rows(
                f"SELECT {PAGE_COLUMNS} WHERE page.source_id = ? AND page.state = 'active' AND page.next_visit_at <= ?"
                " AND page.round_id IS NOT ? AND (page.lease_until IS NULL OR page.lease_until <= ?)"
                " AND substr(page.url, 1, ?) = ? ORDER BY page.next_visit_at, page.id LIMIT ?",
                (
                    self._source(round_.source),
                    from_instant(now + horizon),
                    round_.id,
                    at,
                    len(round_.under),
                    round_.under,
                    limit,
                ),
            )
            marks = ", ".join("?" * len(rows))
            self.handle.write(
                f"UPDATE page SET worker = ?, lease_until = ? WHERE id IN ({marks})",
                (worker, from_instant(now + lease), *(row[0] for row in rows)),
            )
        return [Claim(self.page_of(row), round_.id) for row in rows]

    def claim_page(self, page: int, round_: Round, now: datetime, worker: str, lease: timedelta) -> Claim | None:
        with self.atomic():
            row = self.handle.row(
                f"SELECT {PAGE_COLUMNS} WHERE page.id = ? AND (page.lease_until IS NULL OR page.lease_until <= ?)",
                (page, from_instant(now)),
            )
            if row is None:
                return None
            self.handle.write(
                "UPDATE page SET worker = ?, lease_until = ? WHERE id = ?", (worker, from_instant(now + lease), page)
            )
        return Claim(self.page_of(row), round_.id)

    def release(self, worker: str) -> None:
        self.handle.write("UPDATE page SET worker = NULL, lease_until = NULL WHERE worker = ?", (worker,))

    def release_all(self) -> None:
        self.handle.write("UPDATE page SET worker = NULL, lease_until = NULL WHERE lease_until IS NOT NULL")

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

    # A visit

    def finish(self, claim: Claim, outcome: Outcome) -> bool:
        page, observation, decision = claim.page, outcome.observation, outcome.decision
        with self.atomic():
            still = self.handle.row("SELECT visits FROM page WHERE id = ?", (page.id,))
            if still is None or still[0] != page.visits:
                return False
            capture = self._keep_capture(page, observation, decision)
            version = self._keep_version(page, decision, observation, capture)
            self._log(page, decision, observation.at, version, capture)
            self._update(claim, outcome, version)
            self._note_absence(claim, observation, capture)
            if outcome.links:
                self.add_pages(page.source, outcome.links, observation.at)
        return True

    def _keep_capture(self, page: Page, observation: Observation, decision: Decision) -> int | None:
        """A capture that was a first sight, led to a change, could not be read or is proof of absence has a row."""
        capture, seen = observation.capture, observation.seen
        failed_now = not seen.is_well and page.seen is not seen
        if capture is None or not (decision.changes or decision.wording or failed_now or (seen is Seen.GONE and not page.gone)):
            return None
        return self.handle.insert(
            "INSERT INTO capture (page_id, at, status, answered, wire_digest, wire_size, body_size, took_ms, headers, hops)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
            ),
        )

    def _first_headers(self, page: int) -> bytes:
        first = self.handle.value("SELECT headers FROM capture WHERE page_id = ? ORDER BY id LIMIT 1", (page,))
        return b"" if first is None else unpacked_headers(first, b"")

    def _keep_version(self, page: Page, decision: Decision, seen: Observation, capture: int | None) -> int | None:
        """The version that the page bears after the visit."""
        current = page.current.id if page.current else None
        if decision.wording is None and decision.version is None:
            return current
        if current is not None:
            self.handle.write(
                "UPDATE version SET last_seen_at = (SELECT last_read_at FROM page WHERE id = ?) WHERE id = ?",
                (page.id, current),
            )
        if decision.wording is None:
            return decision.version
        return self._new_version(page, decision.wording, seen.at, capture)

    def _new_version(self, page: Page, wording: Wording, at: datetime, capture: int | None) -> int:
        article = wording.article
        last = self.handle.row(
            "SELECT number, text_id, cards_id FROM version WHERE page_id = ? ORDER BY number DESC LIMIT 1", (page.id,)
        )
        number, base_text, base_cards = last or (0, None, None)
        text = self.texts.keep(wording.text_digest, text_content(article), base_text)
        cards = self._keep_cards(article.cards, base_cards) if article.cards else None
        return self.handle.insert(
            "INSERT INTO version (page_id, number, fingerprint, text_id, publication_id, published, site_id, masthead,"
            " has_original, cards_id, layout_id, first_seen_at, capture_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                page.id,
                number + 1,
                wording.fingerprint,
                text,
                self.names.number(article.publication),
                from_day(article.published),
                self.names.number(article.site),
                from_day(article.masthead),
                int(article.has_original),
                cards,
                self.names.number(wording.layout),
                from_instant(at),
                capture,
            ),
        )

    def _keep_cards(self, cards: tuple[Card, ...], base: int | None) -> int:
        content = cards_content(cards)
        if base is None:  # the latest cards of all are most like these: the pages of a source show the same ones
            base = self.handle.value("SELECT max(id) FROM cards")
        return self.cards.keep(_cards_digest(content), content, base)

    def _log(self, page: Page, decision: Decision, at: datetime, version: int | None, capture: int | None) -> None:
        before = page.current.id if page.current else None
        for kind in decision.changes:
            is_return = kind is Kind.RESTORED
            self.handle.insert(
                "INSERT INTO change (at, kind, page_id, before_id, after_id, capture_id, baseline) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    from_instant(at),
                    kind.value,
                    page.id,
                    None if is_return else before,
                    before if is_return else version,
                    capture,
                    int(page.baseline and kind in (Kind.NEW, Kind.COPIED)),
                ),
            )

    def _update(self, claim: Claim, outcome: Outcome, version: int | None) -> None:
        page, seen = claim.page, outcome.observation
        is_well = seen.seen.is_well
        at = from_instant(seen.at)
        kept = outcome.validators
        reading = seen.reading
        article = reading.article if reading else None
        self.handle.write(
            "UPDATE page SET visits = visits + 1, failures = ?, gone = ?, version_id = ?, last_visit_at = ?,"
            " last_read_at = CASE WHEN ? THEN ? ELSE last_read_at END, next_visit_at = ?, round_id = ?, seen = ?, detail = ?,"
            " etag = ?, last_modified = ?, parts = ?, layout_id = ?, worker = NULL, lease_until = NULL,"
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
                self.names.number(reading.layout if reading else page.layout),
                article.original_url if article else None,
                page.id,
            ),
        )

    def _note_absence(self, claim: Claim, observation: Observation, capture: int | None) -> None:
        """A page that is gone is noted, with its host, until it is seen again."""
        page = claim.page
        if observation.seen.is_well and page.seen is not None and not page.seen.is_well:
            self.handle.write("DELETE FROM absence WHERE page_id = ?", (page.id,))
        elif observation.seen is Seen.GONE and page.current is not None and not page.gone:
            self.handle.write(
                "INSERT OR REPLACE INTO absence (page_id, round_id, host, at, capture_id) VALUES (?, ?, ?, ?, ?)",
                (page.id, claim.round, urlsplit(page.url).netloc.lower(), from_instant(observation.at), capture),
            )

    def add_pages(self, source: str, pages: Iterable[NewPage], now: datetime) -> int:
        wanted = list(pages)
        marks = ", ".join("?" * len(wanted))
        known = {key for (key,) in self.handle.rows(f"SELECT key FROM page WHERE key IN ({marks})", [p.key for p in wanted])}
        missing = [page for page in wanted if page.key not in known]
        if not missing:
            return 0
        with self.atomic():
            number, baseline_at = self.handle.rows("SELECT id, baseline_at FROM source WHERE name = ?", (source,))[0]
            added = 0
            for page in missing:
                added += self.handle.write(
                    "INSERT OR IGNORE INTO page (source_id, key, url, baseline, found_at, next_visit_at)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    (number, page.key, page.url, int(baseline_at is None), from_instant(now), from_instant(now)),
                )
        return added

    # The end of a round

    def absences(self, round_: Round) -> list[Absence]:
        """See ``Rounds.absences``. Absences of this round count once another page of the host was read well in it."""
        with self.atomic():
            self._prove(round_.id)
            rows = self.handle.rows(
                "SELECT a.page_id, count(*), min(a.at), max(a.at),"
                " (SELECT capture_id FROM absence WHERE page_id = a.page_id ORDER BY at DESC, round_id DESC LIMIT 1)"
                " FROM absence a JOIN page ON page.id = a.page_id"
                " WHERE a.is_proven AND NOT page.gone AND page.version_id IS NOT NULL"
                " AND a.page_id IN (SELECT page_id FROM absence WHERE round_id = ? AND is_proven)"
                " GROUP BY a.page_id ORDER BY a.page_id",
                (round_.id,),
            )
        return [Absence(page, visits, instant(first), instant(last), capture) for page, visits, first, last, capture in rows]

    def _prove(self, number: int) -> None:
        """Mark the round's absences on those hosts of which a page was read well since the round began."""
        started = self.handle.value("SELECT started_at FROM round WHERE id = ?", (number,))
        for (host,) in self.handle.rows("SELECT DISTINCT host FROM absence WHERE round_id = ? AND NOT is_proven", (number,)):
            neighbour = self.handle.row(
                "SELECT 1 FROM page WHERE last_read_at >= ? AND instr(lower(url) || '/', ?) BETWEEN 5 AND 6"
                " AND id NOT IN (SELECT page_id FROM absence WHERE round_id = ?) LIMIT 1",
                (started, f"://{host}/", number),
            )
            if neighbour is not None:
                self.handle.write("UPDATE absence SET is_proven = 1 WHERE round_id = ? AND host = ?", (number, host))

    def close_round(self, round_: Round, now: datetime, removals: Sequence[Absence]) -> None:
        at = from_instant(now)
        with self.atomic():
            for absence in removals:
                self._remove(absence)
            self.handle.write(
                "UPDATE source SET baseline_at = ?1 WHERE name = ?2 AND baseline_at IS NULL AND EXISTS (SELECT 1 FROM round"
                " JOIN page ON page.source_id = source.id AND page.last_read_at >= round.started_at"
                " WHERE round.id = ?3 AND round.kind = 'round')",
                (at, round_.source, round_.id),
            )
            self._end_round(round_.id, at)

    def _remove(self, absence: Absence) -> None:
        self.handle.insert(
            "INSERT INTO change (at, kind, page_id, before_id, after_id, capture_id, baseline)"
            " SELECT ?, ?, id, version_id, NULL, ?, 0 FROM page WHERE id = ? AND NOT gone",
            (from_instant(absence.last), Kind.REMOVED.value, absence.capture, absence.page),
        )
        self.handle.write("UPDATE page SET gone = 1 WHERE id = ?", (absence.page,))
        self.handle.write("DELETE FROM absence WHERE page_id = ?", (absence.page,))

    def _end_round(self, number: int, at: int) -> None:
        """What is left of a round: its end, and those absences for which a neighbour spoke."""
        self._prove(number)
        self.handle.write("DELETE FROM absence WHERE round_id = ? AND NOT is_proven", (number,))
        self.handle.write("UPDATE round SET ended_at = ? WHERE id = ?", (at, number))

    # Listings, incidents, the clock

    def validators(self, url: str) -> Validators:
        row = self.handle.row("SELECT etag, last_modified FROM listing WHERE url = ?", (url,))
        return Validators(*row) if row else Validators()

    def keep_validators(self, url: str, validators: Validators) -> None:
        self.handle.write(
            "INSERT OR REPLACE INTO listing (url, etag, last_modified) VALUES (?, ?, ?)",
            (url, validators.etag, validators.last_modified),
        )

    def turn_off_shortcut(self, source: str, now: datetime, detail: str) -> None:
        with self.atomic():
            self.handle.write("UPDATE source SET shortcut_off = 1 WHERE name = ?", (source,))
            self.open_incident(source, "shortcut", now, detail)

    def is_shortcut_off(self, source: str) -> bool:
        return bool(self.handle.value("SELECT shortcut_off FROM source WHERE name = ?", (source,)))

    def open_incident(self, source: str, kind: str, now: datetime, detail: str) -> bool:
        sql = "INSERT OR IGNORE INTO incident (source_id, kind, detail, started_at) VALUES (?, ?, ?, ?)"
        return bool(self.handle.write(sql, (self._source(source), kind, detail, from_instant(now))))

    def close_incident(self, source: str, kind: str, now: datetime) -> bool:
        sql = "UPDATE incident SET ended_at = ? WHERE source_id = ? AND kind = ? AND ended_at IS NULL"
        return bool(self.handle.write(sql, (from_instant(now), self._source(source), kind)))

    def last_visit(self) -> datetime | None:
        latest = self.handle.value("SELECT max(last_visit_at) FROM page")
        return None if latest is None else instant(latest)


def _cards_digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()[:16]


def _packed_hops(capture: Capture) -> bytes | None:
    if not capture.hops:
        return None
    return deflate(json.dumps([[hop.status, hop.url, hop.location] for hop in capture.hops]).encode("utf-8", "replace"))
