"""Rests of hosts that a service noted: another process that works on the same database keeps them, too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from monitor.errors import Resting
from monitor.model import Capture, Incident, Request
from monitor.parsing.address import host
from monitor.protocols import Clock, Fetcher, Store
from monitor.settings import Source

_NOTED = re.compile(r"(\S+) is left alone until (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) UTC: (.*)", re.DOTALL)


def noted(incidents: Iterable[Incident], sources: Sequence[str], now: datetime) -> dict[str, Resting]:
    """The rests that open ``incidents`` of these sources tell of and that are not over yet, by host."""
    found = (_NOTED.fullmatch(each.detail) for each in incidents if each.kind == "resting" and each.source in sources)
    rests = (Resting(host=it[1], until=datetime.fromisoformat(it[2]).replace(tzinfo=UTC), why=it[3]) for it in found if it)
    return {rest.host: rest for rest in rests if now < rest.until}


@dataclass(frozen=True, slots=True)
class Mindful:
    """Implements ``Fetcher`` with another one, for one source: hosts are not asked while they rest."""

    fetcher: Fetcher
    clock: Clock
    rests: dict[str, Resting]

    @classmethod
    def of(cls, fetcher: Fetcher, clock: Clock, store: Store, source: Source, sources: Sequence[Source]) -> Mindful:
        """``fetcher``, with the rests noted of ``source`` and of those that go the same way. Raises StoreError."""
        way = source.reach, source.connection
        names = [source.name, *(each.name for each in sources if (each.reach, each.connection) == way)]
        return cls(fetcher, clock, noted(store.incidents(), names, clock.now()))

    def fetch(self, request: Request, source: Source) -> Capture:
        """What answered. Raises what the other one raises; Resting before it is asked, while a rest is not over."""
        rest = self.rests.get(host(request.url))
        if rest is not None and self.clock.now() < rest.until:
            raise Resting(host=rest.host, until=rest.until, why=rest.why)
        return self.fetcher.fetch(request, source)
