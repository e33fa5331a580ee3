"""A first look through files that are to be imported, for what one capture alone does not tell.

That is which texts stand for several addresses, what the front pages say, and which captures end without an end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from monitor.article import Article
from monitor.errors import ParseError
from monitor.judging import quality
from monitor.judging.sharing import Gist, TextSeen, gist, shared
from monitor.model import Capture
from monitor.parsing.address import key
from monitor.protocols import Reader, Store
from monitor.settings import Source

Front = tuple[bytes, tuple[str, ...]]
_ENDS = (b"</html", b"</body")


@dataclass(slots=True)
class Survey:
    """What was found. Feed it with :meth:`look`, then :meth:`conclude`, then ask."""

    reader: Reader
    store: Store
    _seen: dict[str, list[TextSeen]] = field(default_factory=lambda: defaultdict(list))
    _fronts: dict[str, set[Front]] = field(default_factory=lambda: defaultdict(set))
    _shared: dict[str, frozenset[bytes]] = field(default_factory=dict)
    _with_end: set[str] = field(default_factory=set)

    def look(self, capture: Capture, source: Source) -> bool:
        """Take in a capture of a page of ``source``. Whether its source says that it ends."""
        text, page = self._text(capture, source), key(capture.url, source.identity)
        if text is not None:
            self._seen[source.name].append(TextSeen(text, page, capture.at))
        if is_without_end(capture, self.reader):
            return False
        if text is not None:
            self._with_end.add(page)
        return True

    def is_cut(self, page: str, article: Article, known: Article) -> bool:
        """Whether an article whose source has no end is ``known`` up to some place, where other captures of the page have ends.

        A page that breaks off in the middle of a sentence needs no such witness.
        """
        is_shorter = page in self._with_end and quality.is_cut(article, known)
        return is_shorter or quality.breaks_off(article, known)

    def look_at_front(self, capture: Capture, sources: Sequence[Source]) -> None:
        """Take in a capture of a front page or a listing."""
        for source in sources:
            text = self._text(capture, source) if is_front(capture.url, source) else None
            if text is not None:
                self._fronts[source.name].add((text.digest, self.reader.facts(capture).titles))

    def conclude(self) -> None:
        """Judge all that was taken in, and forget it."""
        for name, seen in self._seen.items():
            self._shared[name] = shared(seen, self._known)
        self._seen.clear()

    def doubt(self, capture: Capture, source: Source, text: bytes) -> str:
        """Why a text is not the page's own; empty where nothing says so."""
        if text in self._shared.get(source.name, ()):
            return "one text for several addresses"
        fronts = self._fronts.get(source.name, set())
        is_like = any(text == front for front, _ in fronts) and not quality.is_front(capture.url)
        return "the front page's text" if is_like and (text, self.reader.facts(capture).titles) in fronts else ""

    def _known(self, page: str) -> frozenset[Gist]:
        """The texts that the store knows of a page, by its key."""
        found = self.store.page(page)
        return frozenset(gist(each.article) for each in self.store.versions(found.id)) if found else frozenset()

    def _text(self, capture: Capture, source: Source) -> Gist | None:
        if quality.from_status(capture, is_conditional=False) is not None:
            return None
        try:
            article = self.reader.read(capture, source).article
        except ParseError:
            return None
        return gist(article) if article else None


def is_front(url: str, source: Source) -> bool:
    """Whether an address is a listing of a source, or the front page of a host that one of its listings or pages is on."""
    own = [*source.find.listings, *source.find.pages]
    if url in own:
        return url not in source.find.pages
    hosts = {_host(each) for each in own}
    return quality.is_front(url) and (not hosts or _host(url) in hosts)


def is_without_end(capture: Capture, reader: Reader) -> bool:
    """Whether a page's source does not say that it ends."""
    body = capture.body.lower()
    return not any(end in body for end in _ENDS) and not quality.has_end(reader.facts(capture))


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
