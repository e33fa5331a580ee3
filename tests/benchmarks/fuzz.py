"""Any bytes at all into every parser: ``python -m tests.benchmarks.fuzz [MINUTES] [PARSER]``, or a FILE that it kept, again.

Two processes mutate pages, feeds, pictures and what else parsers are fed with, in turn with hypothesis. Where atheris is
installed, the last quarter of the time is for inputs that reach new code (``fuzz_guided.py``). A finding is an error that is not
ours, a call that takes more than a second of CPU (of more than 2 MB as many times that as they are larger), or more than a
gigabyte. Each is made smaller and kept.
"""

from __future__ import annotations

import json
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from time import monotonic, process_time
from types import FrameType
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import seed as seeded

from tests.benchmarks.fuzz_inputs import broken, strategy
from tests.benchmarks.fuzz_parsers import CAP, PARSERS, Parser
from tests.benchmarks.fuzz_seeds import seeds

_LIMITED = 2_000_000  # bytes for which a parser's limit holds
_GIVEN_UP = 20  # seconds after which a call is ended
_MEMORY = 1 << 30  # bytes by which a call may raise the peak
_SLICE = 1.0  # seconds for a parser before the next one's turn
_HEAVIER = 3  # times that, for those that read HTML
_GUIDED = 0.25  # of the time
_SMALLER = 15.0  # seconds to make a finding smaller
_HERE = str(Path(__file__).resolve().parents[2])


class _Hung(BaseException):
    """A call that is ended."""


@dataclass(slots=True)
class Row:
    """What came of one parser."""

    calls: int = 0
    errors: int = 0
    slow: int = 0
    slowest: float = 0.0
    size: int = 0
    peak: int = 0
    kept: int = 0


class Watch:
    """Calls parsers, and keeps in ``folder`` what they should not do. ``rows`` counts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows = {name: Row() for name in PARSERS}
        self._places: list[str] = []
        self._seen: set[str] = set()
        signal.signal(signal.SIGPROF, self._tick)

    def _tick(self, _signal: int, frame: FrameType | None) -> None:
        self._places.append(_place(traceback.extract_stack(frame)))
        if len(self._places) > _GIVEN_UP:
            raise _Hung

    def called(self, name: str, data: bytes, salt: int) -> tuple[str, float]:
        """What is wrong with a call, empty where nothing is, and the seconds of CPU that it took."""
        parser, self._places = PARSERS[name], []
        wrong, begun = "", process_time()
        signal.setitimer(signal.ITIMER_PROF, 1.0, 1.0)
        try:
            parser.call(data, salt)
        except parser.fine:
            pass
        except _Hung:
            wrong = "hung"
        except Exception as error:  # noqa: BLE001  # what is looked for
            wrong = f"{type(error).__name__} at {_place(traceback.extract_tb(error.__traceback__))}"
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        spent = process_time() - begun
        if spent > parser.seconds * max(1.0, len(data) / _LIMITED):
            wrong = wrong or f"slow at {self._places[0] if self._places else 'once'}"
        return wrong, spent

    def tried(self, name: str, data: bytes, salt: int) -> float:
        """Call a parser, count it and keep what is wrong. The seconds of CPU that it took."""
        row, before = self.rows[name], _peak()
        wrong, spent = self.called(name, data, salt)
        if wrong.startswith(("slow", "hung")):  # others work on this machine, too
            again, spent = min((self.called(name, data, salt) for _ in range(2)), key=lambda each: each[1])
            wrong = wrong if again else ""
        more = _peak() - before
        if not wrong and more > _MEMORY:
            wrong = f"memory {more >> 20} MB"
        row.calls += 1
        row.peak = max(row.peak, more)
        if spent > row.slowest:
            row.slowest, row.size = spent, len(data)
        if wrong:
            row.slow += wrong.startswith(("slow", "hung", "memory"))
            row.errors += not wrong.startswith(("slow", "hung", "memory"))
            self._keep(name, data, salt, wrong)
        return spent

    def _keep(self, name: str, data: bytes, salt: int, wrong: str) -> None:
        known = f"{name} {wrong}"
        if known in self._seen:
            return
        self._seen.add(known)
        is_quick = not wrong.startswith(("memory", "hung"))
        small = data if not is_quick else _smaller(data, lambda less: self.called(name, less, salt)[0] == wrong)
        stem = re.sub(r"\W+", "-", known)[:100]
        file = self.folder / f"{stem}.bin"
        file.write_bytes(small)
        file.with_suffix(".json").write_text(json.dumps({"parser": name, "salt": salt, "wrong": wrong, "bytes": len(small)}))
        self.rows[name].kept += 1
        print(f"{name}: {wrong} ({len(small):,} bytes: {small[:60]!r})", flush=True)


def _place(stack: traceback.StackSummary) -> str:
    """The innermost line of the program in a stack; of its caller's, where it is none."""
    ours = [each for each in stack if "/monitor/" in each.filename]
    last = (ours or list(stack))[-1]
    return f"{last.filename.removeprefix(_HERE).lstrip('/')}:{last.lineno}"


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _smaller(data: bytes, is_wrong: Callable[[bytes], bool]) -> bytes:
    """``data`` less what may be left out of it, as far as there is time."""
    until, part = monotonic() + _SMALLER, len(data) // 2
    while part and monotonic() < until:
        at = 0
        while at < len(data) and monotonic() < until:
            less = data[:at] + data[at + part :]
            if is_wrong(less):
                data = less
            else:
                at += part
        part //= 2
    return data


