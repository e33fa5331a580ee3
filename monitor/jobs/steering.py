"""What a person may do with a source: pause, resume, retire, accept, trust. The same on command line, page and API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum

from monitor.errors import InputError
from monitor.model import SourceState
from monitor.protocols import Store


class Steer(StrEnum):
    """What is done with a source."""

    PAUSE = "pause"
    RESUME = "resume"
    RETIRE = "retire"
    ACCEPT = "accept"
    TRUST = "trust"


_STATES: Mapping[Steer, tuple[SourceState, str]] = {
    Steer.PAUSE: ("paused", "paused; `monitor sources resume {name}` goes on with it"),
    Steer.RESUME: ("active", "active again"),
    Steer.RETIRE: ("retired", "retired; what was recorded of it stays"),
}


def steer(store: Store, name: str, what: Steer, now: datetime) -> str:
    """Do it, and say in words what is the case now. Raises InputError where it cannot be done, StoreError."""
    if what in _STATES:
        state, said = _STATES[what]
        if not store.set_source_state(name, state):
            names = ", ".join(each.name for each in store.sources()) or "none"
            raise InputError(f"there is no source {name!r} (there: {names})")
        return said.format(name=name)
    return _OTHERS[what](store, name, now)


def _accept(store: Store, name: str, now: datetime) -> str:
    if not store.deny_drift(name, now):
        raise InputError(f"no redesign is suspected of a source {name!r}; `monitor sources` shows incidents (layout)")
    return "what its pages say now will be logged as they are visited"


def _trust(store: Store, name: str, now: datetime) -> str:
    if not store.trust(name, now):
        said = f"neither shortcut nor validators of a source {name!r} were turned off; `monitor sources` shows incidents"
        raise InputError(said)
    return "its shortcut and validators are used again from the next round on, and put to the test as before"


_OTHERS: Mapping[Steer, Callable[[Store, str, datetime], str]] = {Steer.ACCEPT: _accept, Steer.TRUST: _trust}
