"""A source as the text of its TOML file, with comments. (tomllib only reads.)

What stands in it came from a site: text is written so that nothing in it ends a string, a comment or a line, and what has no
place in TOML (a lone surrogate) becomes U+FFFD. TOML 1.0.0, sections "String" and "Comment".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from monitor.article import fold
from monitor.config import load_sources
from monitor.config.basics import CheckSelector
from monitor.errors import InputError
from monitor.settings import Fields, Rule, Source

_WIDTH = 78  # characters of a line, where a value leaves that free
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_UNFIT = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]')
_NO_LITERAL = re.compile("['\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_UNITS = ((86400, "d"), (3600, "h"), (60, "m"), (1, "s"))
_OWN = "name"  # of a source: that is the file's name
_LAST = "layouts"  # the longest
_ORDER = ("name", "title", "publication")  # before what else a table has


def source_text(source: Source, notes: Mapping[str, str], head: str) -> str:
    """The file of a source. ``notes`` are comments by key, like ``find.listings``; ``head`` stands above all."""
    lines = [*_comment(head), "", *_table(source, "", notes)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _comment(text: str) -> Iterator[str]:
    """A comment, each line of the text as lines of it."""
    for line in text.split("\n"):
        words, row = fold(line).split(), "#"
        for word in words:
            if len(row) + len(word) > _WIDTH and row != "#":
                yield row
                row = "#"
            row += " " + _UNFIT.sub(lambda found: found[0] if found[0] in '"\\' else "\ufffd", word)
        yield row


def _table(value: Any, path: str, notes: Mapping[str, str]) -> Iterator[str]:
    """The keys of a dataclass that are not as by default: values first, then the tables in it."""
    tables: list[tuple[str, Any]] = []
    known = fields(value)
    for field in sorted(known, key=lambda each: _ORDER.index(each.name) if each.name in _ORDER else len(_ORDER)):
        given = getattr(value, field.name)
        if (not path and field.name == _OWN) or given is None or _is_default(field, given):
            continue
        if _is_table(given):
            tables.append((field.name, given))
            continue
        if f"{path}{field.name}" in notes:
            yield from _comment(notes[f"{path}{field.name}"])
        yield f"{field.name} = {_value(given)}"
    if not path and "layouts" in notes and not getattr(value, "layouts", ()):
        tables.append(("layouts", ()))
    for name, table in sorted(tables, key=lambda each: each[0] == _LAST):
        yield from _tables(f"{path}{name}", table, notes)


def _tables(path: str, table: Any, notes: Mapping[str, str]) -> Iterator[str]:
    yield ""
    if path in notes:
        yield from _comment(notes[path])
    for each in table if isinstance(table, tuple) else (table,):
        yield f"[[{path}]]" if isinstance(table, tuple) else f"[{path}]"
        yield from _table(each, f"{path}.", notes)


def _is_default(field: Any, given: object) -> bool:
    return given == () or (field.default is not MISSING and bool(given == field.default))


def _is_table(given: object) -> bool:
    if isinstance(given, tuple) and not isinstance(given, Fields):
        return bool(given) and all(is_dataclass(each) and not isinstance(each, Rule) for each in given)
    return is_dataclass(given) and not isinstance(given, Rule)


def _value(given: object) -> str:
    """A value as TOML."""
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, timedelta):
        return text(length(given))
    if isinstance(given, int | float):
        return repr(given)
    if isinstance(given, Fields):
        return "{ " + ", ".join(f"{text(key)} = {text(value)}" for key, value in given) + " }"
    if isinstance(given, Rule):
        return _rule(given)
    if isinstance(given, tuple):
        return _list([_value(each) for each in given])
    return text(str(given))


def _list(items: list[str]) -> str:
    line = f"[{', '.join(items)}]"
    return line if len(line) < _WIDTH - 15 else "[\n" + "".join(f"    {item},\n" for item in items) + "]"


def _rule(rule: Rule) -> str:
    """A rule; one that is only a selector is written as that."""
    given = {field.name: getattr(rule, field.name) for field in fields(rule) if getattr(rule, field.name) is not None}
    if set(given) == {"css"}:
        return text(str(rule.css))
    return "{ " + ", ".join(f"{name} = {_value(value)}" for name, value in given.items()) + " }"


def text(given: str) -> str:
    """A string as TOML: what holds a backslash or a quotation mark as it is, where that can be."""
    if re.search(r'["\\]', given) and not _NO_LITERAL.search(given):
        return f"'{given}'"
    return '"' + _UNFIT.sub(lambda found: _SHORT.get(found[0]) or _escaped(found[0]), given) + '"'


def _escaped(sign: str) -> str:
    code = ord(sign)
    return "\\uFFFD" if 0xD800 <= code <= 0xDFFF else f"\\u{code:04X}"


def length(given: timedelta) -> str:
    """A length of time in the largest unit that leaves a whole number, else in seconds."""
    seconds = given.total_seconds()
    for size, unit in _UNITS:
        if seconds and seconds % size == 0:
            return f"{int(seconds // size)}{unit}"
    return f"{seconds:.3f}s"


def keep(folder: Path, name: str, written: str, check_selector: CheckSelector) -> Path:
    """Write the file of a new source into a config folder, once it was read back; its path.

    Raises InputError where there is a source of that name already, or no such folder; nothing is ever overwritten.
    """
    with TemporaryDirectory(prefix="article-monitor-") as beside:
        trial = Path(beside, "sources", f"{name}.toml")
        trial.parent.mkdir()
        trial.write_text(written, encoding="utf-8")
        load_sources(Path(beside), check_selector)
    path = folder / "sources" / f"{name}.toml"
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(written)
    except FileExistsError as wrong:
        raise InputError(f"{path}: there is a source of that name; it is left as it is (--name gives another)") from wrong
    except FileNotFoundError as wrong:
        raise InputError(f"{folder}: no such folder; make it, or name the config folder with --config") from wrong
    except OSError as wrong:
        raise InputError(f"{path}: it cannot be written ({wrong.strerror})") from wrong
    return path
