"""Dropping captures from the archive, by age and size. Who dropped them, and when, is noted before they go."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.errors import ArchiveError
from monitor.judging.retention import to_drop
from monitor.model import ArchiveFile
from monitor.protocols import Archive, Clock, Store
from monitor.settings import Program
from monitor.telling.structured import fields

log = logging.getLogger("monitor")


def prune(files: Sequence[ArchiveFile], store: Store, archive: Archive, by: str, now: datetime) -> list[str]:
    """Drop ``files`` from the archive, in the name of ``by``; what could not be dropped, and why. Raises StoreError.

    The note comes first: a crash in between leaves a file too many, never captures that are missing unexplained.
    """
    problems = []
    for file in files:
        try:
            size, digest = archive.measure(file.name)
            store.drop_file(file.name, size, digest, by, now)
            archive.drop(file.name)
        except ArchiveError as wrong:
            problems.append(str(wrong))
            continue
        log.info("captures dropped", extra=fields(file=file.name, captures=file.captures, bytes=size, by=by))
    return problems


@dataclass(slots=True)
class Retention:
    """Drops what the settings no longer keep, looking at most once in ``every``; ``by`` is who runs the service."""

    program: Program
    archive: Archive
    clock: Clock
    by: str
    every: timedelta = timedelta(hours=1)
    _next: datetime | None = None

    def apply(self, store: Store) -> None:
        """Drop what is to go by now. What cannot be dropped is logged, and tried again the next time. Raises StoreError."""
        oldest, most = self.program.keep_captures_for, self.program.keep_captures_bytes
        now = self.clock.now()
        if (oldest is None and most is None) or (self._next is not None and now < self._next):
            return
        self._next = now + self.every
        for problem in prune(to_drop(store.files(), now, oldest, most), store, self.archive, f"the service of {self.by}", now):
            log.warning("captures not dropped", extra=fields(why=problem))
