"""How fast the pages of the review page and its API are at size, through Flask's test client; the first request of all, too.

``python -m tests.benchmarks.review_pages DATABASE [PART OF A NAME]`` with a database of ``tests.benchmarks.review``. What the
application remembers is forgotten before each request, so that every one is somebody's first. Milliseconds, median and 95th
percentile, the processor's time alone, the median in multiples of a bare look-up, and the kilobytes of the page.
``... DATABASE --cold ADDRESS`` is one request of a program that has just begun, on files that are in no cache.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from monitor.fetching.archive import WarcArchive
from monitor.jobs.following.judge import Judge
from monitor.reviewing.app import create_app
from monitor.reviewing.parts import Parts
from monitor.reviewing.remembered import Remembered
from monitor.reviewing.rows import Glances
from monitor.settings import Program, WatchWord
from monitor.storing.sqlite import StoreFile
from tests.benchmarks.articles import RARE_KOREAN, RARE_NAME
from tests.benchmarks.big_log import SOURCES, SPAN, START
from tests.benchmarks.figures import REPEATS, Table
from tests.benchmarks.review_addresses import COLD, addresses
from tests.standins import SetClock, source

HERE = "http://localhost"
_EXPORTED = 20_000  # lines of an export; all of a million take a quarter of an hour, since the wordings of each are compared
_PROGRAM = Program(
    watch=(WatchWord("rare", (RARE_NAME, "Pak Un-hyok", RARE_KOREAN)), WatchWord("common", ("Ri Un Ok", "리은옥")))
)


def application(path: Path) -> Flask:
    """The application over a database, whose log ends now; nobody has to sign in."""
    clock, sources = SetClock(START + SPAN), tuple(source(f"source-{number:02}") for number in range(1, SOURCES + 1))
    archive = WarcArchive(path.with_name("archive"), clock, most_bytes=1_000_000, software="benchmark")
    return create_app(Parts(StoreFile(path).open, clock, _PROGRAM, sources, Judge(_PROGRAM, sources), archive, "owner"))


class Browser:
    """Asks for pages of an application that remembers nothing."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._client: FlaskClient = app.test_client()

    def get(self, address: str) -> int:
        """The bytes of a page; of a file of any length those that come first."""
        self._app.extensions.update(glances=Glances(), remembered=Remembered())
        is_file = address.startswith("/export/")
        answer = self._client.get(address, base_url=HERE, buffered=not is_file)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status}")
        size = len(next(iter(answer.iter_encoded()))) if is_file else len(answer.data)
        answer.close()
        return size


def pages(path: Path, table: Table, repeats: int, part: str = "") -> None:
    """Print a line a page."""
    app = application(path)
    browser = Browser(app)
    with StoreFile(path).open() as store:
        asked = [(name, some) for name, some in addresses(store, repeats + 1) if part in name and some]
    for name, some in asked:
        table.row(name, lambda at, some=some: f"{browser.get(some[at % len(some)]) / 1000:.0f} kB")  # type: ignore[misc]


def exports(path: Path, most: int = _EXPORTED) -> None:
    """Print how long exports take, and how little memory: the whole log is never held."""
    for name in ("changes.csv", "changes.jsonl"):
        client = application(path).test_client()
        answer = client.get(f"/export/{name}?order=new&baseline=yes&hidden=yes", base_url=HERE, buffered=False)
        peak, began, cpu, lines = _peak(), time.perf_counter(), time.thread_time(), 0
        for chunk in answer.iter_encoded():
            lines += chunk.count(b"\n")
            if lines > most:
                break
        answer.close()
        spent, cpu = time.perf_counter() - began, time.thread_time() - cpu
        print(
            f"{name}: {lines} lines, {spent:.0f} s, CPU {cpu / lines * 1e3:.2f} ms a line, {_peak() - peak:.1f} MB more at most"
        )


def _peak() -> float:
    """The most memory that this process ever took, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# The first request


def cold(path: Path, found: Iterable[str] = COLD) -> None:
    """Print how long the first request of a new process takes, on a database that no cache holds."""
    with StoreFile(path).open() as store:
        newest = store.newest()
    for address in found:
        for each in (path, path.with_name(f"{path.name}-wal")):
            _forget(each)
        asked = [sys.executable, "-m", "tests.benchmarks.review_pages", str(path), "--cold", address.format(newest=newest)]
        print(subprocess.run(asked, check=True, capture_output=True, text=True).stdout, end="", flush=True)  # noqa: S603


def _forget(path: Path) -> None:
    """Ask the system to drop what it caches of a file (Linux)."""
    if path.exists():
        with path.open("rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _first(path: Path, address: str) -> None:
    client = application(path).test_client()
    for name in (f"first, cold: {address}", f"second: {address}"):
        began, cpu = time.perf_counter(), time.thread_time()
        answer = client.get(address, base_url=HERE)
        spent = (time.perf_counter() - began) * 1000
        print(f"{name:46} {spent:9.0f} {'':9} {(time.thread_time() - cpu) * 1000:9.0f}  {answer.status_code}")


def main(arguments: Sequence[str]) -> None:
    """Print the figures of a database."""
    path = Path(arguments[0])
    if arguments[1:2] == ["--cold"]:
        for address in arguments[2:]:
            _first(path, address)
        return
    with StoreFile(path).open() as store:
        table = Table(store)
    pages(path, table, REPEATS, *arguments[1:2])
    if len(arguments) < 2:
        exports(path)
        cold(path)


if __name__ == "__main__":
    main(sys.argv[1:])
