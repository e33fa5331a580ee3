"""The files of pictures, where a source wants them looked at: fetched like any page, at first sight, when another picture is
shown, and on the occasions on which a page is asked for unconditionally.

A file that cannot be fetched, or that is none, proves nothing.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, replace

from monitor.errors import FetchError, Resting
from monitor.judging import validators
from monitor.model import Capture, Evidence, Picture, Pictures, Request
from monitor.parsing.looks import look_of
from monitor.protocols import Archive, Fetcher, Store
from monitor.settings import Source
from monitor.telling.structured import fields

_MOST = 12  # files that are asked for in one visit: each waits for the host's gap
Captures = tuple[tuple[Capture, Evidence | None], ...]
log = logging.getLogger("monitor")


@dataclass(frozen=True, slots=True)
class Files:
    """Fetches the files of one source's pictures, and keeps them in the ``archive``."""

    source: Source
    fetcher: Fetcher
    archive: Archive | None

    def looked_at(self, pictures: Pictures, *, is_occasion: bool) -> tuple[Pictures, Captures]:
        """The pictures with their files' digests and looks, and the captures of files that were not known.

        Without ``is_occasion`` only files that are not known are asked for. Raises Stopped.
        """
        if not self.source.images:
            return pictures, ()
        found: list[Picture] = []
        captures: list[tuple[Capture, Evidence | None]] = []
        left = _MOST
        for each in pictures:
            capture = None
            if left and each.url and (each.digest is None or is_occasion):
                left -= 1
                try:
                    capture = self._asked(each)
                except Resting:  # the host is not asked again in this visit
                    left = 0
            now = _with_file(each, capture) if capture else each
            if capture is not None and now.digest != each.digest:
                captures.append((capture, None))
            found.append(now)
        return tuple(found), tuple(captures)

    def _asked(self, picture: Picture) -> Capture | None:
        """What answered with a file that is another one than before, or not known. Raises Resting, Stopped."""
        known = (picture.etag, picture.last_modified) if picture.digest else (None, None)
        try:
            capture = self.fetcher.fetch(Request(picture.url, *known), self.source)
        except Resting:
            raise
        except FetchError as wrong:
            log.debug("no file of a picture", extra=fields(source=self.source.name, url=picture.url, why=str(wrong)))
            return None
        is_file = capture.status == 200 and capture.body and not capture.damage
        return capture if is_file else None

    def kept(self, capture: Capture, store: Store) -> Evidence:
        """A file written so that it lasts, and where it is. Raises ArchiveError, StoreError."""
        if self.archive is None:
            return Evidence()
        twin = store.twin(capture.digest)
        return Evidence(self.archive.keep(capture, twin), twin.capture if twin else None)


def _with_file(picture: Picture, capture: Capture) -> Picture:
    """The picture with what its file says. What is no picture that can be read has a digest and no look."""
    digest = hashlib.sha256(capture.body).digest()
    if digest == picture.digest:
        return picture
    look, why = look_of(capture.body)
    if why:
        log.debug("a picture without a look", extra=fields(url=picture.url, why=why))
    given = validators.given(capture)
    return replace(picture, digest=digest, look=look, etag=given.etag, last_modified=given.last_modified)
