"""``monitor web``: the review page of a database, on this machine only while there are no users."""

from __future__ import annotations

import logging
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

import pytest
from cli.conftest import Run
from programs import config, environment, monitor, service, stopped, until
from pytest_httpserver import HTTPServer

from monitor.assemble import House, Options
from monitor.cli import serving
from monitor.storing.sqlite import StoreFile


def test_it_serves_until_it_is_told_to_stop(tmp_path: Path) -> None:
    StoreFile(tmp_path / "monitor.db").open(create=True).close()
    command = [sys.executable, "-m", "monitor", "web", "--listen", "127.0.0.1:0"]
    variables = environment() | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True, env=variables) as served:  # noqa: S603
        assert served.stdout is not None
        line = served.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert address, line
        with urllib.request.urlopen(address[0], timeout=20) as answer:  # noqa: S310  our own server
            page = answer.read().decode()
        served.send_signal(signal.SIGTERM)
        assert served.wait(20) == 0
    assert "The log is empty." in page


def test_without_a_database_it_says_so(run: Run) -> None:
    status, _, err = run("web")
    assert status == 4
    assert "there is no database at monitor.db" in err


@pytest.mark.parametrize("listen", ["0.0.0.0:0", "[::]:0", "192.0.2.1:80"])
def test_without_users_it_listens_on_this_machine_only(run: Run, tmp_path: Path, listen: str) -> None:
    StoreFile(tmp_path / "monitor.db").open(create=True).close()
    status, _, err = run("web", "--listen", listen)
    assert status == 4
    assert "there are no users yet" in err


@pytest.mark.parametrize("listen", ["nowhere", "127.0.0.1:99999", "127.0.0.1:-1", "example.org:80", "::1:80x"])
def test_an_address_that_is_none_is_refused(run: Run, tmp_path: Path, listen: str) -> None:
    StoreFile(tmp_path / "monitor.db").open(create=True).close()
    status, _, err = run("web", "--listen", listen)
    assert status == 4
    assert "is no address to listen on" in err


# Beside the service


@pytest.fixture
def settings(tmp_path: Path, httpserver: HTTPServer) -> Path:
    """The config of a service that watches a site with one article."""
    httpserver.expect_request("/listing/").respond_with_data("<p>no link yet</p>", content_type="text/html")
    return config(tmp_path / "config", httpserver.url_for("").rstrip("/"), interval="1h")


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def test_the_service_serves_it_too_and_ends_with_it_in_time(settings: Path, tmp_path: Path) -> None:
    port = free_port()

    def answers() -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sources", timeout=20) as answer:
                return b"site" in answer.read()
        except OSError:
            return False

    with service("run", "--web", f"127.0.0.1:{port}", "--config", settings, cwd=tmp_path) as process:
        until(answers)
        with socket.create_connection(("127.0.0.1", port)) as idle:  # a browser that keeps its connection open
            idle.sendall(b"GET / HTTP/1.1\r\n")
            took, written = stopped(process)
    assert (process.returncode, took < 5) == (0, True)
    assert f'event="review page started" address=http://127.0.0.1:{port}/' in written
    assert 'event="service stopped" clean=True' in written
    assert "Traceback" not in written
    assert not answers()


def test_without_an_address_it_is_that_of_the_settings(settings: Path, tmp_path: Path) -> None:
    port = free_port()
    with (settings / "monitor.toml").open("a", encoding="utf-8") as file:
        file.write(f'web = {{ listen = "127.0.0.1:{port}" }}\n')
    with socket.create_server(("127.0.0.1", port)):
        found = monitor("run", "--web", "--config", settings, cwd=tmp_path)
    assert found.returncode == 4
    assert f"127.0.0.1:{port} cannot be listened on" in found.stderr
    assert "service started" not in found.stderr


@pytest.mark.parametrize(("listen", "why"), [("nowhere", "is no address to listen on"), ("0.0.0.0:0", "there are no users yet")])
def test_what_it_cannot_listen_on_is_said_before_the_service_starts(run: Run, settings: Path, listen: str, why: str) -> None:
    status, _, err = run("run", "--web", listen, "--config", settings)
    assert (status, why in err, "service started" in err) == (4, True, False)


def test_one_round_has_no_page(run: Run, settings: Path) -> None:
    status, _, err = run("run", "--once", "--web", "--config", settings)
    assert (status, "there is no page to look at" in err) == (2, True)


class Broken:
    """A server that cannot go on, or whose thread just ended."""

    address = "http://127.0.0.1:1/"

    def __init__(self, *, fails: bool) -> None:
        self.fails = fails

    def run(self, stop: threading.Event) -> None:
        if self.fails:
            raise OSError(9, "Bad file descriptor")


@pytest.mark.parametrize("fails", [True, False])
def test_a_page_that_ends_by_itself_is_logged_and_ends_no_service(
    fails: bool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(serving, "server_of", lambda house, listen: Broken(fails=fails))
    monkeypatch.setattr(logging.getLogger("monitor"), "propagate", True)
    house = House(Options(None, None))
    with serving.served_beside(house, ""):
        until(lambda: "ended by itself" in caplog.text)
        assert not house.stop.is_set()
    assert house.stop.is_set()
    assert ("failed" in caplog.text) == fails
