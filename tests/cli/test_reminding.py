"""A service whose config is altered while it runs says so in its log, once of each file."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.cli import watching


def test_a_file_that_was_altered_is_logged_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "monitor.toml").write_text("")
    started, reminded = datetime.now(UTC) - timedelta(days=1), set[str]()
    with caplog.at_level(logging.WARNING, "monitor"):
        for _ in range(3):
            watching._remind(tmp_path, started, reminded)
        watching._remind(tmp_path, started + timedelta(days=2), set())
        watching._remind(None, started, set())
    (said,) = caplog.records
    assert said.getMessage() == "config altered"
    why = "the service goes on as it was; restart it to take that in"
    assert vars(said)["fields"] == {"file": "monitor.toml", "why": why}
