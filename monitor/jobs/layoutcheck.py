"""Read kept pages again by today's layouts, and say which they do not read any more. Nothing is written.

Two kinds of pages are at hand: the last captures in the archive, held against what is known of them, and golden pairs, a saved
page beside the text that it must read to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from monitor.article import Article, from_bytes
from monitor.errors import ArchiveError, InputError, ParseError
from monitor.fetching.saved import saved_page
from monitor.fingerprint import fingerprint
from monitor.jobs.trying import way
from monitor.model import Capture, Kept, PageStatus, Seen, Version
from monitor.parsing.proposing.pages import front_of
from monitor.protocols import Archive, Clock, Reader, Store
from monitor.settings import Source
from monitor.telling.layoutcheck import Broken, Checked

_NEVER = datetime.min.replace(tzinfo=UTC)
_LISTING = ".listing."
_OK = 200
_FIELDS = ("publication", "title", "published", "paragraphs", "site", "masthead", "has_original", "cards")


@dataclass(frozen=True, slots=True)
class LayoutChecker:
    """What layouts are checked with."""

    reader: Reader
    clock: Clock

    def captures(
        self, source: Source, store: Store, archive: Archive, most: int, step: Callable[[], None] = lambda: None
    ) -> Checked:
        """The newest captures of a source, at most so many. Raises StoreError.

        Of a page that could not be read at its last visit it is what answered then; else what shows what the page bears.
        """
        checked = Checked(source.name)
        for status in sorted(store.pages(source.name), key=_last_seen, reverse=True):
            if checked.pages >= most:
                break
            version = store.version(status.id) if status.state != "forgotten" else None
            unread = _unread(status, store)
            if version is not None or unread is not None:
                self._capture(source, status, version, unread or store.kept_of(status.id), archive, checked)
                step()
        return checked

    def _capture(
        self, source: Source, status: PageStatus, version: Version | None, kept: Kept | None, archive: Archive, checked: Checked
    ) -> None:
        if kept is None or kept.place is None or kept.dropped:
            checked.leave_out("the capture is not kept")
            return
        try:
            capture = archive.read(kept.place, kept.twin)
        except ArchiveError as wrong:
            checked.leave_out(str(wrong))
            return
        checked.pages += 1
        found = self._read(capture, source)
        if isinstance(found, ParseError):
            checked.broken += self._why(found, capture, source, status.url, version.layout if version else "")
        elif version is None or status.seen is Seen.BROKEN:
            return  # what could not be read then is read now
        elif version.article.published is not None and found.published is None:
            checked.broken.append(Broken(status.url, "published", "it was read, and is missing now", read_by=version.layout))
        elif fingerprint(found) != version.fingerprint:
            checked.otherwise += 1

    def pairs(self, folder: Path, sources: Sequence[Source]) -> list[Checked]:
        """Every page of a folder beside its text, a tally for each folder in it. Raises InputError, FormatError."""
        pages = [
            page for page in sorted(folder.rglob("*.html")) if _LISTING not in page.name and page.with_suffix(".txt").exists()
        ]
        if not pages:
            raise InputError(
                f"{folder}: no pair of NAME.html and NAME.txt in it; a pair is a saved page and the text it reads to"
            )
        tallies: dict[Path, Checked] = {}
        for page in pages:
            checked = tallies.setdefault(page.parent, Checked(str(page.parent)))
            expected = from_bytes(page.with_suffix(".txt").read_bytes(), str(page.with_suffix(".txt")))
            source = source_of(page.parent.name, expected, sources)
            if source is None:
                checked.leave_out(f"no source and no layout is called {page.parent.name}, with the publication of the text")
            else:
                self._pair(page, source, expected, checked)
        return list(tallies.values())

    def _pair(self, page: Path, source: Source, expected: Article, checked: Checked) -> None:
        capture = saved_page(page, None, self.clock, source.polite.max_bytes)
        own = front_of(capture).own
        capture = replace(capture, url=own, answered=own) if own else capture
        checked.pages += 1
        found = self._read(capture, source)
        if isinstance(found, ParseError):
            checked.broken += self._why(found, capture, source, str(page), "")
            return
        checked.broken += [
            Broken(str(page), name, _difference(getattr(found, name), getattr(expected, name)))
            for name in _FIELDS
            if getattr(found, name) != getattr(expected, name)
        ]

    def _read(self, capture: Capture, source: Source) -> Article | ParseError:
        try:
            article = self.reader.read(capture, source).article
        except ParseError as wrong:
            return wrong
        return article or ParseError(source=source.name, url=capture.url, field="article", tried=())

    def _why(self, wrong: ParseError, capture: Capture, source: Source, page: str, read_by: str) -> Iterable[Broken]:
        """What the layout that used to read it misses; else each layout; else what the reader says."""
        layouts = [each for each in source.layouts if each.name == read_by.partition(",")[0]] or list(source.layouts)
        failed = [each for layout in layouts if (each := way(self.reader, capture, source, layout).failed)]
        if not failed:
            return [Broken(page, wrong.field, wrong.why, wrong.tried, read_by)]
        return [Broken(page, f"{each.field} (layout {each.layout})", each.why, each.tried, read_by) for each in failed]


def source_of(folder: str, expected: Article, sources: Sequence[Source]) -> Source | None:
    """The source that a folder of pairs is of: of that name, or with a layout of that name and the publication of the text."""
    named = next((each for each in sources if each.name == folder), None)
    having = [each for each in sources if folder in [layout.name for layout in each.layouts]]
    return named or next((each for each in having if each.publication in (None, expected.publication)), None)


def _last_seen(status: PageStatus) -> datetime:
    return (status.last_visit if status.seen is Seen.BROKEN else status.last_read) or _NEVER


def _unread(status: PageStatus, store: Store) -> Kept | None:
    """The newest capture of a page that could not be read at its last visit, if it is kept."""
    if status.seen is not Seen.BROKEN or status.state == "forgotten":
        return None
    after = status.last_read or _NEVER
    return next((kept for kept in reversed(store.kept(status.id)) if kept.at > after and kept.status == _OK), None)


def _difference(found: object, expected: object) -> str:
    """In a few words, what differs."""
    if isinstance(found, tuple) and isinstance(expected, tuple):
        at = next((i for i, (a, b) in enumerate(zip(found, expected, strict=False)) if a != b), min(len(found), len(expected)))
        return f"{len(found)} of them, should be {len(expected)}; number {at + 1} is the first that differs"
    return f"reads {found!s:.80}, should read {expected!s:.80}"
