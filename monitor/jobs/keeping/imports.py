"""Captures made elsewhere, taken in as earlier versions of the pages: in their own time, marked as imported, never as news.

They go through the same judging as a visit's: a block page in a file is no version. What is imported never becomes what a
page bears now.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from monitor.article import Article
from monitor.errors import ParseError, Stopped
from monitor.fetching.archive.foreign import Taken, WarcFiles
from monitor.fingerprint import fingerprint, text_digest
from monitor.jobs.keeping.surveying import Survey, is_front, is_without_end
from monitor.judging import quality
from monitor.model import Capture, Evidence, Page, Reading, Wording
from monitor.parsing.address import absolute, is_article
from monitor.protocols import Archive, Clock, Reader, Store
from monitor.settings import Source
from monitor.telling.harmless import harmless
from monitor.visit import new_pages
from monitor.visiting.knowing import known_page

_Name = tuple[Path, str, datetime | None, bytes]
_NO_PAGE = "an address that is no article of any source, nor a known page"


@dataclass(slots=True)
class Tally:
    """What became of the captures that were ``read``: imported, known already, or skipped and why.

    ``versions`` are wordings that were not known, ``pages`` those that are watched from now on. ``damage`` says which files
    could not be read to their end.
    """

    read: int = 0
    imported: int = 0
    versions: int = 0
    pages: int = 0
    known: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    damage: list[str] = field(default_factory=list)


class _Skipped(Exception):
    """A capture that is not imported. The text says why, in words that many captures share."""


@dataclass(slots=True)
class Importer:
    """Takes captures into the store, each in one transaction, and their bytes into the ``archive``."""

    sources: Sequence[Source]
    store: Store
    reader: Reader
    clock: Clock
    archive: Archive | None = None
    tally: Tally = field(default_factory=Tally)

    def run(self, files: WarcFiles, stop: threading.Event, step: Callable[[], None] = lambda: None) -> Tally:
        """Import what is in the files. ``step`` is told of every capture that was read. Raises Stopped, StoreError."""
        self.store.sync_sources([source.name for source in self.sources], self.clock.now())
        survey, late = self._survey(files, stop)
        try:
            # what has no end comes last: by then it is known what else there is of its page
            for is_late in (False, True) if late else (False,):
                for taken in self._captures(files, stop, self._is_wanted):
                    if taken.damage:
                        self.tally.damage += [] if is_late else [taken.damage]
                    elif (_named(taken) in late) == is_late:
                        self._take(taken, survey)
                        step()
        finally:
            self.store.seal()
        return self.tally

    def _captures(self, files: WarcFiles, stop: threading.Event, is_wanted: Callable[[str], bool]) -> Iterator[Taken]:
        for taken in files.captures(is_wanted):
            if stop.is_set():
                raise Stopped("told to stop while importing")
            yield taken

    def _survey(self, files: WarcFiles, stop: threading.Event) -> tuple[Survey, Set[_Name]]:
        """What the files tell together, and the captures that end without an end. Raises Stopped, StoreError."""
        survey = Survey(self.reader, self.store)
        late: set[_Name] = set()
        for taken in self._captures(files, stop, self._is_telling):
            if taken.capture is None:
                continue
            survey.look_at_front(taken.capture, self.sources)
            with suppress(_Skipped):
                if not survey.look(taken.capture, self._home(taken.url)[0]):
                    late.add(_named(taken))
        survey.conclude()
        return survey, late

    def _take(self, taken: Taken, survey: Survey) -> None:
        self.tally.read += 1
        try:
            if taken.capture is None:
                raise _Skipped(taken.why or _NO_PAGE)
            self._import(taken.capture, harmless(taken.file.name), survey)
        except _Skipped as why:
            self.tally.skipped[str(why)] += 1

    def _import(self, capture: Capture, origin: str, survey: Survey) -> None:
        """Take in one capture. Raises _Skipped."""
        now = self.clock.now()
        if capture.at > now:
            raise _Skipped("dated in the future")
        source, page = self._home(capture.url)
        if page is not None and self.store.is_taken(page.id, capture.at, capture.digest):
            self.tally.known += 1
            return
        wording = self._wording(capture, source, page, survey)
        with self.store.atomic():
            page = page or self._taken_up(capture.url, source)
            is_new = self.store.keep_import(page, capture, wording, self._evidence(capture), origin, now)
        self.tally.versions += is_new
        self.tally.imported += 1

    def _evidence(self, capture: Capture) -> Evidence:
        """The bytes of a capture, in our own archive where there is one."""
        if self.archive is None:
            return Evidence()
        twin = self.store.twin(capture.digest)
        return Evidence(self.archive.keep(capture, twin), twin.capture if twin else None)

    # Whose it is

    def _is_wanted(self, url: str) -> bool:
        try:
            self._home(url)
        except _Skipped:
            return False
        return True

    def _is_telling(self, url: str) -> bool:
        return self._is_wanted(url) or any(is_front(url, source) for source in self.sources)

    def _home(self, url: str) -> tuple[Source, Page | None]:
        """The source that reads the page at an address, and the page if it is known. Raises _Skipped."""
        if absolute(url, "") is None:
            raise _Skipped(_NO_PAGE)
        own = next((each for each in self.sources if is_article(url, each) or url in each.find.pages), None)
        identities = [own.identity] if own else dict.fromkeys([*(each.identity for each in self.sources), None])
        found = (known_page(url, identity, self.store) for identity in identities)
        page = next((each for each in found if each is not None), None)
        source = next((each for each in self.sources if each.name == page.source), None) if page else own
        if source is None:
            raise _Skipped("a page whose source is configured no more" if page else _NO_PAGE)
        return source, page

    def _taken_up(self, url: str, source: Source) -> Page:
        (wanted,) = new_pages([url], source)
        self.tally.pages += self.store.take_up(source.name, wanted, self.clock.now())
        page = known_page(url, source.identity, self.store)
        if page is None:
            raise _Skipped("a page that could not be taken up")
        return page

    # What it says

    def _wording(self, capture: Capture, source: Source, page: Page | None, survey: Survey) -> Wording:
        """What a capture says, by the layouts of its source, with the doubts that a visit would have. Raises _Skipped."""
        status = quality.from_status(capture, is_conditional=False)
        if status is not None:
            raise _Skipped(f"status {capture.status}" if capture.status != 200 else status[1])
        try:
            reading = self.reader.read(capture, source)
        except ParseError as wrong:
            why = "no layout of its source reads it" if source.layouts else wrong.why
            seen, why = quality.unread(self.reader.facts(capture), why, source.marks, is_walled=wrong.is_walled)
            raise _Skipped(f"{seen}: {why}") from None
        if reading.article is None:
            raise _Skipped("no layout of its source reads it")
        self._doubt(capture, reading, source, page)
        article = reading.article
        self._doubt_among_others(capture, article, source, page, survey)
        return Wording(article, fingerprint(article), text_digest(article), reading.layout)

    def _doubt(self, capture: Capture, reading: Reading, source: Source, page: Page | None) -> None:
        """Raises _Skipped where what was read is no article, or lacks a field that was read on its page before."""
        article = reading.article
        if article is None or (page is not None and self.store.earlier(page.id, fingerprint(article)) is not None):
            return
        if quality.is_short(article, source.marks):
            version = self.store.version(page.id) if page else None
            misread = quality.misread(self.reader.facts(capture), article, version.article if version else None, source.marks)
            if misread is not None:
                raise _Skipped(f"{misread[0]}: {misread[1]}")
        lost = quality.lost_fields(page, frozenset(["published"] if article.published else [])) if page else ()
        if lost:
            raise _Skipped(quality.lost_sentence(lost))

    def _doubt_among_others(self, capture: Capture, article: Article, source: Source, page: Page | None, survey: Survey) -> None:
        """Raises _Skipped where what else there is says that a text is not the page's, or not all of it."""
        if page is not None and self.store.earlier(page.id, fingerprint(article)) is not None:
            return
        why = survey.doubt(capture, source, text_digest(article))
        if why:
            raise _Skipped(why)
        if page is None or not is_without_end(capture, self.reader):
            return
        if any(survey.is_cut(page.key, article, version.article) for version in self.store.versions(page.id)):
            raise _Skipped("the page breaks off: its end did not come")


def _named(taken: Taken) -> _Name:
    """By what a capture is known again when the files are gone through once more."""
    capture = taken.capture
    return taken.file, taken.url, capture.at if capture else None, capture.digest if capture else b""
