"""Whether the filters of the log name what there is: a list that is empty for a slip of the pen would be taken for calm."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches

from monitor.errors import UnknownName
from monitor.jobs.watching import words
from monitor.model import LogQuery
from monitor.protocols import Store
from monitor.settings import Program, Source
from monitor.storing.wanted import wanted

_LISTED = 8  # names of what there is


def checked(query: LogQuery, store: Store, program: Program, sources: Sequence[Source] = ()) -> LogQuery:
    """``query`` with the spellings of its watch word. Raises UnknownName where it names what there is not; StoreError.

    ``program``: the settings, with the watch words that are kept on the review page.
    """
    for wrong in unknown(query, store, program, sources):
        raise wrong
    return spelled(query, program, sources)


def spelled(query: LogQuery, program: Program, sources: Sequence[Source] = ()) -> LogQuery:
    """``query`` with the spellings of its watch word; of one that there is not with none, so that nothing is found."""
    if query.watch is None:
        return query
    name = query.watch.casefold()
    return replace(query, any_of=next((word.forms for word in words(program, sources) if word.name.casefold() == name), ()))


def unknown(query: LogQuery, store: Store, program: Program, sources: Sequence[Source] = ()) -> Iterator[UnknownName]:
    """An error for each filter that names what there is not. Raises StoreError."""
    if query.sources:
        yield from unknown_sources(query.sources, store, sources)
    if query.watch is not None:
        names = [word.name for word in words(program, sources)]
        if query.watch.casefold() not in {name.casefold() for name in names}:
            yield UnknownName("watch", none_such("watch word", query.watch, names))
    if query.story is not None and store.story(query.story) is None:
        yield UnknownName("story", f"there is no story {query.story}; the log says of each change which story it is of")
    if query.assigned and not _is_assigned(query.assigned, store):
        yield UnknownName("assigned", none_such("user", query.assigned, [user.name for user in store.users()]))


def unknown_sources(names: Collection[str], store: Store, sources: Sequence[Source] = ()) -> Iterator[UnknownName]:
    """An error for each source that neither the settings nor the database know; one that is retired is known."""
    known = {*(each.source for each in store.known_since()), *(source.name for source in sources)}
    for name in sorted({*names} - known):
        yield UnknownName("source", none_such("source", name, known))


def _is_assigned(name: str, store: Store) -> bool:
    """Whether there is somebody of that name, or was when changes were assigned to them."""
    is_user = name in {user.name for user in store.users()}
    return is_user or next(store.numbers(LogQuery(assigned=name, baseline=True, hidden=True, limit=1)), None) is not None


def none_such(what: str, name: str, known: Iterable[str]) -> str:
    """That there is no ``what`` of this name, the one that may be meant, and those that there are, as a sentence."""
    names = sorted({*known}, key=str.casefold)
    folded = {each.casefold(): each for each in names}
    near = [folded[each] for each in get_close_matches(name.casefold()[:100], folded, n=1)]
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    there = f"there are {', '.join(names[:_LISTED])}{more}" if len(names) > 1 else f"there is {names[0] if names else 'none'}"
    return f"there is no {what} {name[:60]!r}{f' (do you mean {near[0]!r}?)' if near else ''}; {there}"


def hints(query: LogQuery) -> list[str]:
    """What to know of the words of the filters that could not be taken as they were typed."""
    asked = (("text", query.text), ("changed", query.changed))
    return [f"{name}: {hint}" for name, words in asked if words is not None and (hint := wanted(words).hint)]
