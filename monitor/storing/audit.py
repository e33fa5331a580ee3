"""Going through everything kept: every digest recomputed from what it stands for; what does not fit is named by table and row.

A few rows at a time, so that memory stays flat; no transaction is held meanwhile, so that the service can go on writing.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import groupby

from monitor.article import Article
from monitor.errors import StoreDamaged, StoreError
from monitor.fingerprint import RECIPE, fingerprint_of, printed, text_digest
from monitor.model import Flaw, Kind
from monitor.storing.chain import WIDTH, Walk
from monitor.storing.database import Row
from monitor.storing.fitting import FIT_COLUMNS, Fitting
from monitor.storing.kept import KeptTable
from monitor.storing.texts import cards_parts, inflate, text_parts
from monitor.storing.values import day, unpacked_headers
from monitor.storing.versions import cards_digest

Step = Callable[[int], None]
_BATCH = 200
_MOST = 100  # findings of SQLite's own checks
_TABLES = ("text", "cards", "pictures", "version", "capture", "change")
_URL = "(SELECT CAST(url AS BLOB) FROM page WHERE page.id = {}.page_id)"
_VERSION_COLUMNS = f"""version.id, version.text_id, CAST(name.text AS BLOB), version.published, version.fingerprint,
    version.page_id, version.capture_id, capture.page_id, {_URL.format("version")}, version.number
    FROM version LEFT JOIN name ON name.id = version.publication_id
    LEFT JOIN capture ON capture.id = version.capture_id"""
_CAPTURE_COLUMNS = f"""capture.id, capture.wire_digest, capture.headers, capture.hops,
    (SELECT f.headers FROM version v JOIN capture f ON f.id = v.capture_id AND f.id < capture.id
    WHERE v.page_id = capture.page_id AND v.number = 1),
    {_URL.format("capture")}, capture.twin_id, twin.wire_digest, twin.twin_id
    FROM capture LEFT JOIN capture twin ON twin.id = capture.twin_id"""
_CHANGE_COLUMNS = FIT_COLUMNS.replace(
    " FROM change",
    """, (SELECT digest FROM seal WHERE change_id = change.id), CAST(page.url AS BLOB), change.page_id, change.before_id,
    b.page_id, change.after_id, a.page_id, change.capture_id, capture.page_id FROM change""",
    1,
)
# Of a page: the last change that our own visits logged, what that leads to, and the version the page bears.
_PAGE_COLUMNS = """page.id, CAST(page.url AS BLOB), page.gone, page.version_id, version.page_id, last.id, last.kind,
    coalesce(last.after_id, last.before_id), version.id IS NULL OR EXISTS (SELECT 1 FROM change
    WHERE change.page_id = page.id AND change.kind <> 'imported' AND version.id IN (change.before_id, change.after_id))
    FROM page LEFT JOIN version ON version.id = page.version_id LEFT JOIN change last ON last.id =
    (SELECT max(id) FROM change WHERE change.page_id = page.id AND change.kind <> 'imported')"""
# Changes without a seal that a round of their source, or an import, would have sealed: it seals as it ends. What is imported
# while a round ends is let off, and what belongs to a round that is under way.
_UNSEALED = """WITH ended AS MATERIALIZED
    (SELECT source_id, max(ended_at) AS at FROM round WHERE kind = 'round' GROUP BY source_id)
    SELECT change.id FROM change JOIN page ON page.id = change.page_id JOIN ended ON ended.source_id = page.source_id
    WHERE change.id > (SELECT coalesce(max(change_id), 0) FROM seal)
    AND change.at + 60000 * (change.kind = 'imported') <= ended.at
    AND NOT EXISTS (SELECT 1 FROM round
        WHERE round.source_id = page.source_id AND ended_at IS NULL AND started_at <= change.at) ORDER BY change.id"""


class AuditTable(KeptTable):
    """Implements of the protocol ``Log`` what checks the store, on a handle."""

    def audit_size(self) -> int:
        total = 0
        for table in _TABLES:
            with suppress(StoreError):  # then the walk will say so
                total += int(self.handle.value(f"SELECT count(*) FROM {table}"))
        return total

    def audit(self, step: Step) -> Iterator[Flaw]:
        walks = {
            self._integrity: "database",
            self._references: "database",
            self._texts: "text",
            self._cards_kept: "cards",
            self._pictures_kept: "pictures",
            self._numbers: "version",
            self._versions: "version",
            self._captures: "capture",
            self._pages: "page",
            self._chain: "change",
            self._left_unsealed: "change",
        }
        for walk, table in walks.items():
            try:
                yield from walk(step)
            except StoreError as wrong:  # what else there is can still be gone through
                yield Flaw(table, None, f"cannot be read to the end: {wrong}")

    def _rows(self, table: str, columns: str, step: Step) -> Iterator[Row]:
        """The rows of a table in the order of their ids, read a few at a time."""
        sql = f"SELECT {columns} WHERE {table}.id > ? ORDER BY {table}.id LIMIT {_BATCH}"
        below = 0
        while rows := self.handle.rows(sql, (below,)):
            yield from rows
            step(len(rows))
            below = rows[-1][0]

    # What SQLite can tell by itself

    def _integrity(self, _: Step) -> Iterator[Flaw]:
        for (said,) in self.handle.rows(f"PRAGMA integrity_check({_MOST})"):
            if said != "ok":
                yield Flaw("database", None, f"damaged: {said}")

    def _references(self, _: Step) -> Iterator[Flaw]:
        sql = 'SELECT "table", rowid, parent FROM pragma_foreign_key_check'
        for table, row, parent in self.handle.rows(f"{sql} WHERE \"table\" <> 'seal' LIMIT {_MOST}"):  # that, the chain tells
            yield Flaw(table, row, f"refers to a row of {parent} that is missing")

    # What is kept of the pages

    def _texts(self, step: Step) -> Iterator[Flaw]:
        for number, digest in self._rows("text", "text.id, text.digest FROM text", step):
            try:
                title, paragraphs = text_parts(self.texts.content(number))
            except StoreDamaged as wrong:
                yield Flaw("text", number, f"cannot be read: {wrong}")
            else:
                made = text_digest(Article("", title, None, paragraphs))
                yield from _altered("text", number, "title and paragraphs", digest, made)

    def _cards_kept(self, step: Step) -> Iterator[Flaw]:
        for number, digest in self._rows("cards", "cards.id, cards.digest FROM cards", step):
            try:
                content = self.cards.content(number)
                cards_parts(content)
            except (StoreDamaged, ValueError) as wrong:
                yield Flaw("cards", number, f"cannot be read: {wrong}")
            else:
                if digest != cards_digest(content):
                    yield Flaw("cards", number, "altered: the cards do not give the digest that stands beside them")

    def _pictures_kept(self, step: Step) -> Iterator[Flaw]:
        for number, digest in self._rows("pictures", "pictures.id, pictures.digest FROM pictures", step):
            if what := self.set_flaw(number, digest):
                yield Flaw("pictures", number, what)

    def _numbers(self, _: Step) -> Iterator[Flaw]:
        sql = "SELECT page_id, count(*), max(number) FROM version GROUP BY page_id HAVING count(*) <> max(number)"
        for page, count, last in self.handle.rows(f"{sql} LIMIT {_MOST}"):
            yield Flaw("page", page, f"a version is missing or has another number: of {last} there are {count}")

    def _versions(self, step: Step) -> Iterator[Flaw]:
        for row in self._rows("version", _VERSION_COLUMNS, step):
            number, text, publication, published, digest, page, capture, captured, url, shown = row
            where = f"version {shown} of {_shown(url)}"
            if captured not in (None, page):
                what = f"altered: it is of row {page} of page, its capture (row {capture}) of row {captured}"
                yield Flaw("version", number, what, where)
            try:
                title, paragraphs = text_parts(self.texts.content(text))
                name = publication.decode("utf-8", "surrogateescape") if publication is not None else ""
                made = fingerprint_of(name, title, day(published), paragraphs)
            except StoreDamaged:
                yield Flaw("version", number, f"cannot be checked, because row {text} of text cannot be read", where)
            except (OverflowError, ValueError) as wrong:
                yield Flaw("version", number, f"altered: {published} is no day ({wrong})", where)
            else:
                yield from _altered("version", number, "publication, title, day and paragraphs", digest, made, where)

    def _captures(self, step: Step) -> Iterator[Flaw]:
        for number, digest, headers, hops, first, url, twin, *of_twin in self._rows("capture", _CAPTURE_COLUMNS, step):
            found = [_packed_flaw(headers, hops, first), _twin_flaw(digest, twin, *of_twin)]
            if len(digest) != 32:
                found.append(f"altered: its digest has {len(digest)} bytes instead of 32")
            for what in filter(None, found):
                yield Flaw("capture", number, what, self._place_of(number, url))

    def _place_of(self, capture: int, url: bytes | None) -> str:
        return placed(_shown(url), self.resting_on(capture))

    def _pages(self, _: Step) -> Iterator[Flaw]:
        for row in self._rows("page", _PAGE_COLUMNS, _no_step):
            number, url, gone, _version, _owner, last, kind, *_rest = row
            if bool(gone) != (kind == Kind.REMOVED):
                said = "gone" if gone else "there"
                what = f"altered: it is said to be {said}, and its last change{f' (#{last})' if last else ''} is {kind or 'none'}"
                yield Flaw("page", number, what, _shown(url))
            for what in _bears(row):
                yield Flaw("page", number, what, _shown(url))

    # The change log

    def _chain(self, step: Step) -> Iterator[Flaw]:
        """Everything up to the head that holds now; what is logged and sealed meanwhile is for the next time."""
        head = self.head()
        for (number,) in self.handle.rows("SELECT change_id FROM seal WHERE change_id < 1 ORDER BY 1"):
            yield Flaw("seal", number, "altered: no change has such a number")
        walk, fitting = Walk(self._seal_of), Fitting(self.handle)
        for row in self._rows("change", _CHANGE_COLUMNS, step):
            seal, url, *refers = row[len(row) - 9 :]
            found = [*_belongs(row[0], *refers)] or [*_misfit(row[0], fitting.misfit(row))]
            yield from (replace(flaw, where=_shown(url)) for flaw in found)
            if head is not None and row[0] <= head.change:
                yield from walk.past(row[:WIDTH], seal, _referred(*refers), _shown(url))
        if head is not None:
            yield from walk.end(head.change)

    def _left_unsealed(self, _: Step) -> Iterator[Flaw]:
        """What was not sealed in its time, as one finding for each run of numbers."""
        numbers = [number for (number,) in self.handle.rows(_UNSEALED)]
        for _key, run in groupby(enumerate(numbers), lambda each: each[1] - each[0]):
            first, *_between, last = [number for _, number in run] * 2
            many = f"change {first} was" if first == last else f"changes {first} to {last} were"
            what = f"missing: {many} not sealed by the round that logged what there was, or put in after it had ended"
            yield Flaw("seal", first, what)

    def _seal_of(self, change: int) -> bytes | None:
        digest: bytes | None = self.handle.value("SELECT digest FROM seal WHERE change_id = ?", (change,))
        return digest


def placed(url: str, changes: Sequence[int]) -> str:
    """Of which page something is, and which changes rest on it, in words."""
    numbers = ", ".join(f"#{number}" for number in changes)
    return f"{url}, {'changes' if len(changes) > 1 else 'change'} {numbers}" if changes else url


def _shown(url: bytes | None) -> str:
    return "no page" if url is None else url.decode("utf-8", "replace")


def _no_step(_: int) -> None:
    """Pages are gone through beside what is counted."""


def _packed_flaw(headers: bytes, hops: bytes | None, first: bytes | None) -> str:
    try:
        json.loads(unpacked_headers(headers, unpacked_headers(first, b"") if first is not None else b""))
    except ValueError:
        return "its headers cannot be unpacked"
    try:
        json.loads(inflate(hops) if hops is not None else b"[]")
    except (ValueError, zlib.error):
        return "its redirects cannot be unpacked"
    return ""


def _twin_flaw(digest: bytes, twin: int | None, of_twin: bytes | None, its_twin: int | None) -> str:
    """What is wrong with the capture whose bytes another one shares."""
    if twin is None or of_twin is None:  # a row that is missing is named among the references
        return ""
    if its_twin is not None:
        return f"altered: it refers to the bytes of row {twin} of capture, which has none of its own"
    return "" if digest == of_twin else f"altered: it refers to the bytes of row {twin} of capture, which are others"


def _bears(row: Row) -> Iterator[str]:
    """What is wrong with the version that a page bears: that its last change led to, or one that another reader made since.

    The latter is in no change, and the newest of its page unless an import came after it.
    """
    number, _, _, version, owner, last, _, led_to, is_logged, *_ = row
    if version is not None and owner != number:
        yield f"altered: it bears row {version} of version, which is not its own"
    elif version is None and last is not None:
        yield f"altered: it bears no version, and change #{last} led to row {led_to} of version"
    elif version is not None and version != led_to and (is_logged or last is None or version < led_to):
        yield f"altered: it bears row {version} of version, and its last change led to row {led_to}"


def _misfit(number: int, why: str) -> Iterator[Flaw]:
    if why:
        yield Flaw("change", number, f"no change that was logged: {why}")


def _altered(table: str, number: int, what: str, kept: bytes, made: bytes, where: str = "") -> Iterator[Flaw]:
    """Whether a digest as it is kept is that which was made of ``what`` just now."""
    if kept == made:
        return
    if len(kept) == len(made) and kept[0] > RECIPE:
        what = f"cannot be checked: its digest was made by recipe {kept[0]}, which this program does not have"
        yield Flaw(table, number, what, where)
    else:
        shown = printed(kept) if kept else "nothing"
        yield Flaw(table, number, f"altered: its {what} give {printed(made)}, beside them stands {shown}", where)


def _belongs(number: int, page: int, *pairs: int | None) -> Iterator[Flaw]:
    """Whether what a change refers to is of its own page; ``pairs`` are both versions and the capture, each with its page."""
    for table, row, owner in zip(("version", "version", "capture"), pairs[0::2], pairs[1::2], strict=True):
        if owner not in (None, page):
            yield Flaw("change", number, f"altered: it is of row {page} of page, its {table} (row {row}) of row {owner}")


def _referred(page: int, before: int | None, _: object, after: int | None, __: object, capture: int | None, ___: object) -> str:
    """What a change refers to, in words."""
    rows = (("version", before), ("version", after), ("capture", capture), ("page", page))
    named = ", ".join(dict.fromkeys(f"row {row} of {table}" for table, row in rows if row is not None))
    return f"what it refers to ({named})"
