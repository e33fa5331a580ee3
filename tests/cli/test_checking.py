"""``monitor check`` beside a service: it keeps the rests that were noted, and leaves out what is paused unless it is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fetching.servers import RawServer, page
from programs import config, monitor


@pytest.fixture
def site() -> Iterator[RawServer]:
    with RawServer(page(b"not now", "Retry-After: 600", status="429 Too Many Requests")) as server:
        yield server


def test_a_rest_that_another_process_noted_is_kept(site: RawServer, tmp_path: Path) -> None:
    folder = config(tmp_path / "config", site.url)
    with (folder / "sources" / "site.toml").open("a") as file:
        file.write(f'find.pages = ["{site.url}/newstream/1-1/"]\n')
    where = "--config", folder
    monitor("run", "--once", *where, cwd=tmp_path)
    asked = len(site.heads)
    assert asked > 0
    for what in ((), ("site",), (f"{site.url}/newstream/1-1/",)):
        ran = monitor("check", *what, *where, cwd=tmp_path)
        assert ran.returncode == 1
        assert f"127.0.0.1:{site.port} is left alone until " in ran.stdout + ran.stderr
        assert "it answered 429 and asked for 600 s (Retry-After)" in ran.stdout + ran.stderr
    assert len(site.heads) == asked, "neither its robots.txt nor a page was asked for"


def test_check_leaves_out_what_is_paused_and_says_so(site: RawServer, tmp_path: Path) -> None:
    where = "--config", config(tmp_path / "config", site.url)
    monitor("sources", "pause", "site", *where, cwd=tmp_path)
    ran = monitor("check", *where, cwd=tmp_path)
    assert ran.stdout == "site is paused, and left out; `monitor check site` visits it all the same\n"
    assert (ran.returncode, ran.stderr.startswith("nothing is watched: ")) == (1, True)
    assert site.heads == []
    monitor("check", "site", *where, cwd=tmp_path)
    assert site.heads != []


def test_a_round_over_retired_sources_says_that_nothing_is_watched(site: RawServer, tmp_path: Path) -> None:
    where = "--config", config(tmp_path / "config", site.url)
    monitor("sources", "retire", "site", *where, cwd=tmp_path)
    ran = monitor("run", "--once", *where, cwd=tmp_path)
    assert "short interval" in ran.stderr, "the tests' config has one of a second"
    assert (ran.returncode, "nothing is watched: " in ran.stderr, site.heads) == (1, True, [])
