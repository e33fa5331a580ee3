"""What the text format is made of: the words that mark its parts, and what may be one line of it."""

from __future__ import annotations

import re

ORIGINAL = " | Read original version at source"
MORE_FROM = "More From "
MORE_ARTICLES = "More Articles"
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\xad\u200b\ufeff\ud800-\udfff]")


def line_problem(line: str) -> str | None:
    """Why ``line`` cannot be one line of the format, or None."""
    if not line:
        return "it is empty"
    bad = _UNFIT.search(line)
    if bad is not None:
        return f"it holds the character U+{ord(bad[0]):04X}"
    return None if " ".join(line.split()) == line else "its white space is not folded to single spaces"
