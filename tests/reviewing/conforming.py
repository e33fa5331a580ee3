"""Whether an answer fits its schema: of JSON Schema (2020-12) as much as the API's answers use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

Schema = dict[str, Any]
_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,),
    "null": (type(None),),
}  # fmt: skip


def faults(value: Any, schema: Schema, description: Schema) -> list[str]:
    """Where a value does not fit its schema, a sentence each."""
    return [*_faults(value, schema, description, "the answer")]


def _faults(value: Any, schema: Schema, description: Schema, where: str) -> Iterator[str]:
    if "$ref" in schema:
        schema = description["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        found = [[*_faults(value, each, description, where)] for each in schema["anyOf"]]
        yield from () if [] in found else min(found, key=len)
        return
    names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(isinstance(value, _TYPES[name]) and (name == "boolean" or not isinstance(value, bool)) for name in names):
        yield f"{where}: {value!r} is not of type {names}"
        return
    if isinstance(value, str):
        yield from _of_text(value, schema, where)
    if isinstance(value, list):
        for at, each in enumerate(value):
            yield from _faults(each, schema["items"], description, f"{where}[{at}]")
    if isinstance(value, dict):
        yield from _of_object(value, schema, description, where)


def _of_text(value: str, schema: Schema, where: str) -> Iterator[str]:
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where}: {value!r} is not in {schema['enum']}"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{where}: {value!r} does not match {schema['pattern']}"
    if schema.get("format") == "date-time" and not datetime.fromisoformat(value).tzinfo:
        yield f"{where}: {value!r} names no zone"


def _of_object(value: dict[str, Any], schema: Schema, description: Schema, where: str) -> Iterator[str]:
    properties, further = schema.get("properties", {}), schema.get("additionalProperties", {})
    yield from (f"{where}: {name} is missing" for name in schema.get("required", ()) if name not in value)
    for name, each in value.items():
        if name in properties:
            yield from _faults(each, properties[name], description, f"{where}.{name}")
        elif further is False:
            yield f"{where}: {name} is too much"
        elif further:
            yield from _faults(each, further, description, f"{where}.{name}")
