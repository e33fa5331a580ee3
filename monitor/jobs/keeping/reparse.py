"""Reading again what is kept, with today's layouts and parser: what reads otherwise is adopted, and is no change.

Nothing that was known goes: the wording as it was read before stays a version of its page. What a page says now is the next
visit's business; it is then held against what was adopted.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from monitor.article import Article
from monitor.errors import Stopped
from monitor.fingerprint import fingerprint
from monitor.jobs.entries import REREAD
from monitor.model import Adopted, Kept, Page, Reading, Version
from monitor.protocols import Archive, Clock, Reader, Store
from monitor.settings import Source
from monitor.visiting.picturing import take_over
from monitor.visiting.rereading import Rereading, worded

_BATCH = 50  # pages whose wordings are adopted in one transaction
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A page, with an article of it as it was read before and as it reads now."""

    url: str
    before: Article
    after: Article


@dataclass(slots=True)
class Tally:
    """What became of the captures that were looked for, each a version of a page of ``source``.

    ``fields`` counts what reads otherwise, ``unread`` why a capture was not read, or what it says not taken; ``busy`` pages
    were being visited. ``adopted`` is how many wordings were taken over.
    """

    source: str
    read: int = 0
    otherwise: int = 0
    adopted: int = 0
    busy: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    examples: list[Otherwise] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a capture of a page reads as: ``what`` where it reads otherwise; of the ``version`` where not of the current one."""

    page: Page
    reading: Reading
    what: Adopted | None
    version: Version | None = None


@dataclass(slots=True)
class Reparser:
    """Reads the kept captures of sources again. ``by`` is who asked for it, and ``is_dry`` that nothing is to be adopted.

    ``is_whole``: the captures of all versions of a page, not only that of the one it bears now.
    """

    store: Store
    reader: Reader
    clock: Clock
    archive: Archive
    by: str
    is_dry: bool = True
    is_whole: bool = False

    def run(self, source: Source, stop: threading.Event, step: Callable[[], None], tally: Tally) -> None:
        """Read again what is kept of ``source``; ``step`` is told of every page. Raises Stopped, StoreError.

        What was adopted is noted of the source also when it is cut short.
        """
        batch: list[_Found] = []
        how = "cut short; "
        try:
            for status in self.store.pages(source.name):
                if stop.is_set():
                    raise Stopped("told to stop while reading again")
                page = self.store.page_by_id(status.id)
                if page is not None and page.current is not None and status.state != "forgotten":
                    batch += self._found(page, source, tally)
                if len(batch) >= _BATCH:
                    self._adopt(batch, tally)
                step()
            self._adopt(batch, tally)
            how = ""
        finally:
            self._note(tally, how)

    def _note(self, tally: Tally, how: str) -> None:
        """One line about all of it. It stands beside the change log: a change is of one page, and none changed.

        The adopted wordings come into the hash chain as those before, with the next change of their page.
        """
        if self.is_dry or not (tally.adopted or not how):
            return
        detail = (
            f"{how}{self.by} had {tally.read} captures read again by today's layouts and parser: {tally.adopted} wordings"
            f" adopted, {tally.unread.total()} left as they were because their captures could not be read so"
        )
        self.store.note(tally.source, REREAD, self.clock.now(), detail)

    # One page

    def _found(self, page: Page, source: Source, tally: Tally) -> Iterator[_Found]:
        """What the captures of a page read as, where that is worth writing down; the current version first."""
        rereading = Rereading(source, self.reader, self.store, self.archive)
        is_in_full = self.store.is_shortcut_off(source.name)
        versions = self._versions(page)
        seen: set[int] = set()
        for version in versions:
            is_current = version is versions[0]
            kept = self.store.kept_of(page.id, version.number)
            if kept is not None and kept.id in seen:  # an earlier reading of the same capture
                continue
            seen.update([kept.id] if kept is not None else [])
            again = rereading.again(kept, version.article, whole=is_in_full)
            article = again.reading.article if again.reading else None
            if kept is None or again.reading is None or article is None:
                tally.unread[_unread(again.why, page)] += 1
                continue
            tally.read += 1
            yield from self._compared(page, version, kept, again.reading, article, tally, is_current=is_current)

    def _versions(self, page: Page) -> list[Version]:
        current = self.store.version(page.id)
        if current is None:
            return []
        earlier = reversed(self.store.versions(page.id)) if self.is_whole else []
        return [current, *(each for each in earlier if each.number != current.number)]

    def _compared(
        self, page: Page, version: Version, kept: Kept, reading: Reading, article: Article, tally: Tally, *, is_current: bool
    ) -> Iterator[_Found]:
        if fingerprint(article) == version.fingerprint:
            if is_current and page.reader != reading.reader:
                yield _Found(page, reading, None)
            return
        tally.otherwise += 1
        tally.fields.update(differing(version.article, article))
        if len(tally.examples) < _EXAMPLES:
            tally.examples.append(Otherwise(page.url, version.article, article))
        yield _Found(page, reading, Adopted(worded(reading, article), kept.id), None if is_current else version)

    def _adopt(self, batch: list[_Found], tally: Tally) -> None:
        """Write what was found, in one transaction, and forget it."""
        if not self.is_dry and batch:
            adopted = busy = 0
            with self.store.atomic():
                for each in batch:
                    if each.version is not None and each.what is not None:
                        adopted += self.store.keep_reread(each.page, each.version, each.what)
                    elif not self.store.adopt(each.page, each.reading, each.what, self.clock.now()):
                        busy += each.what is not None
                    else:
                        adopted += each.what is not None
                        take_over(self.store, each.page, each.reading)
            tally.adopted += adopted
            tally.busy += busy
        batch.clear()


def differing(before: Article, after: Article) -> list[str]:
    """The fields in which two articles differ, of those that count."""
    names = ("publication", "title", "published", "paragraphs")
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def size(sources: Sequence[Source], store: Store) -> int:
    """How many pages :meth:`Reparser.run` goes through, for all ``sources``."""
    wanted = {source.name for source in sources}
    return sum(each.pages for each in store.sources() if each.name in wanted)


def _unread(why: str, page: Page) -> str:
    """A reason in words that many pages share."""
    return why.replace(f"{page.source}: ", "", 1).replace(f"{page.url}: ", "", 1)
