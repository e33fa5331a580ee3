"""The configuration: a folder of TOML files becomes frozen settings, or a list of every mistake in it.

``FOLDER/monitor.toml`` sets the program, ``FOLDER/sources/NAME.toml`` one source each, ``FOLDER/templates/NAME.toml`` what
sources share: a source with ``template = "NAME"`` takes over its keys (tables are merged, lists replaced). Nothing here is
read from the environment.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Hashable, Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any, get_args, get_type_hints
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from monitor.errors import ConfigError
from monitor.settings import Layout, Program, Settings, Source
from monitor.toml_lines import Path as KeyPath
from monitor.toml_lines import key_lines

Table = dict[str, Any]
Problem = tuple[KeyPath, str]
CheckSelector = Callable[[str], str | None]
_RULED = ("title", "paragraphs", "publication", "published", "site", "masthead", "original")
_CARD_SELECTORS = ("item", "link", "title", "excerpt", "date")


class _File:
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
            self.problems.append(f"{path}: byte {wrong.start} is not UTF-8 text; save the file as UTF-8")
        except tomllib.TOMLDecodeError as wrong:
            line = re.search(r"\(at line (\d+)", str(wrong))
            self.problems.append(f"{path}:{line[1] if line else 1}: not TOML: {str(wrong).partition(' (at')[0]}")

    @cached_property
    def _lines(self) -> dict[KeyPath, int]:
        return key_lines(self._text)

    def line(self, key: KeyPath) -> tuple[int, int]:
        """How much of ``key`` this file holds, and the line of that much (0, 1 when none of it)."""
        for length in range(len(key), 0, -1):
            if key[:length] in self._lines:
                return length, self._lines[key[:length]]
        return 0, 1


def load(folder: Path, check_selector: CheckSelector) -> Settings:
    """The settings in ``folder``. Raises ConfigError with every mistake at once.

    ``check_selector`` says what is wrong with a CSS selector (parsing knows, and lends it).
    """
    problems: list[str] = []
    program = Program()
    sources: tuple[Source, ...] = ()
    try:
        program = load_program(folder)
    except ConfigError as wrong:
        problems += wrong.problems
    try:
        sources = load_sources(folder, check_selector)
    except ConfigError as wrong:
        problems += wrong.problems
    if problems:
        raise ConfigError(list(dict.fromkeys(problems)))
    return Settings(program, sources)


def load_program(folder: Path) -> Program:
    """What ``folder`` sets for the program as a whole. Raises ConfigError."""
    _check_folder(folder)
    problems: list[str] = []
    program = _program(folder / "monitor.toml", problems)
    if problems:
        raise ConfigError(problems)
    return program


def load_sources(folder: Path, check_selector: CheckSelector) -> tuple[Source, ...]:
    """The sources that ``folder`` describes, in the order of their names. Raises ConfigError."""
    _check_folder(folder)
    problems: list[str] = []
    sources = []
    for path in sorted((folder / "sources").glob("*.toml")):
        source = _source(path, folder / "templates", check_selector, problems)
        if source is not None:
            sources.append(source)
    if problems:
        raise ConfigError(problems)
    return tuple(sources)


def _check_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise ConfigError([f"{folder}: no such folder; name the config folder with --config or MONITOR_CONFIG"])


def load_layout(path: Path, check_selector: CheckSelector) -> Layout:
    """The layout that the file ``path`` describes, keys of a ``[[layouts]]`` table at its top. Raises ConfigError."""
    file = _File(path)
    problems = list(file.problems)
    table = _layout_with_rules(file.table)
    layout: Layout | None = _validated(Layout, table, [file], problems, _layout((), table, check_selector))
    if layout is None or problems:
        raise ConfigError(problems)
    return layout


def _program(path: Path, problems: list[str]) -> Program:
    if not path.exists():
        return Program()
    file = _File(path)
    problems += file.problems
    program = _validated(Program, file.table, [file], problems, ())
    if program is not None and program.database is not None:
        object.__setattr__(program, "database", str(path.parent / Path(program.database).expanduser()))
    return program or Program()


def _source(path: Path, templates: Path, check_selector: CheckSelector, problems: list[str]) -> Source | None:
    file = _File(path)
    if file.problems:
        problems += file.problems
        return None
    files, table = [file], dict(file.table)
    template = table.pop("template", None)
    if template is not None:
        base = _template(template, file, templates, problems)
        if base is None:
            return None
        files.append(base)
        table = _merged(base.table, table)
    if "name" in table:
        problems.append(_said(files, ("name",), "not allowed here; a source's name is its file's name"))
    table["name"] = path.stem
    normal = _with_rules(table)
    source: Source | None = _validated(Source, normal, files, problems, _semantic(normal, check_selector))
    return source


def _template(name: object, file: _File, templates: Path, problems: list[str]) -> _File | None:
    path = templates / f"{name}.toml"
    if not isinstance(name, str) or "/" in name or not path.is_file():
        known = ", ".join(sorted(p.stem for p in templates.glob("*.toml"))) or "none"
        problems.append(_said([file], ("template",), f"there is no template {name!r} in {templates} (there: {known})"))
        return None
    base = _File(path)
    problems += [p for p in base.problems if p not in problems]
    return None if base.problems else base


def _merged(base: Table, over: Table) -> Table:
    both = dict(base)
    for key, value in over.items():
        old = both.get(key)
        both[key] = _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return both


def _with_rules(table: Table) -> Table:
    """``table`` with every rule that is a plain string written out as ``{css = …}``."""
    layouts = table.get("layouts")
    if not isinstance(layouts, list):
        return table
    return table | {"layouts": [_layout_with_rules(each) if isinstance(each, dict) else each for each in layouts]}


def _layout_with_rules(layout: Table) -> Table:
    written = dict(layout)
    for field in _RULED:
        if isinstance(layout.get(field), list):
            written[field] = [{"css": rule} if isinstance(rule, str) else rule for rule in layout[field]]
    return written


# Checking


def _validated(kind: type[Any], table: Table, files: list[_File], problems: list[str], more: Iterator[Problem] | tuple[()]) -> Any:
    """``table`` as a ``kind``; None after noting what is wrong."""
    found = list(more)
    value = None
    try:
        value = _adapter(kind).validate_python(table)
    except ValidationError as wrong:
        found += [(_key(e["loc"]), _sentence(e, kind)) for e in wrong.errors(include_url=False)]
    placed = sorted((_place(files, key), _said(files, key, what)) for key, what in found)
    problems += [said for _, said in placed]
    return value if not found else None


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _key(loc: tuple[int | str, ...]) -> KeyPath:
    return tuple(part for part in loc)


def _place(files: list[_File], key: KeyPath) -> tuple[str, int]:
    file = max(files, key=lambda f: f.line(key)[0])
    return str(file.path), file.line(key)[1]


def _said(files: list[_File], key: KeyPath, what: str) -> str:
    path, line = _place(files, key)
    return f"{path}:{line}: {_dotted(key)}: {what}"


def _dotted(key: KeyPath) -> str:
    return "".join(f"[{p + 1}]" if isinstance(p, int) else f".{p}" for p in key).lstrip(".")


def _sentence(error: Any, kind: type[Any]) -> str:
    """What a validation error says to a person: what is wrong and what would be right."""
    what = str(error["type"])
    if what in ("unexpected_keyword_argument", "extra_forbidden"):
        return _unknown_key(str(error["loc"][-1]), _keys_at(kind, error["loc"][:-1]))
    if what in ("missing", "missing_argument"):
        return "missing; it is required"
    message = str(error["msg"]).removeprefix("Value error, ").removeprefix("Input should be ")
    given = error["input"]
    shown = f" (it is {given!r:.60})" if isinstance(given, str | int | float | bool) else f" (it is a {type(given).__name__})"
    if what == "value_error":
        return message + shown
    return f"should be {message}{shown}" if "should" not in message.lower() else message[0].lower() + message[1:] + shown


def _unknown_key(key: str, known: list[str]) -> str:
    close = difflib.get_close_matches(key, known, 1)
    hint = f"did you mean {close[0]!r}? " if close else ""
    return f"unknown key; {hint}known here: {', '.join(known)}"


def _keys_at(kind: Any, loc: tuple[int | str, ...]) -> list[str]:
    """The keys that a table at ``loc`` below ``kind`` may have."""
    for part in loc:
        hint = kind if isinstance(part, int) else get_type_hints(kind)[part]
        candidates = [a for a in (hint, *get_args(hint)) if is_dataclass(a)]
        kind = candidates[0] if candidates else hint
    hidden = {"name"} if kind is Source else set()
    names = [f.name for f in fields(kind) if f.name not in hidden]
    return [*names, "template"] if kind is Source else names


def _semantic(table: Table, check_selector: CheckSelector) -> Iterator[Problem]:
    """What the types cannot say: selectors, regular expressions, addresses, date formats."""
    find = _table(table.get("find"))
    for key in ("listings", "pages"):
        for i, address in enumerate(_strings(find.get(key))):
            if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).netloc:
                yield ("find", key, i), f"{address!r} is no address; write it as https://host/path"
    for i, css in enumerate(_strings(find.get("links"))):
        yield from _selector(("find", "links", i), css, check_selector)
    for i, pattern in enumerate(_strings(find.get("articles"))):
        yield from _pattern(("find", "articles", i), pattern)
    yield from _identity(_table(table.get("identity")))
    layouts = table.get("layouts")
    for i, layout in enumerate(layouts if isinstance(layouts, list) else []):
        yield from _layout(("layouts", i), _table(layout), check_selector)


def _identity(identity: Table) -> Iterator[Problem]:
    pattern, key = identity.get("pattern"), identity.get("key")
    if not isinstance(pattern, str) or not isinstance(key, str):
        return
    wrong = list(_pattern(("identity", "pattern"), pattern))
    yield from wrong
    groups = 0 if wrong else re.compile(pattern).groups
    highest = max((int(n) for n in re.findall(r"\{(\d)\}", key)), default=0)
    if not wrong and not highest:
        yield ("identity", "key"), "names no group; write {1} where the pattern's first group belongs"
    elif not wrong and highest > groups:
        yield ("identity", "key"), f"names group {{{highest}}}, but the pattern has {groups}"


def _layout(at: KeyPath, layout: Table, check_selector: CheckSelector) -> Iterator[Problem]:
    for field in _RULED:
        rules = layout.get(field)
        for i, rule in enumerate(rules if isinstance(rules, list) else []):
            yield from _rule((*at, field, i), _table(rule), check_selector)
    cards = _table(layout.get("cards"))
    for key in _CARD_SELECTORS:
        if isinstance(cards.get(key), str):
            yield from _selector((*at, "cards", key), cards[key], check_selector)
    for i, css in enumerate(_strings(layout.get("drop"))):
        yield from _selector((*at, "drop", i), css, check_selector)
    for i, pattern in enumerate(_strings(layout.get("dates"))):
        yield from _date_format((*at, "dates", i), pattern)


def _rule(at: KeyPath, rule: Table, check_selector: CheckSelector) -> Iterator[Problem]:
    places = [key for key in ("css", "text", "link") if key in rule]
    if len(places) != 1:
        yield at, "a rule needs exactly one of css, text and link"
    if isinstance(rule.get("css"), str):
        yield from _selector(at, rule["css"], check_selector)
    if isinstance(rule.get("match"), str):
        yield from _pattern(at, re.sub(r"\{(publication|title)\}", "x", rule["match"]))


def _selector(at: KeyPath, css: str, check_selector: CheckSelector) -> Iterator[Problem]:
    wrong = check_selector(css)
    if wrong:
        yield at, f"{css!r} is no CSS selector: {wrong}"


def _pattern(at: KeyPath, pattern: str) -> Iterator[Problem]:
    try:
        re.compile(pattern)
    except re.error as wrong:
        yield at, f"{pattern!r} is no regular expression: {wrong}"


def _date_format(at: KeyPath, pattern: str) -> Iterator[Problem]:
    sample = datetime(2001, 2, 3)
    try:
        if datetime.strptime(sample.strftime(pattern), pattern).date() == sample.date():
            return
    except ValueError:
        pass
    yield at, f"{pattern!r} does not write a whole day; use strptime's codes, like %d/%m/%Y"


def _table(value: object) -> Table:
    return value if isinstance(value, dict) else {}


def _strings(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
