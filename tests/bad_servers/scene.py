"""The service's rounds over a site, and what is known after each."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from bad_servers.certificates import Secure, trusted
from bad_servers.rows import At, Row
from bad_servers.site import LISTING, NEIGHBOUR, PAGE, Site
from fetching.standins import seconds
from standins import START, SetClock
from storing.steps import EVERYTHING

from monitor.fetching.backoff import Backoff
from monitor.fetching.http import HttpFetcher
from monitor.fetching.pace import Pace
from monitor.jobs.round import Tools, run_round
from monitor.model import Seen
from monitor.parsing.reader import LayoutReader
from monitor.settings import Connection, Duration, Finding, Layout, Politeness, Removal, Rule, Source
from monitor.storing.sqlite import SqliteStore, StoreFile

TIMEOUT, TOTAL, MOST_BYTES = 0.8, 1.2, 1_000_000
_LAYOUT = Layout("plain", (Rule(css="main h1"),), (Rule(css="main"),), published=(Rule(css="time", attr="datetime"),))
_DAYS = timedelta(days=2)  # longer than any rest that a host gets
_STRICT = {"timeout": seconds(TIMEOUT), "total": seconds(TOTAL)}
_PATIENT = {"gap": seconds(0), "max_bytes": MOST_BYTES}  # what is good is to be read, however busy the machine is


@dataclass(frozen=True, slots=True)
class After:
    """What is known after a round. ``took`` is in seconds, ``memory`` the bytes by which it grew meanwhile at most."""

    seen: Seen | None
    detail: str
    neighbour: Seen | None
    incidents: dict[str, str]
    log: str
    took: float
    memory: int


class Scene:
    """Rounds over a site, days apart. Its page counts as removed after one visit that proves it: nothing is forgiven."""

    def __init__(self, site: Site, store: SqliteStore, ca: str) -> None:
        self.site = site
        self.store = store
        self.clock = SetClock()
        self._patient = _source(site, ca)
        self._strict = replace(self._patient, polite=replace(self._patient.polite, **_STRICT))
        self.store.sync_sources([self._patient.name], self.clock.now())
        self.fetcher = self._started()

    def play(self) -> tuple[After, After, After]:
        """A good round, the bad one, and a good one again in which the page has been edited."""
        before = self.round()
        self._turn(to_bad=True)
        during = self.round()
        self._turn(to_bad=False)
        self.site.word = "second"
        return before, during, self.round()

    def _turn(self, *, to_bad: bool) -> None:
        row = self.site.row
        if row.at is At.ROBOTS:  # it is kept for a day, and so is that there is none
            self._restart()
        if to_bad and (row.dns or row.at is not At.PAGE):
            self.site.drop()
        self.site.is_bad = to_bad

    def _restart(self) -> None:
        """Start the service anew: what is kept in memory, like a robots.txt, is forgotten."""
        self.fetcher.close()
        self.fetcher = self._started()

    def round(self) -> After:
        """A round over everything, some days after the one before."""
        self.clock.move(_DAYS)
        before = len(self._log())
        tools = Tools(self.store, self.fetcher, LayoutReader(), self.clock, "w", 10_000)
        started, size = time.monotonic(), _peak(anew=True)
        run_round(self._strict if self.site.is_bad and self.site.row.is_about_time else self._patient, tools, everything=True)
        took, grown = time.monotonic() - started, _peak() - size
        page, neighbour = (self.store.page_at(self.site.url + path) for path in (PAGE, NEIGHBOUR))
        assert page is not None
        known = self.store.page_status(page.id)
        assert known is not None
        incidents = {incident.kind: incident.detail for incident in self.store.incidents()}
        log = " ".join(self._log()[before:])
        return After(known.seen, known.detail, neighbour and neighbour.seen, incidents, log, took, grown)

    def _log(self) -> list[str]:
        return [change.kind.value for change in reversed(list(self.store.changes(replace(EVERYTHING, baseline=True))))]

    def _started(self) -> HttpFetcher:
        stop = threading.Event()
        backoff = Backoff(self.clock, monotonic=lambda: (self.clock.at - START).total_seconds())
        return HttpFetcher(self.clock, Pace(stop), contact=None, stop=stop, backoff=backoff, resolve=self.site.look_up)


@contextmanager
def playing(row: Row, folder: Path) -> Iterator[Scene]:
    """The scene of a row, before the first round."""
    file = StoreFile(folder / "monitor.db", lasting=False)
    with Secure(row.does, row.certificate) as secure, Site(row) as site, file.open() as store:
        if row.at is At.TLS:
            site.secure = secure.url + PAGE
        scene = Scene(site, store, trusted(folder))
        try:
            yield scene
        finally:
            scene.fetcher.close()


def _source(site: Site, ca: str) -> Source:
    row = site.row
    polite = Politeness(**_PATIENT, robots=row.at is At.ROBOTS)
    listings = (site.url + LISTING,) if row.at is At.LISTING else ()
    pages = (site.url + PAGE, site.url + NEIGHBOUR)
    return Source(
        name="some",
        layouts=(_LAYOUT,),
        publication="The Site",
        find=Finding(pages=pages, listings=listings, articles=("/(page|neighbour)$",)),
        removal=Removal(1, Duration(0)),
        polite=polite,
        reach=("127.0.0.1", "::1"),
        connection=Connection(ca=ca),
    )


def _peak(*, anew: bool = False) -> int:
    """The most memory that this process has had, in bytes, since it was measured ``anew``. 0 where the system does not say."""
    try:
        if anew:
            Path("/proc/self/clear_refs").write_text("5")  # proc(5): resets the peak
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)
