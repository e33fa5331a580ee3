"""Which texts in a pile of captures stand for several addresses, and so are no article's: "we are busy", a front page. Pure."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nsmallest

from monitor.article import Article
from monitor.fingerprint import text_digest
from monitor.judging import likeness

NEAR = timedelta(days=1)
_LOOKED_AT = 16  # captures after each one that it is compared with
_KEPT = 24  # hashes of a text's words: the smallest, which say about how many words two texts share (Broder 1997)


@dataclass(frozen=True, slots=True)
class Gist:
    """A text by its digest, and as much of its words as tells whether another text is much like it."""

    digest: bytes
    words: frozenset[int]

    def is_like(self, other: Gist) -> bool:
        """Whether about half of the words of the one that is told of by fewer are in the other."""
        least = min(len(self.words), len(other.words))
        smallest = nsmallest(least, self.words | other.words)
        return 2 * sum(each in self.words and each in other.words for each in smallest) >= least


def gist(article: Article) -> Gist:
    """That of an article's title and paragraphs."""
    words = {zlib.crc32(word.encode("utf-8", "replace")) for word in likeness.words(article)}
    return Gist(text_digest(article), frozenset(nsmallest(_KEPT, words)))


@dataclass(frozen=True, slots=True)
class TextSeen:
    """A text as a capture shows it, the key of the page, the instant."""

    text: Gist
    page: str
    at: datetime


def shared(seen: Collection[TextSeen], known: Callable[[str], Set[Gist]]) -> frozenset[bytes]:
    """The digests of texts that two pages show within a day of each other though each bore quite another one, not the same.

    ``known`` gives further texts of a page by its key; it is asked only of pages that have a text in common with another.
    Copies of one text, edited alike or not, are much like what else their pages bore, and are none; nor is a text that is all
    that is known of a page.
    """
    texts: dict[str, set[Gist]] = defaultdict(set)
    places: dict[bytes, list[TextSeen]] = defaultdict(list)
    for each in seen:
        texts[each.page].add(each.text)
        places[each.text.digest].append(each)
    common = [found for found in places.values() if len({each.page for each in found}) > 1]
    for page in {each.page for found in common for each in found}:
        texts[page] |= known(page)
    return frozenset(found[0].text.digest for found in common if _is_shared(found, texts))


def _is_shared(found: list[TextSeen], texts: Mapping[str, Set[Gist]]) -> bool:
    """Whether one text, as it was found, stands for several addresses."""
    text = found[0].text
    others = {page: {other for other in texts[page] if not other.is_like(text)} for page in {each.page for each in found}}
    telling = sorted((each for each in found if others[each.page]), key=lambda each: (each.at, each.page))
    for place, one in enumerate(telling):
        for other in telling[place + 1 : place + 1 + _LOOKED_AT]:
            if other.at - one.at > NEAR:
                break
            if other.page != one.page and not others[one.page] & others[other.page]:
                return True
    return False
