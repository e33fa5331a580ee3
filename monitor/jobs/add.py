"""Propose how a site is to be watched, from one address of it: where its articles stand, what their addresses are, how they read.

Nothing is written here, and nothing is guessed that was not read: patterns come from addresses that lead to articles, and a
layout is proposed only where its selectors read every sample as it was read without one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from monitor.article import Article
from monitor.errors import InputError, ParseError
from monitor.jobs.scouting import Scout, Site
from monitor.model import Capture, Link
from monitor.parsing.address import is_article
from monitor.parsing.proposing import addresses, layouts, patterns
from monitor.parsing.proposing.pages import Front, front_of, sample_of
from monitor.parsing.proposing.samples import likeness
from monitor.parsing.proposing.titles import name_in
from monitor.protocols import Reader
from monitor.settings import Finding, Source
from monitor.telling.proposal import Place, Proposal, SampleRead

_SAMPLES = 4  # of the addresses that look most like articles'
_MOST_GROUPS = 4  # shapes of addresses that are tried
_FEWEST_WORDS, _FEWEST_SIGNS = 25, 120  # of an article's text, in words or in characters (Korean, Chinese ...)
_HEADLINE, _HEADLINE_WIDE = 20, 10  # characters of a link's text that make it a headline
_IN_FEED, _HARDLY = 3.0, 0.2  # how much a link says of its address, where a headline on a page says 1
_MOST_OF_SITEMAP = 300  # addresses of a sitemap that count
_FLOOD = 500  # addresses of articles in a sitemap that are too many to begin with
_FEWEST_LISTED = 3
_LIKE = 0.9  # F1 of a layout's text with what was read without it


@dataclass(frozen=True, slots=True)
class _Read:
    """A page of the site and the article on it, as it reads without a layout."""

    capture: Capture
    article: Article
    by: str


@dataclass(slots=True)
class Adder:
    """Makes proposals. ``scout`` looks around, ``reader`` reads as the new source will, ``now`` is the present."""

    scout: Scout
    reader: Reader
    now: datetime

    def propose(self, url: str, name: str, taken: Callable[[str], bool]) -> Proposal:
        """How the site at ``url`` would be watched, as the source ``name`` (where that is empty, by its host).

        ``taken`` knows which names there are. Raises FetchError where ``url`` cannot be had, InputError for want of an article.
        """
        site = self.scout.around(url)
        read: list[_Read] = []
        groups: list[list[str]] = []
        for group in self._ranked(site):
            found = self._sampled(group, site, 1 if groups else _SAMPLES)
            if found and (groups or len(found) >= min(2, len(group))):
                groups.append(group)
                read += found
            if len(groups) >= 2 or len(self.scout.tried) > 40:
                break
        if not groups:
            raise InputError(self._nothing(url))
        return self._proposal(site, groups, read, name, taken)

    # Which addresses are articles'

    def _ranked(self, site: Site) -> list[list[str]]:
        """Addresses by their shape, the most likely first; beside the first only those that are as good."""
        weights: dict[str, float] = {}
        weighed = [(link, _IN_FEED) for links in site.feeds.values() for link in links]
        weighed += [(link, _of_text(link)) for page in site.pages.values() for link in page.links]
        weighed += [(link, _HARDLY) for links in site.sitemaps.values() for link in links[:_MOST_OF_SITEMAP]]
        for link, weight in weighed:
            weights[link.url] = weights.get(link.url, 0.0) + weight
        host = addresses.parts(self._home(site)).host
        ours = [each for each in weights if addresses.parts(each).host == host and each not in site.pages]
        if site.is_article:
            ours.append(site.start.answered)
            weights[site.start.answered] = 1e6
        groups = addresses.alike(ours, site.start.answered if site.is_article else None)
        total = {id(group): sum(weights[each] for each in group) for group in groups}
        ranked = sorted(groups, key=lambda group: -total[id(group)])[:_MOST_GROUPS]
        return [sorted(group, key=lambda each: -weights[each]) for group in ranked]

    def _home(self, site: Site) -> str:
        links = [link.url for feed in site.feeds.values() for link in feed]
        hosts = Counter(addresses.parts(each).host for each in links)
        common = hosts.most_common(1)[0][0] if hosts else ""
        return next((each for each in links if addresses.parts(each).host == common), site.start.answered)

    def _sampled(self, group: Sequence[str], site: Site, most: int) -> list[_Read]:
        """Articles of a group, spread over it; none where its first two pages are none."""
        found: list[_Read] = []
        wanted = _spread(group, most + 1)
        for number, url in enumerate(wanted):
            capture = site.start if url == site.start.answered else self.scout.look(url)
            reading, why = self.scout.read(capture) if capture is not None else (None, "")
            article = reading.article if reading else None
            if capture is not None and reading is not None and article is not None and _is_long(article):
                found.append(_Read(capture, article, reading.layout))
            elif capture is not None:
                self.scout.tried.append(f"{url}: {why or 'its text is too short for an article'}")
            if len(found) >= most or (number == 1 and not found):
                break
        return found

    def _nothing(self, url: str) -> str:
        tried = "\n".join(f"  {each}" for each in self.scout.tried[:20]) or "  no address on it looks like an article's"
        return (
            f"{url}: no article was found; name a page that lists articles, or an article itself (README, Adding a source, says"
            f" how a source is written by hand). What was tried:\n{tried}"
        )

    # What is proposed

    def _proposal(
        self, site: Site, groups: Sequence[Sequence[str]], read: Sequence[_Read], name: str, taken: Callable[[str], bool]
    ) -> Proposal:
        others = self._others(site, groups)
        known = [patterns.pattern_of(group, others) for group in groups]
        articles = tuple(dict.fromkeys(each.articles for each in known))
        ignore = tuple(dict.fromkeys(word for each in known for word in each.ignore))
        find = Finding(articles=articles, ignore=ignore)
        publication = _publication(site, read)
        name = name or free(name_of(groups[0][0], publication), taken)
        identity = patterns.identity_of(groups[0]) if len(groups) == 1 else None
        bare = Source(name, (), publication, publication, find, identity, reach=self.scout.reach)
        places = self._places(site, bare)
        source = replace(bare, find=_with_places(find, places))
        layout, why = self._layout(source, read, site)
        if layout is not None:
            source = layout
        return Proposal(
            source, _notes(source, places, read, why, self.now), places, self._shown(source, read), tuple(self.scout.tried)
        )

    def _others(self, site: Site, groups: Sequence[Sequence[str]]) -> list[str]:
        """Addresses of the site that are known to be no articles'."""
        ours = {address for group in groups for address in group}
        links = [link.url for page in site.pages.values() for link in page.links if not addresses.is_likely(link.url)]
        host = addresses.parts(groups[0][0]).host
        known = [*links, *site.pages, *site.feeds, *site.sitemaps]
        return [each for each in dict.fromkeys(known) if each not in ours and addresses.parts(each).host == host]

    def _places(self, site: Site, source: Source) -> tuple[Place, ...]:
        """Listings, feeds and sitemaps, with how many of their addresses are articles'."""

        def fits(address: str) -> bool:
            return is_article(address, source)

        found = [_place("listing", url, page.links, fits) for url, page in site.pages.items()]
        found += [_place("feed", url, links, fits) for url, links in site.feeds.items()]
        is_enough = sum(each.articles for each in found if each.is_taken) >= _FEWEST_LISTED
        found += [_place("listing", url, page.links, fits) for url, page in self.scout.sections(site, fits).items()]
        for url, links in site.sitemaps.items():
            place = _place("sitemap", url, links, fits)
            if place.is_taken and is_enough and place.articles > _FLOOD:
                place = replace(place, is_taken=False, why=f"{place.articles:,} articles are many to begin with")
            found.append(place)
        return tuple(found)

    def _layout(self, source: Source, read: Sequence[_Read], site: Site) -> tuple[Source | None, str]:
        """The source with a layout that reads every sample as it was read, or better; else why there is none."""
        links = [link for each in (*site.feeds.values(), *site.sitemaps.values()) for link in each]
        days = {link.url: link.published for link in links if link.published}
        samples = [s for each in read if (s := sample_of(each.capture, each.article, days.get(each.capture.url))) is not None]
        proposed = layouts.layout_of(samples, f"{source.name}-{self.now.year}")
        if proposed.layout is None:
            return None, proposed.why
        whole = replace(source, layouts=(proposed.layout,))
        for each in read:
            try:
                article = self.reader.read(each.capture, whole).article
            except ParseError as wrong:
                return None, f"the selectors that were found do not read {each.capture.answered}: no {wrong.field}"
            if article is None or not _is_as_good(article, each.article):
                return None, f"the selectors that were found read {each.capture.answered} otherwise"
        return whole, ""

    def _shown(self, source: Source, read: Sequence[_Read]) -> tuple[SampleRead, ...]:
        shown = []
        for each in read:
            try:
                reading = self.reader.read(each.capture, source)
                shown.append(SampleRead(each.capture.answered, reading.article, reading.layout))
            except ParseError as wrong:
                shown.append(SampleRead(each.capture.answered, None, why=str(wrong)))
        return tuple(shown)


