"""The table of bad servers, played on real sockets: a good round, the bad one, and a good one again."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from bad_servers.above_http import ABOVE_HTTP
from bad_servers.below_http import BELOW_HTTP
from bad_servers.rows import At, Row
from bad_servers.scene import MOST_BYTES, TOTAL, After, playing

from monitor.model import Seen

Played = tuple[After, After, After]
ROWS = (*BELOW_HTTP, *ABOVE_HTTP)
LATE = 3.0  # seconds that a busy machine may take besides
SLACK = 16_000_000  # bytes that a round may need besides: a tree of a page, the rules of a robots.txt
HOSTS = (At.HOST, At.ACCEPT, At.ROBOTS)
AT_ONCE = 8


@pytest.fixture(scope="module")
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Row], Played]:
    """Plays a row. Those that wait for a time limit are played side by side, and wait together."""
    rows = [item.callspec.params.get("row") for item in request.session.items if hasattr(item, "callspec")]
    chosen = {row.name for row in rows if isinstance(row, Row)}
    slow = [row for row in ROWS if row.is_about_time and row.name in chosen]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        waiting: dict[str, Future[Played]] = {row.name: pool.submit(play, row, tmp_path_factory.mktemp("row")) for row in slow}
    return lambda row: waiting[row.name].result() if row.name in waiting else play(row, tmp_path_factory.mktemp("row"))


def play(row: Row, folder: Path) -> Played:
    """What is known after each of the three rounds."""
    with playing(row, folder) as scene:
        return scene.play()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_bad_server(row: Row, played: Callable[[Row], Played]) -> None:
    before, during, again = played(row)
    assert (before.seen, before.incidents) == (Seen.PARSED, {})
    assert (during.seen, during.log) == (row.seen, row.log)
    assert re.search(row.says, during.detail)
    assert during.detail.isprintable()
    assert " ".join(sorted(during.incidents)) == row.incidents
    assert re.search(row.hint, "; ".join(during.incidents.values()))
    assert row.at in HOSTS or during.neighbour is Seen.PARSED
    assert (again.seen, again.incidents, again.log) == (Seen.PARSED, {}, row.again)
    pages = 2 if row.at in HOSTS else 1
    assert during.took < pages * (TOTAL + 1) + LATE
    assert during.memory < MOST_BYTES + SLACK


def test_the_table_is_as_long_as_it_should_be() -> None:
    names = [row.name for row in ROWS]
    assert len(names) == len(set(names)) >= 60
    assert len(BELOW_HTTP) >= 40


def test_memory_is_measured(tmp_path: Path) -> None:
    if not Path("/proc/self/clear_refs").exists():
        pytest.skip("this system does not say how much memory a process had")
    with playing(ABOVE_HTTP[0], tmp_path) as scene:
        kept: list[bytes] = []
        scene.site.before = lambda: kept.append(b"x" * 30_000_000)
        assert scene.round().memory > 25_000_000
