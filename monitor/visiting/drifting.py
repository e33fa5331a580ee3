"""Visits that may only show a redesign are put aside, until other pages tell whether it is one.

They are put aside for a few visits at the most, and not stored before: a round that is cut short leaves their pages due.
"""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice

from monitor.article import Article
from monitor.errors import FetchError, ParseError
from monitor.judging import drift, quality
from monitor.judging.drift import Sight
from monitor.model import Claim, NewPage, Observation, PageStatus, Request, Seen
from monitor.protocols import Fetcher, Reader, Store
from monitor.settings import Source
from monitor.telling.structured import fields
from monitor.visiting.knowing import is_page
from monitor.visiting.rereading import Rereading

_REMEMBERED = 48  # visits of which it is known what they showed
_WITNESSES = 7
_TOO_FEW = 3  # witnesses that can be read: the visits alone decide then
_LONGEST = timedelta(minutes=20)  # well within a claim's lease
log = logging.getLogger("monitor")


@dataclass(slots=True)
class Aside:
    """A visit that was put aside: what it showed, and whether others were waited for already."""

    claim: Claim
    observation: Observation
    links: tuple[NewPage, ...]
    sight: Sight
    has_waited: bool = False


@dataclass(slots=True)
class Drifting:
    """What the visits of one round to a source show of a redesign. ``known`` are signs that were found before.

    ``found`` are those found in this round; ``denied`` ones are taken for what the articles say.
    """

    source: Source
    fetcher: Fetcher
    reader: Reader
    store: Store
    rereading: Rereading
    known: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    found: set[str] = field(default_factory=set)
    _cleared: set[str] = field(default_factory=set)
    _sights: deque[Sight] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    _aside: list[Aside] = field(default_factory=list)
    _borne: Counter[str] = field(default_factory=Counter)
    _read: int = 0
    _well: int = 0
    _few: bool | None = None

    def is_put_aside(self, claim: Claim, observation: Observation, links: tuple[NewPage, ...]) -> bool:
        """Take note of a visit. Whether it is put aside, because what differs may come from a redesign."""
        page, before = claim.page, observation.before
        self._well += observation.seen is Seen.NOT_MODIFIED
        if page.current is None or not (observation.seen is Seen.PARSED or observation.signs):
            return False
        reading = observation.reading
        article = reading.article if reading and before is not None else None
        sight = Sight(before, article, observation.signs)
        borne = drift.signs(sight)
        self._sights.append(sight if borne else Sight())
        self._read += 1
        self._borne.update(borne & (self.known | self.denied))
        borne -= self.denied
        if article is None or not borne or self._is_small():
            return False
        self._aside.append(Aside(claim, observation, links, sight))
        return True

    def is_found(self, before: Article | None, after: Article) -> bool:
        """Whether what differs bears a sign that was found in this round: it will be held back."""
        return bool(self.found) and bool(self.found & drift.signs(Sight(before, after)) - self.denied)

    def _is_small(self) -> bool:
        """Whether the source has so few pages that nothing can be told from them."""
        if self._few is None:
            self._few = len(list(islice(self.store.pages(self.source.name), drift.LEAST))) < drift.LEAST
        return self._few

    def settled(self, now: datetime, *, everything: bool = False) -> Iterator[Aside]:
        """Those put aside of which it is known by now what they are, each with the observation that counts.

        ``everything``: no more visits will come. Asks a few other pages of the source when a redesign is suspected. Raises
        Stopped and StoreError.
        """
        self._judge(now)
        waiting, self._aside = self._aside, []
        common = drift.lost_in_common(self._sights)
        for each in waiting:
            held = self._held(drift.signs(each.sight, common))
            if held:
                yield _held_back(each, held)
            elif everything or each.has_waited or now - each.observation.at > _LONGEST:
                yield each
            else:
                each.has_waited = True
                self._aside.append(each)

    def _held(self, borne: frozenset[str]) -> frozenset[str]:
        """The signs for which a visit is held back: those of a redesign that was found, or may still be going on."""
        still = drift.lasting(self.known - self._cleared, self._borne, self._read)
        return borne & (self.found | still) - self.denied

    def _judge(self, now: datetime) -> None:
        """Look for signs that were not found yet in what the last visits showed."""
        suspected = [
            sign for sign in drift.suspected(self._sights) if sign not in self.found | self._cleared and sign not in self.denied
        ]
        if not suspected:
            return
        witnesses = self._witnesses() if any(sign not in self.known and not _is_plain(sign) for sign in suspected) else []
        common = drift.lost_in_common(self._sights)
        for sign in suspected:
            bearing = sum(sign in drift.signs(each, common) for each in witnesses)
            asked = sign not in self.known and not _is_plain(sign)
            if asked and len(witnesses) >= _TOO_FEW and not drift.is_most(bearing, len(witnesses)):
                self._cleared.add(sign)
            else:
                self.found.add(sign)
        if self.found - self.known:
            self._tell(now)

    def _tell(self, now: datetime) -> None:
        """Open the incident, or open it anew when there is more to say."""
        all_ = self.known | self.found
        detail = drift.sentence(all_, self.source)
        with self.store.atomic():
            self.store.keep_drift(self.source.name, all_, self.denied)
            self.store.close_incident(self.source.name, "layout", now)
            self.store.open_incident(self.source.name, "layout", now, detail)
        self.known = all_
        log.warning("incident", extra=fields(source=self.source.name, kind="layout", detail=detail))

    def end(self, now: datetime) -> None:
        """The end of a round: a redesign whose signs are gone is over, and so is what was said of signs that are gone."""
        read = self._read + self._well
        still = drift.lasting(self.known, self._borne, read) | self.found
        denied = drift.lasting(self.denied, self._borne, read)
        if (still, denied) == (self.known, self.denied):
            return
        with self.store.atomic():
            self.store.keep_drift(self.source.name, still, denied)
            if still == self.known:
                return
            self.store.close_incident(self.source.name, "layout", now)
            if still:
                self.store.open_incident(self.source.name, "layout", now, drift.sentence(still, self.source))
        if not still:
            log.info("incident over", extra=fields(source=self.source.name, kind="layout"))

    # Other pages

    def _witnesses(self) -> list[Sight]:
        """What some pages show that were not among the last visits, picked evenly from all over the source."""
        visited = {each.claim.page.id for each in self._aside}
        others = [each for each in self.store.pages(self.source.name) if _is_well(each) and each.id not in visited]
        step = max(1, len(others) // _WITNESSES)
        picked = islice(others[step // 2 :: step], _WITNESSES)
        return [sight for each in picked if (sight := self._ask(each)) is not None]

    def _ask(self, status: PageStatus) -> Sight | None:
        """What a page shows now; None where that cannot be told. Nothing is stored of it."""
        page = self.store.page_by_id(status.id)
        if page is None or page.current is None:
            return None
        try:
            capture = self.fetcher.fetch(Request(page.url), self.source)
            is_ours = is_page(capture.answered, self.source.identity, page)
            if not is_ours or quality.from_status(capture, is_conditional=False) is not None:
                return None
            reading = self.reader.read(capture, self.source)
        except (FetchError, ParseError):  # a host that rests, too: then fewer are asked
            return None
        before = self.rereading.before(page, reading, whole=False)
        return Sight(before.article, reading.article) if before.differs else Sight()


def _held_back(aside: Aside, signs: frozenset[str]) -> Aside:
    """The same visit as one that proved nothing: it is held back."""
    proven = replace(aside.observation, reading=None, adopted=None, pictures=None)
    seen = replace(proven, seen=Seen.BROKEN, detail=drift.held(signs), signs=signs)
    return replace(aside, observation=seen, links=())


def _is_plain(sign: str) -> bool:
    """Whether a visit that bears the sign proves nothing anyhow, so that nobody need be asked."""
    return sign.endswith((" lost", " unread", " gone", " renamed"))


def _is_well(page: PageStatus) -> bool:
    return page.state == "active" and not page.gone and page.seen is not None and page.seen.is_well
