"""The pictures of a page: as they are known, and what a visit saw of them. All instants are aware and in UTC."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.article import Image
from monitor.model.captures import Capture, Evidence


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of an article as it is known; see ``Image``. Without ``url`` its address is another one at every visit.

    ``digest`` is the SHA-256 of its file and ``look`` what that looks like (``monitor/judging/looks.py``); None where it was not
    fetched, or could not be read. The validators are those that came with the file.
    """

    url: str
    name: str = ""
    alt: str = ""
    caption: str = ""
    place: int = 0
    digest: bytes | None = None
    look: bytes | None = None
    etag: str | None = None
    last_modified: str | None = None

    @classmethod
    def of(cls, image: Image) -> Picture:
        """The picture that a page shows, of which no more is known."""
        return cls(image.url, image.name, image.alt, image.caption, image.place)


Pictures = tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Pictured:
    """What a visit makes known of a page's pictures: those ``before``, None where nobody had looked yet, and those there are.

    ``is_edit``: what differs is an edit, and not only another way to say the same. ``captures`` are the files that were
    fetched and prove something, with where they are kept once they are.
    """

    before: Pictures | None
    after: Pictures
    is_edit: bool = False
    captures: tuple[tuple[Capture, Evidence | None], ...] = ()
