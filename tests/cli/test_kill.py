"""kill -9 in the middle of a round loses nothing and repeats nothing (`tests.benchmarks.kill` does it 50 times)."""

from __future__ import annotations

import sys

from programs import ROOT

sys.path.insert(0, str(ROOT))  # the benchmarks are a package, to be run as python -m tests.benchmarks.kill

from tests.benchmarks.kill import survive


def test_the_log_after_kills_equals_that_of_an_undisturbed_run() -> None:
    rounds, different = survive(kills=4, pages=40)
    assert rounds >= 1
    assert different == 0
