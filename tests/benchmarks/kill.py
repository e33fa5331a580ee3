"""kill -9 at random moments of a round: afterwards the log must equal that of an undisturbed run, and its chain be whole.

``python -m tests.benchmarks.kill [KILLS] [PAGES]``
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.rounds import ROOT, changes, config
from tests.benchmarks.server import move, serving

Entry = tuple[object, ...]


def entries(database: Path) -> list[Entry]:
    """The log without ids and instants, sorted: kind, page, before, after, baseline."""
    found = changes(database, baseline=True)
    return sorted((c["kind"], c["url"], c["before"] or 0, c["after"] or 0, c["baseline"]) for c in found)


def verify(database: Path) -> list[str]:
    """The command that goes through a database, and ends with 5 when something in it is not whole."""
    return [sys.executable, "-m", "monitor", "verify", "--db", str(database)]


class Round:
    """Rounds over one site, whole or killed."""

    def __init__(self, settings: Path, database: Path) -> None:
        self._command = [sys.executable, "-m", "monitor", "run", "--once", "--config", str(settings), "--db", str(database)]

    def whole(self) -> float:
        """Run a round to its end; how long it took, in seconds."""
        started = time.monotonic()
        subprocess.run(self._command, cwd=ROOT, check=True, stderr=subprocess.DEVNULL)  # noqa: S603
        return time.monotonic() - started

    def killed_after(self, seconds: float) -> bool:
        """Run a round and kill it after so many seconds; whether it was killed before its end."""
        process = subprocess.Popen(self._command, cwd=ROOT, stderr=subprocess.DEVNULL)  # noqa: S603
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
            took.append(Round(settings, calm[-1]).whole())
            expected.append(entries(calm[-1]))
        while done < kills:
            moment = rounds % 2
            move(host, moment)
            database = folder / f"killed{rounds}.db"
            if moment:
                copy(calm[0], database)
            while done < kills and Round(settings, database).killed_after(rng.uniform(0.3, took[moment] + 0.1)):
                done += 1
            Round(settings, database).whole() if done >= kills else None
            subprocess.run(verify(database), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
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
