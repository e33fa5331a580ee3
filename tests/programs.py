"""The program as a person runs it: a process of its own, with what it printed and how it ended."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from textwrap import dedent

from monitor.cli import main

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"


def environment() -> dict[str, str]:
    """The environment without the program's own variables, and with the project found wherever one stands.

    A person's processes keep what they compiled. Those of a test that did not would take twice as long to start.
    """
    left_out = ("MONITOR_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    return kept | {"PYTHONPATH": str(ROOT), "COLUMNS": "120"}


def monitor(*arguments: object, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    command = [sys.executable, "-m", "monitor", *map(str, arguments)]
    return subprocess.run(  # noqa: S603
        command, cwd=cwd, env=environment() | variables, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL
    )


@contextmanager
def service(*arguments: object, cwd: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that runs until the context ends; killed if it is still there then."""
    command = [sys.executable, "-m", "monitor", *map(str, arguments)]
    with subprocess.Popen(command, cwd=cwd, env=environment(), text=True, stderr=subprocess.PIPE) as process:  # noqa: S603
        try:
            yield process
        finally:
            process.kill()


def stopped(process: subprocess.Popen[str], number: int = signal.SIGTERM) -> tuple[float, str]:
    """Send a signal; how many seconds the process took to end, and what it wrote on stderr."""
    started = time.monotonic()
    process.send_signal(number)
    _, written = process.communicate(timeout=90)
    return time.monotonic() - started, written


def log(database: Path, *arguments: object) -> list[dict[str, object]]:
    """The change log, oldest first; empty while there is no database. A process that serves the database does not mind."""
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()):
        main(["log", "--json", "--all", "--db", str(database), *map(str, arguments)])
    return [json.loads(line) for line in reversed(out.getvalue().splitlines())]


def until(holds: Callable[[], bool], seconds: float = 90) -> None:
    """Wait until something holds; fail when it does not in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come to hold in time"
        time.sleep(0.2)


def config(folder: Path, host: str, **keys: str) -> Path:
    """A config folder with one source, ``site``, that watches the articles linked at ``host``/listing/."""
    (folder / "sources").mkdir(parents=True)
    shutil.copytree(ROOT / "config" / "templates", folder / "templates")
    (folder / "monitor.toml").write_text('contact = "nobody@example.org"\n')
    source = f"""
        template = "kcna-watch"
        reach = ["127.0.0.0/8"]
        find.listings = ["{host}/listing/"]
        find.articles = ['^{host}/newstream/\\d+-\\d+/']
        interval = "{keys.get("interval", "1s")}"
        jitter = "0s"
        removal.span = "{keys.get("span", "1s")}"
        polite.gap = "0s"
        polite.timeout = "5s"
        polite.robots = false
    """
    (folder / "sources" / "site.toml").write_text(dedent(source))
    return folder
