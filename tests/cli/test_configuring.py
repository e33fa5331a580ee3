"""``monitor config``: every mistake at once, and the schema for editors."""

from __future__ import annotations

import json
from pathlib import Path

from cli.conftest import Run
from programs import ROOT


def test_the_shipped_config_is_right(run: Run) -> None:
    status, out, err = run("config", "check", "--config", ROOT / "config")
    assert (status, err) == (0, "")
    assert out.startswith("ok: 2 sources, ")


def test_every_mistake_is_named_at_once(run: Run, tmp_path: Path) -> None:
    for name, text in (("monitor.toml", "nonsense = 1\n"), ("sources/a.toml", 'interval = "x"\n'), ("library/b.toml", "x = 2\n")):
        path = tmp_path / "config" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    status, out, err = run("config", "check")
    assert (status, out) == (3, "")
    assert [f"config/{name}:1: " in err for name in ("monitor.toml", "sources/a.toml", "library/b.toml")] == [True] * 3


def test_an_empty_config_and_none_say_what_to_do(run: Run, tmp_path: Path) -> None:
    assert run("config", "check")[0] == 3
    (tmp_path / "config").mkdir()
    assert run("config", "check") == (0, "ok: 0 sources\n", "nothing is watched yet; `monitor add URL` makes a source\n")


def test_the_schemas_are_printed_as_json(run: Run) -> None:
    assert "weights" in json.loads(run("config", "schema", "program")[1])["properties"]
    assert "layouts" in json.loads(run("config", "schema")[1])["properties"]
    assert run("config", "schema", "house")[0] == 2
