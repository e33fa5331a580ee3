"""``monitor web``: the review page of a database, on this machine only while there are no users."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from cli.conftest import Run
from programs import environment

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
