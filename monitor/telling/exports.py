"""The log as a file for other programs: CSV (RFC 4180) and JSON Lines, row by row, so that a log of any size takes no memory.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return for a formula, and a title of a
hostile site would run there: such a cell gets an apostrophe in front (OWASP, "CSV Injection"). So does one with spaces or quotes
before the sign, which some trim; and what follows a semicolon, which is where cells end in many countries.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence

from monitor.model import Op, Told
from monitor.telling.harmless import harmless
from monitor.telling.records import as_object, whole_object, words

COLUMNS = (
    *("id", "at", "kind", "source", "url", "title", "baseline", "before", "after", "score", "reason", "classes", "muted"),
    *("folded", "story", "state", "assigned", "notes", "cut", "added"),
)
_SIGNS = "=+@\t\r\n＝＋－＠-"  # also in full width, which becomes the plain sign where a spreadsheet normalizes
_QUOTES = "\"'`´‘’“”„«»"
_FORMULA = re.compile(rf"^(?=[\s{_QUOTES}]*[{_SIGNS}])|(?<=;)(?=[\s{_QUOTES}]*[{_SIGNS}])")
_LONGEST = 32_000  # characters of a cell; spreadsheets have room for 32,767
_BETWEEN = " | "  # runs of words in a cell
_MARK = "\ufeff"  # without it spreadsheets take UTF-8 for the encoding of the machine; programs leave it out


def csv_lines(rows: Iterable[Told]) -> Iterator[str]:
    """The lines of a CSV file, a head first; each ends with CR LF, as RFC 4180 wants it."""
    yield _MARK + _line(COLUMNS)
    for told in rows:
        yield _line([cell(each) for each in _cells(told)])


def json_lines(rows: Iterable[Told]) -> Iterator[str]:
    """The lines of a JSON Lines file, pure ASCII: nothing in it that a terminal would obey."""
    for told in rows:
        yield json.dumps(whole_object(told), ensure_ascii=True) + "\n"


def cell(value: object) -> str:
    """A value as one line of text that no spreadsheet takes for a formula. A number is a number, whatever its sign."""
    if value is None or isinstance(value, (bool, int, float)):
        return "" if value is None else str(value).lower()
    text = str(value)
    text = text if len(text) <= _LONGEST else text[:_LONGEST] + " …"
    return harmless(_FORMULA.sub("'", text).replace("\n", " ¶ "))


def _cells(told: Told) -> Iterator[object]:
    flat = as_object(told.change, told.story, told.reviewed)
    flat["classes"] = _BETWEEN.join(told.change.judged.classes) if told.change.judged else ""
    yield from flat.values()
    yield told.reviewed.notes
    yield from (_BETWEEN.join(words(told.parts, op)) for op in (Op.CUT, Op.ADDED))


def _line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()
