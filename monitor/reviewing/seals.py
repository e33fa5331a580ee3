"""The seal of a change, or what is wrong with it: the very change that a reviewer has to see is one whose seal is missing."""

from __future__ import annotations

from monitor.errors import StoreDamaged
from monitor.model import Sealed
from monitor.reviewing import auth


def seal_of(change: int) -> tuple[Sealed | None, str]:
    """The link of the chain that is a change, and what is wrong with it. None and nothing while its round goes on."""
    try:
        return next(auth.store().sealed_from(change), None), ""
    except StoreDamaged as wrong:
        return None, str(wrong)
