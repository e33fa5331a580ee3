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
from monitor.model import Capture, Page, PageStatus, Request
from monitor.parsing.address import key
from monitor.protocols import Fetcher, Reader, Store
from monitor.settings import Source

_WITNESSES = 3
_LOOKED_AT = 12  # pages whose known text is looked up to find the witnesses


@dataclass(frozen=True, slots=True)
class _Read:
    """What another address reads as: its text digest, and the titles of the page."""

    text: bytes
    titles: tuple[str, ...]


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
        page is asked for once a round, the others at every text that is quite another. ``whole``: read pages in full.
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
        if why is not None:
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
        same = None
        for witness in self._witnesses(page, {text, before}):
            read = self._ask(witness.url, whole, witness.key)
            if read is not None and read.text != text:
                return None
            same = same or (read and witness.url)
        return f"another page: one text stands for others, at {page.url} and at {same}" if same else None

    def _witnesses(self, page: Page, texts: set[bytes]) -> Iterator[Page]:
        """Up to three pages of the host that were well when last visited and whose known text is none of ``texts``.

        The text known of ``page`` is one of these: it is no witness of its own.
        """
        host = _host(page.url)
        well = [each for each in self.store.pages(self.source.name) if _is_well(each) and _host(each.url) == host]
        found = (each.id for each in islice(_spread(well), _LOOKED_AT) if self._bears_none(each.id, texts))
        for number in islice(found, _WITNESSES):
            witness = self.store.page_by_id(number)
            if witness is not None:
                yield witness

    def _bears_none(self, page: int, texts: set[bytes]) -> bool:
        version = self.store.version(page)
        return version is not None and version.text_digest not in texts

    def _ask(self, url: str, whole: bool, own: str | None = None) -> _Read | None:
        """What an address reads as; None where it could not be read, or was sent to another page than ``own``."""
        try:
            capture = self.fetcher.fetch(Request(url), self.source)
            if quality.from_status(capture, is_conditional=False) is not None:
                return None
            if own is not None and capture.hops and key(capture.answered, self.source.identity) != own:
                return None
            article = (self.reader.read_whole if whole else self.reader.read)(capture, self.source).article
        except Resting:  # nothing was asked, so nothing is known: the page stays due
            raise
        except (FetchError, ParseError):
            return None
        return _Read(text_digest(article), self.reader.facts(capture).titles) if article else None


def _is_well(page: PageStatus) -> bool:
    return page.state == "active" and not page.gone and page.seen is not None and page.seen.is_well


def _spread(pages: list[PageStatus]) -> Iterator[PageStatus]:
    """The last page, the first, and so on inwards: what is old and what is new is seldom altered together."""
    last = len(pages) - 1
    return (pages[last - place // 2 if place % 2 == 0 else place // 2] for place in range(len(pages)))


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()
