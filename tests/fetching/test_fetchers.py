"""The contract of a fetcher: what holds however it comes by its answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from fetching.servers import Serve, page, path
from fetching.standins import NOW, StillClock, a_source

from monitor.errors import TooLarge, Unreachable
from monitor.fetching.http import HttpFetcher
from monitor.fetching.replay import ReplayFetcher, address_of, read_moments
from monitor.model import Request, milliseconds
from monitor.protocols import Fetcher

PAGES = {"plain": b"<p>\xe9 \x00 as it is</p>", "empty": b"", "big": b"x" * 2000}


@dataclass(frozen=True)
class World:
    """A fetcher in front of a site that has :data:`PAGES`, and addresses to ask it for."""

    fetcher: Fetcher
    address: Callable[[str], str]
    nobody: str


@pytest.fixture(params=["http", "replay"])
def world(request: pytest.FixtureRequest, fetcher: HttpFetcher, serve: Serve, tmp_path: Path) -> World:
    if request.param == "http":
        missing = page(b"no", status="404 Not Found")
        server = serve(lambda head: page(PAGES[path(head)[1:]]) if path(head)[1:] in PAGES else missing)
        return World(fetcher, lambda name: f"{server.url}/{name}", "http://127.0.0.1:2/")
    for name, data in PAGES.items():
        (tmp_path / f"{name}.html").write_bytes(data)
    replay = ReplayFetcher(StillClock())
    replay.show(read_moments([tmp_path])[0])
    return World(replay, address_of, "https://elsewhere.invalid/")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_comes_as_its_bytes(world: World, name: str) -> None:
    url = world.address(name)
    capture = world.fetcher.fetch(Request(url), a_source())
    assert (capture.status, capture.wire, capture.body) == (200, PAGES[name], PAGES[name])
    assert (capture.url, capture.answered, capture.hops) == (url, url, ())
    assert (capture.header("CONTENT-TYPE") or "").startswith("text/html")


def test_the_instant_is_in_utc_and_whole_milliseconds(world: World) -> None:
    capture = world.fetcher.fetch(Request(world.address("plain")), a_source())
    assert capture.at == milliseconds(NOW)
    assert capture.at.utcoffset() == NOW.utcoffset()
    assert capture.took >= 0


def test_a_page_that_is_not_there_is_an_answer(world: World) -> None:
    assert world.fetcher.fetch(Request(world.address("none")), a_source()).status == 404


def test_the_size_limit_holds(world: World) -> None:
    url = world.address("big")
    with pytest.raises(TooLarge, match="larger than 1999 bytes") as caught:
        world.fetcher.fetch(Request(url), a_source(max_bytes=1999))
    assert url in str(caught.value)
    assert world.fetcher.fetch(Request(url), a_source(max_bytes=2000)).body == PAGES["big"]


def test_nobody_there(world: World) -> None:
    with pytest.raises(Unreachable) as caught:
        world.fetcher.fetch(Request(world.nobody), a_source())
    assert str(caught.value).startswith(world.nobody)
    assert str(caught.value).isprintable()
