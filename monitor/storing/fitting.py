"""Whether a change fits what it rests on: its kind, both its sides, its capture, and the visits there were.

What a round logs always fits. A row that does not was put in, or altered, by something else than this program.
"""

from __future__ import annotations

from dataclasses import dataclass

from monitor.model import Kind
from monitor.storing.chain import RECORD_COLUMNS, WIDTH
from monitor.storing.database import Handle, Row

# the row of a record, and what else a change is held against
FIT_COLUMNS = RECORD_COLUMNS.replace(
    " FROM change",
    """, change.page_id, b.page_id, a.page_id, capture.page_id, capture.origin_id, page.last_visit_at, page.source_id
    FROM change""",
    1,
)


@dataclass(frozen=True, slots=True)
class _Rule:
    """Which sides a kind of change has, and what the capture that led to it was answered with."""

    before: bool
    after: bool
    statuses: tuple[int, ...] = (200,)


_FIRST = _Rule(before=False, after=True)
_EDIT = _Rule(before=True, after=True)
_RULES = {kind.value: _FIRST for kind in Kind if kind.is_first} | {
    Kind.EDITED.value: _EDIT,
    Kind.REVERTED.value: _EDIT,
    Kind.REMOVED.value: _Rule(before=True, after=False, statuses=(404, 410)),
    Kind.RESTORED.value: _Rule(before=False, after=True, statuses=(200, 304)),
    Kind.IMPORTED.value: _FIRST,
}
_LATEST = """SELECT max(coalesce((SELECT max(last_visit_at) FROM page WHERE source_id = ?), 0),
    coalesce((SELECT max(coalesce(ended_at, started_at)) FROM round WHERE source_id = ?), 0))"""
_WENT_BACK = "SELECT 1 FROM incident WHERE source_id = ? AND kind = 'clock' LIMIT 1"


class Fitting:
    """Holds changes against what they rest on, by a handle."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle

    def misfit(self, row: Row) -> str:
        """Why a row of FIT_COLUMNS is no change that this program logged; empty where it fits. Raises StoreError."""
        name = row[2].decode("utf-8", "replace")
        rule = _RULES.get(name)
        if rule is None:
            return f"there is no kind of change {name!r}"
        page, *of = row[WIDTH : WIDTH + 4]
        if {owner for owner in of if owner is not None} - {page}:
            return "it is of one page, and what it refers to of another"
        return _sides(name, rule, row) or _capture(name, rule, row) or self._instant(name, row)

    def _instant(self, kind: str, row: Row) -> str:
        """Where the clock went back, a visit may well be later than what came after it."""
        at, last_visit, source = row[1], *row[WIDTH + 5 : WIDTH + 7]
        if kind == Kind.IMPORTED or (last_visit is not None and at <= last_visit):
            return ""
        latest = self._handle.value(_LATEST, (source, source))
        if at <= latest or self._handle.value(_WENT_BACK, (source,)):
            return ""
        return "it is dated later than the last visit and the last round of its source"


def _sides(kind: str, rule: _Rule, row: Row) -> str:
    for name, is_there, number in (("before", rule.before, row[6]), ("after", rule.after, row[9])):
        if is_there != (number is not None):
            return f"{kind} it may not be {'without' if is_there else 'with'} a version {name}"
    if rule is _EDIT and row[6] == row[9] and row[WIDTH - 1] is None:
        return f"{kind} it may not be with the same version before and after, and the same pictures"
    return ""


def _capture(kind: str, rule: _Rule, row: Row) -> str:
    at, taken, status, origin = row[1], row[12], row[13], row[WIDTH + 4]
    if taken is None:
        return "it names no capture"
    if status not in rule.statuses:
        return f"its kind is {kind}, and the status of its capture {status}"
    if (kind == Kind.IMPORTED) != (origin is not None):
        return f"its kind is {kind}, and its capture was {'' if origin is not None else 'not '}imported"
    # an absence may have been seen once more, by a check, before the round ended that logs it
    if kind != Kind.IMPORTED and (taken < at if kind == Kind.REMOVED else taken != at):
        return "its instant is not that of its capture"
    return ""
