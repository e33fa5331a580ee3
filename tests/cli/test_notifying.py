"""``monitor notify``: a test through the real Apprise, what waits, and what is wrong with a config."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from standins import START

from monitor.model import Letter
from monitor.storing.sqlite import StoreFile

Run = Callable[..., tuple[int, str, str]]
RULE = '[[notify]]\nname = "editors"\nto = ["env:HOOK"]\n'


@pytest.fixture
def database(tmp_path: Path) -> Path:
    config = tmp_path / "config"
    config.mkdir()
    (config / "monitor.toml").write_text(RULE)
    StoreFile(tmp_path / "monitor.db").open().close()
    return tmp_path / "monitor.db"


def test_a_test_message_arrives(run: Run, database: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    httpserver.expect_request("/hook").respond_with_data("taken")
    monkeypatch.setenv("HOOK", f"json://127.0.0.1:{httpserver.port}/hook")
    assert run("notify", "--test", "editors")[:2] == (0, "env:HOOK: sent\n")
    assert json.loads(httpserver.log[0][0].get_data())["title"] == "article-monitor: test of editors"


def test_one_that_does_not_arrive_says_why(run: Run, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOOK", raising=False)
    status, out, _ = run("notify", "--test", "editors")
    assert status == 1
    assert "the environment has no HOOK" in out
    assert run("notify", "--test", "nobody")[0] == 4


def test_the_process_of_a_test_that_fails_ends_with_1_and_says_why_and_what_to_do(database: Path) -> None:
    with socket.socket() as held:  # a port that nobody listens at
        held.bind(("127.0.0.1", 0))
        variables = os.environ | {"HOOK": f"mailto://127.0.0.1:{held.getsockname()[1]}?from=a@example.org&to=b@example.org"}
        command = [sys.executable, "-m", "monitor", "notify", "--test", "editors"]
        found = subprocess.run(  # noqa: S603
            command, check=False, cwd=database.parent, env=variables, capture_output=True, text=True, timeout=60
        )
    assert found.returncode == 1
    assert found.stdout.startswith("env:HOOK: not sent: ")
    assert "refused" in found.stdout
    assert "mend the address where env:NAME" in found.stderr


def test_what_could_not_be_sent_is_said_and_ends_with_1(run: Run, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOOK", raising=False)
    with StoreFile(database).open() as store:
        store.sync_sources(["s"], START)
        store.keep_message("editors", "env:HOOK", Letter("a title", "t", "h"), "s", START)
    for tried in ("1 try", "2 tries"):  # by hand it is tried again at once
        status, _, said = run("notify")
        assert status == 1
        assert "not sent: editors to env:HOOK: a title: the environment has no HOOK" in said
        assert "1 message waits" in said
        assert f"| {tried}: " in run("notify", "--pending")[1]
    assert "not taken yet; `monitor notify --pending` says why" in run("status")[1]


def test_what_waits_is_shown_and_then_sent(
    run: Run, database: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with StoreFile(database).open() as store:
        store.sync_sources(["s"], START)
        store.keep_message("editors", "env:HOOK", Letter("a title\x1b[31m", "t", "h"), "s", START)
    _, out, _ = run("notify", "--pending")
    assert "editors to env:HOOK: a title\\x1b[31m" in out
    httpserver.expect_request("/hook").respond_with_data("taken")
    monkeypatch.setenv("HOOK", f"json://127.0.0.1:{httpserver.port}/hook")
    assert run("notify")[0] == 0
    assert "nothing waits" in run("notify", "--pending")[2]
    assert len(httpserver.log) == 1


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ('to = ["mailto://user:secret@host"]', "names no place"),
        ('to = ["env:A"]\nwhen = "7:30"', "when"),
        ('to = ["env:A"]\ntime_zone = "Asia"', "no time zone"),
        ('to = ["env:A"]\nkinds = ["imported"]', "none that is told"),
        ('to = ["env:A"]\nclasses = ["nmae"]', "none that is told"),
        ('to = ["env:A"]\nwatch = ["nobody"]', "no watch word"),
        ("to = []", "a list with an entry"),
        ('to = ["env:A"]\n[[notify]]\nname = "editors"\nto = ["env:A"]', "name of another rule"),
    ],
)
def test_mistakes_of_a_rule_are_named(run: Run, database: Path, rule: str, problem: str) -> None:
    (database.parent / "config" / "monitor.toml").write_text(f'[[notify]]\nname = "editors"\n{rule}\n')
    status, _, said = run("notify", "--pending")
    assert status == 3
    assert problem in said
    assert "secret" not in said
