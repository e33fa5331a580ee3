"""``monitor run`` as a process against a real server: an edit, a removal, a restart; signals; the lock."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from kcna_pages import Site
from programs import config, log, monitor, service, stopped, until


class World:
    """A site whose pages a test changes while the service watches. ``gone``, ``edited`` and ``hanging`` hold indexes."""

    def __init__(self) -> None:
        self.gone: set[int] = set()
        self.edited: set[int] = set()
        self.hanging: set[int] = set()
        self.asked, self.answer = threading.Event(), threading.Event()  # for a hanging page, and that it may be answered
        world = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = world.body(self.path)
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.host = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.site = Site(pages=4, host=self.host)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def body(self, path: str) -> bytes:
        if path == "/listing/":
            links = "".join(f'<h4><a href="{each}">x</a></h4>' for each in self.site.paths())
            return f'<div class="article-desc">{links}</div>'.encode()
        index = self.site.paths().index(path)
        if index in self.hanging:
            self.asked.set()
            self.answer.wait(30)
        if index in self.gone:
            return b""
        html = self.site.html(index, padding=2000)
        return (html.replace("workteam", "brigade") if index in self.edited else html).encode()

    def close(self) -> None:
        self.answer.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def world() -> Iterator[World]:
    made = World()
    yield made
    made.close()


def kinds(database: Path) -> list[tuple[object, object]]:
    return [(change["kind"], change["url"]) for change in log(database)]


def test_edit_restart_and_removal_are_logged_and_nothing_else(world: World, tmp_path: Path) -> None:
    settings, database = config(tmp_path / "config", world.host), tmp_path / "m.db"
    with service("run", "--config", settings, "--db", database, cwd=tmp_path) as process:
        until(lambda: len(log(database, "--baseline")) == 4)
        world.edited.add(1)
        until(lambda: bool(log(database)))
        took, written = stopped(process)
    assert (process.returncode, took < 5) == (0, True)
    assert "Traceback" not in written
    assert 'event="service stopped" clean=True' in written
    world.gone.add(2)
    with service("run", "--config", settings, "--db", database, cwd=tmp_path) as process:
        until(lambda: len(log(database)) == 2)
        world.gone.clear()
        until(lambda: len(log(database)) == 3)
        stopped(process, signal.SIGINT)
    address = [world.host + path for path in world.site.paths()]
    assert kinds(database) == [("edited", address[1]), ("removed", address[2]), ("restored", address[2])]
    shown = monitor("show", log(database)[0]["id"], "--db", database, cwd=tmp_path).stdout
    assert "[-workteam-]{+brigade+}" in shown


def test_a_page_that_hangs_does_not_hold_up_the_stop_and_stays_due(world: World, tmp_path: Path) -> None:
    settings, database = config(tmp_path / "config", world.host), tmp_path / "m.db"
    world.hanging.add(2)
    with service("run", "--config", settings, "--db", database, cwd=tmp_path) as process:
        assert world.asked.wait(60)
        took, written = stopped(process)
    assert took < 5
    assert process.returncode == 0
    assert "Traceback" not in written
    world.hanging.clear()
    assert monitor("run", "--once", "--config", settings, "--db", database, cwd=tmp_path).returncode == 0
    assert log(database) == []
    assert len(log(database, "--baseline")) == 4


def test_a_second_instance_is_told_who_holds_the_lock(world: World, tmp_path: Path) -> None:
    settings, database = config(tmp_path / "config", world.host, interval="1h"), tmp_path / "m.db"
    with service("run", "--config", settings, "--db", database, cwd=tmp_path) as process:
        until(lambda: len(log(database, "--baseline")) == 4)
        second = monitor("run", "--once", "--config", settings, "--db", database, cwd=tmp_path)
        status = monitor("status", "--db", database, cwd=tmp_path)
    assert second.returncode == 6
    assert f"process {process.pid} " in second.stderr
    assert f"process {process.pid} " in status.stdout
