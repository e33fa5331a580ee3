"""Replay: folders of saved pages answer as a site did, one folder for each moment.

``NAME.txt``, an article in the text format, is served as a page made from it, ``NAME.html`` as it is, both at
``https://replay.invalid/NAME`` (a name that no resolver knows: RFC 6761, section 6.4). A page that a moment does not
have answers 404. Bytes are read from the files when they are asked for, so that moments cost little.
"""

from __future__ import annotations

import stat
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote, unquote

from monitor.article import Article, from_bytes
from monitor.errors import InputError, Unreachable
from monitor.fetching.body import too_large
from monitor.fetching.failures import short
from monitor.fetching.made import made_page
from monitor.model import Capture, Header, Request, milliseconds
from monitor.protocols import Clock
from monitor.settings import Source

SITE = "https://replay.invalid/"
TEXT, HTML = ".txt", ".html"
_HELP = "a moment is a folder of NAME.txt (articles) or NAME.html (saved pages)"
_NOT_FOUND = b"<!DOCTYPE html>\n<title>Not found</title>\n<p>Not found\n"


@dataclass(frozen=True, slots=True)
class Saved:
    """One page of a moment. ``article`` is what its text file holds, None for a saved page."""

    name: str
    path: Path
    article: Article | None = None

    @property
    def url(self) -> str:
        """The address at which the page is served."""
        return address_of(self.name)

    @property
    def content_type(self) -> str:
        """Of a saved page the charset is not told: it is for the page itself to say."""
        return "text/html" if self.article is None else "text/html; charset=utf-8"

    def body(self, most: int = -1) -> bytes:
        """The bytes that are served, of a saved page the first ``most``. Raises InputError when its file is not readable."""
        return _bytes(self.path, most) if self.article is None else made_page(self.article).encode("utf-8")


@dataclass(frozen=True, slots=True)
class Moment:
    """What the site held at one moment: its pages by NAME, in the order of the names."""

    folder: Path
    pages: Mapping[str, Saved]


def address_of(name: str) -> str:
    """The address at which the page NAME is served: percent-encoded UTF-8 (RFC 3986, section 2.5)."""
    return SITE + quote(name, safe="")


def name_of(url: str) -> str | None:
    """The NAME of the page at ``url``, or None for an address outside the replay."""
    rest = url.partition("#")[0]
    if not rest.startswith(SITE) or "/" in rest[len(SITE) :] or "?" in rest:
        return None
    return unicodedata.normalize("NFC", unquote(rest[len(SITE) :])) or None


def read_moments(folders: Sequence[Path]) -> list[Moment]:
    """The moments that ``folders`` hold, in their order.

    Files with other endings, hidden files and folders inside them are passed over; a folder without a page is a moment
    at which the site held nothing. Raises InputError, naming the path and what would be right, for a folder that is not
    there or is none, when no folder holds a page, for a NAME with both endings and a file that cannot be read;
    FormatError for a text file that is not in the article format.
    """
    moments = [_moment(folder) for folder in folders]
    if not any(moment.pages for moment in moments):
        raise InputError(f"{', '.join(str(folder) for folder in folders)}: no page in it; {_HELP}")
    return moments


def _moment(folder: Path) -> Moment:
    try:
        paths = sorted(folder.iterdir())
    except FileNotFoundError as wrong:
        raise InputError(f"{folder}: no such folder; {_HELP}") from wrong
    except NotADirectoryError as wrong:
        raise InputError(f"{folder}: this is no folder; {_HELP}") from wrong
    except OSError as wrong:
        raise _unreadable(folder, wrong) from wrong
    pages: dict[str, Saved] = {}
    for path in paths:
        if path.name.startswith(".") or path.suffix not in (TEXT, HTML) or path.is_dir():
            continue
        saved = _saved(path)
        if saved.name in pages:
            raise InputError(f"{path}: {pages[saved.name].path.name} is the same page; keep one of them in {folder}")
        pages[saved.name] = saved
    return Moment(folder, MappingProxyType(pages))


def _saved(path: Path) -> Saved:
    name = unicodedata.normalize("NFC", path.stem)  # some file systems keep names decomposed (NFD)
    try:
        address_of(name)
    except UnicodeEncodeError as wrong:
        raise InputError(f"{str(path)!r}: the file's name is not UTF-8; rename it") from wrong
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise InputError(f"{path}: this is no plain file; take it out of the folder")
    except OSError as wrong:
        raise _unreadable(path, wrong) from wrong
    if path.suffix == TEXT:
        return Saved(name, path, from_bytes(_bytes(path), str(path)))
    _bytes(path, 1)  # now is the time to say that it cannot be read, not in the middle of a replay
    return Saved(name, path)


def _bytes(path: Path, most: int = -1) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as wrong:
        raise _unreadable(path, wrong) from wrong


def _unreadable(path: Path, wrong: OSError) -> InputError:
    return InputError(f"{path}: it cannot be read ({wrong.strerror}); make it readable or take it out")


class ReplayFetcher:
    """Answers from the moment that was shown last. No validators are given, so that every visit reads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._moment: Moment | None = None

    def show(self, moment: Moment) -> None:
        """Serve ``moment`` from now on."""
        self._moment = moment

    def fetch(self, request: Request, source: Source) -> Capture:
        """The page of the moment at ``request.url``, or an answer of status 404 when it has none there.

        Raises Unreachable for an address outside the replay, for a file that is gone or when no moment was shown yet,
        TooLarge like any fetcher.
        """
        url, moment = request.url, self._moment
        if not url.startswith(SITE):
            raise Unreachable(f"{short(url)} is not in the replay, which holds only {SITE}NAME")
        if moment is None:
            raise Unreachable(f"{short(url)}: the replay has not begun")
        saved = moment.pages.get(name_of(url) or "")
        if saved is None:
            return self._capture(url, 404, "Not Found", "text/html; charset=utf-8", _NOT_FOUND)
        limit = source.polite.max_bytes
        try:
            body = saved.body(limit + 1)
        except InputError as wrong:
            raise Unreachable(f"{short(url)}: {wrong}") from wrong
        if len(body) > limit:
            raise too_large(short(url), limit)
        return self._capture(url, 200, "OK", saved.content_type, body)

    def _capture(self, url: str, status: int, reason: str, content_type: str, body: bytes) -> Capture:
        headers: tuple[Header, ...] = (("Content-Type", content_type), ("Content-Length", str(len(body))))
        at = milliseconds(self._clock.now())
        return Capture(url=url, answered=url, status=status, headers=headers, wire=body, body=body, at=at, reason=reason)
