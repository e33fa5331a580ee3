"""The JSON Schema of the config files: every key is in it and explained, and it knows how things are written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from monitor.config.schema import schema
from monitor.settings import Program, Source

ROOT = Path(__file__).parents[1]
SOURCE = schema("source")


def test_its_keys_are_those_of_the_files() -> None:
    assert set(schema("program")["properties"]) == {field.name for field in fields(Program)}
    assert set(SOURCE["properties"]) == {field.name for field in fields(Source)} - {"name"} | {"template"}


def tables(what: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield what
    yield from what["$defs"].values()


@pytest.mark.parametrize("what", ["program", "source"])
def test_every_key_is_explained_and_an_unknown_one_is_a_mistake(what: Any) -> None:
    for table in tables(schema(what)):
        assert table["additionalProperties"] is False
        for key, value in table["properties"].items():
            assert value.get("description"), key


def test_lengths_of_time_and_their_defaults_are_written_as_in_a_file() -> None:
    interval = SOURCE["properties"]["interval"]
    assert interval["default"] == "6h"
    assert [re.search(interval["pattern"], text) is not None for text in ("6h", "1.5d", "6 h", "6", "")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_a_rule_may_be_a_plain_selector() -> None:
    items = SOURCE["$defs"]["Layout"]["properties"]["title"]["items"]
    assert [each.get("type") or each["$ref"] for each in items["anyOf"]] == ["string", "#/$defs/Rule"]


@pytest.mark.parametrize("path", sorted((ROOT / "config").glob("*/*.toml")), ids=lambda path: path.stem)
def test_the_shipped_files_have_no_key_that_it_does_not_know(path: Path) -> None:
    def unknown(value: Any, kind: dict[str, Any]) -> Iterator[str]:
        kinds = [
            SOURCE["$defs"][each["$ref"].rpartition("/")[2]] if "$ref" in each else each for each in kind.get("anyOf", [kind])
        ]
        if isinstance(value, dict):
            known = next((each for each in kinds if "properties" in each), None)
            for key, inner in value.items() if known else ():
                yield from unknown(inner, known["properties"][key]) if known and key in known["properties"] else [key]
        for each in value if isinstance(value, list) else ():
            yield from unknown(each, next((one["items"] for one in kinds if "items" in one), {}))

    assert list(unknown(tomllib.loads(path.read_text("utf-8")), SOURCE)) == []
