"""Tables become dataclasses (pydantic), and what it finds wrong becomes sentences for people."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from monitor.config.files import Table, TomlFile, place, said
from monitor.settings import Rule, Source
from monitor.toml_lines import Path as KeyPath

Problem = tuple[KeyPath, str]
_SHOWN = 60  # characters of a value in a sentence
_MISSING = ("missing", "missing_argument")
_WANTED = {
    "string_type": "text in quotes",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list in square brackets",
    "dataclass_type": "a table",
    "greater_than_equal": "{ge} or more",
    "less_than_equal": "{le} or less",
    "too_short": "a list with an entry",
    "string_too_short": "text of {min_length} characters or more",
    "literal_error": "one of {expected}",
    "date_from_datetime_parsing": "a day, like 2026-07-01",
    "date_from_datetime_inexact": "a day, like 2026-07-01",
    "date_parsing": "a day, like 2026-07-01",
    "date_type": "a day, like 2026-07-01",
}


def validated(
    kind: Any,
    table: Table,
    files: list[TomlFile],
    problems: list[str],
    more: Iterable[Problem] = (),
    *,
    is_whole: bool = True,
) -> Any:
    """``table`` as a ``kind``; None after noting what is wrong. Where it is not whole, keys may be missing."""
    found = list(more)
    value = None
    try:
        # As JSON, where a list may stand for a tuple and a table for a dataclass while text still is no number.
        value = _adapter(kind).validate_json(json.dumps(table, default=str), strict=True)
    except ValidationError as wrong:
        errors = wrong.errors(include_url=False)
        found += [(tuple(e["loc"]), _sentence(e, kind)) for e in errors if _counts(e, is_whole=is_whole)]
    problems += [line for _, line in sorted((place(files, key), said(files, key, what)) for key, what in found)]
    return value if not found else None


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _counts(error: Any, *, is_whole: bool) -> bool:
    # A list is called too short also when all that is in it is wrong, which is said anyway.
    return (is_whole or error["type"] not in _MISSING) and not (error["type"] == "too_short" and error["input"])


def _sentence(error: Any, kind: Any) -> str:
    """What a validation error says to a person: what is wrong and what would be right."""
    what, key, given = error["type"], error["loc"], error["input"]
    if what == "unexpected_keyword_argument":
        return _unknown_key(str(key[-1]), _keys_at(kind, key[:-1]))
    if what in _MISSING:
        return f"missing; it is required: {_about(kind, key)}"
    if what == "value_error":
        return f"{error['ctx']['error']}; it is {shown(given)}"
    if key == ("name",) and kind is Source:
        return f"{shown(given)} is what the file is called; use at most 64 small letters and digits, then also . _ and -"
    wanted = _WANTED.get(what, str(error["msg"]).removeprefix("Input should be "))
    if what == "dataclass_type" and _kind_at(kind, key) is Rule:
        wanted = "a CSS selector in quotes or a table"
    return f"should be {wanted.format_map(error.get('ctx', {}))}; it is {shown(given)}"


def shown(value: object) -> str:
    """A value as a TOML file would hold it, or what kind of value it is."""
    if isinstance(value, list | dict):
        return ("an empty " if not value else "a ") + ("list" if isinstance(value, list) else "table")
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _unknown_key(key: str, known: list[str]) -> str:
    close = difflib.get_close_matches(key, known, 1)
    hint = f"did you mean {close[0]!r}? " if close else ""
    return f"unknown key; {hint}known here: {', '.join(known)}"


def _keys_at(kind: Any, loc: KeyPath) -> list[str]:
    """The keys that a table at ``loc`` below ``kind`` may have."""
    kind = _kind_at(kind, loc)
    names = [field.name for field in fields(kind)]
    return [*(name for name in names if name != "name"), "template"] if kind is Source else names


def _about(kind: Any, loc: KeyPath) -> str:
    """What the settings say about the key at ``loc`` below ``kind``."""
    described = {field.name: str(field.metadata["description"]) for field in fields(_kind_at(kind, loc[:-1]))}
    return described[str(loc[-1])]


def _kind_at(kind: Any, loc: KeyPath) -> Any:
    """The dataclass of the table at ``loc`` below ``kind``."""
    for part in loc:
        hint = kind if isinstance(part, int) else get_type_hints(kind)[part]
        kind = next((each for each in (hint, *get_args(hint)) if is_dataclass(each)), hint)
    return kind
