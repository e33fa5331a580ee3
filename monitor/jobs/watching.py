"""Watch words in the filters of the log: a name stands for its spellings."""

from __future__ import annotations

from dataclasses import replace

from monitor.errors import InputError
from monitor.model import LogQuery
from monitor.settings import Program


def resolved(query: LogQuery, program: Program) -> LogQuery:
    """``query`` with the spellings of its watch word. Raises InputError where there is no such watch word."""
    if query.watch is None:
        return query
    wanted = query.watch.casefold()
    found = tuple(word for word in program.watch if word.casefold() == wanted)
    if not found:
        raise InputError(f"there is no watch word {query.watch[:40]!r}; `watch` in monitor.toml lists them")
    return replace(query, any_of=found)
