"""Writing the log out as files: nothing is ever overwritten, and a file that could not be finished is not left behind."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from monitor.article import to_text
from monitor.errors import InputError, NotWritable, StoreDamaged
from monitor.filters import to_address
from monitor.model import Kind, LogQuery, Version
from monitor.protocols import Store
from monitor.telling.report import Summary

_CAMPAIGNS = 20
_DIGITS = 16  # hexadecimal digits of a fingerprint in the name of a text
_UNCOUNTED = 2**53


def write_file(path: Path, pieces: Iterable[str], step: Callable[[int], None]) -> None:
    """Write ``pieces`` to a new file, which has its name only once it is whole: a killed export leaves ``.NAME.part``.

    Raises InputError where there is one already, or it cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        if path.exists():
            raise FileExistsError
        with part.open("w", encoding="utf-8", newline="", errors="replace") as out:
            for piece in pieces:
                out.write(piece)
                step(1)
        os.link(part, path)  # where somebody made one meanwhile this fails; a rename would replace it
    except FileExistsError as wrong:
        raise InputError(f"{path}: it is there already, and left as it is; name another") from wrong
    except OSError as wrong:
        raise InputError(f"{path}: it cannot be written ({wrong.strerror}); nothing is left of it") from wrong
    finally:
        with suppress(OSError):
            part.unlink()


def summary(store: Store, query: LogQuery, now: datetime) -> Summary:
    """What stands on top of a report of what ``query`` asks for. Raises StoreError."""
    kinds = [(kind.value, _count(store, query, kinds=frozenset([kind]))) for kind in Kind if kind in (query.kinds or Kind)]
    names = [status.name for status in store.sources() if status.name in (query.sources or {status.name})]
    sources = [(name, _count(store, query, sources=frozenset([name]))) for name in names]
    campaigns = store.campaigns(LogQuery(sources=query.sources, since=query.since, limit=_CAMPAIGNS))
    told = [each for each in campaigns if query.until is None or each.first < query.until]
    filters = _in_words(query)
    return Summary(now, filters, _count(store, query), query.limit, kinds, sources, told, store.head())


def _in_words(query: LogQuery) -> str:
    span = [f"{word} {at:%Y-%m-%d %H:%M}" for word, at in (("from", query.since), ("to", query.until)) if at]
    plain = replace(query, since=None, until=None, limit=None, is_ranked=False, start=None)
    return " ".join([*span, to_address(plain).replace("&", ", ").replace("=", " ").replace("+", " ")]).strip()


def _count(store: Store, query: LogQuery, **altered: frozenset[str] | frozenset[Kind]) -> int:
    return store.count(replace(query, start=None, **altered), most=_UNCOUNTED)  # type: ignore[arg-type]


# Texts


@dataclass
class Texts:
    """Writes wordings as text files, each once, by its fingerprint: what lies in the folder already stays as it is."""

    folder: Path
    written: int = 0
    kept: int = 0
    left_out: list[str] = field(default_factory=list)
    _known: set[int] = field(default_factory=set)
    _next: int = 0

    def __post_init__(self) -> None:
        """Raises InputError where the folder cannot be used."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for entry in os.scandir(self.folder):
                number, _, digest = entry.name.removesuffix(".txt").partition("_")
                if number.isdecimal() and len(number) < 12 and len(digest) == _DIGITS and _is_hex(digest):
                    self._known.add(int(digest, 16))
                    self._next = max(self._next, int(number) + 1)
        except OSError as wrong:
            raise InputError(f"{self.folder}: it is no folder to write to ({wrong.strerror})") from wrong

    def write(self, version: Version, url: str) -> None:
        """Write a wording, unless it is there. One that has no text form is left out and named. Raises InputError."""
        digest = version.fingerprint[1:].hex()[:_DIGITS]  # the first byte is the recipe
        if int(digest, 16) in self._known:
            self.kept += 1
            return
        try:
            text = to_text(version.article)
        except NotWritable as wrong:
            self.left_out.append(f"{url}, version {version.number}: {wrong.part}: {wrong.problem}")
            return
        path = self.folder / f"{self._next:03}_{digest}.txt"
        write_file(path, [text], lambda _: None)
        self._known.add(int(digest, 16))
        self._next += 1
        self.written += 1


def _is_hex(text: str) -> bool:
    return all(each in "0123456789abcdef" for each in text)


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
