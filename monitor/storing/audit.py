"""Going through everything kept: every digest recomputed from what it stands for; what does not fit is named by table and row.

A few rows at a time, so that memory stays flat; no transaction is held meanwhile, so that the service can go on writing.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress

from monitor.article import Article
from monitor.errors import StoreDamaged, StoreError
from monitor.fingerprint import RECIPE, fingerprint_of, printed, text_digest
from monitor.model import Flaw
from monitor.storing.chain import RECORD_COLUMNS, Walk
from monitor.storing.database import Row
from monitor.storing.kept import KeptTable
from monitor.storing.texts import cards_parts, inflate, text_parts
from monitor.storing.values import day, unpacked_headers
from monitor.storing.versions import cards_digest

Step = Callable[[int], None]
_BATCH = 200
_MOST = 100  # findings of SQLite's own checks
_TABLES = ("text", "cards", "version", "capture", "change")
_VERSION_COLUMNS = """version.id, version.text_id, CAST(name.text AS BLOB), version.published, version.fingerprint,
    version.page_id, version.capture_id, capture.page_id FROM version LEFT JOIN name ON name.id = version.publication_id
    LEFT JOIN capture ON capture.id = version.capture_id"""
_CAPTURE_COLUMNS = """capture.id, wire_digest, headers, hops,
    (SELECT f.headers FROM capture f WHERE f.page_id = capture.page_id AND f.id < capture.id ORDER BY f.id LIMIT 1)
    FROM capture"""
_CHANGE_COLUMNS = RECORD_COLUMNS.replace(
    " FROM change",
    """, (SELECT digest FROM seal WHERE change_id = change.id), change.page_id, change.before_id, b.page_id,
    change.after_id, a.page_id, change.capture_id, capture.page_id FROM change""",
    1,
)


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
            self._numbers: "version",
            self._versions: "version",
            self._captures: "capture",
            self._chain: "change",
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

    def _numbers(self, _: Step) -> Iterator[Flaw]:
        sql = "SELECT page_id, count(*), max(number) FROM version GROUP BY page_id HAVING count(*) <> max(number)"
        for page, count, last in self.handle.rows(f"{sql} LIMIT {_MOST}"):
            yield Flaw("page", page, f"a version is missing or has another number: of {last} there are {count}")

    def _versions(self, step: Step) -> Iterator[Flaw]:
        for row in self._rows("version", _VERSION_COLUMNS, step):
            number, text, publication, published, digest, page, capture, captured = row
            if captured not in (None, page):
                yield Flaw("version", number, f"altered: it is of page {page}, its capture {capture} of page {captured}")
            try:
                title, paragraphs = text_parts(self.texts.content(text))
                name = publication.decode("utf-8", "surrogateescape") if publication is not None else ""
                made = fingerprint_of(name, title, day(published), paragraphs)
            except StoreDamaged:
                yield Flaw("version", number, f"cannot be checked, because text {text} cannot be read")
            except (OverflowError, ValueError) as wrong:
                yield Flaw("version", number, f"altered: {published} is no day ({wrong})")
            else:
                yield from _altered("version", number, "publication, title, day and paragraphs", digest, made)

    def _captures(self, step: Step) -> Iterator[Flaw]:
        for number, digest, headers, hops, first in self._rows("capture", _CAPTURE_COLUMNS, step):
            if len(digest) != 32:
                yield Flaw("capture", number, f"altered: its digest has {len(digest)} bytes instead of 32")
            try:
                json.loads(unpacked_headers(headers, unpacked_headers(first, b"") if first is not None else b""))
            except ValueError:
                yield Flaw("capture", number, "its headers cannot be unpacked")
            try:
                json.loads(inflate(hops) if hops is not None else b"[]")
            except (ValueError, zlib.error):
                yield Flaw("capture", number, "its redirects cannot be unpacked")

    # The change log

    def _chain(self, step: Step) -> Iterator[Flaw]:
        """Everything up to the head that holds now; what is logged and sealed meanwhile is for the next time."""
        head = self.head()
        for (number,) in self.handle.rows("SELECT change_id FROM seal WHERE change_id < 1 ORDER BY 1"):
            yield Flaw("seal", number, "altered: no change has such a number")
        walk = Walk(self._seal_of)
        for row in self._rows("change", _CHANGE_COLUMNS, step):
            yield from _belongs(row[0], row[16], *row[17:])
            if head is not None and row[0] <= head.change:
                yield from walk.past(row[:15], row[15], _referred(*row[16:]))
        if head is not None:
            yield from walk.end(head.change)

    def _seal_of(self, change: int) -> bytes | None:
        digest: bytes | None = self.handle.value("SELECT digest FROM seal WHERE change_id = ?", (change,))
        return digest


def _altered(table: str, number: int, what: str, kept: bytes, made: bytes) -> Iterator[Flaw]:
    """Whether a digest as it is kept is that which was made of ``what`` just now."""
    if kept == made:
        return
    if len(kept) == len(made) and kept[0] > RECIPE:
        yield Flaw(table, number, f"cannot be checked: its digest was made by recipe {kept[0]}, which this program does not have")
    else:
        shown = printed(kept) if kept else "nothing"
        yield Flaw(table, number, f"altered: its {what} give {printed(made)}, beside them stands {shown}")


def _belongs(number: int, page: int, *pairs: int | None) -> Iterator[Flaw]:
    """Whether what a change refers to is of its own page; ``pairs`` are both versions and the capture, each with its page."""
    for table, row, owner in zip(("version", "version", "capture"), pairs[0::2], pairs[1::2], strict=True):
        if owner not in (None, page):
            yield Flaw("change", number, f"altered: it is of page {page}, its {table} {row} of page {owner}")


def _referred(page: int, before: int | None, _: object, after: int | None, __: object, capture: int | None, ___: object) -> str:
    """What a change refers to, in words."""
    rows = (("version", before), ("version", after), ("capture", capture), ("page", page))
    return ", ".join(dict.fromkeys(f"{table} {row}" for table, row in rows if row is not None))
