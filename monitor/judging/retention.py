"""Which files of the archive are to be dropped: by age and by the size of all. A pure function."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor.model import ArchiveFile


def to_drop(
    files: Sequence[ArchiveFile], now: datetime, oldest: timedelta | None = None, most_bytes: int | None = None
) -> list[ArchiveFile]:
    """The files whose last capture is more than ``oldest`` ago, and the oldest of the others while more than ``most_bytes`` stay.

    Whole files, oldest first; those that were dropped before count no more.
    """
    there = sorted((file for file in files if file.dropped is None), key=lambda file: file.last)
    left = sum(file.used for file in there)
    found = []
    for file in there:
        is_old = oldest is not None and now - file.last > oldest
        if not is_old and (most_bytes is None or left <= most_bytes):
            continue
        found.append(file)
        left -= file.used
    return found
