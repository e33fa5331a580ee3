"""Which addresses of a site are its articles', and some of these, read: the samples from which all else is proposed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.article import Article
from monitor.jobs.adding.scouting import Scout, Site
from monitor.model import Capture, Link, Reading
from monitor.parsing.proposing import addresses
from monitor.parsing.proposing.pages import front_of

_SAMPLES, _SPARE = 5, 4  # articles of the likeliest shape of addresses; more that may be asked for in their stead
_MOST_GROUPS = 4  # shapes of addresses that are tried
_FEWEST_WORDS, _FEWEST_SIGNS = 25, 120  # of an article's text, in words or in characters (Korean, Chinese ...)
_HEADLINE, _HEADLINE_WIDE = 20, 10  # characters of a link's text that make it a headline
_IN_FEED, _HARDLY = 3.0, 0.2  # how much a link says of its address, where a headline on a page says 1
_MOST_OF_SITEMAP = 300  # addresses of a sitemap that count
_MOST_TRIED = 40
_SURE = 0.5  # of a reading, for the page to be a sample where others are
_SORTED = ", a "  # before the sort of a page that is no plain article, in what says how it was read
_TOLD = 8  # kinds of addresses that are told of


@dataclass(frozen=True, slots=True)
class Sampled:
    """A page of the site and the article on it, as it reads without a layout."""

    capture: Capture
    article: Article
    by: str


@dataclass(frozen=True, slots=True)
class Sampler:
    """Looks for samples on a ``site`` through its ``scout``."""

    scout: Scout
    site: Site

    def samples(self) -> tuple[list[list[str]], list[Sampled], list[Sampled]]:
        """Addresses of articles by their shape, and some of them read; both empty where there is no article.

        And pages in whose stead others were taken: a live blog, a video, a gallery, what is not read with certainty.
        """
        odd: list[Sampled] = []
        read: list[Sampled] = []
        groups: list[list[str]] = []
        for group in self._ranked():
            found, others = self._sampled(group, 1 if groups else _SAMPLES)
            if found and (groups or len(found) >= min(2, len(group))):
                groups.append(group)
                read, odd = [*read, *found], [*odd, *others]
            if len(groups) >= 2 or len(self.scout.tried) > _MOST_TRIED:
                break
        return groups, read, odd

    def _weights(self) -> dict[str, float]:
        """Every address that was found, with how much speaks for its being an article's."""
        site, found = self.site, dict[str, float]()
        weighed = [(link, _IN_FEED) for links in site.feeds.values() for link in links]
        weighed += [(link, _of_text(link)) for page in site.pages.values() for link in page.links]
        weighed += [(link, _HARDLY) for links in site.sitemaps.values() for link in links[:_MOST_OF_SITEMAP]]
        if site.is_article:
            weighed += [(link, _of_text(link)) for link in front_of(site.start).links]
        for link, weight in weighed:
            found[link.url] = found.get(link.url, 0.0) + weight
        host = addresses.parts(self._home()).host
        return {url: weight for url, weight in found.items() if addresses.parts(url).host == host and url not in site.pages}

    def _ranked(self) -> list[list[str]]:
        """Addresses by their shape, the most likely first; beside the first only those that are as good."""
        weights, start = self._weights(), self.site.start.answered
        if self.site.is_article:
            weights[start] = 1e6
        groups = addresses.alike(list(weights), start if self.site.is_article else None)
        total = {id(group): sum(weights[each] for each in group) for group in groups}
        ranked = sorted(groups, key=lambda group: -total[id(group)])[:_MOST_GROUPS]
        return [sorted(group, key=lambda each: -weights[each]) for group in ranked]

    def _home(self) -> str:
        links = [link.url for feed in self.site.feeds.values() for link in feed]
        hosts = Counter(addresses.parts(each).host for each in links)
        common = hosts.most_common(1)[0][0] if hosts else ""
        return next((each for each in links if addresses.parts(each).host == common), self.site.start.answered)

    def _sampled(self, group: Sequence[str], most: int) -> tuple[list[Sampled], list[Sampled]]:
        """Plain articles of a group, spread over it, none where its first pages are none; and what was left out for them.

        What is no plain article stands in only where there is nothing else.
        """
        plain: list[Sampled] = []
        others: list[Sampled] = []
        wanted = list(dict.fromkeys([*_spread(group, most), *_spread(group, most + _SPARE)]))[: most + _SPARE]
        for number, url in enumerate(wanted):
            capture = self.site.start if url == self.site.start.answered else self.scout.look(url)
            reading, why = self.scout.read(capture) if capture is not None else (None, "")
            article = reading.article if reading else None
            if capture is not None and reading is not None and article is not None and _is_long(article):
                (plain if _is_plain(reading) else others).append(Sampled(capture, article, reading.layout))
            elif capture is not None:
                self.scout.tried.append(f"{url}: {why or 'its text is too short for an article'}")
            if len(plain) >= most or (number == 2 and not plain and not others):
                break
        return (plain, others) if plain else (others[:most], [])

    def nothing(self, url: str) -> str:
        """Why there is no article: what addresses were found, and what came of those that were tried."""
        tried = "\n".join(f"  {each}" for each in self.scout.tried[:20]) or "  nothing"
        return (
            f"{url}: no article was found; name a page that lists articles, or an article itself (README, Adding a source, says"
            f" how a source is written by hand).\nAddresses that it links to:\n{self._told()}\nWhat was tried:\n{tried}"
        )

    def _told(self) -> str:
        """The kinds of addresses that were found, and why none of them was taken."""
        weights = self._weights()
        likely = addresses.likely(weights)
        kinds: dict[tuple[object, ...], list[str]] = {}
        for each in weights:
            kinds.setdefault(addresses.parts(each).outline, []).append(each)
        most = sorted(kinds.values(), key=len, reverse=True)
        lines = [f"  {_named(each)}: {_why(each, likely)}" for each in most[:_TOLD]]
        return "\n".join([*lines, *([f"  and {len(most) - _TOLD} other kinds"] if len(most) > _TOLD else [])]) or "  none"


def _named(found: Sequence[str]) -> str:
    return f"{found[0]} and {len(found) - 1} like it" if len(found) > 1 else found[0]


def _why(found: Sequence[str], likely: set[str]) -> str:
    if any(each in likely for each in found):
        return "they look like articles', and none was read as one"
    if addresses.is_other(found[0]):
        return "a word in it says that it is none of an article"
    return "no day, no headline and no number of an article in it"


def _is_plain(reading: Reading) -> bool:
    return reading.sure >= _SURE and _SORTED not in reading.layout


def _of_text(link: Link) -> float:
    """How much a link looks like a headline."""
    wide = not link.title.isascii()
    return 1.0 if len(link.title) >= (_HEADLINE_WIDE if wide else _HEADLINE) else _HARDLY


def _spread(group: Sequence[str], count: int) -> list[str]:
    """So many of a group, from its beginning to its end, the first included."""
    if len(group) <= count or count < 2:
        return list(group[:count])
    return [group[number * (len(group) - 1) // (count - 1)] for number in range(count)]


def _is_long(article: Article) -> bool:
    text = " ".join(article.paragraphs)
    return len(text.split()) >= _FEWEST_WORDS or (not text.isascii() and len(text) >= _FEWEST_SIGNS)
