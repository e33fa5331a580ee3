"""What came over the wire: requests, captures, and where they are kept. All instants are aware and in UTC."""

from __future__ import annotations

import hashlib
from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import datetime

Header = tuple[str, str]
Jar = MutableMapping[str, str]
"""The cookies of a session with one host, by name."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect that was followed: the address that answered, its status, where it pointed.

    ``sent``, ``head`` and ``wire`` are as in a capture, ``wire`` as much of it as was read; ``at`` is when it answered.
    """

    url: str
    status: int
    location: str
    sent: bytes = b""
    head: bytes = b""
    wire: bytes = b""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What a visit asks a fetcher for. The validators make the request conditional (RFC 9110, section 13).

    With ``form`` it is a POST of these fields. ``jar`` holds the cookies of a session; without one none are kept or sent.
    ``is_listing``: it is asked for what it lists.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    form: tuple[tuple[str, str], ...] | None = None
    jar: Jar | None = None
    is_listing: bool = False


@dataclass(frozen=True, slots=True)
class Capture:
    """The bytes, status, headers and instant of one fetch.

    ``wire`` is the body as it came, still compressed; ``body`` the same decoded. ``url`` is the address that was asked
    for, ``answered`` the one that answered after ``hops``. ``took`` is in seconds. ``sent`` is the request and ``head`` the
    head of the answer (status line and headers, up to the empty line) as they went over the wire; empty where none did.
    ``damage`` says why ``wire`` could not be decoded; ``body`` is empty then.
    """

    url: str
    answered: str
    status: int
    headers: tuple[Header, ...]
    wire: bytes
    body: bytes
    at: datetime
    took: float = 0.0
    reason: str = ""
    hops: tuple[Hop, ...] = ()
    sent: bytes = b""
    head: bytes = b""
    damage: str = ""

    def header(self, name: str) -> str | None:
        """The first header called ``name``, in any case of letters."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    @property
    def digest(self) -> bytes:
        """SHA-256 of the wire bytes."""
        return hashlib.sha256(self.wire).digest()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a capture lies in the archive: the file's name, where its records begin in it, how many bytes they take."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Twin:
    """A capture in the archive with the same bytes on the wire as another one: its number, its address, its instant."""

    capture: int
    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """That a visit's capture is kept, and where. ``twin`` is the capture whose bytes it shares and does not repeat."""

    place: Place | None = None
    twin: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A capture that is kept. ``place`` is None where the archive never had it, ``twin`` where it bears its own bytes.

    ``dropped`` says when and by whom its bytes were dropped. ``origin`` names the file that an import took it from.
    """

    id: int
    page: int
    url: str
    answered: str
    at: datetime
    status: int
    digest: bytes
    place: Place | None = None
    twin: Place | None = None
    dropped: str = ""
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """A file of the archive. ``captures`` lie in it, the first and last of them at ``first`` and ``last``; ``used`` bytes.

    Once ``dropped``, its size and digest (SHA-256) are those it had then, and ``by`` says who dropped it.
    """

    name: str
    captures: int
    first: datetime
    last: datetime
    used: int
    dropped: datetime | None = None
    by: str = ""
    size: int | None = None
    digest: bytes | None = None


def milliseconds(at: datetime) -> datetime:
    """``at`` cut to whole milliseconds, as the store keeps instants."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)
