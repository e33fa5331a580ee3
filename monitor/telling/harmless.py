"""Text from outside made harmless before it reaches a terminal or a log.

Control characters (ECMA-48 sequences start with one), line breaks and the invisible characters that reorder text
(Unicode Bidirectional Algorithm, UAX #9: the embeddings, overrides and isolates) are written as their code points.
"""

from __future__ import annotations

import re

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def harmless(text: str) -> str:
    """``text`` as one line that no terminal obeys: an escape character shows as ``\\x1b``."""
    return _UNSAFE.sub(_written, text)


def _written(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
