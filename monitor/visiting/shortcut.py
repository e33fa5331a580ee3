"""The shortcut: most visits read only what the selectors match. One in so many reads the whole page too, and compares."""

from __future__ import annotations

from dataclasses import dataclass, replace

from monitor.errors import ParseError
from monitor.fingerprint import fingerprint
from monitor.model import Capture, Page, Reading
from monitor.protocols import Reader, Store
from monitor.settings import Source


@dataclass(slots=True)
class Shortcut:
    """Reads the captures of one source. ``is_off``: the shortcut was found to miss something, and is used no more."""

    source: Source
    reader: Reader
    store: Store
    is_off: bool = False

    def read(self, page: Page, capture: Capture, is_full: bool) -> tuple[Reading, bool]:
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
                self._turn_off(page, capture)
            raise
        if matched is None or _digest(matched, known) != _digest(whole, known):
            self._turn_off(page, capture)
        elif not self.is_off:
            return matched, False
        if matched is None:
            return whole, False
        if whole.article is None and page.layout == whole.layout and page.parts != whole.parts:  # its pictures are others
            whole = self.reader.read_whole(capture, self.source)
        was_known = known is not None and _digest(matched, known) == known
        return replace(whole, links=matched.links), was_known and page.layout != whole.layout

    def _matched(self, page: Page, capture: Capture) -> Reading | None:
        try:
            return self.reader.read(capture, self.source, page.parts)
        except ParseError:
            return None

    def _turn_off(self, page: Page, capture: Capture) -> None:
        if self.is_off:
            return
        self.is_off = True
        detail = f"reading {page.url} in full gave another article than its matched parts; all pages are now read in full"
        self.store.turn_off_shortcut(self.source.name, capture.at, detail)


def _digest(reading: Reading, known: bytes | None) -> bytes | None:
    """The fingerprint of what was read; one without an article read what is known."""
    return fingerprint(reading.article) if reading.article else known
