"""A config file that was written or put in place after an instant is found, whatever date it bears."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.config.altered import altered

LATER, EARLIER = timedelta(days=1), timedelta(days=-1)


def test_files_are_altered_that_came_after_the_instant(tmp_path: Path) -> None:
    for name in ("monitor.toml", "sources/one.toml", "templates/all.toml", "library/two.toml", "sources/one.toml~"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    os.utime(tmp_path / "sources" / "one.toml", (0, 0))  # as `cp -p` leaves it
    now = datetime.now(UTC)
    assert altered(tmp_path, now + EARLIER) == ("monitor.toml", "sources/one.toml", "templates/all.toml")
    assert altered(tmp_path, now + LATER) == ()


def test_a_file_that_went_meanwhile_and_a_folder_that_there_is_not_are_nothing(tmp_path: Path) -> None:
    (tmp_path / "monitor.toml").symlink_to(tmp_path / "nowhere")
    assert altered(tmp_path, datetime.now(UTC) + EARLIER) == ()
    assert altered(tmp_path / "none", datetime.now(UTC) + EARLIER) == ()
