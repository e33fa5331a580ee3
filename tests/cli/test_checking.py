"""``monitor check`` beside a service: it keeps the rests that were noted, and leaves out what is paused unless it is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fetching.servers import RawServer, page
from programs import config, monitor

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def site() -> Iterator[RawServer]:
    with RawServer(page(b"not now", "Retry-After: 600", status="429 Too Many Requests")) as server:
        yield server


def test_a_rest_that_another_process_noted_is_kept(site: RawServer, tmp_path: Path, run: Run) -> None:
    folder = config(tmp_path / "config", site.url)
    with (folder / "sources" / "site.toml").open("a") as file:
        file.write(f'find.pages = ["{site.url}/newstream/1-1/"]\n')
    monitor("run", "--once", "--config", folder, cwd=tmp_path)
    asked = len(site.heads)
    assert asked > 0
    for what in ((), ("site",), (f"{site.url}/newstream/1-1/",)):
        status, out, err = run("check", *what, "--config", folder)
        assert status == 1
        assert f"127.0.0.1:{site.port} is left alone until " in out + err
        assert "it answered 429 and asked for 600 s (Retry-After)" in out + err
    assert len(site.heads) == asked, "neither its robots.txt nor a page was asked for"


def test_check_leaves_out_what_is_paused_and_says_so(site: RawServer, tmp_path: Path, run: Run) -> None:
    where = "--config", config(tmp_path / "config", site.url)
    run("sources", "pause", "site", *where)
    status, out, err = run("check", *where)
    assert out == "site is paused, and left out; `monitor check site` visits it all the same\n"
    assert (status, err.startswith("nothing is watched: ")) == (1, True)
    assert site.heads == []
    run("check", "site", *where)
    assert site.heads != []


def test_a_round_over_retired_sources_says_that_nothing_is_watched(site: RawServer, tmp_path: Path, run: Run) -> None:
    where = "--config", config(tmp_path / "config", site.url)
    run("sources", "retire", "site", *where)
    ran = monitor("run", "--once", *where, cwd=tmp_path)
    assert "short interval" in ran.stderr, "the tests' config has one of a second"
    assert (ran.returncode, "nothing is watched: " in ran.stderr, site.heads) == (1, True, [])
