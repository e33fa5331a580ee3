"""TOML files, merged like tables: where a value comes from, and on which line it stands."""

from __future__ import annotations

import re
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Any

from monitor.toml_lines import Path as KeyPath
from monitor.toml_lines import key_lines

Table = dict[str, Any]


class TomlFile:
    """One TOML file: its table, and the line on which each key stands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.table: Table = {}
        self.problems: list[str] = []
        self._text = ""
        try:
            self._text = path.read_bytes().decode("utf-8")
            self.table = tomllib.loads(self._text)
        except OSError as wrong:
            self.problems.append(f"{path}: cannot be read: {wrong.strerror}")
        except UnicodeDecodeError as wrong:
            line = wrong.object.count(b"\n", 0, wrong.start) + 1
            self.problems.append(f"{path}:{line}: byte {wrong.start} is not UTF-8 text; save the file as UTF-8")
        except (ValueError, RecursionError) as wrong:
            self.problems.append(f"{path}:{_not_toml(self._text, wrong)}")

    @cached_property
    def _lines(self) -> dict[KeyPath, int]:
        return key_lines(self._text)

    def line(self, key: KeyPath) -> tuple[int, int]:
        """How much of ``key`` this file holds, and the line of that much (0, 1 when none of it)."""
        for length in range(len(key), 0, -1):
            if key[:length] in self._lines:
                return length, self._lines[key[:length]]
        return 0, 1


def _not_toml(text: str, wrong: Exception) -> str:
    """Line and reason, in the words of the library."""
    if text.startswith("\ufeff"):
        return "1: it starts with a byte order mark; save the file as UTF-8 without one"
    if isinstance(wrong, RecursionError):
        return "1: not TOML that can be read: its values nest too deep"
    found = re.fullmatch(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", str(wrong), re.DOTALL)
    if found is None:
        return f"1: not TOML that can be read: {str(wrong).partition(':')[0].lower()}"
    return f"{found[2] or text.count(chr(10)) + 1}: not TOML: {found[1][:1].lower()}{found[1][1:]}"


def merged(base: Table, over: Table) -> Table:
    """``base`` with what ``over`` adds and replaces; tables are merged, lists replaced."""
    both = dict(base)
    for key, value in over.items():
        old = both.get(key)
        both[key] = merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return both


def place(files: list[TomlFile], key: KeyPath) -> tuple[str, int]:
    """File and line of ``key``, or of what it is missing from; the source's own file comes first in ``files``."""
    file = _owner(files, key)
    return str(file.path), file.line(key)[1]


def _owner(files: list[TomlFile], key: KeyPath) -> TomlFile:
    """The file that the value of ``key`` comes from. Tables of a template are merged; what else the source has counts."""
    own, *templates = files
    value: object = own.table
    for part in key:
        if isinstance(value, dict) and part not in value:
            return next((file for file in templates if file.line(key)[0] > own.line(key)[0]), own)
        if not isinstance(value, dict):
            break
        value = value[part]
    return own


def said(files: list[TomlFile], key: KeyPath, what: str) -> str:
    """A problem as people see it: ``file:line: key: what``."""
    path, line = place(files, key)
    return f"{path}:{line}: {_dotted(key)}: {what}"


def _dotted(key: KeyPath) -> str:
    """The key as people write it: ``layouts[1].title``; list entries count from 1."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in key).lstrip(".")
