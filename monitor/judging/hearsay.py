"""Second-hand sight: what cards and listings say of other pages. It is no change by itself; it says which page to look at."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_SIGNS = re.compile(r"[\W_]+")
_CUT_OFF = ("…", "...", "[…]", "[...]")
_FEWEST = 12  # letters and digits that a title which was cut off must have, to be told from others


def says_otherwise(heard: str, known: str) -> bool:
    """Whether a title, as a card or a listing has it, is another one than is ``known`` of the page.

    Case, quotes, dashes and blanks are the card's own; so is where it cuts a long title off.
    """
    if not heard.strip() or not known.strip():
        return False
    short = _stripped(heard)
    ours, theirs = _letters(known), _letters(short)
    if ours == theirs or not theirs:
        return False
    return not (short != heard.strip() and len(theirs) >= _FEWEST and ours.startswith(theirs))


def _stripped(title: str) -> str:
    """A title without the mark that it was cut off."""
    title = title.strip()
    ending = next((mark for mark in sorted(_CUT_OFF, key=len, reverse=True) if title.endswith(mark)), "")
    return title.removesuffix(ending).rstrip() if ending else title


def _letters(title: str) -> str:
    return _SIGNS.sub("", unicodedata.normalize("NFKC", title).casefold())


def unlisted(before: Sequence[str], now: Sequence[str]) -> tuple[str, ...]:
    """Of what a listing showed ``before`` in its order, what is missing ``now`` though something that stood behind it is there.

    What fell off the end is not missing. Nor is anything where nothing of before is left: that is another listing, or a search.
    """
    there = set(now)
    last = max((place for place, name in enumerate(before) if name in there), default=-1)
    return tuple(name for name in before[: last + 1] if name not in there)
