"""The weights in the config: that its explanation shows what holds without it."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from monitor.settings import Weights

CONFIG = (Path(__file__).parents[3] / "config" / "monitor.toml").read_text(encoding="utf-8")


def test_the_shipped_config_shows_every_weight() -> None:
    shown = {name: float(value) for name, value in re.findall(r"`(\w+) = ([\d.]+)`", CONFIG)}
    assert {field.name: field.default for field in fields(Weights)}.items() <= shown.items()
