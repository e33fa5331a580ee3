"""How listings go on: by a link that says so, or by numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.parsing.proposing.pagers import following, series
from monitor.parsing.trees import MatchedTree

SITE = "https://a.example"


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ('<a rel="nofollow next" href="/l?page=2">more</a>', ('a[rel~="next"]', f"{SITE}/l?page=2")),
        ('<ul><li class="next"><a href="/l/2">more</a></ul>', (".next > a", f"{SITE}/l/2")),
        ('<a rel="next" href="/l">here</a>', None),
        ('<a href="/l/2">more</a>', None),
    ],
)
def test_a_link_to_the_next_page_says_so(page: str, found: tuple[str, str] | None) -> None:
    assert next(iter(following(MatchedTree(page.encode()), f"{SITE}/l")), None) == found


@pytest.mark.parametrize(
    ("url", "links", "address", "numbers"),
    [
        ("/list.php?page=1", ["/list.php?page=1", "/list.php?page=2", "/list.php?page=3"], "/list.php?page={page}", (1, 3)),
        ("/", ["/list.php?b=x&page=2", "/list.php?b=x&page=9"], "/list.php?b=x&page={page}", (1, 9)),
        ("/news/", ["/news/page/2/", "/news/page/3/", "/sport/page/2/", "/sport/page/3/"], "/news/page/{page}/", (1, 3)),
        ("/news/page/2/", ["/news/page/1/", "/news/page/3/"], "/news/page/{page}/", (1, 3)),
    ],
)
def test_numbered_pages_are_a_series(url: str, links: list[str], address: str, numbers: tuple[int, int]) -> None:
    found, count = series([SITE + each for each in links], SITE + url)
    assert found is not None
    assert (found.address, found.first, found.last, count) == (SITE + address, *numbers, numbers[1])


@pytest.mark.parametrize("link", ["/list.php?page=2", "https://b.example/?page=2", "/a/page/two", "/x?homepage=2"])
def test_one_number_or_another_site_is_none(link: str) -> None:
    assert series([link if "://" in link else SITE + link], f"{SITE}/") == (None, 0)


@given(st.lists(st.text(max_size=40), max_size=5), st.text(max_size=20))
def test_no_address_breaks_it(links: list[str], url: str) -> None:
    series([f"{SITE}/{each}" for each in links], f"{SITE}/{url}")
