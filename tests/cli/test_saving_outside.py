"""A source that names a web archive: what ``monitor run --once`` hands over, and what ``monitor show`` says of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fetching.servers import RawServer, page, path
from programs import monitor

from monitor.cli import main

CONFIG = """# A site on this machine, and an archive beside it.
publication = "P"
reach = ["127.0.0.0/8"]
[find]
pages = ["{site}/p1"]
[polite]
gap = "0s"
robots = false
[[layouts]]
name = "plain"
title = ["h1"]
paragraphs = ["p"]
[outside]
save = "{site}/save?page={{quoted}}"
gap = "0s"
reach = ["127.0.0.0/8"]
"""


class Town:
    """A server that is the site and the archive; ``words`` is what its page says, ``saved`` what the archive answers."""

    def __init__(self) -> None:
        self.words = b"one"
        self.saved = page(b"", 'Link: </web/1>; rel="memento"')

    def __call__(self, head: bytes) -> bytes:
        if path(head).startswith("/save"):
            return self.saved
        return page(b"<h1>A title</h1><p>The words are " + self.words)


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Town, RawServer]]:
    monkeypatch.chdir(tmp_path)
    town = Town()
    with RawServer(town) as server:
        (tmp_path / "config" / "sources").mkdir(parents=True)
        (tmp_path / "config" / "sources" / "a.toml").write_text(CONFIG.format(site=server.url))
        yield town, server


def run(folder: Path) -> int:
    """One round, in a process of its own: it takes over the program's log."""
    return monitor("run", "--once", cwd=folder).returncode


def asked(server: RawServer) -> list[str]:
    return [path(head) for head in server.heads if path(head).startswith("/save")]


def shown(capfd: pytest.CaptureFixture[str]) -> str:
    """What is shown of the newest change."""
    capfd.readouterr()
    main(["log", "--json", "-n", "1"])
    number = json.loads(capfd.readouterr().out)["id"]
    assert main(["show", str(number)]) == 0
    return capfd.readouterr().out


def test_an_edit_is_handed_over_after_the_round_and_its_link_shown(
    town: tuple[Town, RawServer], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    site, server = town
    assert run(tmp_path) == 0
    assert asked(server) == [], "a baseline is no news"
    site.words = b"two"
    assert run(tmp_path) == 0
    assert asked(server) == [f"/save?page=http%3A%2F%2F127.0.0.1%3A{server.port}%2Fp1"]
    assert f"kept outside at {server.url}/web/1" in shown(capfd)


def test_an_archive_that_fails_holds_nothing_up(
    town: tuple[Town, RawServer], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    site, _ = town
    run(tmp_path)
    site.words, site.saved = b"two", page(b"", status="500 Oops")
    assert run(tmp_path) == 0
    assert "not kept outside yet, asked once" in shown(capfd)
    assert "the archive answered 500 Oops" in shown(capfd)
