"""Whether what was sent fits its schema: the few words of JSON Schema that the API's bodies use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from monitor.reviewing.api.schemas import Schema
from monitor.telling.harmless import harmless

_TYPES: dict[str, type] = {"object": dict, "array": list, "string": str, "integer": int}


def problem_of(value: Any, schema: Schema, name: str = "the body") -> str:
    """What is wrong with a value, as a sentence; empty where it fits."""
    wanted = schema["type"]
    if not isinstance(value, _TYPES[wanted]) or (wanted == "integer" and isinstance(value, bool)):
        return f"{name} should be of type {wanted}"
    return _CHECKS[wanted](value, schema, name)


def _object(value: dict[str, Any], schema: Schema, name: str) -> str:
    properties: dict[str, Schema] = schema["properties"]
    unknown = [key for key in value if key not in properties]
    if unknown:
        return f"{name} has no {harmless(unknown[0][:40])!r}; it has {', '.join(properties)}"
    missing = [key for key in schema.get("required", ()) if key not in value]
    if missing:
        return f"{name} lacks {missing[0]!r}"
    return next((problem for key, each in value.items() if (problem := problem_of(each, properties[key], key))), "")


def _array(value: list[Any], schema: Schema, name: str) -> str:
    least, most = schema.get("minItems", 0), schema["maxItems"]
    if not least <= len(value) <= most:
        return f"{name} should have from {least} to {most} items; it has {len(value)}"
    return next((problem for each in value if (problem := problem_of(each, schema["items"], f"an item of {name}"))), "")


def _string(value: str, schema: Schema, name: str) -> str:
    known = schema.get("enum")
    if known is not None and value not in known:
        return f"{name} is one of {', '.join(known)}; it is {harmless(value[:40])!r}"
    most = schema.get("maxLength")
    return f"{name} is longer than {most} characters" if most is not None and len(value) > most else ""


def _integer(value: int, schema: Schema, name: str) -> str:
    least, most = schema["minimum"], schema["maximum"]
    return "" if least <= value <= most else f"{name} should be from {least} to {most}"


_CHECKS: dict[str, Callable[[Any, Schema, str], str]] = {
    "object": _object, "array": _array, "string": _string, "integer": _integer,
}  # fmt: skip
