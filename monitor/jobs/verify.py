"""Verifying what is kept: everything is gone through, and the chain is held against a head that was noted outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from monitor.errors import ArchiveError, StoreError
from monitor.fingerprint import printed
from monitor.model import ArchiveFile, Capture, Flaw, Kept
from monitor.protocols import Archive, Log


def verify(
    store: Log, archive: Archive | None = None, noted: bytes | None = None, step: Callable[[int], None] = lambda _: None
) -> Iterator[Flaw]:
    """All that is missing, altered or cut, one after the other; nothing where all is whole. Raises StoreError.

    ``noted`` is a head of the chain as somebody wrote it down earlier. The chain itself cannot tell when its end was cut
    off, or all of it made anew; only a copy of its head can. ``step`` is told how many rows were gone through.
    """
    yield from store.audit(step)
    if archive is not None:
        try:
            yield from _archived(store, archive, step)
        except StoreError as wrong:
            yield Flaw("capture", None, f"cannot be held against the archive to the end: {wrong}")
    if noted is not None and store.sealed_as(noted) is None:
        what = f"none is {printed(noted)}: the end of the chain was cut off after that was noted, or the chain was made anew"
        yield Flaw("seal", None, what)


def size(store: Log) -> int:
    """How many rows :func:`verify` goes through."""
    return store.audit_size() + sum(file.captures for file in files(store) if file.dropped is None)


def files(store: Log) -> list[ArchiveFile]:
    """The files of the archive; none where the store is too damaged to tell."""
    try:
        return store.files()
    except StoreError:  # then going through it says so
        return []


def _archived(store: Log, archive: Archive, step: Callable[[int], None]) -> Iterator[Flaw]:
    """Every capture read from the archive, and held against its row. What was dropped, and is noted so, is not asked for."""
    for kept in store.all_kept():
        if kept.place is None or kept.dropped:
            continue
        try:
            what = _difference(kept, archive.read(kept.place, kept.twin))
        except ArchiveError as wrong:
            what = str(wrong)
        if what:
            yield Flaw("capture", kept.id, what)
        step(1)


def _difference(kept: Kept, found: Capture) -> str:
    """How a capture in the archive differs from its row."""
    pairs = (
        ("body as it came", kept.digest.hex(), found.digest.hex()),
        ("instant", kept.at, found.at),
        ("status", kept.status, found.status),
        ("address", kept.answered, found.answered),
    )
    differing = [f"{name} ({there} there, {here} here)" for name, here, there in pairs if here != there]
    return f"altered: what lies in the archive differs by its {', '.join(differing)}" if differing else ""
