"""One visit, through the rooms: fetch, ask what it is, read, decide, store. It decides nothing itself."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from monitor.errors import Disallowed, FetchError, MonitorError, ParseError, Resting, Unreachable
from monitor.fingerprint import fingerprint, text_digest
from monitor.judging import quality, verdict
from monitor.model import (
    Capture,
    Claim,
    Decision,
    Evidence,
    NewPage,
    Observation,
    Outcome,
    Page,
    Reading,
    Seen,
    Wording,
)
from monitor.parsing.address import is_article, key
from monitor.protocols import Archive, Clock, Fetcher, Reader, Store
from monitor.settings import Source
from monitor.telling.structured import fields
from monitor.visiting.conditions import Conditions
from monitor.visiting.others import Others

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
    _known_links: set[str] = field(default_factory=set)
    _quiet: list[tuple[Claim, Outcome]] = field(default_factory=list)
    _conditions: Conditions = field(init=False)
    _others: Others = field(init=False)

    def __post_init__(self) -> None:
        self._conditions = Conditions(self.source, self.fetcher, self.reader, self.store, self.validators_off)
        self._others = Others(self.source, self.fetcher, self.reader, self.store)

    def visit(self, claim: Claim) -> Outcome | None:
        """Visit the claimed page and store what it brought; a visit that brought nothing is stored by :meth:`flush`.

        None when the page was handed to somebody else meanwhile. Raises Stopped when the service is told to stop meanwhile,
        Resting when the host is left alone (nothing is stored then), and StoreError; whatever the site does is an observation.
        """
        observation = self._observe(claim.page)
        links = self._new_links(observation)
        if _is_quiet(claim.page, observation) and not links:
            outcome = self._outcome(claim.page, observation, verdict.NOTHING, links)
            self._quiet.append((claim, outcome))
            return outcome
        with self.store.atomic():
            decision = self._decision(claim.page, observation)
            evidence = self._evidence(claim.page, observation, decision)
            outcome = self._outcome(claim.page, observation, decision, links, evidence)
            if not self.store.finish(claim, outcome):
                return None
        if observation.reading is not None:
            self._known_links.update(link.url for link in observation.reading.links)
        return outcome

    def flush(self) -> None:
        """Store the visits that brought nothing, in one transaction: a commit for each would cost more than the visit."""
        if self._quiet:
            with self.store.atomic():
                for claim, outcome in self._quiet:
                    self.store.finish(claim, outcome)
            self._quiet.clear()

    # What was seen

    def _observe(self, page: Page) -> Observation:
        is_full = self.shortcut_off or (page.visits + page.id) % self.full_read_every == 0
        request = self._conditions.request(page, unconditional=is_full)
        try:
            capture = self.fetcher.fetch(request, self.source)
        except Resting:  # nothing was asked, so nothing was seen
            raise
        except Unreachable as wrong:
            return Observation(Seen.UNREACHABLE, self.clock.now(), str(wrong))
        except Disallowed as wrong:
            return Observation(Seen.BLOCKED, self.clock.now(), str(wrong))
        except FetchError as wrong:
            return Observation(Seen.BROKEN, self.clock.now(), str(wrong))
        found = quality.from_status(capture, is_conditional=bool(request.etag or request.last_modified))
        if found is not None:
            return Observation(found[0], capture.at, found[1], capture)
        front = quality.front_page(capture, self.source.find.listings)
        if front is not None:
            return Observation(Seen.BROKEN, capture.at, front, capture)
        try:
            return self._judged(page, capture, is_full)
        except MonitorError:
            raise
        except Exception as wrong:  # a fault of ours; were it to end the round, the pages after this one would never be visited
            log.exception("reading failed", extra=fields(source=self.source.name, url=page.url))
            return Observation(Seen.BROKEN, capture.at, f"reading it failed ({type(wrong).__name__}: {wrong})", capture)

    def _judged(self, page: Page, capture: Capture, is_full: bool) -> Observation:
        try:
            return self._parsed(page, capture, is_full)
        except ParseError as wrong:
            seen, why = quality.unread(self.reader.facts(capture), str(wrong), self.source.marks)
            return Observation(seen, capture.at, why, capture)

    def _parsed(self, page: Page, capture: Capture, is_full: bool) -> Observation:
        reading, only_reader_differs = self._read(page, capture, is_full)
        doubt = self._doubt(page, capture, reading, only_reader_differs)
        if doubt is not None:
            return Observation(doubt[0], capture.at, doubt[1], capture)
        observation = Observation(Seen.PARSED, capture.at, "", capture, reading, only_reader_differs)
        if is_full and not self.shortcut_off:  # a source that is always read in full is never asked conditionally
            self._conditions.test(page, observation)
        return observation

    def _doubt(self, page: Page, capture: Capture, reading: Reading, only_reader_differs: bool) -> tuple[Seen, str] | None:
        """Why what was read proves nothing of this page; None where it does. A page that is as it was is not looked at."""
        article = reading.article
        known = page.current.fingerprint if page.current else None
        differs = article is not None and not only_reader_differs and fingerprint(article) != known
        version = self.store.version(page.id) if page.current and differs else None
        before = version.article if version else None
        if article is not None and differs and quality.is_short(article, self.source.marks):
            misread = quality.misread(self.reader.facts(capture), article, before, self.source.marks)
            if misread is not None:
                return misread
        lost = quality.lost_fields(page, frozenset(["published"] if article.published else [])) if article else ()
        if lost:
            return Seen.BROKEN, quality.lost_sentence(lost)
        if not only_reader_differs and self._is_elsewhere(page, capture, reading):
            return Seen.REDIRECTED, f"it redirects to another page, {capture.answered}"
        other = self._others.doubt(page, capture, article, before, whole=self.shortcut_off) if article and differs else None
        return None if other is None else (Seen.BROKEN, other)

    def _read(self, page: Page, capture: Capture, is_full: bool) -> tuple[Reading, bool]:
        """The reading that counts, and whether only the way of reading makes it differ from what is known."""
        if not is_full:
            try:
                return self.reader.read(capture, self.source, page.parts), False
            except ParseError:
                if page.current is None:
                    raise
        known = page.current.fingerprint if page.current else None
        matched = self._matched(page, capture)
        try:
            whole = self.reader.read_whole(capture, self.source, known)
        except ParseError:
            if matched is not None:
                self._turn_off_shortcut(page, capture)
            raise
        if matched is None or _digest(matched, known) != _digest(whole, known):
            self._turn_off_shortcut(page, capture)
        elif not self.shortcut_off:
            return matched, False
        if matched is None:
            return whole, False
        was_known = known is not None and _digest(matched, known) == known
        return replace(whole, links=matched.links), was_known and page.layout != whole.layout

    def _matched(self, page: Page, capture: Capture) -> Reading | None:
        try:
            return self.reader.read(capture, self.source, page.parts)
        except ParseError:
            return None

    def _turn_off_shortcut(self, page: Page, capture: Capture) -> None:
        if self.shortcut_off:
            return
        self.shortcut_off = True
        detail = f"reading {page.url} in full gave another article than its matched parts; all pages are now read in full"
        self.store.turn_off_shortcut(self.source.name, capture.at, detail)

    def _is_elsewhere(self, page: Page, capture: Capture, reading: Reading) -> bool:
        """Whether a redirect led to another page's article, which proves nothing about this one."""
        if not capture.hops or key(capture.answered, self.source.identity) == page.key:
            return False
        if page.current is not None:
            return reading.article is not None and fingerprint(reading.article) != page.current.fingerprint
        return self.store.page(key(capture.answered, self.source.identity)) is not None

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
        failures = 0 if observation.seen.is_well else page.failures + 1
        due = verdict.next_visit(observation.at, observation.seen, failures, self.source.interval)
        return Outcome(observation, decision, due, self._conditions.kept(page, observation), links, evidence)

    def _decision(self, page: Page, observation: Observation) -> Decision:
        reading = observation.reading
        if observation.seen is Seen.NOT_MODIFIED or (reading is not None and reading.article is None):
            return verdict.on_unchanged(page)
        if reading is None or reading.article is None:
            return verdict.NOTHING
        wording = Wording(reading.article, fingerprint(reading.article), text_digest(reading.article), reading.layout)
        if observation.only_reader_differs:
            return verdict.on_new_reader(page, wording)
        elsewhere = page.current is None and self.store.is_known_elsewhere(wording.text_digest, page.id)
        return verdict.on_reading(page, wording, self.store.earlier(page.id, wording.fingerprint), elsewhere)

    def _new_links(self, observation: Observation) -> tuple[NewPage, ...]:
        """The pages that this one points to, less those met before in this round."""
        urls = [link.url for link in observation.reading.links] if observation.reading else []
        if observation.seen is Seen.REDIRECTED and observation.capture is not None:
            urls = [url for url in [observation.capture.answered] if is_article(url, self.source)]
        return new_pages([url for url in urls if url not in self._known_links], self.source)


def _is_quiet(page: Page, observation: Observation) -> bool:
    """Whether a visit found the page as it was, and it was well before."""
    is_same = observation.seen is Seen.NOT_MODIFIED or (observation.reading is not None and observation.reading.article is None)
    return is_same and not page.gone and page.seen is not None and page.seen.is_well


def new_pages(urls: Sequence[str], source: Source) -> tuple[NewPage, ...]:
    """Pages to watch for addresses, one for each key."""
    found: dict[str, str] = {}
    for url in urls:
        found.setdefault(key(url, source.identity), url)
    return tuple(NewPage(page_key, url) for page_key, url in found.items())


def _digest(reading: Reading, known: bytes | None) -> bytes | None:
    """The fingerprint of what was read; one without an article read what is known."""
    return fingerprint(reading.article) if reading.article else known
