"""Read one page by every way there is: the layouts of a source or of all, and the reader for any site. Nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.errors import ParseError
from monitor.model import Capture, Trace
from monitor.parsing.address import is_article
from monitor.parsing.charset import charset
from monitor.parsing.tracing import trace, trace_any
from monitor.protocols import Reader
from monitor.settings import Layout, Source
from monitor.telling.explanation import Attempt
from monitor.telling.trying import NOBODY, Trial, Way

ANY = "any site"


@dataclass(frozen=True, slots=True)
class Trier:
    """What trials are made with: every source there is, and a reader."""

    sources: Sequence[Source]
    reader: Reader

    def source_of(self, url: str) -> Source | None:
        """The source whose articles have such an address."""
        return next((each for each in self.sources if is_article(url, each) or url in each.find.pages), None)

    def tried(self, capture: Capture, source: Source | None) -> Trial:
        """What is made of a page: as one of ``source``, or of whatever reads it best where that is None. Never fails."""
        ways = list(self._ways(capture, source))
        best = self._best(capture, source, ways)
        others = tuple(way for way in ways if way is not best)
        found = charset(capture.body, capture.header("content-type"))
        named = source.name if source else f"{NOBODY}: no source was named, and no source's `find.articles` fits the address"
        how = self._trace(capture, best)
        return Trial(capture.url, named, (found.name, found.why), len(capture.body), best, how, others)

    def _ways(self, capture: Capture, source: Source | None) -> Iterator[Way]:
        """Each layout once, and the reader for any site last; all sources' where none was named."""
        seen: set[Layout] = set()
        for each in [source] if source else self.sources:
            for layout in each.layouts:
                if layout not in seen:
                    seen.add(layout)
                    yield way(self.reader, capture, each, layout)
        bare = source or Source(NOBODY, ())
        yield way(self.reader, capture, replace(bare, layouts=()), None)

    def _best(self, capture: Capture, source: Source | None, ways: Sequence[Way]) -> Way | None:
        """What a visit would take: the reader chooses among a source's layouts. Without a source, what reads the most words."""
        if source is not None:
            try:
                chosen = self.reader.read(capture, source).layout
            except ParseError:
                return None
            return next((each for each in ways if each.reading and each.reading.layout == chosen), None)
        read = [each for each in ways if each.article is not None]
        by_layout = [each for each in read if each.layout != ANY]
        return max(by_layout or read, key=_words, default=None)

    def _trace(self, capture: Capture, best: Way | None) -> Trace | None:
        if best is not None and best.layout == ANY:
            return trace_any(capture)
        source = next((each for each in self.sources if best is not None and each.name == best.source), None)
        layout = next((each for each in source.layouts if best and each.name == best.layout), None) if source else None
        return trace(capture, layout, source) if source and layout else None


def way(reader: Reader, capture: Capture, source: Source, layout: Layout | None) -> Way:
    """What one layout of a source makes of a page; without one, the reader for any site."""
    name = layout.name if layout else ANY
    try:
        return Way(source.name, name, reader.read(capture, replace(source, layouts=(layout,) if layout else ())))
    except ParseError as wrong:
        return Way(source.name, name, failed=Attempt(name, wrong.field, wrong.why, wrong.tried))


def _words(each: Way) -> int:
    return sum(len(p.split()) for p in each.article.paragraphs) if each.article else 0
