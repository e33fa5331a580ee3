"""Other addresses of a site, asked when a page reads as quite another text: is it one text for every address?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urlsplit

from monitor.article import Article
from monitor.errors import FetchError, ParseError, Resting
from monitor.fingerprint import text_digest
from monitor.judging import likeness, quality
from monitor.model import Capture, Page, PageStatus, Request, Seen
from monitor.parsing.address import keys
from monitor.protocols import Fetcher, Reader, Store
from monitor.settings import Source

_WITNESSES = 3
_LOOKED_AT = 12  # pages whose known text is looked up to find the witnesses
_LOST = 5  # visits in vain after which nobody waits for a witness any more: that is sixteen intervals
_UNTOLD = "quite another text, and no other page could be read to compare: it cannot be told yet whether it is this page's"


@dataclass(frozen=True, slots=True)
class _Read:
    """What another address reads as: its text digest, and the titles of the page."""

    text: bytes
    titles: tuple[str, ...]


_GONE = _Read(b"", ())  # an address that answers 404 or 410: no proof, and nothing to wait for


@dataclass(slots=True)
class Others:
    """Asks other addresses of one source in one round."""

    source: Source
    fetcher: Fetcher
    reader: Reader
    store: Store
    _fronts: dict[str, _Read | None] = field(default_factory=dict)
    _everywhere: dict[bytes, str] = field(default_factory=dict)

    def doubt(self, page: Page, capture: Capture, article: Article, before: Article | None, *, whole: bool) -> str | None:
        """Why ``article``, read at ``page`` where ``before`` was known, is another page's; None where nothing says so.

        It is the front page's text, with the front page's title (a front page that shows its newest article whole has
        another one than the article's own page); or other pages, which bore neither text, read as exactly this one, and
        none that could be read as another. Two copies edited alike, and texts that changed places, are edits. The front
        page is asked for once a round, the others at every text that is quite another. Where there are others, but none can be
        read, it is not told: not before one can, or all are gone or failed for long. ``whole``: read pages in full.
        Raises Resting (it cannot be told now), Stopped and StoreError.
        """
        text = text_digest(article)
        if before is not None and text_digest(before) == text:
            return None
        if text in self._everywhere:
            return self._everywhere[text]
        if before is None or not likeness.is_another(before, article):
            return None
        why = self._is_front(page, capture, text, whole) or self._is_everywhere(page, text, text_digest(before), whole)
        if why is not None and why != _UNTOLD:
            self._everywhere[text] = why
        return why

    def _is_front(self, page: Page, capture: Capture, text: bytes, whole: bool) -> str | None:
        if quality.is_front(page.url):
            return None
        parts = urlsplit(page.url)
        url = f"{parts.scheme}://{parts.netloc}/"
        if url not in self._fronts:
            self._fronts[url] = self._ask(url, whole)
        front = self._fronts[url]
        if front is None or front.text != text or front.titles != self.reader.facts(capture).titles:
            return None
        return f"another page: it is the site's front page, {url}"

    def _is_everywhere(self, page: Page, text: bytes, before: bytes, whole: bool) -> str | None:
        same, is_waited_for = None, False
        for witness in self._witnesses(page, {text, before}):
            read = self._ask(witness.url, whole, witness.key)
            if read is _GONE:
                continue
            if read is not None and read.text != text:
                return None
            same = same or (read and witness.url)
            is_waited_for = is_waited_for or witness.failures < _LOST
        if same is not None:
            return f"another page: one text stands for others, at {page.url} and at {same}"
        return _UNTOLD if is_waited_for else None

    def _witnesses(self, page: Page, texts: set[bytes]) -> Iterator[Page]:
        """Up to three pages of the host whose known text is none of ``texts``, first those that failed the least.

        What their last visits saw does not matter: while one text stands for all, none is well. The page is no witness of
        its own.
        """
        host, pages = _host(page.url), self.store.pages(self.source.name)
        known = [each for each in pages if _is_known(each) and _host(each.url) == host and each.id != page.id]
        likely = sorted(_spread(known), key=lambda each: each.failures)
        found = (each.id for each in likely[:_LOOKED_AT] if self._bears_none(each.id, texts))
        for number in islice(found, _WITNESSES):
            witness = self.store.page_by_id(number)
            if witness is not None:
                yield witness

    def _bears_none(self, page: int, texts: set[bytes]) -> bool:
        version = self.store.version(page)
        return version is not None and version.text_digest not in texts

    def _ask(self, url: str, whole: bool, own: str | None = None) -> _Read | None:
        """What an address reads as, or _GONE; None where it could not be read, or was sent to another page than ``own``."""
        try:
            capture = self.fetcher.fetch(Request(url), self.source)
            odd = quality.from_status(capture, is_conditional=False)
            if odd is not None:
                return _GONE if odd[0] is Seen.GONE else None
            if own is not None and capture.hops and own not in keys(capture.answered, self.source.identity):
                return None
            article = (self.reader.read_whole if whole else self.reader.read)(capture, self.source).article
        except Resting:  # nothing was asked, so nothing is known: the page stays due
            raise
        except (FetchError, ParseError):
            return None
        return _Read(text_digest(article), self.reader.facts(capture).titles) if article else None


def _is_known(page: PageStatus) -> bool:
    return page.state == "active" and not page.gone and page.versions > 0


def _spread(pages: list[PageStatus]) -> Iterator[PageStatus]:
    """The last page, the first, and so on inwards: what is old and what is new is seldom altered together."""
    last = len(pages) - 1
    return (pages[last - place // 2 if place % 2 == 0 else place // 2] for place in range(len(pages)))


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()
