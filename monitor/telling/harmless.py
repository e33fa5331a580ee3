"""Text from outside made harmless before it reaches a terminal or a log.

Control characters (ECMA-48 sequences start with one), line breaks, the invisible characters that reorder text (Unicode
Bidirectional Algorithm, UAX #9: marks, embeddings, overrides and isolates) and those that hide in it (zero width spaces and
tags; the joiners of emoji and of Persian and Indic words are none) are written as their code points.
"""

from __future__ import annotations

import re

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def harmless(text: str) -> str:
    """``text`` as one line that no terminal obeys: an escape character shows as ``\\x1b``."""
    return _UNSAFE.sub(_written, text)


def _written(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code > 0xFFFF:
        return f"\\U{code:08x}"
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
