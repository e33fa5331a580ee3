"""One instance per database: a second one is told who holds it, and a killed one holds nothing."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from standins import START

from monitor.errors import AlreadyRunning, StoreReadOnly
from monitor.storing import lock
from monitor.storing.lock import held_since, holder, instance_lock

_HOLD = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from monitor.storing.lock import instance_lock
with instance_lock(Path(sys.argv[1]), datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another(path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that holds the database."""
    command, root = [sys.executable, "-c", _HOLD, str(path)], Path(lock.__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def test_a_second_process_is_told_who_holds_it(path: Path) -> None:
    with another(path) as process:
        who = f"process {process.pid} on {socket.gethostname()!r}, since 2026-01-02T03:04:05+00:00"
        with pytest.raises(AlreadyRunning) as wrong, instance_lock(path, START):
            pass
        assert str(wrong.value) == f"{path} is served by another monitor already: {who}"
        assert holder(path) == who


def test_since_when_it_is_held(path: Path) -> None:
    assert held_since(path) is None
    with instance_lock(path, START):
        assert held_since(path) == START
        for said in (b"", b"[]", b'{"since": 3}', b'{"since": "2026-01-01"}'):
            path.with_name(path.name + ".lock").write_bytes(said)
            assert held_since(path) is None
    assert held_since(path) is None


def test_it_is_free_again_after_kill_9(path: Path) -> None:
    with another(path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert holder(path) is None
        with instance_lock(path, START):
            assert holder(path) == f"process {os.getpid()} on {socket.gethostname()!r}, since 2026-01-01T00:00:00+00:00"


def test_it_is_free_again_after_an_end_in_order(path: Path) -> None:
    with instance_lock(path, START):
        pass
    with instance_lock(path, START):
        pass
    assert holder(path) is None


def test_nobody_holds_what_was_never_held(path: Path) -> None:
    assert holder(path) is None
    assert not list(path.parent.iterdir()), "and asking leaves no file"


def test_the_holder_is_told_and_nothing_of_the_one_before(path: Path) -> None:
    path.with_name("monitor.db.lock").write_text(json.dumps({"pid": 1, "host": "h" * 1000, "since": "then"}))
    with instance_lock(path, START):
        assert holder(path) == f"process {os.getpid()} on {socket.gethostname()!r}, since 2026-01-01T00:00:00+00:00"


def test_databases_are_held_one_by_one(path: Path) -> None:
    with instance_lock(path, START), instance_lock(path.with_name("other.db"), START):
        pass


@pytest.mark.parametrize("said", [b"", b"nonsense", b"[1]", b'{"pid": "x"}', json.dumps({"pid": 1}).encode(), b"\xff"])
def test_a_holder_that_does_not_say_who_it_is(path: Path, said: bytes) -> None:
    with instance_lock(path, START):
        path.with_name("monitor.db.lock").write_bytes(said)
        assert holder(path) == "a process that has not said who it is"
        with pytest.raises(AlreadyRunning, match="not said who"), instance_lock(path, START):
            pass


def test_a_holder_that_says_hostile_things_cannot_say_them_raw(path: Path) -> None:
    with instance_lock(path, START):
        hostile = {"pid": 1, "host": "\x1b[31mred", "since": "x"}
        path.with_name("monitor.db.lock").write_text(json.dumps(hostile))
        assert "\x1b" not in (holder(path) or "")


def test_a_folder_that_is_not_there(path: Path) -> None:
    told = r"monitor\.db\.lock cannot be written: .*; check that its folder exists"
    with pytest.raises(StoreReadOnly, match=told), instance_lock(path / "nowhere" / "monitor.db", START):
        pass
