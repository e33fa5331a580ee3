"""kill -9 at random moments of a round: afterwards the log must equal that of an undisturbed run, and its chain be whole.

``python -m tests.benchmarks.kill [KILLS] [PAGES]``
"""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import redirect_stdout
from pathlib import Path

from monitor.cli import main as monitor
from tests.benchmarks.rounds import ROOT, changes, config
from tests.benchmarks.server import asked, move, serving
from tests.programs import environment

Entry = tuple[object, ...]


def entries(database: Path) -> list[Entry]:
    """The log without ids and instants, sorted: kind, page, before, after, baseline."""
    found = changes(database, baseline=True)
    return sorted((c["kind"], c["url"], c["before"] or 0, c["after"] or 0, c["baseline"]) for c in found)


class Round:
    """Rounds over one site, whole or killed."""

    def __init__(self, settings: Path, database: Path, host: str) -> None:
        self._host = host
        self._command = [sys.executable, "-m", "monitor", "run", "--once", "--config", str(settings), "--db", str(database)]

    def whole(self) -> float:
        """Run a round to its end; how many seconds were left of it when the site was first asked."""
        process = self._begun()
        started = time.monotonic()
        if process.wait():
            raise RuntimeError(f"the round ended with {process.returncode}")
        return time.monotonic() - started

    def _begun(self) -> subprocess.Popen[bytes]:
        """A round that has just asked the site for its first page: before that there is nothing to lose."""
        before = asked(self._host)
        process = subprocess.Popen(self._command, cwd=ROOT, env=environment(), stderr=subprocess.DEVNULL)  # noqa: S603
        while process.poll() is None and asked(self._host) == before:
            time.sleep(0.02)
        return process

    def killed_after(self, seconds: float) -> bool:
        """Run a round and kill it so many seconds after it asked for its first page; whether that was before its end."""
        process = self._begun()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return True
        if process.returncode:
            raise RuntimeError(f"the round ended with {process.returncode}")
        return False


def copy(database: Path, to: Path) -> None:
    """A database with its archive."""
    shutil.copy(database, to)
    shutil.copytree(f"{database}.archive", f"{to}.archive")


def survive(kills: int, pages: int, seed: int = 1) -> tuple[int, int]:
    """Kill rounds ``kills`` times; how many rounds that took, and how many logs differed from an undisturbed one."""
    rng = random.Random(seed)
    with serving(pages, {1: 0.1, 2: 0.1}) as host, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = config(folder / "config", host)
        done = rounds = different = 0
        calm, took, expected = [], [], []
        for moment in (0, 1):
            move(host, moment)
            before = calm[-1] if calm else None
            calm.append(folder / f"calm{moment}.db")
            if before:
                copy(before, calm[-1])
            took.append(Round(settings, calm[-1], host).whole())
            expected.append(entries(calm[-1]))
        while done < kills:
            moment = rounds % 2
            move(host, moment)
            database = folder / f"killed{rounds}.db"
            if moment:
                copy(calm[0], database)
            while done < kills and Round(settings, database, host).killed_after(rng.uniform(0, took[moment] + 0.1)):
                done += 1
            Round(settings, database, host).whole() if done >= kills else None
            with redirect_stdout(io.StringIO()) as said:
                is_whole = monitor(["verify", "--db", str(database)]) == 0
            assert is_whole, said.getvalue()
            rounds += 1
            different += _resumed(entries(database), expected[moment])
        return rounds, different


def _resumed(found: list[Entry], expected: list[Entry]) -> bool:
    if found == expected:
        return False
    print("differs:", set(found) ^ set(expected))
    return True


def main(kills: int = 50, pages: int = 200) -> None:
    """Print the figures."""
    rounds, different = survive(kills, pages)
    print(f"{kills} kills in {rounds} rounds over {pages} pages; logs that differ from an undisturbed run: {different}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
