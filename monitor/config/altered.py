"""Which config files were altered since a service read them: it does so at its start, and not again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

_KINDS = ("monitor.toml", "sources/*.toml", "templates/*.toml")


def altered(folder: Path, since: datetime) -> tuple[str, ...]:
    """The files in ``folder`` that are newer than ``since`` (aware), by name from there. One that was deleted is not seen.

    What counts is when a file was last written or put in its place (st_ctime): a copy keeps the date of its original.
    """
    return tuple(name for name, at in _files(folder) if at > since.timestamp())


def _files(folder: Path) -> Iterator[tuple[str, float]]:
    for kind in _KINDS:
        for path in sorted(folder.glob(kind)):
            with suppress(OSError):  # it is gone meanwhile
                yield str(path.relative_to(folder)), path.stat().st_ctime
