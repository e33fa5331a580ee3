"""Names of saved views: what a name may be, and why one cannot be."""

from __future__ import annotations

from monitor.errors import InputError
from monitor.telling.harmless import harmless

LONGEST = 60  # characters


def name_of(text: str) -> str:
    """The name that was written, with single spaces. Raises InputError, which says what is wrong with it."""
    name = " ".join(text.split())
    if not name:
        raise InputError("the view has no name; write one")
    if len(name) > LONGEST:
        raise InputError(f"the name of the view has {len(name)} characters; {LONGEST} is the most, so shorten it")
    mark = next((sign for sign in name if not sign.isprintable()), None)
    if mark is not None:
        shown = harmless(name.replace(mark, f"\\u{ord(mark):04x}"))
        raise InputError(f"the name of the view has an invisible mark in it (U+{ord(mark):04X}): {shown}; write it anew without")
    return name
