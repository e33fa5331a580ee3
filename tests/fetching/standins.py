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


def a_source(**polite: Any) -> Source:
    """A source that waits for nothing, with ``polite`` as its politeness."""
    given = {"gap": seconds(0), "timeout": seconds(5), "total": seconds(10)} | polite
    layout = Layout(name="any", title=(Rule(css="h1"),), paragraphs=(Rule(css="p"),))
    return Source(name="some", layouts=(layout,), polite=Politeness(**given))
