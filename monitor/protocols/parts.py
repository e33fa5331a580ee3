"""What a visit needs beside the store: a clock, a fetcher, a reader, an archive."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from monitor.model import Capture, Listed, PageFacts, Place, Reading, Request, Twin
from monitor.settings import Rule, Source


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""


class Fetcher(Protocol):
    """Visits addresses."""

    def fetch(self, request: Request, source: Source) -> Capture:
        """What answered at ``request.url``, whatever its status, redirects followed.

        Raises FetchError when nothing usable answered (Resting: the host was not even asked), Stopped when the service is told
        to stop meanwhile.
        """


class Reader(Protocol):
    """Turns captures into articles and links. Pure: the same capture always reads the same."""

    def read(self, capture: Capture, source: Source, known: bytes | None = None) -> Reading:
        """The article, or a reading without one when its parts digest equals ``known``. Raises ParseError."""

    def read_whole(self, capture: Capture, source: Source, known: bytes | None = None) -> Reading:
        """The article as read from the whole page, the slow way. Raises ParseError.

        A reading without article and links when the article's fingerprint equals ``known``.
        """

    def listed(self, capture: Capture, source: Source) -> Listed:
        """What a listing of ``source`` holds: an HTML page or fragment, a feed, a sitemap, told by the bytes. Never fails."""

    def value(self, capture: Capture, tried: tuple[Rule, ...]) -> str | None:
        """What the first rule of ``tried`` that finds something on the page finds; None when none does. Never fails."""

    def facts(self, capture: Capture) -> PageFacts:
        """What can be said of the page without a layout, whatever it is. Never fails."""


class Archive(Protocol):
    """Keeps captures as they came. May be used by many threads; methods raise ArchiveError."""

    def keep(self, capture: Capture, twin: Twin | None = None) -> Place:
        """Write a capture so that it lasts, and say where. The bytes of a ``twin`` are referred to, not repeated."""

    def read(self, place: Place, twin: Place | None = None) -> Capture:
        """The capture at ``place``, as it was fetched; its bytes are at ``twin`` where they are not repeated.

        Every digest is made anew. Raises ArchiveDamaged.
        """

    def records(self, place: Place) -> bytes:
        """The records at ``place``, as they lie in the file. Raises ArchiveDamaged."""

    def has(self, name: str) -> bool:
        """Whether there is a file of that name, written still or ended."""

    def measure(self, name: str) -> tuple[int, bytes]:
        """The size and the SHA-256 of a file that is no longer written. Raises ArchiveDamaged where there is none."""

    def drop(self, name: str) -> None:
        """Delete a file that is no longer written. One that is gone already is no error."""

    def close(self) -> None:
        """End the file that is being written. Idempotent; the archive can be used again."""
