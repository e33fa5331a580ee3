"""How values are written in columns: instants, days, names, headers."""

from __future__ import annotations

import json
import zlib
from datetime import UTC, date, datetime, timedelta

from monitor.model import Capture
from monitor.storing.database import Handle
from monitor.storing.texts import deflate, inflate

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
# What most answers' headers hold, as a dictionary for deflate, the most common last.
_HEADERS = (
    b'"cf-ray","x-powered-by","x-cache","via","age","expires","set-cookie","link","strict-transport-security",'
    b'"x-content-type-options","nosniff","pragma","no-cache","public, max-age=0","private, must-revalidate",'
    b'"accept-ranges","bytes","vary","Accept-Encoding","content-encoding","gzip","transfer-encoding","chunked",'
    b'"connection","keep-alive","keep-alive","timeout=5","server","cloudflare","nginx","Apache",'
    b'"last-modified","etag","W/\\"","cache-control","content-length","date","Mon, Tue, Wed, Thu, Fri, Sat, Sun, '
    b'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec 2026 :00:00 GMT","content-type","text/html; charset=UTF-8"'
)


def from_instant(at: datetime) -> int:
    """Whole milliseconds since 1970, in UTC."""
    return (at - _EPOCH) // _MILLISECOND


def instant(number: int) -> datetime:
    """The instant of :func:`from_instant`."""
    return _EPOCH + number * _MILLISECOND


def maybe_instant(number: int | None) -> datetime | None:
    """:func:`instant`, for a column that may be empty."""
    return None if number is None else instant(number)


def from_day(day: date | None) -> int | None:
    """A day as a number that people can read, like 20251119."""
    return None if day is None else day.year * 10000 + day.month * 100 + day.day


def day(number: int | None) -> date | None:
    """The day of :func:`from_day`."""
    return None if number is None else date(number // 10000, number // 100 % 100, number % 100)


def packed_headers(capture: Capture, base: bytes) -> bytes:
    """The headers as JSON, packed; small where they are much like ``base``, those of the page's first version."""
    return deflate(headers_json(capture), _HEADERS + base)


def headers_json(capture: Capture) -> bytes:
    """The headers as compact JSON: a flat list of names (lower case) and values, in the order in which they came."""
    flat = [part for name, value in capture.headers for part in (name.lower(), value)]
    return json.dumps(flat, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def unpacked_headers(data: bytes, base: bytes) -> bytes:
    """The JSON of :func:`packed_headers`; empty when it is damaged."""
    try:
        return inflate(data, _HEADERS + base)
    except zlib.error:
        return b""


class Names:
    """The table ``name``, or another like it: strings that repeat, by number."""

    def __init__(self, handle: Handle, table: str = "name", column: str = "text") -> None:
        self._handle = handle
        self._undone = handle.undone
        self._table = table
        self._column = column
        self._numbers: dict[str, int] = {}
        self._texts: dict[int, str] = {}

    def number(self, text: str | None) -> int | None:
        """The number of ``text``, given now if it has none; None for None."""
        if text is None:
            return None
        self._forget_undone()
        if text not in self._numbers:
            self._handle.write(f"INSERT OR IGNORE INTO {self._table} ({self._column}) VALUES (?)", (text,))
            number = self._handle.value(f"SELECT id FROM {self._table} WHERE {self._column} = ?", (text,))
            self._numbers[text] = int(number)
        return self._numbers[text]

    def text(self, number: int | None) -> str | None:
        """The text of a number; None for None."""
        if number is None:
            return None
        self._forget_undone()
        if number not in self._texts:
            self._texts[number] = str(self._handle.value(f"SELECT {self._column} FROM {self._table} WHERE id = ?", (number,)))
        return self._texts[number]

    def _forget_undone(self) -> None:
        if self._undone != self._handle.undone:
            self._undone = self._handle.undone
            self._numbers.clear()
            self._texts.clear()
