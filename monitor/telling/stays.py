"""When a wording stood on its page, in words and as objects for JSON: each time it was there, if it went and came back."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model import Stay
from monitor.telling.records import iso
from monitor.telling.terminal import when

_SHOWN = 3  # times that are shown one by one


def stays_text(stays: Sequence[Stay]) -> str:
    """When a wording stood: the latest times, and how many there were before these. Instants are in UTC."""
    shown = ", ".join(f"{when(each.first)} to {when(each.last)}" for each in stays[-_SHOWN:])
    earlier = len(stays) - _SHOWN
    return f"{earlier} time{'s' if earlier > 1 else ''} from {when(stays[0].first)} on, {shown}" if earlier > 0 else shown


def stay_objects(stays: Sequence[Stay]) -> list[dict[str, str]]:
    """All of the times, oldest first."""
    return [{"from": iso(each.first), "to": iso(each.last)} for each in stays]
