"""The two digests of an article: the fingerprint tells versions of a page apart, the text digest keeps a text once.

Both are SHA-256 (FIPS 180-4) over canonical text: white space folded, Unicode NFC (UAX #15), one part a line, UTF-8. A
recipe number stands in front, so that a digest says how it was made; a new recipe gets a new number and never shows up
as an edit. Neither digest holds masthead, cards, addresses or markup. Parts are single lines, so the joining is unambiguous.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from datetime import date

from monitor.article import Article, fold

RECIPE = 1


def fingerprint(article: Article) -> bytes:
    """Recipe byte + SHA-256 of publication, title, published date and paragraphs (33 bytes)."""
    return fingerprint_of(article.publication, article.title, article.published, article.paragraphs)


def fingerprint_of(publication: str, title: str, published: date | None, paragraphs: Iterable[str]) -> bytes:
    """:func:`fingerprint` of the parts, for a reader that has no article yet."""
    day = published.isoformat() if published else ""
    return _digest((publication, title, day, *paragraphs))


def text_digest(article: Article) -> bytes:
    """Recipe byte + SHA-256 of title and paragraphs (33 bytes): equal wherever the same text stands."""
    return _digest((article.title, *article.paragraphs))


def printed(digest: bytes) -> str:
    """A digest as people see it: ``1:`` and 64 hexadecimal digits."""
    return f"{digest[0]}:{digest[1:].hex()}"


def _digest(parts: Iterable[str]) -> bytes:
    canonical = "\n".join(unicodedata.normalize("NFC", fold(part)) for part in parts)
    return bytes([RECIPE]) + hashlib.sha256(canonical.encode("utf-8", "replace")).digest()
