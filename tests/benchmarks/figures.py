"""A table of how long things take: median, 95th percentile, the processor's time alone, and multiples of a bare look-up."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from monitor.storing.sqlite import SqliteStore

REPEATS = 20
MEDIAN, HIGH = 100, 300  # milliseconds that a page may take
_BARE = "SELECT id, at, kind, page_id FROM change WHERE id = ?"
_LOOKED_UP = 2_000


class Table:
    """Prints a line a figure."""

    def __init__(self, store: SqliteStore, repeats: int = REPEATS) -> None:
        self._repeats = repeats
        self._bare = _bare(store)
        print(f"{'ms':46} {'median':>9} {'95th':>9} {'CPU':>9} {'of bare':>10}  {'found':>8}")
        print(f"{'a bare look-up of one change':46} {self._bare:9.3f}")

    def row(self, name: str, work: Callable[[int], object]) -> None:
        """Do it some times, and print how long that took."""
        times, spent, found = [], [], work(0)  # once unmeasured: what the disk takes is another story
        for at in range(1, self._repeats + 1):
            began, cpu = time.perf_counter(), time.thread_time()
            found = work(at)
            times.append((time.perf_counter() - began) * 1000)
            spent.append((time.thread_time() - cpu) * 1000)
        times.sort()
        median, high = times[len(times) // 2], times[max(0, int(len(times) * 0.95) - 1)]
        slow = "  over the aim" if median > MEDIAN or high > HIGH else ""
        cpu = sorted(spent)[len(spent) // 2]
        print(f"{name:46} {median:9.1f} {high:9.1f} {cpu:9.1f} {median / self._bare:9.0f}x  {found!s:>8}{slow}", flush=True)


def _bare(store: SqliteStore) -> float:
    """The milliseconds of a bare look-up of a change by its number."""
    rng, newest = random.Random(2), store.newest()
    numbers = [rng.randrange(1, newest + 1) for _ in range(_LOOKED_UP)]
    began = time.perf_counter()
    for number in numbers:
        store.handle.row(_BARE, (number,))
    return (time.perf_counter() - began) / _LOOKED_UP * 1000
