"""Verifying what is kept: everything is gone through, and the chain is held against a head that was noted outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from monitor.fingerprint import printed
from monitor.model import Flaw
from monitor.protocols import Log


def verify(store: Log, noted: bytes | None = None, step: Callable[[int], None] = lambda _: None) -> Iterator[Flaw]:
    """All that is missing, altered or cut, one after the other; nothing where all is whole. Raises StoreError.

    ``noted`` is a head of the chain as somebody wrote it down earlier. The chain itself cannot tell when its end was cut
    off, or all of it made anew; only a copy of its head can. ``step`` is told how many rows were gone through.
    """
    yield from store.audit(step)
    if noted is not None and store.sealed_as(noted) is None:
        what = f"none is {printed(noted)}: the end of the chain was cut off after that was noted, or the chain was made anew"
        yield Flaw("seal", None, what)
