"""Verifying what is kept: everything is gone through, and the chain is held against a head that was noted outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass

from monitor.errors import ArchiveError, StoreError
from monitor.fingerprint import printed
from monitor.model import ArchiveFile, Capture, Flaw, Kept, Place
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


def left(store: Log, archive: Archive) -> list[str]:
    """The files of the archive that are noted as dropped and still lie there; their captures are checked like all others."""
    return [file.name for file in files(store) if file.dropped is not None and archive.has(file.name)]


def files(store: Log) -> list[ArchiveFile]:
    """The files of the archive; none where the store is too damaged to tell."""
    try:
        return store.files()
    except StoreError:  # then going through it says so
        return []


def _archived(store: Log, archive: Archive, step: Callable[[int], None]) -> Iterator[Flaw]:
    """Every capture read from the archive, and held against its row. What was dropped, and is noted so, is not asked for."""
    every = store.files()
    noted = {file.name for file in every if file.dropped is not None}
    lost = {file.name: _Lost() for file in every if not archive.has(file.name)}
    yield from _noted(every, lost.keys(), archive)
    for kept in store.all_kept():
        missing = [place.file for place in (kept.place, kept.twin) if place is not None and place.file in lost]
        unexplained = [lost[name] for name in missing if name not in noted]
        if kept.place is None or (missing and not unexplained):
            continue
        for each in unexplained[:1]:
            each.note(kept)
        if not missing:
            yield from _read(kept, kept.place, store, archive)
        step(1)
    for name, gone in lost.items():
        if gone.captures:
            yield Flaw("file", None, f"{name} is missing from the archive: {gone}")


def _noted(files: Sequence[ArchiveFile], lost: Set[str], archive: Archive) -> Iterator[Flaw]:
    """What is wrong with the notes of dropped files. Where a prune was cut short, one lies there still, as it was noted."""
    for file in files:
        if file.dropped is None:
            continue
        if file.size is None or not file.digest:
            what = "is noted as dropped without its size and SHA-256, which are noted first"
            yield Flaw("file", None, f"altered: {file.name} {what}{'' if file.name in lost else '; it lies there'}")
        elif file.name not in lost and (what := _otherwise(file, archive)):
            yield Flaw("file", None, f"altered: {file.name} is noted as dropped by {file.by}, but it lies there and {what}")


def _otherwise(file: ArchiveFile, archive: Archive) -> str:
    try:
        is_it = archive.measure(file.name) == (file.size, file.digest)
    except ArchiveError as wrong:
        return f"cannot be measured: {wrong}"
    return "" if is_it else "is not what was noted"


def _read(kept: Kept, place: Place, store: Log, archive: Archive) -> Iterator[Flaw]:
    try:
        what = _difference(kept, archive.read(place, kept.twin))
    except ArchiveError as wrong:
        what = str(wrong)
    if what:
        yield Flaw("capture", kept.id, what, _where(kept, store))


def _where(kept: Kept, store: Log) -> str:
    numbers = [f"#{number}" for number in store.resting_on(kept.id)]
    return f"{kept.url}, {'changes' if len(numbers) > 1 else 'change'} {', '.join(numbers)}" if numbers else kept.url


@dataclass(slots=True)
class _Lost:
    """The captures that lie in a file that is not there: how many, the first and the last."""

    captures: int = 0
    first: Kept | None = None
    last: Kept | None = None

    def note(self, kept: Kept) -> None:
        """One more of them."""
        self.captures += 1
        self.first, self.last = self.first or kept, kept

    def __str__(self) -> str:
        if self.first is None or self.last is None:
            return "no capture lay there"
        one = f"of {self.first.url} at {_instant(self.first)}"
        if self.captures == 1:
            return f"1 capture cannot be read, {one}"
        return f"{self.captures} captures cannot be read, the first {one}, the last of {self.last.url} at {_instant(self.last)}"


def _instant(kept: Kept) -> str:
    return f"{kept.at:%Y-%m-%d %H:%M:%S} UTC"


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
