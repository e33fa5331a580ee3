"""The JSON Schema of the config files (draft 2020-12), by which an editor completes keys, explains them, and marks mistakes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Literal

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from monitor.config.writing import length
from monitor.settings import Program, Source

_PLAIN = {
    "Rule": {"type": "string", "description": "a CSS selector"},
    "WatchWord": {"type": "string", "description": "a name or term that is spelled in one way"},
}


class _Generator(GenerateJsonSchema):
    """Writes defaults as a TOML file would, and leaves out those that have no form there."""

    def encode_default(self, dft: Any) -> Any:
        return length(dft) if isinstance(dft, timedelta) else super().encode_default(dft)

    def emit_warning(self, kind: Any, detail: str) -> None:  # noqa: ARG002 (a default that is a table is left out, and that is all)
        return


def schema(what: Literal["program", "source"]) -> dict[str, Any]:
    """The schema of ``config/monitor.toml``, or of a file in ``config/sources/``, ``config/library/`` and ``config/templates/``.

    Of a source no key is required: its template may have it. ``monitor config check`` knows both, and what a schema cannot say.
    """
    kind: Any = Program if what == "program" else Source
    found = TypeAdapter(kind).json_schema(schema_generator=_Generator)
    found = _with_plain(found)
    if what == "source":
        del found["properties"]["name"]
        found.pop("required", None)
        template = {"type": "string", "description": "the file in config/templates/ whose keys hold here too, without .toml"}
        found["properties"] = {"template": template, **found["properties"]}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def _with_plain(value: Any) -> Any:
    """The schema in which a rule may be written as a plain string, a selector, and a watch word as its name."""
    if isinstance(value, list):
        return [_with_plain(each) for each in value]
    if not isinstance(value, dict):
        return value
    plain = _PLAIN.get(str(value.get("$ref", "")).rpartition("/")[2])
    if plain is not None:
        return {"anyOf": [plain, value]}
    return {key: _with_plain(each) for key, each in value.items()}
