"""What a visit makes known of a page's pictures: held against those that it was known to show, by the same reader.

A difference is believed when a second look at the page, a moment later, shows it too. Where the addresses of pictures are
others at every look, they say nothing, and the pictures are known by their words alone from then on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from monitor.errors import FetchError, ParseError
from monitor.judging import quality, verdict
from monitor.judging.edits import pictures as judged
from monitor.model import Decision, Observation, Page, Picture, Pictured, Pictures, Reading, Request
from monitor.protocols import Archive, Fetcher, Reader, Store
from monitor.settings import Source
from monitor.visiting.files import Files
from monitor.visiting.rereading import Rereading


@dataclass(frozen=True, slots=True)
class Picturing:
    """Looks at the pictures of one source's pages. ``archive`` keeps the files that were fetched, if they are."""

    source: Source
    fetcher: Fetcher
    reader: Reader
    store: Store
    rereading: Rereading
    archive: Archive | None = None

    def observed(self, page: Page, seen: Observation, *, is_occasion: bool, whole: bool) -> Observation:
        """The observation of a page that was read, with what it makes known of the pictures.

        ``is_occasion``: files that are known are looked at again, too. ``whole``: pages are read in full. Raises Stopped and
        StoreError.
        """
        reading = self._with_article(seen, is_occasion=is_occasion, whole=whole)
        if reading is None or reading.article is None:
            return seen
        known = self.store.pictures(page.id) if page.current is not None else None
        shown = judged.without_shifting(known or (), _pictures(reading))
        files = Files(self.source, self.fetcher, self.archive)
        after, captures = files.looked_at(judged.carried(known or (), shown), is_occasion=is_occasion)
        if known is None:
            return replace(seen, pictures=Pictured(None, after, captures=captures))
        if not judged.edits(known, after):
            says_otherwise = _said(known) != _said(after)
            return replace(seen, pictures=Pictured(known, after, captures=captures)) if says_otherwise else seen
        if seen.reading is not None and reading.reader != page.reader:
            before = self._before(page, whole=whole)
            if before is None or not judged.edits(before, shown):  # only the reader differs, for all that is known
                return replace(seen, pictures=Pictured(known, after, captures=captures))
            known = judged.carried(known, before)
        return self._believed(page, seen, Pictured(known, after, is_edit=True, captures=captures), shown)

    def _with_article(self, seen: Observation, *, is_occasion: bool, whole: bool) -> Reading | None:
        """What was read, with the addresses of the pictures where their files are to be looked at again."""
        reading = seen.reading
        if reading is None or reading.article is not None or seen.capture is None or not (is_occasion and self.source.images):
            return reading
        try:
            return (self.reader.read_whole if whole else self.reader.read)(seen.capture, self.source)
        except ParseError:
            return None

    def _before(self, page: Page, *, whole: bool) -> Pictures | None:
        """What the last capture that is kept shows to today's reader; None where that cannot be told."""
        version = self.store.version(page.id)
        kept = self.store.kept_of(page.id)
        again = self.rereading.again(kept, version.article, whole=whole) if version else None
        return _pictures(again.reading) if again and again.reading else None

    # A second look

    def _believed(self, page: Page, seen: Observation, found: Pictured, shown: Pictures) -> Observation:
        """The observation with an edit of pictures, if the page still shows it: else it was none, or it cannot be told now."""
        known = found.before or ()
        if not judged.edits(_bare(known), shown):  # the files differ, and the page does not
            return replace(seen, pictures=found)
        looked = self._second(page)
        second = judged.without_shifting(known, looked or ())
        if looked is None or not judged.edits(_bare(known), second):
            return _undone(seen)
        if judged.is_shifting(shown, second):
            after = judged.carried(known, judged.unaddressed(shown, second))
            return replace(seen, pictures=Pictured(known, after))
        signs = seen.signs | _signs(known, shown)
        version = self.store.version(page.id) if seen.before is None else None
        return replace(seen, pictures=found, signs=signs, before=version.article if version and signs else seen.before)

    def _second(self, page: Page) -> Pictures | None:
        try:
            capture = self.fetcher.fetch(Request(page.url), self.source)
            if quality.from_status(capture, is_conditional=False) is not None:
                return None
            return _pictures(self.reader.read(capture, self.source))
        except (FetchError, ParseError):  # Resting too: the next visit looks again
            return None

    # What is kept

    def decided(self, decision: Decision, seen: Observation) -> Decision:
        """The decision with what was seen of the pictures, whose files are kept then. Raises ArchiveError, StoreError."""
        pictured = seen.pictures
        if pictured is not None and pictured.captures:
            files = Files(self.source, self.fetcher, self.archive)
            kept = tuple((capture, files.kept(capture, self.store)) for capture, _ in pictured.captures)
            pictured = replace(pictured, captures=kept)
        return verdict.with_pictures(decision, pictured)


def take_over(store: Store, page: Page, reading: Reading) -> None:
    """Have a page be known to show what today's reader finds in the last capture that is kept. Raises StoreError."""
    known = store.pictures(page.id)
    if known is not None and reading.article is not None:
        now = judged.carried(known, _pictures(reading))
        if _said(now) != _said(known):
            store.keep_pictures(page.id, now)


def _pictures(reading: Reading) -> Pictures:
    return tuple(map(Picture.of, reading.article.images)) if reading.article else ()


def _said(pictures: Pictures) -> list[tuple[object, ...]]:
    """What is known of pictures, whatever their order, less addresses and places and what came with their files."""
    return sorted((each.name, each.alt, each.caption, each.digest or b"", each.look or b"") for each in pictures)


def _bare(pictures: Pictures) -> Pictures:
    return tuple(replace(each, digest=None, look=None) for each in pictures)


def _undone(seen: Observation) -> Observation:
    """The same, but so that the next visit looks at the page's pictures again."""
    return replace(seen, reading=replace(seen.reading, parts=b"")) if seen.reading else seen


def _signs(known: Pictures, shown: Pictures) -> frozenset[str]:
    """The signs of a redesign that pictures give: all are gone, or all have other addresses."""
    if known and not shown:
        return frozenset(["images gone"])
    names = {each.name for each in known}
    return frozenset(["images renamed"] if known and not any(each.name in names for each in shown) else [])
