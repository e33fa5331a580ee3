"""On which line each key of a TOML file stands: tomllib does not say, and an error must."""

from __future__ import annotations

import re
import tomllib
from typing import Any

Path = tuple[str | int, ...]
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?")


def key_lines(text: str) -> dict[Path, int]:
    """The line, counted from 1, of every key and table of ``text``, which must be TOML.

    Tables of an array (``[[layouts]]``) count from 0 in the path. Values inside an inline value have no line of their own.
    """
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    statement, started = "", 0
    for number, line in enumerate(text.split("\n"), 1):
        header = None if statement else _HEADER.fullmatch(line)
        if header is not None:
            table = _opened(header, counts)
            lines.setdefault(table, number)
            continue
        if not statement and (not line.strip() or line.lstrip().startswith("#")):
            continue
        started = started if statement else number
        statement += line + "\n"
        keys = _keys(statement)
        if keys is not None:
            for key in keys:
                lines.setdefault((*table, *key), started)
            statement = ""
    return lines


def _opened(header: re.Match[str], counts: dict[Path, int]) -> Path:
    """The path of the table that a header opens; the last table of an array when it goes on below one."""
    path: Path = ()
    parts = next(iter(_keys(f"{header[2]} = 0") or [()]))
    for i, part in enumerate(parts):
        path = (*path, part)
        is_last = i == len(parts) - 1
        if is_last and header[1] == "[[":
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _keys(statement: str) -> list[Path] | None:
    """The path of the keys that a whole statement sets; None while the statement is not whole."""
    try:
        found: Any = tomllib.loads(statement)
    except tomllib.TOMLDecodeError:
        return None
    path: Path = ()
    paths: list[Path] = []
    simple = statement.lstrip()
    while isinstance(found, dict) and len(found) == 1:
        ((key, found),) = found.items()
        path = (*path, key)
        paths.append(path)
        if not _dotted(simple, len(path)):
            break
    return paths


def _dotted(statement: str, depth: int) -> bool:
    """Whether the key of ``statement`` has more than ``depth`` dotted parts."""
    key = statement.partition("=")[0]
    return key.count(".") >= depth
