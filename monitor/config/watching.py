"""Watch words and rules of notification as a config file has them: written out, and what the types cannot say of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from monitor.config.basics import strings_of, table_of
from monitor.config.connecting import REFERENCE
from monitor.config.files import Table
from monitor.config.sentences import Problem, shown
from monitor.model import EditClass, Kind


def with_watch_words(table: Table) -> Table:
    """``table`` with every watch word that is a plain string written out as ``{name = …}``."""
    words = table.get("watch")
    if not isinstance(words, list):
        return dict(table)
    return table | {"watch": [{"name": word} if isinstance(word, str) else word for word in words]}


def watch_problems(table: Table) -> Iterator[Problem]:
    """What is wrong with the watch words of a table: empty ones would stand everywhere, and a name is that of one word."""
    words = table.get("watch")
    names: set[str] = set()
    for i, word in enumerate(words if isinstance(words, list) else []):
        name = table_of(word).get("name")
        forms = [(("watch", i, "name"), name), *((("watch", i, "spellings", j), each) for j, each in _spellings(word))]
        for at, form in forms:
            if isinstance(form, str) and not any(sign.isalnum() for sign in form):
                yield at, f"{shown(form)} has no letter and no digit, and would never be found"
        if isinstance(name, str) and name.casefold() in names:
            yield ("watch", i), f"{shown(name)} is there twice; put all ways to spell it into one `spellings`"
        names.add(str(name).casefold())


def _spellings(word: object) -> Iterator[tuple[int, str]]:
    yield from enumerate(strings_of(table_of(word).get("spellings")))


# Rules of notification


def notify_problems(table: Table) -> Iterator[Problem]:
    """What is wrong with the rules of notification of the program."""
    rules = table.get("notify")
    names: set[object] = set()
    words = {str(table_of(word).get("name")).casefold() for word in _list(table.get("watch"))}
    for i, rule in enumerate(_list(rules)):
        yield from _rule(("notify", i), table_of(rule), words)
        name = table_of(rule).get("name")
        if name in names:
            yield ("notify", i, "name"), f"{shown(name)} is the name of another rule, too"
        names.add(name if isinstance(name, str) else None)


def _rule(at: tuple[str | int, ...], rule: Table, words: set[str]) -> Iterator[Problem]:
    for j, reference in enumerate(strings_of(rule.get("to"))):
        if not re.fullmatch(REFERENCE, reference):  # not shown: it may be the secret itself
            yield (*at, "to", j), "names no place; write env:NAME or file:/path, where the address of Apprise stands"
    for key, known in (("classes", [*EditClass]), ("kinds", [kind for kind in Kind if kind is not Kind.IMPORTED])):
        for j, name in enumerate(strings_of(rule.get(key))):
            if name not in known:
                yield (*at, key, j), f"{shown(name)} is none that is told; there are {', '.join(known)}"
    for j, name in enumerate(strings_of(rule.get("watch"))):
        if name.casefold() not in words:
            yield (*at, "watch", j), f"there is no watch word {shown(name)} in `watch`"
    zone = rule.get("time_zone")
    if isinstance(zone, str) and not is_zone(zone):
        yield (*at, "time_zone"), f"{shown(zone)} is no time zone; write an IANA name, like Asia/Seoul or UTC"


def is_zone(name: str) -> bool:
    """Whether there is a time zone of this name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of zones, like Asia, is none
        return False
    return True


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
