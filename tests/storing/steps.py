"""What the tests of the store do again and again, as single steps: take up pages, visit them in rounds, let time pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from standins import DAY, HOUR, START, outcome, url

from monitor.article import Article
from monitor.model import Absence, Change, Claim, Kind, LogQuery, NewPage, Outcome, Page, Round, Seen
from monitor.protocols import Store

LEASE = timedelta(minutes=30)
EVERYTHING = LogQuery(baseline=True, limit=None)


@dataclass
class Steps:
    """Steps on a store, by the worker ``worker``, at the instant ``at``."""

    store: Store
    at: datetime = START
    worker: str = "w1"

    def later(self, by: timedelta = HOUR) -> None:
        self.at += by

    def add(self, *names: str, source: str = "a", host: str | None = None) -> int:
        """Take up pages of a source. The number of new ones."""
        self.store.sync_sources([source], self.at)
        pages = [NewPage(name, url(name, host) if host else url(name)) for name in names]
        return self.store.add_pages(source, pages, self.at)

    def round(self, source: str = "a", stale: timedelta = DAY) -> Round:
        self.store.sync_sources([source], self.at)
        return self.store.open_round(source, self.at, stale)

    def close(self, round_: Round, removals: Sequence[Absence] = ()) -> bool:
        return self.store.close_round(round_, self.at, removals)

    def page(self, name: str) -> Page:
        found = self.store.page(name)
        assert found is not None
        return found

    def claim(self, name: str, round_: Round) -> Claim:
        claim = self.store.claim_page(self.page(name).id, round_, self.at, self.worker, LEASE)
        assert claim is not None
        return claim

    def due(self, round_: Round, *, horizon: timedelta = timedelta(0), limit: int = 100) -> list[str]:
        """The names of the pages handed out."""
        return [claim.page.key for claim in self.store.claim_due(round_, self.at, horizon, self.worker, LEASE, limit)]

    def finish(self, name: str, round_: Round, what: Outcome) -> bool:
        return self.store.finish(self.claim(name, round_), what)

    def read(self, name: str, round_: Round, what: Article, *kinds: Kind) -> None:
        """A visit that brought a wording the page did not have yet."""
        assert self.finish(name, round_, outcome(self.at, Seen.PARSED, *kinds, new=what))

    def same(self, name: str, round_: Round, *kinds: Kind, back_to: int | None = None) -> None:
        """A visit that read a wording which is known of the page."""
        assert self.finish(name, round_, outcome(self.at, Seen.PARSED, *kinds, back_to=back_to))

    def fail(self, name: str, round_: Round, seen: Seen) -> None:
        """A visit that could not read the page."""
        assert self.finish(name, round_, outcome(self.at, seen))

    def gone(self, name: str, round_: Round) -> None:
        self.fail(name, round_, Seen.GONE)

    def log(self) -> list[tuple[str, str, int | None, int | None, bool]]:
        """The whole log, oldest first: kind, page, before, after, baseline."""
        changes = reversed(list(self.store.changes(EVERYTHING)))
        return [(c.kind.value, _name(c), c.before, c.after, c.baseline) for c in changes]


def _name(change: Change) -> str:
    return change.url.rpartition("/")[2]
