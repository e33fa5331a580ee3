"""trafilatura as one of the readers: which paragraphs it takes for the article. It is handed our tree and never fetches.

It imports at first use (it takes a third of a second), says nothing in the log, and is asked without what it keeps between pages
(deduplication) and without what it guesses (metadata, dates).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from lxml import etree

from monitor.parsing.anysite.blocks import Outline, folded

_SILENT = 100  # a level above all of those that are logged
_DEEPEST = 180  # its functions call themselves for each level
_MOST_ELEMENTS = 12_000
_MOST_LETTERS = 1_000_000
_LONGEST_NAME = 2_000
_LISTED = frozenset({"list", "table", "quote", "code"})


@lru_cache(maxsize=1)
def versions() -> str:
    """The versions of the libraries by which a page is read: with another one it may read otherwise."""
    return f"trafilatura {_library().__version__}, lxml {etree.LXML_VERSION}, libxml2 {etree.LIBXML_VERSION}"


def is_fit(page: Outline, elements: int) -> bool:
    """Whether a page is handed over: one that is too rich, too deep, or has names without end takes too long."""
    letters = sum(len(block.text) for block in page.blocks)
    fits = elements <= _MOST_ELEMENTS and page.depth <= _DEEPEST
    return fits and letters <= _MOST_LETTERS and page.longest_name <= _LONGEST_NAME


def paragraphs(root: Any, *, thorough: bool) -> tuple[str, ...]:
    """The paragraphs that trafilatura takes for the article, each as one line. Nothing where it fails, whatever the reason.

    ``thorough``: with its comparison of several extractors, which takes twice as long.
    """
    trafilatura = _library()
    options = trafilatura.settings.Extractor(output_format="python", fast=not thorough, comments=False, dedup=False)
    try:
        found = trafilatura.core.bare_extraction(root, options=options)
    except Exception:  # noqa: BLE001  the border: a library over hostile pages
        return ()
    if found is None:
        return ()
    return tuple(text for element in found.body.iterchildren() for text in _lines(element))


def _lines(element: Any) -> list[str]:
    """The lines of one element of its result; of lists and tables those of each item."""
    if element.tag in _LISTED:
        return [text for each in element.iter() for text in (folded(each.text), folded(each.tail)) if text]
    pieces: list[str] = [""]
    for each in element.iter():
        if each.tag == "lb":
            pieces.append("")
        pieces[-1] += each.text or ""
        if each is not element:
            pieces[-1] += each.tail or ""
    return [text for piece in pieces if (text := folded(piece))]


@lru_cache(maxsize=1)
def _library() -> Any:
    import trafilatura.core
    import trafilatura.settings

    trafilatura.core.LOGGER.manager.getLogger("trafilatura").setLevel(_SILENT)
    return trafilatura
