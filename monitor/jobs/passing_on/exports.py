"""Writing the log out as files: nothing is ever overwritten, and a file that could not be finished is not left behind."""

from __future__ import annotations

import os
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from monitor.article import from_bytes, to_text
from monitor.errors import FormatError, InputError, NotWritable, StoreDamaged
from monitor.filters import to_address
from monitor.fingerprint import fingerprint
from monitor.model import Kind, LogQuery, Version
from monitor.protocols import Store
from monitor.storing.fresh import fresh
from monitor.telling.report import Summary

_CAMPAIGNS = 20
_DIGITS = 16  # hexadecimal digits of a fingerprint in the name of a text
_NUMBERS = 12  # digits that the number of a text has at most


def write_file(path: Path, pieces: Iterable[str], step: Callable[[int], None]) -> None:
    """Write ``pieces`` to a new file, which has its name only once it is whole.

    Raises InputError where there is one already, or it cannot be written.
    """
    with fresh(path) as part, part.open("x", encoding="utf-8", newline="", errors="replace") as out:
        for piece in pieces:
            out.write(piece)
            step(1)


def summary(store: Store, query: LogQuery, now: datetime) -> Summary:
    """What stands on top of a report of what ``query`` asks for. Raises StoreError."""
    counts = store.counts(query)
    of_kinds, of_sources = Counter[Kind](), Counter[str]()
    for (kind, name), count in counts.items():
        of_kinds[kind] += count
        of_sources[name] += count
    kinds = [(kind.value, of_kinds[kind]) for kind in Kind if kind in (query.kinds or Kind)]
    names = [known.source for known in store.known_since() if known.source in (query.sources or {known.source})]
    sources = [(name, of_sources[name]) for name in names]
    campaigns = store.campaigns(LogQuery(sources=query.sources, since=query.since, limit=_CAMPAIGNS))
    told = [each for each in campaigns if query.until is None or each.first < query.until]
    filters = _in_words(query)
    return Summary(now, filters, sum(counts.values()), query.limit, kinds, sources, told, store.head())


def _in_words(query: LogQuery) -> str:
    span = [f"{word} {at:%Y-%m-%d %H:%M}" for word, at in (("from", query.since), ("to", query.until)) if at]
    plain = replace(query, since=None, until=None, limit=None, is_ranked=False, start=None)
    return " ".join([*span, to_address(plain).replace("&", ", ").replace("=", " ").replace("+", " ")]).strip()


# Texts


@dataclass
class Texts:
    """Writes wordings as text files, each once, by its fingerprint: what lies in the folder already stays as it is.

    ``same`` counts the wordings that the folder held already. ``in_the_way`` names what bears the name of a wording and is
    another text, or none; ``left_out`` the wordings that have no text form. Neither of these was written.
    """

    folder: Path
    written: int = 0
    same: int = 0
    left_out: list[str] = field(default_factory=list)
    in_the_way: list[str] = field(default_factory=list)
    _told: set[int] = field(default_factory=set)
    _there: dict[int, str] = field(default_factory=dict)
    _next: int = 0

    def __post_init__(self) -> None:
        """Raises InputError where the folder cannot be used."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for entry in os.scandir(self.folder):
                number, _, digest = entry.name.removesuffix(".txt").partition("_")
                if number.isdecimal() and len(number) < _NUMBERS and entry.name.endswith(".txt") and _is_digest(digest):
                    self._there[int(digest, 16)] = entry.name
                    self._next = max(self._next, int(number) + 1)
        except OSError as wrong:
            raise InputError(f"{self.folder}: it is no folder to write to ({wrong.strerror})") from wrong

    def write(self, version: Version, url: str) -> None:
        """Write a wording, unless it was told or is there. Raises InputError."""
        digest = version.fingerprint[1:].hex()[:_DIGITS]  # the first byte is the recipe
        if int(digest, 16) in self._told:
            return
        self._told.add(int(digest, 16))
        there = self._there.get(int(digest, 16))
        if there is None:
            self._write(version, digest, url)
        elif _bears(self.folder / there, version.fingerprint):
            self.same += 1
        else:
            wanted = f"version {version.number} of {url}"
            self.in_the_way.append(f"{self.folder / there}: its name says {wanted}, and its text does not")

    def _write(self, version: Version, digest: str, url: str) -> None:
        try:
            text = to_text(version.article)
        except NotWritable as wrong:
            self.left_out.append(f"{url}, version {version.number}: {wrong.part}: {wrong.problem}")
            return
        write_file(self.folder / f"{self._next:03}_{digest}.txt", [text], lambda _: None)
        self._next += 1
        self.written += 1


def _bears(path: Path, wanted: bytes) -> bool:
    """Whether a file is a wording's text. Masthead and cards may be those of another page that bears it, too."""
    try:
        return fingerprint(from_bytes(path.read_bytes(), str(path))) == wanted
    except (OSError, FormatError):
        return False


def _is_digest(text: str) -> bool:
    return len(text) == _DIGITS and all(each in "0123456789abcdef" for each in text)


def wordings(store: Store, query: LogQuery) -> Iterator[tuple[Version, str]]:
    """The wordings before and after each change that ``query`` asks for, oldest first, with the page's address.

    Of a change only three numbers are remembered. A damaged text is left out: `verify` says more. Raises StoreError.
    """
    numbers = array("q")
    for change in store.changes(query):
        numbers.extend((change.page, change.after or 0, change.before or 0))
    numbers.reverse()
    for at in range(0, len(numbers), 3):
        before, after, page = numbers[at : at + 3]
        for number in filter(None, (before, after)):
            found = _version(store, page, number)
            if found is not None:
                known = store.page_by_id(page)
                yield found, known.url if known else ""


def _version(store: Store, page: int, number: int) -> Version | None:
    try:
        return store.version(page, number)
    except StoreDamaged:
        return None
