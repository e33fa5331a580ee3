"""The hash chain over the change log: changes are sealed after their commit and in its order, each with all before it.

What was logged cannot be altered, left out or put in afterwards without every later seal coming out different; so one
digest noted elsewhere, the chain's head, vouches for the whole log up to it.

Recipe 1, for whoever wants to check it without this program:

- A change's record is a JSON object (RFC 8259) in UTF-8, its keys sorted by code point, without white space, and with no
  escapes but those that JSON demands. Keys: ``recipe`` (1), ``change`` (its number), ``at`` (the instant in UTC, like
  2026-01-31T12:00:00.000Z), ``kind``, ``page`` (the page's identity key), ``source`` (its name), ``baseline`` (true or
  false), ``before`` and ``after`` (null, or ``version``, the number counted from 1 on its page, ``fingerprint`` and ``text``,
  the two digests of ``monitor/fingerprint.py`` as printed), ``capture`` (null, or ``at``, ``status`` and ``wire``, the SHA-256
  of the body as it came, in hexadecimal). Only where the article's pictures changed: ``pictures`` (``before`` and ``after``, the
  SHA-256 of the sets of pictures, see ``monitor/storing/pictures.py``, in hexadecimal).
- The digest of a change is SHA-256 (FIPS 180-4) over the 32 bytes of the digest before it, then its record.
- Before the first change stands the SHA-256 of the text ``article-monitor change log, recipe 1`` in ASCII.
- Changes follow each other by number: the numbers are given by one writer at a time, so their order is that of the commits.
- Digests are kept with the recipe's number as a byte in front, and printed as ``1:`` and 64 hexadecimal digits.

A record holds only what never alters afterwards. What people or later judgements say of a change lives beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator

from monitor.errors import StoreDamaged
from monitor.fingerprint import printed
from monitor.model import Flaw, Head, Sealed
from monitor.storing.database import Row
from monitor.storing.rounds import RoundsTable
from monitor.storing.values import instant

RECIPE = 1
GENESIS = bytes([RECIPE]) + hashlib.sha256(b"article-monitor change log, recipe 1").digest()
# texts as bytes, so that a row whose text is no UTF-8 any more can still be read, and named; joins that keep every change
RECORD_COLUMNS = """change.id, change.at, CAST(change.kind AS BLOB), CAST(page.key AS BLOB), CAST(source.name AS BLOB),
    change.baseline, b.number, b.fingerprint, b_text.digest, a.number, a.fingerprint, a_text.digest,
    capture.at, capture.status, capture.wire_digest,
    (SELECT hex(b_set.digest) || ' ' || hex(a_set.digest) FROM picture_change p LEFT JOIN pictures b_set ON b_set.id = p.before_id
    LEFT JOIN pictures a_set ON a_set.id = p.after_id WHERE p.change_id = change.id) FROM change
    LEFT JOIN page ON page.id = change.page_id LEFT JOIN source ON source.id = page.source_id
    LEFT JOIN version b ON b.id = change.before_id LEFT JOIN text b_text ON b_text.id = b.text_id
    LEFT JOIN version a ON a.id = change.after_id LEFT JOIN text a_text ON a_text.id = a.text_id
    LEFT JOIN capture ON capture.id = change.capture_id"""
WIDTH = 16  # columns
_BATCH = 500
_BOOLEANS = {0: False, 1: True}
_Doubted = tuple[int, str, str]  # a change, what it refers to, the address of its page
_UNUSABLE = (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError)


class ChainTable(RoundsTable):
    """Implements of the protocol ``Store`` what says where the chain ends, and what stands in it, on a handle."""

    def head(self) -> Head | None:
        row = self.handle.row("SELECT change_id, digest FROM seal ORDER BY change_id DESC LIMIT 1")
        return Head(*row) if row else None

    def sealed_from(self, change: int) -> Iterator[Sealed]:
        sql = f"SELECT {RECORD_COLUMNS} WHERE change.id >= ? AND change.id <= ? ORDER BY change.id LIMIT ?"
        head, below, size = self.head(), change, 1  # many ask for the first one alone
        while head is not None and (rows := self.handle.rows(sql, (below, head.change, size))):
            for row in rows:
                yield self._sealed(row)
            below, size = rows[-1][0] + 1, min(8 * size, _BATCH)

    def _sealed(self, row: Row) -> Sealed:
        number = row[0]
        before = "SELECT digest FROM seal WHERE change_id < ? ORDER BY change_id DESC LIMIT 1"
        digest: bytes | None = self.handle.value("SELECT digest FROM seal WHERE change_id = ?", (number,))
        if digest is None:
            raise StoreDamaged(f"{self.handle.path}: the seal of change {number} is missing; `monitor verify` says more")
        try:
            return Sealed(number, record(row), self.handle.value(before, (number,)) or GENESIS, digest)
        except ValueError as wrong:
            raise StoreDamaged(f"{self.handle.path}: change {number} is not as it was sealed ({wrong})") from wrong

    def sealed_as(self, digest: bytes) -> int | None:
        found = self.handle.value("SELECT change_id FROM seal WHERE digest = ?", (digest,))
        return None if found is None else int(found)


def record(row: Row) -> bytes:
    """The canonical record of a row of RECORD_COLUMNS. Raises ValueError when it holds what no change holds."""
    number, at, kind, key, source, baseline, *rest = row
    try:
        found = {
            "recipe": RECIPE,
            "change": number,
            "at": _iso(at),
            "kind": _text(kind),
            "page": _text(key),
            "source": _text(source),
            "baseline": _BOOLEANS[baseline],
            "before": _version(*rest[0:3]),
            "after": _version(*rest[3:6]),
            "capture": _capture(*rest[6:9]),
        } | _pictures(*rest[9:10])
    except _UNUSABLE as wrong:
        raise ValueError(f"its row, or one that it refers to, holds what cannot be: {wrong}") from wrong
    text = json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogateescape")


def link(previous: bytes, record: bytes) -> bytes:
    """The digest of a record that follows the digest ``previous``; both with the recipe byte in front."""
    return bytes([RECIPE]) + hashlib.sha256(previous[1:] + record).digest()


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _iso(at: int) -> str:
    return instant(at).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _version(number: int | None, fingerprint: bytes, text: bytes) -> dict[str, object] | None:
    if number is None:
        return None
    return {"version": number, "fingerprint": printed(fingerprint), "text": printed(text)}


def _capture(at: int | None, status: int, wire: bytes) -> dict[str, object] | None:
    return None if at is None else {"at": _iso(at), "status": status, "wire": wire.hex()}


def _pictures(digests: str | None = None) -> dict[str, object]:
    """Both sets of pictures, each by its digest less the recipe byte; nothing where they did not change."""
    if digests is None:
        return {}
    before, after = digests.lower().split(" ")
    return {"pictures": {"before": before[2:], "after": after[2:]}}


class Walk:
    """A walk along the sealed changes, one by one, that says which rows break the chain. ``seal_of`` gives a number's seal.

    Where a change and its seal do not fit each other, the next seal tells which of them was altered: it rests on the right one.
    In the same way it tells of a change without a seal whether it ever had one.
    """

    def __init__(self, seal_of: Callable[[int], bytes | None]) -> None:
        self._seal_of = seal_of
        self._last = 0
        self._digest: bytes | None = GENESIS  # the seal on which the next one rests; None when it is missing
        self._doubted: _Doubted | None = None  # the change before, if it does not fit its seal
        self._made: bytes | None = None  # the seal that it gives now
        self._without: list[tuple[int, str]] = []  # the changes just before that have no seal, each with where it is
        self._through: bytes | None = None  # the seal that they give

    def past(self, row: Row, seal: bytes | None, referred: str, where: str) -> Iterator[Flaw]:
        """One change on; ``row`` has the RECORD_COLUMNS, ``referred`` which rows it refers to, ``where`` the page."""
        number = row[0]
        is_rest_there = seal is not None and seal == _linked(self._digest, row)
        if number > self._last + 1 and not (is_rest_there and self._doubted is None):  # else what is missing was never sealed
            yield from self._missing(number - 1)
        self._last = number
        if seal is None:
            yield from self._settled()
            self._through = _linked(self._through if self._without else self._digest, row)
            self._without.append((number, where))
            return
        yield from self._unsealed(is_in=not is_rest_there)
        yield from self._sealed(row, seal, (number, referred, where))

    def _sealed(self, row: Row, seal: bytes, doubted: _Doubted) -> Iterator[Flaw]:
        made, other = _linked(self._digest, row), _linked(self._made, row)
        if seal == other:  # asked first: where the seal before has another recipe byte only, both fit
            yield from self._settled("seal")
            self._digest = seal
        elif self._digest is None or seal == made:
            yield from self._settled("change")
            self._digest = seal
        else:
            yield from self._settled()
            self._doubted, self._made, self._digest = doubted, made, seal

    def _unsealed(self, *, is_in: bool) -> Iterator[Flaw]:
        """What is known now of the changes without a seal: whether the next seal rests on them, so that they had one."""
        for number, where in self._without:
            if is_in:
                yield Flaw("seal", number, f"missing, though change {number} was sealed: later ones are", where)
            else:
                yield Flaw("change", number, "put in: the seals before and after it fit each other without it", where)
        if self._without and is_in:
            self._digest = self._through
        self._without, self._through = [], None

    def end(self, head: int) -> Iterator[Flaw]:
        """The end of the log; the chain ends with the change ``head``."""
        if self._last < head:
            yield from self._missing(head)
        yield from self._unsealed(is_in=True)
        yield from self._settled()

    def _missing(self, until: int) -> Iterator[Flaw]:
        """The changes up to ``until`` are not there; their seals may be."""
        yield from self._unsealed(is_in=True)
        yield from self._settled()
        seal, more = self._seal_of(until), until - self._last - 1
        yield Flaw("change", self._last + 1, f"missing{f', and so are the {more} after it' if more else ''}")
        self._digest = seal

    def _settled(self, altered: str = "") -> Iterator[Flaw]:
        """What is known now of the doubted change: whether the ``change`` or its ``seal`` was altered."""
        if self._doubted is not None:
            number, referred, where = self._doubted
            if altered == "seal":
                yield Flaw("seal", number, f"altered: change {number} and the seal after it fit each other without it", where)
            else:
                seal = "" if altered else f", or seal {number}"
                yield Flaw("change", number, f"not as it was sealed: the row itself was altered, or {referred}{seal}", where)
        self._doubted = self._made = None


def _linked(previous: bytes | None, row: Row) -> bytes | None:
    try:
        return None if previous is None else link(previous, record(row))
    except ValueError:  # it holds what no change holds
        return None
