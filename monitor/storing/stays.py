"""When a wording stood on its page: more than once where it went and came back. The change log decides.

The visits in between wrote nothing down. So a stay that was not the last one of its wording ends when something else was seen in
its place, or its removal was logged; the last one when the wording was last seen. What was imported counts where no visit says
otherwise.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from monitor.model import Stay
from monitor.storing.database import Handle
from monitor.storing.values import instant

_PAGES = "SELECT value FROM json_each(?)"
# What a page was seen to bear, and when: by its changes, by versions that a new reader made without one, and by imports.
_SIGHTS = f"""SELECT page_id, at, 0, after_id, 1, id FROM change WHERE page_id IN ({_PAGES}) AND kind <> 'imported'
    UNION ALL SELECT version.page_id, first_seen_at, 0, version.id, 0, version.id FROM version
    LEFT JOIN capture ON capture.id = version.capture_id WHERE version.page_id IN ({_PAGES}) AND capture.origin_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM change WHERE after_id = version.id AND kind <> 'imported')
    UNION ALL SELECT change.page_id, capture.at, 1, change.after_id, 1, change.id FROM change
    JOIN capture ON capture.id = change.capture_id WHERE change.page_id IN ({_PAGES}) AND kind = 'imported'
    ORDER BY 1, 2, 3, 5, 6"""
_SEEN = f"""SELECT version.id, first_seen_at, max(first_seen_at, coalesce(CASE WHEN page.version_id = version.id
    THEN page.last_read_at END, last_seen_at, 0)) FROM version JOIN page ON page.id = version.page_id
    WHERE version.page_id IN ({_PAGES})"""


class _Sight(NamedTuple):
    """At an instant a page bore a version, or none: it was removed. ``is_import``: a capture made elsewhere says so."""

    page: int
    at: int
    is_import: bool
    version: int | None


def stays_of(handle: Handle, pages: Collection[int]) -> dict[int, tuple[Stay, ...]]:
    """The stays of all versions of these pages, oldest first, by the row of the version. Each has one at the least."""
    spans = spans_of(handle, pages)
    return {version: tuple(Stay(instant(first), instant(last)) for first, last in some) for version, some in spans.items()}


def spans_of(handle: Handle, pages: Collection[int]) -> dict[int, list[tuple[int, int]]]:
    """The same, in milliseconds: the first and the last of each stay."""
    listed = json.dumps(sorted({*pages}))
    seen: dict[int, tuple[int, int]] = {row[0]: (row[1], row[2]) for row in handle.rows(_SEEN, (listed,))}
    until = {version: last for version, (_, last) in seen.items()}
    rows = (_Sight(row[0], row[1], bool(row[2]), row[3]) for row in handle.rows(_SIGHTS, (listed,) * 3))
    found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for _, sights in groupby(rows, key=lambda sight: sight.page):
        for version, first, last in _stays([*_told(_lasting(sights), until)], until):
            found[version].append((first, last))
    return {version: found.get(version) or [whole] for version, whole in seen.items()}


def _lasting(sights: Iterable[_Sight]) -> Iterator[_Sight]:
    """Of several sights at one instant the last: a page that comes back with another text is restored, and edited at once."""
    for _, same in groupby(sights, key=lambda sight: (sight.at, sight.is_import)):
        *_, last = same
        yield last


def _told(sights: Iterable[_Sight], until: Mapping[int, int]) -> Iterator[_Sight]:
    """The sights that tell something new: not those of what stands already, nor what an import says against our visits."""
    standing: tuple[int | None] | None = None
    own_until = 0
    for sight in sights:
        if sight.is_import and sight.at <= own_until:
            continue
        if not sight.is_import:
            own_until = max(sight.at, until.get(sight.version, 0) if sight.version is not None else 0)
        if (sight.version,) != standing:
            yield sight
        standing = (sight.version,)


def _stays(told: list[_Sight], until: Mapping[int, int]) -> Iterator[tuple[int, int, int]]:
    """The stays on one page: version, first and last instant. ``until``: when each version was last seen."""
    last_of = {sight.version: place for place, sight in enumerate(told)}
    for place, sight in enumerate(told):
        if sight.version is None:
            continue
        following = told[place + 1].at if place + 1 < len(told) else None
        last = until.get(sight.version, sight.at) if last_of[sight.version] == place else following
        ends = [each for each in (last, following) if each is not None]
        yield sight.version, sight.at, max(sight.at, min(ends))
