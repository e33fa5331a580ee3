"""Stand-ins for what fetching works with: a clock that stands still, sources that wait for nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.settings import Duration, Layout, Politeness, Rule, Source

NOW = datetime(2026, 1, 2, 3, 4, 5, 678912, UTC)


class StillClock:
    """Always the same instant."""

    def now(self) -> datetime:
        return NOW


def seconds(number: float) -> Duration:
    return Duration.parse(timedelta(seconds=number))


def a_source(*, reach: tuple[str, ...] = ("127.0.0.0/8", "::1"), **polite: Any) -> Source:
    """A source on this machine that waits for nothing and asks for no robots.txt, with ``polite`` as its politeness."""
    given = {"gap": seconds(0), "timeout": seconds(5), "total": seconds(10), "robots": False} | polite
    layout = Layout(name="any", title=(Rule(css="h1"),), paragraphs=(Rule(css="p"),))
    return Source(name="some", layouts=(layout,), polite=Politeness(**given), reach=reach)


class Hands:
    """A clock and a monotonic clock that are set by hand, and move together."""

    def __init__(self) -> None:
        self.passed = 0.0

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.passed)

    def monotonic(self) -> float:
        return 1000.0 + self.passed

    def move(self, by: float) -> None:
        self.passed += by
