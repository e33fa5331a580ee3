"""Watch words in the config: a plain name as ever, or a table with spellings."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.config import load_program
from monitor.errors import ConfigError
from monitor.settings import WatchWord


def program(folder: Path, text: str) -> object:
    (folder / "monitor.toml").write_text(text, encoding="utf-8")
    return load_program(folder).watch


def test_a_string_and_a_table_may_stand_side_by_side(tmp_path: Path) -> None:
    text = 'watch = ["Jang Song Thaek", { name = "Pak Un Hyok", spellings = ["박은혁", "Park Un-hyok"] }]'
    assert program(tmp_path, text) == (WatchWord("Jang Song Thaek"), WatchWord("Pak Un Hyok", ("박은혁", "Park Un-hyok")))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('watch = [""]', "no letter and no digit"),
        ('watch = [{ name = "a", spellings = ["-"] }]', "no letter and no digit"),
        ('watch = ["Pak", { name = "pak" }]', "there twice"),
        ('watch = [{ spellings = ["a"] }]', "missing"),
        ("watch = [1]", "a table"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(ConfigError) as wrong:
        program(tmp_path, text)
    assert problem in str(wrong.value)
