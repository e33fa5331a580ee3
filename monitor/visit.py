"""One visit, through the rooms: fetch, ask what it is, read, decide, store. It decides nothing itself."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from monitor.article import Article
from monitor.errors import FetchError, MonitorError, ParseError, Resting
from monitor.judging import quality, verdict
from monitor.model import Capture, Claim, Decision, Evidence, NewPage, Observation, Outcome, Page, Reading, Seen
from monitor.parsing.address import is_article, key, keys
from monitor.protocols import Archive, Clock, Fetcher, Reader, Store
from monitor.settings import Source
from monitor.telling.structured import fields
from monitor.visiting.alike import Alike
from monitor.visiting.conditions import Conditions
from monitor.visiting.drifting import Drifting
from monitor.visiting.hearing import Hearing
from monitor.visiting.knowing import is_page, known_page, leads_elsewhere
from monitor.visiting.others import Others
from monitor.visiting.picturing import Picturing
from monitor.visiting.rereading import Before, Rereading, worded
from monitor.visiting.shortcut import Shortcut

UNCONDITIONAL_EVERY = 50
_BELIEVED = 5  # failed visits in a row, the last of which saw the same
_CUT = "the page breaks off between two paragraphs: its end did not come, as it did before"
log = logging.getLogger("monitor")


@dataclass(slots=True)
class Visitor:
    """Visits pages of one source in one round. Evidence goes to the ``archive``.

    ``shortcut_off``: read every page in full. ``validators_off``: ask for every page unconditionally.
    """

    source: Source
    fetcher: Fetcher
    reader: Reader
    store: Store
    clock: Clock
    full_read_every: int
    shortcut_off: bool = False
    archive: Archive | None = None
    validators_off: bool = False
    unconditional_every: int = UNCONDITIONAL_EVERY
    _known_links: set[str] = field(default_factory=set)
    _quiet: list[tuple[Claim, Outcome]] = field(default_factory=list)
    _conditions: Conditions = field(init=False)
    _hearing: Hearing = field(init=False)
    _others: Others = field(init=False)
    _alike: Alike = field(init=False)
    _rereading: Rereading = field(init=False)
    _drifting: Drifting = field(init=False)
    _shortcut: Shortcut = field(init=False)
    _picturing: Picturing = field(init=False)
    _remarks: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._conditions = Conditions(self.source, self.fetcher, self.reader, self.store, self.validators_off)
        self._hearing = Hearing(self.source, self.store)
        self._others = Others(self.source, self.fetcher, self.reader, self.store)
        self._alike = Alike(self.store)
        self._rereading = Rereading(self.source, self.reader, self.store, self.archive)
        self._shortcut = Shortcut(self.source, self.reader, self.store, self.shortcut_off)
        self._picturing = Picturing(self.source, self.fetcher, self.reader, self.store, self._rereading, self.archive)
        signs = self.store.drift(self.source.name), self.store.no_drift(self.source.name)
        self._drifting = Drifting(self.source, self.fetcher, self.reader, self.store, self._rereading, *signs)

    def visit(self, claim: Claim) -> Outcome | None:
        """Visit the claimed page and store what it brought; a visit that brought nothing is stored by :meth:`flush`.

        None when the page was handed to somebody else meanwhile, or the visit was put aside: see :meth:`settle`. Raises Stopped
        when the service is told to stop meanwhile, Resting when the host is left alone (nothing is stored then), and StoreError;
        whatever the site does is an observation.
        """
        observation = self._observe(claim.page)
        links = self._new_links(claim.page, observation)
        self._hearing.listen(observation.reading.links if observation.reading else ())
        if self._drifting.is_put_aside(claim, observation, links):
            return None
        if _is_quiet(claim.page, observation) and not links:
            outcome = self._outcome(claim.page, observation, verdict.NOTHING, links)
            self._quiet.append((claim, outcome))
            return outcome
        return self._stored(claim, observation, links)

    def _stored(self, claim: Claim, observation: Observation, links: tuple[NewPage, ...]) -> Outcome | None:
        with self.store.atomic():
            decision = self._picturing.decided(self._decision(claim.page, observation), observation)
            evidence = self._evidence(claim.page, observation, decision)
            outcome = self._outcome(claim.page, observation, decision, links, evidence)
            if not self.store.finish(claim, outcome):
                return None
            if decision.wording is not None:
                self._alike.sign(decision.wording)
        if observation.reading is not None:
            self._known_links.update(link.url for link in observation.reading.links)
        return outcome

    def flush(self) -> None:
        """Store the visits that brought nothing, in one transaction: a commit for each would cost more than the visit."""
        if self._quiet:
            with self.store.atomic(waiting=False):
                for claim, outcome in self._quiet:
                    self.store.finish(claim, outcome)
            self._quiet.clear()
        self._hearing.act(self.clock.now())

    def settle(self, *, everything: bool = False) -> Iterator[tuple[Page, Outcome]]:
        """Store the visits that were put aside, because what they showed might come from a redesign, and it is known now.

        To be called after every few visits, and for ``everything`` after the last. Raises Stopped (they stay due), StoreError.
        """
        for aside in self._drifting.settled(self.clock.now(), everything=everything):
            outcome = self._stored(aside.claim, aside.observation, aside.links)
            if outcome is not None:
                yield aside.claim.page, outcome

    def end(self) -> str:
        """The end of a round. What is to be said of pages whose earlier captures could not be read again, if there are any."""
        self._drifting.end(self.clock.now())
        return f"{len(self._remarks)} pages, like {self._remarks[0]}" if self._remarks else ""

    # What was seen

    def _observe(self, page: Page) -> Observation:
        turn = page.visits + page.id
        is_full = self._shortcut.is_off or turn % self.full_read_every == 0
        is_unconditional = is_full or turn % self.unconditional_every == 0
        request = self._conditions.request(page, unconditional=is_unconditional)
        try:
            capture = self.fetcher.fetch(request, self.source)
        except Resting:  # nothing was asked, so nothing was seen
            raise
        except FetchError as wrong:
            return Observation(quality.failed(wrong), self.clock.now(), str(wrong))
        is_conditional = bool(request.etag or request.last_modified)
        found = quality.at_sight(capture, self.source.find.listings, is_conditional=is_conditional)
        if found is not None:
            return Observation(found[0], capture.at, found[1], capture)
        try:
            return self._judged(page, capture, is_full, is_unconditional)
        except MonitorError:
            raise
        except Exception as wrong:  # a fault of ours; were it to end the round, the pages after this one would never be visited
            log.exception("reading failed", extra=fields(source=self.source.name, url=page.url))
            return Observation(Seen.BROKEN, capture.at, f"reading it failed ({type(wrong).__name__}: {wrong})", capture)

    def _judged(self, page: Page, capture: Capture, is_full: bool, is_unconditional: bool) -> Observation:
        try:
            return self._parsed(page, capture, is_full, is_unconditional)
        except ParseError as wrong:
            seen, why = quality.unread(self.reader.facts(capture), str(wrong), self.source.marks, is_walled=wrong.is_walled)
            signs = frozenset([f"{wrong.field} unread"] if why == str(wrong) and seen is Seen.BROKEN else [])
            return Observation(seen, capture.at, why, capture, signs=signs)

    def _parsed(self, page: Page, capture: Capture, is_full: bool, is_unconditional: bool) -> Observation:
        reading, only_reader_differs = self._shortcut.read(page, capture, is_full)
        known = Before(only_reader_differs=True)
        if not only_reader_differs:
            known = self._rereading.before(page, reading, whole=self._shortcut.is_off)
        doubt = self._doubt(page, capture, reading, known)
        if doubt is not None:
            return doubt
        if known.remark:
            self._remarks.append(f"{page.url}: {known.remark}" if not self._remarks else page.url)
        seen = Observation(Seen.PARSED, capture.at, known.remark, capture, reading, known.only_reader_differs, known.adopted)
        observation = replace(seen, before=known.article)
        if is_unconditional and not self._shortcut.is_off:  # a source that is always read in full is never asked conditionally
            self._conditions.test(page, observation)
        return self._picturing.observed(page, observation, is_occasion=is_unconditional, whole=self._shortcut.is_off)

    def _doubt(self, page: Page, capture: Capture, reading: Reading, known: Before) -> Observation | None:
        """Why what was read proves nothing of this page; None where it does. A page that is as it was is not looked at."""
        article, before = reading.article, known.article
        if article is not None and known.differs and quality.is_short(article, self.source.marks):
            misread = quality.misread(self.reader.facts(capture), article, before, self.source.marks)
            if misread is not None:
                return Observation(misread[0], capture.at, misread[1], capture)
        broken_off = self._broken_off(page, capture, article, before) if article and before else None
        if broken_off is not None:
            return Observation(Seen.BROKEN, capture.at, broken_off, capture)
        of_source = self.source.identity, self.store
        # before what is lost: what another page lacks is not
        if not known.only_reader_differs and leads_elsewhere(capture, reading, page, *of_source):
            return Observation(Seen.REDIRECTED, capture.at, f"it redirects to another page, {capture.answered}", capture)
        lost = quality.lost_fields(page, frozenset(["published"] if article.published else [])) if article else ()
        if lost:
            signs = frozenset(f"{name} lost" for name in lost)
            return Observation(Seen.BROKEN, capture.at, quality.lost_sentence(lost), capture, signs=signs)
        if article is None or not known.differs or self._drifting.is_found(before, article):
            return None
        other = self._others.doubt(page, capture, article, before, whole=self._shortcut.is_off)
        return None if other is None else Observation(Seen.BROKEN, capture.at, other, capture)

    def _broken_off(self, page: Page, capture: Capture, article: Article, before: Article) -> str | None:
        """Why what was read is only the page's beginning. Whole paragraphs must be missed where an end was seen before."""
        is_amid = quality.breaks_off(article, before)
        if not (is_amid or quality.is_cut(article, before)) or quality.has_end(self.reader.facts(capture)):
            return None
        if is_amid:
            return "the page breaks off in the middle of a paragraph: its end did not come"
        shown = self._rereading.shown(page)
        if shown is None or not quality.has_end(self.reader.facts(shown)) or self._stays_cut(page):
            return None
        return _CUT

    def _stays_cut(self, page: Page) -> bool:
        """Whether it broke off so again and again: then the site leaves out the end of its pages, and what it shows is all."""
        if page.failures < _BELIEVED:
            return False
        status = self.store.page_status(page.id)
        return status is not None and status.detail == _CUT

    # What it means

    def _evidence(self, page: Page, observation: Observation, decision: Decision) -> Evidence | None:
        """The visit's capture, written so that it lasts before the store says that it is there. None where it proves nothing."""
        capture = observation.capture
        if capture is None or not verdict.is_evidence(page, observation, decision):
            return None
        if self.archive is None:
            return Evidence()
        twin = self.store.twin(capture.digest)
        return Evidence(self.archive.keep(capture, twin), twin.capture if twin else None)

    def _outcome(
        self,
        page: Page,
        observation: Observation,
        decision: Decision,
        links: tuple[NewPage, ...],
        evidence: Evidence | None = None,
    ) -> Outcome:
        is_held = observation.before is not None or bool(observation.signs & self._drifting.known)  # a layout is missing, no page
        failures = 0 if observation.seen.is_well or is_held else page.failures + 1
        due = verdict.next_visit(observation.at, observation.seen, failures, self.source.interval)
        kept, leads_to = self._conditions.kept(page, observation), self._leads_to(page, observation)
        return Outcome(observation, decision, due, kept, links, evidence, leads_to)

    def _leads_to(self, page: Page, observation: Observation) -> str | None:
        """The key of the other page to which an address redirects."""
        capture = observation.capture
        if capture is None or not capture.hops or not (observation.seen.is_well or observation.seen is Seen.REDIRECTED):
            return None
        if is_page(capture.answered, self.source.identity, page):
            return None
        known = known_page(capture.answered, self.source.identity, self.store)
        return known.key if known else key(capture.answered, self.source.identity)

    def _decision(self, page: Page, observation: Observation) -> Decision:
        reading = observation.reading
        if observation.seen is Seen.NOT_MODIFIED or (reading is not None and reading.article is None):
            return verdict.on_unchanged(page)
        if reading is None or reading.article is None:
            return verdict.NOTHING
        wording = worded(reading, reading.article)
        if observation.only_reader_differs:
            return verdict.on_new_reader(page, wording)
        elsewhere = self._alike.elsewhere(wording, page.id, page.source) if page.current is None else []
        earlier = self.store.earlier(page.id, wording.fingerprint)
        return verdict.on_reading(page, wording, earlier, elsewhere, observation.adopted)

    def _new_links(self, page: Page, observation: Observation) -> tuple[NewPage, ...]:
        """The pages that this one points to, less those met before in this round; and the page to which it moved."""
        urls = [link.url for link in observation.reading.links] if observation.reading else []
        other, capture = self._leads_to(page, observation), observation.capture
        if other is not None and capture is not None and is_article(capture.answered, self.source):
            is_known = observation.seen.is_well and self.store.page(other) is not None
            urls += [] if is_known else [capture.answered]
        return new_pages([url for url in urls if url not in self._known_links], self.source)


def _is_quiet(page: Page, observation: Observation) -> bool:
    """Whether a visit found the page as it was, and it was well before."""
    is_same = observation.seen is Seen.NOT_MODIFIED or (observation.reading is not None and observation.reading.article is None)
    return is_same and observation.pictures is None and not page.gone and page.seen is not None and page.seen.is_well


def new_pages(urls: Sequence[str], source: Source) -> tuple[NewPage, ...]:
    """Pages to watch for addresses, one for each key."""
    found: dict[str, NewPage] = {}
    for url in urls:
        page_key, *former = keys(url, source.identity)
        found.setdefault(page_key, NewPage(page_key, url, *former))
    return tuple(found.values())
