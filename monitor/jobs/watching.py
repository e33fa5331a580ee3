"""Watch words: those of the settings and those kept on the review page as one; in the filters of the log a name stands for its
spellings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.errors import InputError
from monitor.model import LogQuery
from monitor.protocols import Store
from monitor.settings import Program, Source, WatchWord

_LONGEST = 100  # characters of a name or spelling
_MOST_SPELLINGS = 50


def kept(store: Store) -> tuple[WatchWord, ...]:
    """The watch words that are kept on the review page. Raises StoreError."""
    return tuple(WatchWord(word.name, word.spellings) for word in store.watched())


def together(settled: tuple[WatchWord, ...], more: Sequence[WatchWord]) -> tuple[WatchWord, ...]:
    """The watch words of the settings with ``more``: one of the same name has the spellings of both, the others follow."""
    if not more:
        return settled
    known = {word.name.casefold(): word for word in more}
    joined = [
        WatchWord(word.name, (*word.spellings, *known[name].forms)) if (name := word.name.casefold()) in known else word
        for word in settled
    ]
    names = {word.name.casefold() for word in settled}
    return (*joined, *(word for word in more if word.name.casefold() not in names))


def with_kept(program: Program, store: Store) -> Program:
    """The program's settings with the watch words that are kept on the review page, too. Raises StoreError."""
    more = kept(store)
    return replace(program, watch=together(program.watch, more)) if more else program


def read(name: str, spellings: str) -> WatchWord:
    """A watch word as somebody wrote it down, a spelling a line. Raises InputError."""
    lines = tuple(dict.fromkeys(line for each in spellings.splitlines() if (line := " ".join(each.split()))))
    word = WatchWord(" ".join(name.split()), lines)
    for form in word.forms:
        if not any(sign.isalnum() for sign in form):
            raise InputError(f"{form!r} has no letter and no digit, and would never be found; write the name or term")
        if len(form) > _LONGEST or not form.isprintable():
            raise InputError(f"{form[:40]!r} is no name or term; it has up to {_LONGEST} printable characters in one line")
    if len(lines) > _MOST_SPELLINGS:
        raise InputError(f"{len(lines)} spellings are too many; {_MOST_SPELLINGS} is the most")
    return word


def words(program: Program, sources: Sequence[Source] = ()) -> list[WatchWord]:
    """Every watch word, by name. One that several sources watch for, or the program too, has the spellings of all of them."""
    found: dict[str, WatchWord] = {}
    for word in (*program.watch, *(word for source in sources for word in source.watch)):
        known = found.get(word.name.casefold())
        found[word.name.casefold()] = word if known is None else WatchWord(known.name, (*known.spellings, *word.forms))
    return sorted(found.values(), key=lambda word: word.name.casefold())


def resolved(query: LogQuery, program: Program, sources: Sequence[Source] = ()) -> LogQuery:
    """``query`` with the spellings of its watch word. Raises InputError where there is no such watch word."""
    if query.watch is None:
        return query
    wanted = query.watch.casefold()
    found = next((word for word in words(program, sources) if word.name.casefold() == wanted), None)
    if found is None:
        raise InputError(f"there is no watch word {query.watch[:40]!r}; the page /watch and `watch` in the settings list them")
    return replace(query, any_of=found.forms)
