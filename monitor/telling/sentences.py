"""What went wrong as a sentence: a capital first and one full stop, whoever wrote it."""

from __future__ import annotations

import re

_ENDS = (".", "!", "?", "…", ":")
_WORD = re.compile(r"[a-z]+(?=[ ,;-]|: |$)")


def sentence(text: str) -> str:
    """A text as a whole sentence. What is no plain word stays as it is: names in backticks, addresses, what was typed."""
    text = text.strip()
    if not text:
        return ""
    first = text[0].upper() if _WORD.match(text) else text[0]
    return f"{first}{text[1:]}{'' if text.endswith(_ENDS) else '.'}"


def counted(number: int, what: str) -> str:
    """``1 second``, ``2 seconds``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"