def _mutate(watch: Watch, name: str, parser: Parser, pool: list[bytes], chance: random.Random) -> None:
    """Break inputs for a while. What takes long is broken further, too."""
    until, slowest = monotonic() + _SLICE * (_HEAVIER if "html" in parser.seeds else 1), 0.05
    while monotonic() < until:
        most = CAP if chance.random() < 0.01 else _LIMITED
        data = broken(chance, chance.choice(pool), pool, most)
        spent = watch.tried(name, data, chance.randrange(1000))
        if spent > slowest and len(data) <= _LIMITED:
            slowest = spent
            pool.append(data)
            del pool[40:-20]


def _suppose(watch: Watch, name: str, pool: list[bytes], chance: random.Random) -> None:
    """Let hypothesis make inputs."""
    until = monotonic() + _SLICE
    quiet = settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))

    @seeded(chance.getrandbits(32))
    @quiet
    @given(strategy(pool[:20]))
    def some(data: bytes) -> None:
        if monotonic() < until:
            watch.tried(name, data, len(data))

    some()


def work(number: int, seconds: float, names: list[str], folder: Path) -> dict[str, dict[str, Any]]:
    """One process: every parser in turn, until the time is over."""
    warnings.simplefilter("ignore")
    chance, watch, until = random.Random(), Watch(folder), monotonic() + seconds
    pools = {name: [data for kind in PARSERS[name].seeds for data in seeds(kind)] for name in names}
    for name in names[number:] + names[:number]:
        for data in pools[name][:3]:  # whatever is imported late is imported now
            watch.called(name, data, 0)
    while monotonic() < until:
        for name in random.sample(names, len(names)):
            _mutate(watch, name, PARSERS[name], pools[name], chance)
            _suppose(watch, name, pools[name], chance)
            if monotonic() > until:
                break
    return {name: asdict(row) for name, row in watch.rows.items()}


def _again(file: Path) -> None:
    """Call a parser with what was kept."""
    about, folder = json.loads(file.with_suffix(".json").read_text()), Path(tempfile.mkdtemp())
    data, watch = file.with_suffix(".bin").read_bytes(), Watch(folder)
    for _ in range(2):
        wrong, spent = watch.called(about["parser"], data, about["salt"])
        print(f"{about['parser']}: {len(data):,} bytes, {spent:.2f} s: {wrong or 'nothing wrong'} (was: {about['wrong']})")
    parser = PARSERS[about["parser"]]
    try:
        parser.call(data, about["salt"])
    except parser.fine as told:
        print(f"it says: {str(told)[:300]}")


def _print(tables: list[dict[str, dict[str, Any]]]) -> int:
    """The table of all processes; how many findings there are."""
    print(f"{'parser':18}{'calls':>9}{'errors':>8}{'slow':>6}{'slowest':>9}{'of bytes':>11}{'memory':>9}{'kept':>6}")
    sums = [0, 0, 0, 0]
    for name in PARSERS:
        rows = [Row(**table[name]) for table in tables if name in table]
        calls, errors, slow, kept = (sum(getattr(row, each) for row in rows) for each in ("calls", "errors", "slow", "kept"))
        if calls:
            worst, peak = max(rows, key=lambda row: row.slowest), max(row.peak for row in rows)
            seconds = f"{worst.slowest:7.2f} s"
            print(f"{name:18}{calls:9,}{errors:8}{slow:6}{seconds:>9}{worst.size:11,}{peak >> 20:6} MB{kept:6}")
            sums = [one + other for one, other in zip(sums, (calls, errors, slow, kept), strict=True)]
    print(f"{'all':18}{sums[0]:9,}{sums[1]:8}{sums[2]:6}{'':29}{sums[3]:6}")
    return sums[1] + sums[2]


def _guided(seconds: float, names: list[str], folder: Path) -> list[dict[str, dict[str, Any]]]:
    """What two processes of atheris came to, with half of the parsers each. They end by themselves."""
    command = [sys.executable, "-m", "tests.benchmarks.fuzz_guided", str(seconds), str(folder)]
    with (folder / "atheris.txt").open("wb") as said:
        halves = [part for part in (names[::2], names[1::2]) if part]
        begun = [subprocess.Popen([*command, *part], stderr=said) for part in halves]  # noqa: S603  our own
        ended = [each.wait() for each in begun]
    if any(ended):
        print(f"atheris ended with {ended}: see {said.name}")
    return [json.loads(report.read_text()) for report in folder.glob("guided-*.json")]


def main(arguments: list[str]) -> int:
    """Runs, and prints the table. 1 where something was found."""
    if arguments and Path(arguments[0]).is_file():
        _again(Path(arguments[0]))
        return 0
    minutes = float(arguments[0]) if arguments else 10.0
    names = [arguments[1]] if arguments[1:] else list(PARSERS)
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    guided = minutes * 60 * _GUIDED if find_spec("atheris") else 0.0
    print(f"{minutes:g} minutes, two processes, atheris {guided:g} s; what is found is kept in {folder}", flush=True)
    with get_context("spawn").Pool(2) as pool:
        tables = pool.starmap(work, [(number, minutes * 60 - guided, names, folder) for number in (0, len(names) // 2)])
    if guided:
        tables += _guided(guided, names, folder)
    return 1 if _print(tables) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
