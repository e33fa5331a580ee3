"""The truths about the pages of any site are sane: they say only what their page holds, and all sorts are there."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import date
from functools import cache
from html import unescape

import pytest

from tests.anysite_pages import FOLDER, SORTS, AnySitePage, page, pages

NAMES = sorted(file.stem for file in FOLDER.glob("*.html"))
LANGUAGES = {"ar", "de", "el", "en", "es", "fr", "he", "hi", "ja", "ko", "pt", "ru", "th", "tr", "vi", "zh"}
CHARSETS = {"utf-8", "cp949", "euc-kr", "shift_jis", "gb18030", "windows-1251", "iso-8859-1"}
MOST_BYTES = 3 * 2**20


@cache
def _page(name: str) -> AnySitePage:
    return page(name)


def _flat(text: str) -> str:
    """A text without white space, in one Unicode form: what is left of it however its tags broke the lines."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text).replace("\u00ad", ""))


def _shown(page: AnySitePage) -> str:
    """All text of the page, comments, scripts, and the readings over ruby taken out; attributes are not text."""
    html = page.html.decode(page.encoding)
    html = re.sub(r"<!--.*?-->|<(script|style|rt|rp)\b.*?</\1\s*>", " ", html, flags=re.DOTALL | re.IGNORECASE)
    return _flat(unescape(re.sub(r"<[^>]*>", " ", html)))


def _said(page: AnySitePage) -> str:
    """Everything the page's bytes hold, scripts and attributes too."""
    html = re.sub(r"\\u([0-9a-f]{4})", lambda escape: chr(int(escape[1], 16)), page.html.decode(page.encoding))
    return _flat(unescape(html))


def test_there_are_sixty_pages_with_a_body_to_measure() -> None:
    assert len(NAMES) == len(set(NAMES))
    assert [page.name for page in pages()] == NAMES
    assert sum(_page(name).body_counts for name in NAMES) >= 60


def test_every_sort_language_and_charset_is_there() -> None:
    all_pages = [_page(name) for name in NAMES]
    assert {page.sort for page in all_pages} == set(SORTS)
    assert {page.language for page in all_pages} == LANGUAGES
    assert {page.encoding for page in all_pages} == CHARSETS


def test_no_two_pages_have_the_same_style_title_or_address() -> None:
    for field in ("style", "title", "address"):
        counted = Counter(getattr(_page(name), field) for name in NAMES)
        assert [value for value, times in counted.items() if times > 1] == []


def test_the_pages_are_as_large_as_real_ones_and_together_small() -> None:
    sizes = {name: len(_page(name).html) for name in NAMES}
    small = {name for name in NAMES if name.startswith("table-")}  # those of the nineties had no scripts
    assert {name: size for name, size in sizes.items() if not (2_000 if name in small else 14_000) <= size <= 120_000} == {}
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) <= MOST_BYTES


@pytest.mark.parametrize("name", NAMES)
def test_the_page_holds_every_paragraph_of_its_truth_in_order(name: str) -> None:
    page = _page(name)
    text = _said(page) if name == "metered-json-ld" else _shown(page)
    at = 0
    for paragraph in page.paragraphs:
        # The words of a table's row stand in cells, those of a preformatted text in lines: white space is nothing here.
        found = text.find(_flat(paragraph), at)
        assert found >= 0, f"{name}: not in the page, or not in this order: {paragraph}"
        at = found + len(_flat(paragraph))


@pytest.mark.parametrize("name", NAMES)
def test_the_page_holds_its_title_and_the_name_of_its_site(name: str) -> None:
    page = _page(name)
    assert _flat(page.title) in _said(page)
    assert _flat(page.publication) in _said(page)
    assert page.title == " ".join(page.title.split())


@pytest.mark.parametrize("name", NAMES)
def test_the_truth_is_text_and_no_markup(name: str) -> None:
    page = _page(name)
    for text in (page.title, *page.paragraphs):
        assert text.strip() == text != ""
        assert re.search(r"</?[a-z]+\b[^>]*>|&[a-z]+;", text) is None
    assert bool(page.paragraphs) == (page.sort != "listing")
    assert page.published is None or date(1990, 1, 1) <= page.published <= date(2026, 1, 1)


def test_pages_without_a_day_tempt_with_other_days() -> None:
    undated = [_page(name) for name in NAMES if _page(name).published is None]
    assert len(undated) >= 6
    tempting = [page.name for page in undated if re.search(r"\b(19|20)\d\d\b", page.html.decode(page.encoding))]
    assert len(tempting) == len(undated)
