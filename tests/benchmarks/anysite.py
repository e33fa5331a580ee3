"""The reader of any site on the pages of ``tests/anysite/``, beside trafilatura alone and our own reading alone.

``python -m tests.benchmarks.anysite``: the mean token F1 of the body, once over bags of words and once over bags of four words in
a row (as the article-extraction-benchmark of Scrapinghub counts), how many titles and days are exactly right, how many days
are invented, which sorts are told; then the milliseconds of CPU for the largest page. Each sign of a script without spaces is
a word. With names, only these pages, and what is too much and missing on each.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from time import process_time

from monitor.parsing.anysite import AnyArticle, Sort, density, extractor, read_any
from monitor.parsing.anysite.page import tree_of
from monitor.parsing.anysite.roles import assign
from monitor.parsing.anysite.walking import outline
from monitor.parsing.charset import utf8
from tests.anysite_pages import AnySitePage, pages

RUNS = 7  # the best of so many counts: the others were disturbed
SORTS = {
    Sort.VIDEO: "video", Sort.THREAD: "forum", Sort.FRONT: "listing", Sort.SEARCH: "listing", Sort.PRODUCT: "article",
}  # fmt: skip
_WORD = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7ff\u0e00-\u0e7f]|[^\W]+")


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the pages: F1 by bags of words and of four in a row, exact titles and days, days that were invented."""

    words: float
    fours: float
    titles: float
    days: float
    invented: int


def tokens(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def f1(ours: Sequence[str], truth: Sequence[str], length: int = 1) -> float:
    """The token F1 of two texts, over bags of ``length`` tokens in a row."""
    one, other = (_bag(tokens("\n".join(text)), length) for text in (ours, truth))
    whole = sum(one.values()) + sum(other.values())
    return 2 * sum((one & other).values()) / whole if whole else 1.0


def _bag(words: list[str], length: int) -> Counter[tuple[str, ...]]:
    length = min(length, max(1, len(words)))
    return Counter(tuple(words[at : at + length]) for at in range(len(words) - length + 1))


def utf8_of(page: AnySitePage) -> bytes:
    return utf8(page.html, page.content_type)


@cache
def combined(page: AnySitePage) -> AnyArticle:
    return read_any(utf8_of(page), page.address)


def alone(page: AnySitePage) -> tuple[str, ...]:
    """What trafilatura takes for the body, with its own comparison of extractors."""
    return extractor.paragraphs(tree_of(utf8_of(page)), thorough=True)


def by_density(page: AnySitePage) -> tuple[str, ...]:
    """What our own reading takes for the body, knowing neither the headline nor anything that the page says of itself."""
    found = outline(tree_of(utf8_of(page)))
    assign(found, None)
    return tuple(found.blocks[number].text for number in sorted(density.own_reading(found, None, "", frozenset()).taken))


def tally(some: Iterable[AnySitePage]) -> Tally:
    """How the reader does on the pages whose body counts."""
    measured = [(page, combined(page)) for page in some if page.body_counts]
    count = len(measured) or 1
    wrong = [(page, found) for page, found in measured if found.published != page.published]
    return Tally(
        sum(f1(found.paragraphs, page.paragraphs) for page, found in measured) / count,
        sum(f1(found.paragraphs, page.paragraphs, 4) for page, found in measured) / count,
        sum(found.title == page.title for page, found in measured) / count,
        1 - len(wrong) / count,
        sum(found.published is not None for _, found in wrong),
    )


def mean(read: Callable[[AnySitePage], Sequence[str]], some: Sequence[AnySitePage], length: int) -> float:
    return sum(f1(read(page), page.paragraphs, length) for page in some) / (len(some) or 1)


def milliseconds(page: AnySitePage) -> float:
    text = utf8_of(page)
    best = float("inf")
    for _ in range(RUNS):
        began = process_time()
        read_any(text, page.address)
        best = min(best, process_time() - began)
    return best * 1000


def _details(page: AnySitePage, found: AnyArticle) -> None:
    print(f"{page.name}: F1 {f1(found.paragraphs, page.paragraphs):.3f}, sure {found.sure}, {found.how}")
    for name, ours, truth in (("title", found.title, page.title), ("day", found.published, page.published)):
        if ours != truth:
            print(f"  {name}: {ours!r}, not {truth!r} ({found.day_source if name == 'day' else ''})")
    for sign, some, others in (("+", found.paragraphs, page.paragraphs), ("-", page.paragraphs, found.paragraphs)):
        for paragraph in some:
            if paragraph not in others:
                print(f"  {sign} {paragraph[:110]}")


def main(names: Sequence[str]) -> None:
    some = [page for page in pages() if not names or page.name in names]
    if names:
        for page in some:
            _details(page, combined(page))
        return
    counted = [page for page in some if page.body_counts]
    found = tally(some)
    print(f"{len(counted)} pages              F1 of words   of four words in a row")
    print(f"combined              {found.words:.3f}         {found.fours:.3f}")
    print(f"trafilatura alone     {mean(alone, counted, 1):.3f}         {mean(alone, counted, 4):.3f}")
    print(f"our own alone         {mean(by_density, counted, 1):.3f}         {mean(by_density, counted, 4):.3f}")
    print(f"titles {found.titles:.1%}, days {found.days:.1%}, invented {found.invented}")
    for page in some:
        sort = combined(page).sorted.sort
        if SORTS.get(sort, sort.value) != page.sort:
            print(f"  {page.name}: told as {sort.value}, is {page.sort}")
    large = max(some, key=lambda each: len(each.html))
    print(f"{large.name} ({len(large.html) // 1000} kB): {milliseconds(large):.0f} ms")


if __name__ == "__main__":
    main(sys.argv[1:])
