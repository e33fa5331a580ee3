"""Look around on a site that nobody described, politely: its front page, feeds, sitemap and sections, and some of its articles.

Whatever is asked for is noted, with what came of it, so that a person can be told where an article was looked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from urllib.parse import urlsplit

from monitor.errors import FetchError, InputError, ParseError
from monitor.judging import quality
from monitor.model import Capture, Link, Reading, Request
from monitor.parsing.proposing import addresses
from monitor.parsing.proposing.pages import Front, front_of
from monitor.protocols import Fetcher, Reader
from monitor.settings import Duration, Finding, Politeness, Source

GAP = timedelta(seconds=2)  # between two requests; robots.txt may want more
_MOST_FEEDS = 2
_MOST_SITEMAPS = 2
_MOST_SECTIONS = 3
_LONGEST_SECTION = 30  # characters of a section's name
_SURE = 0.8  # of a reading, for a page to be an article though its address does not look like one's
_FEWEST = 5  # links to articles that make a page a listing
_FEED_KINDS = ("feed", "sitemap", "index")
_NO_FEED = re.compile(r"comment|/wp-json/|oembed|/replies", re.IGNORECASE)
_GUESSED = ("/feed/", "/rss.xml", "/atom.xml", "/feed.xml")
_FRONT = re.compile(r"(?:(?:index|home|default|main)\.[a-z]{3,5})?")
_NEWS = re.compile(r"news|post|article|story|latest", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Site:
    """What was found: pages with what they say, feeds and sitemaps with their links. ``is_part``: a section of a site."""

    start: Capture
    pages: dict[str, Front]
    feeds: dict[str, tuple[Link, ...]]
    sitemaps: dict[str, tuple[Link, ...]]
    is_article: bool
    is_part: bool


@dataclass(slots=True)
class Scout:
    """Asks a site for pages, at the pace of a guest. ``step`` is told of every address before it is asked for."""

    fetcher: Fetcher
    reader: Reader
    reach: tuple[str, ...] = ()
    gap: timedelta = GAP
    step: Callable[[str], None] = lambda _: None
    tried: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    known: dict[str, Capture] = field(default_factory=dict)

    @property
    def _source(self) -> Source:
        """A source without layouts, to which every address is an article's."""
        polite = Politeness(gap=Duration(seconds=self.gap.total_seconds()))
        return Source("add", (), find=Finding(articles=("^https?://",)), polite=polite, reach=self.reach)

    def fetched(self, url: str) -> Capture:
        """What answered. Raises FetchError; InputError where that is no page."""
        if url in self.known:
            return self.known[url]
        self.step(url)
        try:
            capture = self.fetcher.fetch(Request(url), self._source)
        except FetchError as wrong:
            self.tried.append(f"{url}: {str(wrong).removeprefix(f'{url}: ')}")
            raise
        found = quality.from_status(capture, is_conditional=False)
        if found is not None:
            self.tried.append(f"{url}: {found[1]}")
            raise InputError(f"{url}: {found[1]}; nothing can be proposed from that")
        self.known[url] = capture
        return capture

    def look(self, url: str) -> Capture | None:
        """What answered; None, and a note, where nothing usable did."""
        try:
            return self.fetched(url)
        except (FetchError, InputError):
            return None

    def read(self, capture: Capture) -> tuple[Reading | None, str]:
        """The article on a page of a site that nobody described, or why there is none."""
        try:
            return self.reader.read(capture, self._source), ""
        except ParseError as wrong:
            return None, wrong.why

    def around(self, url: str) -> Site:
        """What there is around ``url``: an article, a listing, a front page or a feed. Raises FetchError, InputError."""
        start = self.fetched(url)
        home = _origin(start.answered) + "/"
        pages: dict[str, Front] = {}
        feeds: dict[str, tuple[Link, ...]] = {}
        is_feed = self.reader.listed(start, self._source).kind in _FEED_KINDS
        front = Front() if is_feed else self._page(start)
        is_article = not is_feed and self._is_article(start, front)
        if is_feed:
            feeds[start.answered] = self._listed(start)
            home = _home_of(feeds[start.answered]) or home
        elif not is_article:
            pages[start.answered] = front
        is_front = _FRONT.fullmatch(_path(start.answered)) is not None and _is_listing(front)
        is_part = not (is_feed or is_article or is_front) and _is_listing(front)
        if not (is_part or is_front):
            self._add_page(home, pages)
        for feed in [each for each in dict.fromkeys(self.named) if each not in feeds][:_MOST_FEEDS]:
            self._add_feed(feed, feeds)
        sitemaps = {} if is_part else self._sitemaps(home)
        if not any(feeds.values()) and not is_part and not any(_is_listing(each) for each in pages.values()):
            for path in _GUESSED:
                if self._add_feed(home.rstrip("/") + path, feeds):
                    break
        return Site(start, pages, feeds, sitemaps, is_article, is_part)

    def sections(self, site: Site, is_article: Callable[[str], bool]) -> dict[str, Front]:
        """Pages that the site's front page leads to, and that list many articles."""
        front = next(iter(site.pages.items()), None)
        found: dict[str, Front] = {}
        if front is None or site.is_part:
            return found
        host = addresses.parts(front[0]).host
        for link in [each for each in front[1].links if _is_section(each, host) and not is_article(each.url)][:_MOST_SECTIONS]:
            if link.url in site.pages:
                continue
            capture = self.look(link.url)
            if capture is not None:
                page = front_of(capture)
                if sum(is_article(each.url) for each in page.links) >= _FEWEST:
                    found[capture.answered] = page
        return found

    def _is_article(self, capture: Capture, front: Front) -> bool:
        """Whether it is one: by what its address is and what is read of it, or by that alone where it is sure."""
        url = capture.answered
        if not _path(url) or addresses.is_other(url):
            return False
        reading, _ = self.read(capture)
        if reading is None or reading.article is None:
            return False
        known = addresses.likely([url, *(link.url for link in front.links)])
        others = len(known - {url})
        if url not in known:
            return reading.sure >= _SURE and (front.is_called_article or others == 0)
        shape = addresses.parts(url).shape
        alike = sum(1 for link in front.links if _has_shape(link.url, shape))
        return front.is_called_article or alike > 0 or others == 0

    def _add_page(self, url: str, pages: dict[str, Front]) -> None:
        capture = self.look(url)
        if capture is not None:
            pages[capture.answered] = self._page(capture)

    def _page(self, capture: Capture) -> Front:
        """What a page says; the feeds that it names are noted, those of comments and of single pages left out."""
        source = self._source
        source = replace(source, find=replace(source.find, feeds=(capture.url,)))
        further = self.reader.listed(capture, source).further
        self.named += [each for each in further if not _NO_FEED.search(each)]
        return front_of(capture)

    def _add_feed(self, url: str, feeds: dict[str, tuple[Link, ...]]) -> bool:
        capture = self.look(url)
        listed = self.reader.listed(capture, self._source) if capture is not None else None
        if listed is None or listed.kind != "feed":
            return False
        feeds[url] = listed.links
        return bool(listed.links)

    def _listed(self, capture: Capture) -> tuple[Link, ...]:
        return self.reader.listed(capture, self._source).links

    def _sitemaps(self, home: str) -> dict[str, tuple[Link, ...]]:
        """The sitemaps that robots.txt names, or the one at the usual place; of an index some of the sitemaps in it."""
        robots = self.look(f"{home}robots.txt")
        named = self.reader.listed(robots, self._source).further if robots else ()
        found: dict[str, tuple[Link, ...]] = {}
        for url in named[:_MOST_SITEMAPS] or (f"{home}sitemap.xml",):
            capture = self.look(url)
            listed = self.reader.listed(capture, self._source) if capture is not None else None
            if listed is None or listed.kind not in ("sitemap", "index"):
                continue
            links = listed.links
            inner = sorted(listed.further, key=lambda each: _NEWS.search(each) is None)[:_MOST_SITEMAPS]
            for each in inner:
                below = self.look(each)
                links += self._listed(below) if below is not None else ()
            found[url] = links
        return found


def _is_listing(front: Front) -> bool:
    """Whether a page leads to what may be articles."""
    return len(addresses.likely(link.url for link in front.links)) >= _FEWEST


def _has_shape(url: str, shape: tuple[object, ...]) -> bool:
    try:
        return addresses.parts(url).shape == shape
    except ValueError:
        return False


def _is_section(link: Link, host: str) -> bool:
    """Whether a link may lead to a section: a short name, a short path on the same site, and none of the usual other pages."""
    try:
        what = addresses.parts(link.url)
    except ValueError:
        return False
    is_near = what.host == host and 1 <= len(what.parts) + len(what.query) <= 2
    return is_near and 0 < len(link.title) <= _LONGEST_SECTION and not addresses.is_other(link.url)


def _origin(url: str) -> str:
    split = urlsplit(url)
    return f"{split.scheme}://{split.netloc}"


def _path(url: str) -> str:
    split = urlsplit(url)
    return split.path.strip("/") + split.query


def _home_of(links: tuple[Link, ...]) -> str | None:
    """The front page of the site that most of a feed's links lead to."""
    origins = [_origin(link.url) for link in links]
    return max(origins, key=origins.count) + "/" if origins else None
