"""The command line as a person calls it, in this process and in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Call the command line in an empty folder, with none of the program's variables set: exit code, stdout, stderr."""
    for name in ("MONITOR_DB", "MONITOR_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object) -> tuple[int, str, str]:
        capfdbinary.readouterr()
        status = main([str(each) for each in arguments])
        out, err = capfdbinary.readouterr()
        return status, out.decode(), err.decode()

    return call
