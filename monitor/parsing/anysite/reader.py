"""Readings of pages of sites that nobody described, by the reader's protocol (``monitor/protocols/parts.py``).

The whole page is read at every visit; there is no quicker way and no other, so a full reading is the same.
"""

from __future__ import annotations

import hashlib

from monitor.article import Article
from monitor.errors import ParseError
from monitor.fingerprint import fingerprint
from monitor.model import Capture, Reading
from monitor.parsing.anysite.extractor import versions
from monitor.parsing.anysite.reading import AnyArticle, read_any
from monitor.parsing.anysite.sites import host
from monitor.parsing.anysite.sorts import Sort
from monitor.parsing.limits import TooDeep
from monitor.parsing.pictures import digest
from monitor.settings import Source

GENERATION = 2  # raise it when this package reads any page otherwise than before
_TRIED = ("json-ld", "meta tags", "headings", "trafilatura", "the density of the text")


def read(page: bytes, capture: Capture, source: Source, known: bytes | None) -> Reading:
    """The article in ``page`` (UTF-8), or a reading without one when its parts digest equals ``known``. Raises ParseError."""
    found, article = _article(page, capture, source)
    reader = _reader(source)
    parts = hashlib.sha256(reader + fingerprint(article) + digest(article.images)).digest()[:16]
    return Reading(found.how, parts, article=None if parts == known else article, reader=reader, sure=found.sure)


def read_whole(page: bytes, capture: Capture, source: Source, known: bytes | None) -> Reading:
    """The same; without an article when its fingerprint equals ``known``. Raises ParseError."""
    found, article = _article(page, capture, source)
    said = fingerprint(article)
    return Reading(found.how, said, article=None if said == known else article, reader=_reader(source), sure=found.sure)


def _article(page: bytes, capture: Capture, source: Source) -> tuple[AnyArticle, Article]:
    try:
        found = read_any(page, capture.answered, capture.at)
    except TooDeep as wrong:
        raise _no(source, capture, "article", str(wrong)) from wrong
    if not found.sorted.sort.is_readable:
        why = f"it is a {found.sorted.sort.value}: {found.sorted.evidence}"
        raise _no(source, capture, "article", why, is_walled=found.sorted.sort is Sort.STUB)
    if not found.title:
        raise _no(source, capture, "title", "no heading and no tag names one")
    if not found.paragraphs:
        raise _no(source, capture, "paragraphs", "no text on it reads as an article's")
    publication = found.publication or source.publication or found.site or host(capture.answered) or source.name
    return found, Article(publication, found.title, found.published, found.paragraphs, images=found.images)


def _no(source: Source, capture: Capture, field: str, why: str, *, is_walled: bool = False) -> ParseError:
    return ParseError(source=source.name, url=capture.url, field=field, tried=_TRIED, why=why, is_walled=is_walled)


def _reader(source: Source) -> bytes:
    """What tells one reader from another: the package's generation, the libraries' versions, the source's publication."""
    return hashlib.sha256(f"any site {GENERATION} {versions()}\n{source.publication or ''}".encode()).digest()[:8]