def _is_as_good(ours: Article, known: Article) -> bool:
    """Whether a layout reads what was read without it. The title may be better: it is the same element on all samples."""
    is_dated = known.published is None or ours.published == known.published
    return is_dated and likeness(ours.paragraphs, known.paragraphs)[0] >= _LIKE


def _of_text(link: Link) -> float:
    """How much a link looks like a headline."""
    wide = not link.title.isascii()
    return 1.0 if len(link.title) >= (_HEADLINE_WIDE if wide else _HEADLINE) else _HARDLY


def _spread(group: Sequence[str], count: int) -> list[str]:
    """So many of a group, from its beginning to its end, the first included."""
    if len(group) <= count:
        return list(group)
    return [group[number * (len(group) - 1) // (count - 1)] for number in range(count)]


def _is_long(article: Article) -> bool:
    text = " ".join(article.paragraphs)
    return len(text.split()) >= _FEWEST_WORDS or (not text.isascii() and len(text) >= _FEWEST_SIGNS)


def _place(kind: str, url: str, links: Iterable[Link], fits: Callable[[str], bool]) -> Place:
    named = [link.url for link in links]
    count = sum(map(fits, named))
    least = _FEWEST_LISTED if kind == "listing" else 1
    return Place(kind, url, len(named), count, count >= least, "" if count >= least else "hardly any article in it")


def _with_places(find: Finding, places: Sequence[Place]) -> Finding:
    def taken(kind: str) -> tuple[str, ...]:
        return tuple(each.url for each in places if each.kind == kind and each.is_taken)

    return replace(find, listings=taken("listing"), feeds=taken("feed"), sitemaps=taken("sitemap"))


def _publication(site: Site, read: Sequence[_Read]) -> str:
    """What the site calls itself; else what stands in all its titles; else what its articles call it; else its host."""
    host = addresses.parts(read[0].capture.answered).host
    fronts: list[Front] = [*site.pages.values(), *(front_of(each.capture) for each in read)]
    named = [front.name for front in fronts if front.name]
    said = [each.article.publication for each in read if each.article.publication.removeprefix("www.") != host]
    titled = name_in([front.title for front in fronts[-len(read) :]])
    common = Counter(said).most_common(1)[0][0] if said else ""
    return (named[0] if named else "") or titled or common or host


def name_of(address: str, publication: str) -> str:
    """A source's name from the host: of ``www.the-times.example`` it is ``the-times``; of a number, what the site is called."""
    host = urlsplit(address).hostname or ""
    labels = host.removeprefix("www.").split(".")
    kept = [publication] if ":" in host or labels[-1].isdecimal() else labels[:-1] or labels
    if len(kept) > 1 and kept[-1] in ("co", "com", "ac", "or", "go", "gov", "org", "net"):
        kept = kept[:-1]
    return re.sub(r"[^a-z0-9]+", "-", "-".join(kept).lower())[:60].strip("-") or "site"


def free(name: str, taken: Callable[[str], bool]) -> str:
    return next(each for each in (name, *(f"{name}-{number}" for number in range(2, 1000))) if not taken(each))


def _notes(source: Source, places: Sequence[Place], read: Sequence[_Read], why: str, now: datetime) -> dict[str, str]:
    """The comments of the file, by key."""

    def counted(kind: str) -> str:
        return "\n".join(f"{each.url}: {each.articles} of {each.addresses} addresses" for each in places if each.kind == kind)

    notes = {
        "title": "What people call it, and the publication that its articles name.",
        "find.articles": f"What the address of an article looks like, after {len(read)} that were read.",
    }
    for key, kind, what in (
        ("listings", "listing", "Pages that list articles."),
        ("feeds", "feed", "Feeds."),
        ("sitemaps", "sitemap", "Sitemaps."),
    ):
        if counted(kind):
            notes[f"find.{key}"] = f"{what} On {now:%Y-%m-%d} these were articles':\n{counted(kind)}"
    if source.find.ignore:
        notes["find.ignore"] = "Addresses that look like it, and are none."
    if source.identity:
        notes["identity"] = "What names a page, where the words in its address may change."
    if source.layouts:
        notes["layouts"] = f"How its pages are read: selectors that read all {len(read)} articles they were made from."
    else:
        notes["layouts"] = (
            f"No layout: its pages are read as those of any site. Why: {why}.\n"
            "With [[layouts]] here they would be read by selectors (README, Adding a source)."
        )
    return notes
