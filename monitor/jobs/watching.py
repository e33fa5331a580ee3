"""Watch words in the filters of the log: a name stands for its spellings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.errors import InputError
from monitor.model import LogQuery
from monitor.settings import Program, Source, WatchWord


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
        raise InputError(f"there is no watch word {query.watch[:40]!r}; `watch` in monitor.toml and of the sources lists them")
    return replace(query, any_of=found.forms)
