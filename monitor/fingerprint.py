"""The two digests of an article: the fingerprint tells versions of a page apart, the text digest keeps a text once.

Both are SHA-256 (FIPS 180-4) over canonical text: white space folded, Unicode NFC (UAX #15), one part a line, UTF-8. A
recipe number stands in front, so that a digest says how it was made; a new recipe gets a new number and never shows up
as an edit. Neither digest holds masthead, cards, addresses or markup. Parts are single lines, so the joining is unambiguous.
"""

from __future__ import annotations

import hashlib
import re
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


def hashed(article: Article) -> dict[str, str | list[str]]:
    """What the two digests are made of, part by part: with a line feed between two parts they are what is hashed."""
    day = article.published.isoformat() if article.published else ""
    paragraphs = [_canonical(part) for part in article.paragraphs]
    return {
        "publication": _canonical(article.publication),
        "title": _canonical(article.title),
        "published": day,
        "paragraphs": paragraphs,
    }


def text_digest(article: Article) -> bytes:
    """Recipe byte + SHA-256 of title and paragraphs (33 bytes): equal wherever the same text stands."""
    return _digest((article.title, *article.paragraphs))


def printed(digest: bytes) -> str:
    """A digest as people see it: ``1:`` and 64 hexadecimal digits."""
    return f"{digest[0]}:{digest[1:].hex()}"


def unprinted(text: str) -> bytes:
    """The digest of :func:`printed`. Raises ValueError, saying what is wrong."""
    recipe, colon, digits = text.strip().partition(":")
    if not colon or not re.fullmatch(r"[1-9][0-9]{0,2}", recipe) or int(recipe) > 255:
        raise ValueError("a digest begins with the number of its recipe, like 1:")
    if not re.fullmatch(r"[0-9A-Fa-f]{64}", digits):
        raise ValueError(f"a digest has 64 hexadecimal digits after the colon; here are {len(digits)} characters")
    return bytes([int(recipe), *bytes.fromhex(digits)])


def _digest(parts: Iterable[str]) -> bytes:
    canonical = "\n".join(map(_canonical, parts))
    return bytes([RECIPE]) + hashlib.sha256(canonical.encode("utf-8", "replace")).digest()


def _canonical(part: str) -> str:
    return unicodedata.normalize("NFC", fold(part))
