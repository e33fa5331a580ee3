"""Reading again what is kept: what another reader makes of an earlier capture, so that an upgrade never shows as an edit."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from monitor.article import Article
from monitor.errors import ArchiveError, ParseError
from monitor.fingerprint import fingerprint, text_digest
from monitor.judging import quality
from monitor.model import Adopted, Capture, Kept, Page, Reading, Wording
from monitor.parsing.reader import WHOLE
from monitor.protocols import Archive, Reader, Store
from monitor.settings import Source


@dataclass(frozen=True, slots=True)
class Again:
    """What today's reader makes of a capture that is kept; ``why`` says why it makes nothing of it."""

    reading: Reading | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Before:
    """What a page was known to say, where what was read now differs from it: ``article``, as today's reader reads it.

    ``only_reader_differs``: the page says what it said. ``adopted``: it was known by another wording until now, which another
    reader read. ``remark`` says that it was, and that its capture could not be read again.
    """

    differs: bool = False
    article: Article | None = None
    only_reader_differs: bool = False
    adopted: Adopted | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Rereading:
    """Reads the captures of one source's pages again. Without an ``archive`` there are none."""

    source: Source
    reader: Reader
    store: Store
    archive: Archive | None

    def before(self, page: Page, reading: Reading, *, whole: bool) -> Before:
        """What the page was known to say, for a ``reading`` that may differ from it. ``whole``: pages are read in full.

        Where another reader made what is known, the capture that it was made of is read again: what both captures say to
        one reader is no edit. Raises StoreError.
        """
        article = reading.article
        if article is None or (page.current is not None and fingerprint(article) == page.current.fingerprint):
            return Before()
        version = self.store.version(page.id) if page.current else None
        if page.current is None or version is None or reading.reader == page.reader:
            return Before(differs=True, article=version.article if version else None)
        kept = self.store.kept_of(page.id)
        again = self.again(kept, version.article, whole=whole)
        if kept is None or again.reading is None or again.reading.article is None:
            return Before(differs=True, article=version.article, remark=_remark(again.why))
        was = again.reading.article
        if fingerprint(was) == fingerprint(article) or self._was_so(kept, again.reading, reading, whole=whole):
            return Before(only_reader_differs=True)
        same = fingerprint(was) == page.current.fingerprint
        return Before(differs=True, article=was, adopted=None if same else Adopted(worded(again.reading, was), kept.id))

    def _was_so(self, kept: Kept, best: Reading, now: Reading, *, whole: bool) -> bool:
        """Whether the layout that reads the page best ``now`` finds the same in the capture before, which another read best."""
        if best.reader == now.reader or kept.place is None or self.archive is None or now.article is None:
            return False
        layouts = tuple(each for each in self.source.layouts if each.name == now.layout.removesuffix(WHOLE))
        if not layouts:
            return False
        read = self.reader.read_whole if whole else self.reader.read
        with suppress(ArchiveError, ParseError):
            was = read(self.archive.read(kept.place, kept.twin), replace(self.source, layouts=layouts)).article
            return was is not None and fingerprint(was) == fingerprint(now.article)
        return False

    def shown(self, page: Page) -> Capture | None:
        """The last capture that showed what the page bears; None where it is not kept or cannot be read. Raises StoreError."""
        kept = self.store.kept_of(page.id)
        if kept is None or kept.place is None or kept.dropped or self.archive is None:
            return None
        with suppress(ArchiveError):
            return self.archive.read(kept.place, kept.twin)
        return None

    def again(self, kept: Kept | None, known: Article, *, whole: bool) -> Again:
        """What today's reader makes of a capture that was read as ``known``, with the reason where that is nothing.

        A layout of another design may read half of it. What lacks a field that was read is nothing, too.
        """
        if kept is None or kept.place is None or self.archive is None:
            return Again(None, "its capture was not kept")
        if kept.dropped:
            return Again(None, f"its capture was {kept.dropped}")
        try:
            return self._read(self.archive.read(kept.place, kept.twin), known, whole)
        except (ArchiveError, ParseError) as wrong:
            return Again(None, str(wrong))

    def _read(self, capture: Capture, known: Article, whole: bool) -> Again:
        """The first reading that lacks nothing: by the source's layouts together, then by each. Raises ParseError."""
        read = self.reader.read_whole if whole else self.reader.read
        first = read(capture, self.source)
        if _lacks_nothing(first, known):
            return Again(first)
        for layout in self.source.layouts:
            with suppress(ParseError):
                reading = read(capture, replace(self.source, layouts=(layout,)))
                if _lacks_nothing(reading, known):
                    return Again(reading)
        return Again(None, quality.lost_sentence(["published"]))


def _lacks_nothing(reading: Reading, known: Article) -> bool:
    return reading.article is not None and (reading.article.published is not None or known.published is None)


def worded(reading: Reading, article: Article) -> Wording:
    """An article as it was read, with its digests."""
    return Wording(article, fingerprint(article), text_digest(article), reading.layout)


def _remark(why: str) -> str:
    return f"read by another reader than before, and the capture before could not be read again ({why}): it may be no edit at all"
