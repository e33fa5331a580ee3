"""The figures: the reader of any site on pages in many styles that others wrote."""

from __future__ import annotations

import pytest

from tests.anysite_pages import AnySitePage, pages
from tests.benchmarks.anysite import SORTS, alone, combined, f1, mean, tally

PAGES = tuple(pages())


def test_bodies_titles_and_days_are_as_good_as_promised() -> None:
    found = tally(PAGES)
    assert found.words >= 0.96
    assert found.titles >= 0.95
    assert found.days >= 0.95
    assert found.invented == 0


def test_the_readers_together_are_better_than_the_library_alone() -> None:
    counted = [page for page in PAGES if page.body_counts]
    assert tally(counted).fours > mean(alone, counted, 4)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_sort_of_a_page_is_told(page: AnySitePage) -> None:
    sort = combined(page).sorted.sort
    assert SORTS.get(sort, sort.value) == page.sort


@pytest.mark.parametrize("page", [page for page in PAGES if page.body_counts], ids=lambda page: page.name)
def test_no_page_is_read_badly(page: AnySitePage) -> None:
    assert f1(combined(page).paragraphs, page.paragraphs) >= 0.85
