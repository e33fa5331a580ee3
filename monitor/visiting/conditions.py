"""Conditional requests: what a page is asked for with, and whether the server's validators can be trusted."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from monitor.errors import FetchError, ParseError
from monitor.fingerprint import fingerprint
from monitor.judging import quality, validators
from monitor.model import Capture, Observation, Page, Request, Seen, Validators
from monitor.protocols import Fetcher, Reader, Store
from monitor.settings import Source
from monitor.telling.structured import fields

log = logging.getLogger("monitor")


@dataclass(slots=True)
class Conditions:
    """The conditions of one source's requests. ``off``: its validators were found to lie, and are used no more."""

    source: Source
    fetcher: Fetcher
    reader: Reader
    store: Store
    off: bool = False

    def request(self, page: Page, *, unconditional: bool) -> Request:
        """What to ask for: conditional when the page was read before."""
        if unconditional or self.off or page.current is None:
            return Request(page.url)
        return Request(page.url, page.etag, page.last_modified)

    def kept(self, page: Page, observation: Observation) -> Validators:
        """What the next request is made conditional by: only what came with a page that was read, and not redirected."""
        known, capture = Validators(page.etag, page.last_modified), observation.capture
        if self.off:
            return Validators()
        if capture is None or not observation.seen.is_well:
            return known
        given = validators.given(capture)
        if observation.seen is Seen.NOT_MODIFIED:
            return Validators(given.etag or known.etag, given.last_modified or known.last_modified)
        return Validators() if capture.hops else given

    def test(self, page: Page, observation: Observation) -> None:
        """Hold the answer to an unconditional request against the page's validators, and turn them off when they lie.

        Asks the server once more only where its ETag is another one, and the article is not. Raises Stopped and StoreError.
        """
        known, capture, reading = Validators(page.etag, page.last_modified), observation.capture, observation.reading
        if self.off or capture is None or reading is None or page.current is None or capture.hops:
            return
        given = validators.given(capture)
        if reading.article is None or fingerprint(reading.article) == page.current.fingerprint:
            if known.etag and given.etag and not validators.is_same_tag(known.etag, given.etag):
                self._ask_again(page, known, capture)
            return
        header = validators.would_vouch(known, given)
        if header is not None and not self._is_of_our_making(page, capture, reading.reader):
            self._turn_off(capture.at, f"{page.url} was altered, and its server gave the same {header} as before")

    def _is_of_our_making(self, page: Page, capture: Capture, reader: bytes) -> bool:
        """Whether another article may come from another way of reading: by its reader, or because the bytes are known ones."""
        return reader != page.reader or any(kept.digest == capture.digest for kept in self.store.kept(page.id))

    def _ask_again(self, page: Page, known: Validators, first: Capture) -> None:
        """Whether the ETag is a new one with every answer: ask with the one just given, and see whether that is recognised."""
        given = validators.given(first)
        try:
            second = self.fetcher.fetch(Request(page.url, given.etag, given.last_modified), self.source)
        except FetchError:  # Resting too: the visit has brought what it was made for
            return
        tag = second.header("etag")
        if quality.from_status(second, is_conditional=True) is not None or second.hops or tag is None:
            return
        is_third = not any(validators.is_same_tag(tag, old) for old in (known.etag, given.etag))
        if is_third and self._reads_as_known(page, second):
            self._turn_off(second.at, f"{page.url} was not altered, and its server gave a new ETag with every answer")

    def _reads_as_known(self, page: Page, capture: Capture) -> bool:
        try:
            reading = self.reader.read(capture, self.source, page.parts)
        except ParseError:
            return False
        return reading.article is None or (page.current is not None and fingerprint(reading.article) == page.current.fingerprint)

    def _turn_off(self, at: datetime, why: str) -> None:
        self.off = True
        detail = f"{why}; every request is unconditional from now on"
        self.store.turn_off_validators(self.source.name, at, detail)
        log.warning("incident", extra=fields(source=self.source.name, kind="validators", detail=detail))
