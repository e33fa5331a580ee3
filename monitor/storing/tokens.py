"""The words of a text as the search index keeps them: any case and writing of a letter is the same, and every script is found.

Words between spaces are kept as they are. Scripts without spaces, and Korean, whose particles are written onto the words, are
kept as pairs: each character with the next one, and the last one alone. So any piece of such a run is a phrase of pairs, and
``북한`` is found in ``북한의``. (SQLite's trigram tokenizer finds nothing that is shorter than three characters.)
"""

from __future__ import annotations

import re
import unicodedata
from operator import add

# Hangul, Han, kana; Thai, Lao, Burmese, Khmer (Unicode 15, chapters 16 and 18)
PAIRED = (
    "\u1100-\u11ff\ua960-\ua97f\uac00-\ud7ff\u3005-\u3007\u3041-\u3096\u3099-\u309f\u30a1-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u0e01-\u0e4e\u0e80-\u0ece\u1000-\u109f\u1780-\u17d3"
)
_RUN = re.compile(f"[{PAIRED}]+")
_PART = re.compile(f"[{PAIRED}]+|[^ {PAIRED}]+")
_ACCENTS = frozenset(map(chr, range(0x300, 0x370)))  # combining marks that Latin, Greek and Cyrillic letters bear
_MOST_KNOWN = 20_000  # characters whose kind is remembered


class _Plain(dict[int, str]):
    """For ``str.translate``: each letter, digit or mark without case and accent; no invisible signs; else a space."""

    def __missing__(self, code: int) -> str:
        if len(self) > _MOST_KNOWN:
            self.clear()
        apart = unicodedata.normalize("NFKD", chr(code)).casefold()
        found = unicodedata.normalize("NFC", "".join(_kept(sign) for sign in apart))
        self[code] = found
        return found


def _kept(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == "Cf" or sign in _ACCENTS:
        return ""
    return sign if category[0] in "LMN" or category == "Co" else " "


class _Single(dict[int, str]):
    """For ``str.translate``: the same, a character for a character, so that places in the text stay what they are."""

    def __missing__(self, code: int) -> str:
        if len(self) > _MOST_KNOWN:
            self.clear()
        found = _PLAIN[code]
        self[code] = found if len(found) == 1 else chr(code)
        return self[code]


_PLAIN = _Plain()
_SINGLE = _Single()
_ASCII = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalnum()})


def normal(text: str) -> str:
    """A text without what makes no difference: compatibility forms (NFKC), case, accents, invisible signs. Signs are spaces."""
    if text.isascii():
        return text.translate(_ASCII).lower()
    return unicodedata.normalize("NFKC", text).translate(_PLAIN)


def aligned(text: str) -> str:
    """Nearly :func:`normal`, and as long as the text: what stands at a place in it stands there in the text."""
    return text.translate(_ASCII).lower() if text.isascii() else text.translate(_SINGLE)


def indexed(text: str) -> str:
    """The words of a text with spaces between, for the index."""
    found = normal(text)
    return found if found.isascii() else _RUN.sub(_in_pairs, found)


def _in_pairs(found: re.Match[str]) -> str:
    run = found[0]
    return f" {' '.join(map(add, run, run[1:]))} {run[-1]} "


def pairs(run: str) -> list[str]:
    """Each character of a run with the next one."""
    return list(map(add, run, run[1:]))


def parts(found: str) -> list[str]:
    """The words, and the runs of scripts that are kept in pairs, of a text that is :func:`normal`."""
    return _PART.findall(found)


def is_paired(part: str) -> bool:
    """Whether a part is a run that is kept in pairs."""
    return _RUN.match(part) is not None
