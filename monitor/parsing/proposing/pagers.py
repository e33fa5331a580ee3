"""How a listing goes on: the selector of its link to the next page, or the address of its pages with their number in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from monitor.parsing.address import absolute
from monitor.parsing.trees import MatchedTree
from monitor.settings import Series
from monitor.settings.finding import PAGE

_NEXT = (
    'a[rel~="next"]', 'link[rel~="next"]', "a.next", ".next > a", "a.next-page", "a.nextpostslink", "a.older-posts",
    "a.pagination-next", "a.pagination__next", ".nav-previous > a",
)  # fmt: skip
_NUMBERED = (
    re.compile(r"([?&](?:page|paged|pg|pageno|page_no|pagenum|seite|pagina)=)(\d{1,5})(?=&|$)", re.IGNORECASE),
    re.compile(r"(/(?:page|seite|pagina)[/-]?)(\d{1,5})(?=[/.?]|$)", re.IGNORECASE),
)
_FEWEST = 2  # pages of a series that a listing links to


def following(tree: MatchedTree, base: str) -> tuple[tuple[str, str], ...]:
    """The selectors of a page's link to its next page, each with the address, the surest first."""
    return tuple(dict.fromkeys(_following(tree, base)))


def _following(tree: MatchedTree, base: str) -> Iterator[tuple[str, str]]:
    for css in _NEXT:
        nodes = tree.select(css)
        address = absolute(tree.attribute(nodes[0], "href"), base) if nodes else None
        if address is not None and address != base:
            yield css, address


def series(links: Iterable[str], url: str) -> tuple[Series | None, int]:
    """The numbered pages that a listing at ``url`` links to, from the first on, and how many there are; none where it has none.

    Of a path the pages are those below the listing's own; of a query those of the same path, or of one place that a front page
    leads to.
    """
    found: dict[str, set[int]] = {}
    for link in links:
        for pattern in _NUMBERED:
            match = pattern.search(link)
            if match is not None:
                found.setdefault(link[: match.start(2)] + PAGE + link[match.end(2) :], set()).add(int(match[2]))
    fitting = {address: numbers for address, numbers in found.items() if _is_of(address, url) and len(numbers) >= _FEWEST}
    if not fitting:
        return None, 0
    address, numbers = max(fitting.items(), key=lambda each: len(each[1]))
    first = min(min(numbers), 1)
    return Series(address, first, max(numbers)), max(numbers) - first + 1


def _is_of(address: str, url: str) -> bool:
    ours, theirs = urlsplit(address), urlsplit(url)
    if ours.netloc != theirs.netloc or address.count(PAGE) != 1:
        return False
    if PAGE in ours.query:
        return ours.path == theirs.path or theirs.path in ("", "/")
    before = re.split(r"/(?:page|seite|pagina)[/-]?\{page\}", ours.path, maxsplit=1, flags=re.IGNORECASE)[0]
    own = re.sub(r"/(?:page|seite|pagina)[/-]?\d+/?$", "", theirs.path, flags=re.IGNORECASE)
    return before.rstrip("/") == own.rstrip("/")
