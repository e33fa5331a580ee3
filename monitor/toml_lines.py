"""On which line each key of a TOML file stands: tomllib does not say, and an error must.

The text has been read by tomllib, so it is known to be TOML; this only has to find its way through it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

Path = tuple[str | int, ...]
_TOKEN = re.compile(
    r'(?P<string>"""(?:\\.|[^\\])*?"{3,5}|"(?:\\.|[^"\\])*"|'  # up to two quotes may stand before the closing three
    r"'''.*?'{3,5}|'[^']*')"
    r"|(?P<bare>[^\s\[\]{},=.\"'#]+)"
    r"|(?P<mark>[\[\]{},=.\n])"
    r"|(?:[^\S\n]|#[^\n]*)+",
    re.DOTALL,
)


def key_lines(text: str) -> dict[Path, int]:
    """The line, counted from 1, of every table, key and list entry of ``text``, which must be TOML.

    List entries count from 0 in the path, those that are written as ``[[layouts]]`` too.
    """
    return _Lines(text).found


class _Lines:
    """Walks through the tokens once, noting where each path stands first."""

    def __init__(self, text: str) -> None:
        self.found: dict[Path, int] = {}
        self._entries: dict[Path, int] = {}
        self._tokens = _tokens(text)
        self._line, self._at = 0, ""
        table: Path = ()
        self._next()
        while self._at:
            if self._at == "[":
                table = self._header()
            elif self._at != "\n":
                self._pair(table)
            self._next()

    def _next(self) -> None:
        self._line, self._at = next(self._tokens, (self._line, ""))

    def _skip_line_breaks(self) -> None:
        while self._at == "\n":
            self._next()

    def _note(self, path: Path, line: int) -> Path:
        self.found.setdefault(path, line)
        return path

    def _key(self, path: Path, end: str) -> list[Path]:
        """The paths that a key of one or more parts means below ``path``; the token behind it is ``end``."""
        paths = []
        while self._at != end:
            if self._at != ".":
                path = (*path, _unquoted(self._at))
                paths.append(path)
            self._next()
        return paths

    def _header(self) -> Path:
        """The path of the table that ``[a.b]`` or ``[[a.b]]`` opens; below a list it goes on in the last entry."""
        line = self._line
        self._next()
        is_entry = self._at == "["
        if is_entry:
            self._next()
        keys = self._key((), "]")
        path: Path = ()
        for number, key in enumerate(keys, 1):
            path = self._note((*path, key[-1]), line)
            if is_entry and number == len(keys):
                self._entries[path] = self._entries.get(path, -1) + 1
            if path in self._entries:
                path = self._note((*path, self._entries[path]), line)
        while self._at not in ("\n", ""):
            self._next()
        return path

    def _pair(self, table: Path) -> None:
        """A key and its value; the token behind it is what ends the value."""
        line = self._line
        for path in self._key(table, "="):
            self._note(path, line)
        self._next()
        self._value(path)

    def _value(self, path: Path) -> None:
        if self._at not in ("[", "{"):
            while self._at not in ("\n", ",", "]", "}", ""):
                self._next()
            return
        is_list = self._at == "["
        entry = 0
        self._next()
        self._skip_line_breaks()
        while self._at not in ("]", "}"):
            if is_list:
                self._value(self._note((*path, entry), self._line))
            else:
                self._pair(path)
            entry += 1
            self._skip_line_breaks()
            if self._at == ",":
                self._next()
                self._skip_line_breaks()
        self._next()


def _tokens(text: str) -> Iterator[tuple[int, str]]:
    """Each token that means something with the number of the line on which it starts."""
    line = 1
    for token in _TOKEN.finditer(text):
        if token.lastgroup:
            yield line, token[0]
        line += token[0].count("\n")


def _unquoted(key: str) -> str:
    return next(iter(tomllib.loads(f"{key} = 0")))
