"""What a round costs: CPU of the whole process a page, memory, bytes kept; beside a bare requests loop in the same run.

``python -m tests.benchmarks.rounds [PAGES] [ROUNDS]``
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.server import move, serving
from tests.programs import log

ROOT = Path(__file__).parents[2]
BARE = textwrap.dedent(
    """
    import gzip, re, sys, requests
    session = requests.Session()
    host = sys.argv[1]
    paths = re.findall(r'href="([^"]+)"', session.get(host + "/listing/").text)
    if sys.argv[2:] == ["nothing"]:
        paths = []
    for path in paths:
        session.get(host + path).content
    """
)


@dataclass(frozen=True)
class Spent:
    """CPU seconds (user and system) and peak memory of a process."""

    cpu: float
    peak_mb: float
    status: int


def spent(command: list[str], **options: object) -> Spent:
    """Run a command and say what it spent."""
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    return Spent(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, status)


def config(folder: Path, host: str) -> Path:
    """A config folder that watches the site at ``host``."""
    (folder / "sources").mkdir(parents=True)
    shutil.copytree(ROOT / "config" / "templates", folder / "templates")
    (folder / "monitor.toml").write_text('contact = "nobody@example.org"\nlog_level = "warning"\n')
    source = f"""
        template = "kcna-watch"
        reach = ["127.0.0.0/8"]
        publication = "KCNA.kp (En)"
        interval = "1h"
        find.listings = ["{host}/listing/"]
        find.articles = ['^{host}/newstream/\\d+-\\d+/']
        polite.gap = "0s"
    """
    (folder / "sources" / "bench.toml").write_text(textwrap.dedent(source))
    return folder


def size(database: Path) -> int:
    """Bytes that the database takes."""
    return sum(path.stat().st_size for path in database.parent.glob(database.name + "*") if not path.name.endswith(".lock"))


def changes(database: Path, *, baseline: bool = False) -> list[dict[str, object]]:
    """The change log, newest first."""
    return log(database, *(["--baseline"] if baseline else []))[::-1]


def main(pages: int = 500, rounds: int = 10) -> None:
    """Print the figures."""
    edits = {rounds + 2: 0.02}
    with serving(pages, edits) as host, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings, database = config(folder / "config", host), folder / "bench.db"
        once = [sys.executable, "-m", "monitor", "run", "--once", "--config", str(settings), "--db", str(database)]
        bare = [sys.executable, "-c", BARE, host]
        move(host, 0)
        start = spent([*bare, "nothing"]).cpu
        loop = min(spent(bare).cpu for _ in range(3)) - start
        nothing = [*once[:3], "check", "no-such-source", *once[5:]]
        idle = min(spent(nothing).cpu for _ in range(3))
        row = Row(pages, loop, idle)
        print(f"{pages} pages; ms of CPU a page; x: multiples of the bare requests loop, which leaves out its own start")
        print(f"{'':42} {'whole process':>18} {'less its start':>18}")
        print(f"{'bare requests loop':42} {'':18} {loop / pages * 1000:8.2f} ms    1.00x")
        print(f"{'start: imports, config, database':42} {idle * 1000:8.0f} ms in all")
        first = spent(once)
        row("first sight", first.cpu)
        grown = size(database)
        print(f"{'':42} {grown / pages:8.0f} bytes of database a page, peak {first.peak_mb:.0f} MB")
        same = spent(once)
        row("unchanged, answered 304", same.cpu)
        false = -len(changes(database))
        chrome = []
        for moment in range(1, rounds + 1):
            move(host, moment)
            chrome.append(spent(once))
        row(f"unchanged but for chrome (median of {rounds})", sorted(c.cpu for c in chrome)[rounds // 2])
        print(f"{'':42} peak {max(c.peak_mb for c in chrome):.0f} MB")
        found = changes(database)
        false += sum(1 for change in found if change["kind"] != "new")
        print(f"{'false alarms in these rounds':42} {false:8}")
        move(host, rounds + 1)
        spent(once)
        before, known = size(database), len(changes(database))
        move(host, rounds + 2)
        row("2% edited, all chrome changed", spent(once).cpu)
        edited = [c for c in changes(database)[: -known or None] if c["kind"] == "edited"]
        news = [c for c in changes(database)[: -known or None] if c["kind"] == "new"]
        print(f"{'edits found':42} {len(edited):8} of {round(pages * 0.02)}")
        print(f"{'database grown by':42} {size(database) - before:8} bytes for {len(edited)} edits and {len(news)} new pages")


@dataclass(frozen=True)
class Row:
    """Prints lines of figures: CPU of a round over ``pages``, with and without the ``start`` of the program."""

    pages: int
    loop: float
    start: float

    def __call__(self, what: str, cpu: float) -> None:
        """Print one line."""
        both = "  ".join(f"{each / self.pages * 1000:8.2f} ms {each / self.loop:6.2f}x" for each in (cpu, cpu - self.start))
        print(f"{what:42} {both}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
