"""Propose how a site is to be watched, from one address of it: where its articles stand, what their addresses are, how they read.

Nothing is written here, and nothing is guessed that was not read: patterns come from addresses that lead to articles, and a
layout is proposed only where its selectors read every sample as it was read without one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from monitor.article import Article
from monitor.errors import InputError, ParseError
from monitor.jobs.adding.placing import Placer
from monitor.jobs.adding.sampling import Sampled, Sampler
from monitor.jobs.adding.scouting import Scout, Site
from monitor.model import Capture
from monitor.parsing.address import is_article
from monitor.parsing.proposing import addresses, chrome, layouts, patterns
from monitor.parsing.proposing.pages import Front, front_of, sample_of
from monitor.parsing.proposing.samples import likeness
from monitor.parsing.proposing.titles import name_in
from monitor.protocols import Reader
from monitor.settings import Finding, Source
from monitor.telling.proposal import Place, Proposal, SampleRead

_MANY = 4  # samples of which one may be read otherwise
_ORNAMENT = re.compile(r"^[\s:|~*=_·•★☆■□◆◇▶◀-]+|[\s:|~*=_·•★☆■□◆◇▶◀-]+$")  # around a name, as in `:::The Times:::`
_LIKE = 0.9  # F1 of a layout's text with what was read without it


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
        sampler = Sampler(self.scout, site)
        groups, read, odd = sampler.samples()
        if not groups:
            raise InputError(sampler.nothing(url))
        proposal = self._proposal(site, groups, read, name, taken)
        return replace(proposal, samples=(*proposal.samples, *self._shown(proposal.source, odd), *self._stubs(proposal.source)))

    # What is proposed

    def _proposal(
        self, site: Site, groups: Sequence[Sequence[str]], read: Sequence[Sampled], name: str, taken: Callable[[str], bool]
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
        placed = Placer(self.scout, site, [front_of(each.capture) for each in read]).placed(bare)
        source = replace(bare, find=placed.find)
        layout, why = self._layout(source, read, site)
        if layout is not None:
            source = layout
        notes = _notes(source, placed.places, read, why, self.now)
        return Proposal(source, notes, placed.places, self._shown(source, read), tuple(self.scout.tried))

    def _others(self, site: Site, groups: Sequence[Sequence[str]]) -> list[str]:
        """Addresses of the site that are known to be no articles'."""
        ours = {address for group in groups for address in group}
        links = [link.url for page in site.pages.values() for link in page.links if not addresses.is_likely(link.url)]
        host = addresses.parts(groups[0][0]).host
        known = [*links, *site.pages, *site.feeds, *site.sitemaps]
        return [each for each in dict.fromkeys(known) if each not in ours and addresses.parts(each).host == host]

    def _layout(self, source: Source, read: Sequence[Sampled], site: Site) -> tuple[Source | None, str]:
        """The source with a layout that reads every sample as it was read, or all but one, with which that is; else why not."""
        whole, why = self._tried(source, read, site)
        if whole is not None or len(read) < _MANY:
            return whole, why
        for each in read:
            rest = [other for other in read if other is not each]
            whole, _ = self._tried(source, rest, site)
            if whole is not None:
                return whole, f"{each.capture.answered} is read otherwise by them, or not at all"
        return None, why

    def _tried(self, source: Source, read: Sequence[Sampled], site: Site) -> tuple[Source | None, str]:
        links = [link for each in (*site.feeds.values(), *site.sitemaps.values()) for link in each]
        days = {link.url: link.published for link in links if link.published}
        samples = [s for each in read if (s := sample_of(each.capture, each.article, days.get(each.capture.url))) is not None]
        proposed = layouts.layout_of(samples, f"{source.name}-{self.now.year}")
        if proposed.layout is None:
            return None, proposed.why
        whole = replace(source, layouts=(proposed.layout,))
        failed = [why for each in read if (why := self._fails(each, whole))]
        if len(failed) > (len(read) >= _MANY):
            return None, failed[0]
        return whole, failed[0] if failed else ""

    def _fails(self, sample: Sampled, source: Source) -> str:
        """Why a layout does not read a sample as it was read; empty where it does."""
        at = sample.capture.answered
        try:
            article = self.reader.read(sample.capture, source).article
        except ParseError as wrong:
            return f"the selectors that were found do not read {at}: no {wrong.field}"
        if article is None or not _is_as_good(article, sample.article):
            return f"the selectors that were found read {at} otherwise"
        return ""

    def _stubs(self, source: Source) -> Iterator[SampleRead]:
        """Pages that are articles by address and layout, and none to the reader for any site: stubs before a wall."""
        for url, capture in self.scout.known.items() if source.layouts else ():
            reading, why = self.scout.read(capture) if is_article(url, source) else (None, "")
            if reading is not None or not why:
                continue
            for each in self._read(capture, source):
                yield replace(each, doubts=(*each.doubts, f"the reader for any site takes this for no article: {why}"))

    def _read(self, capture: Capture, source: Source) -> Iterator[SampleRead]:
        try:
            reading = self.reader.read(capture, source)
        except ParseError:
            return
        yield SampleRead(capture.answered, reading.article, reading.layout)

    def _shown(self, source: Source, read: Sequence[Sampled]) -> tuple[SampleRead, ...]:
        shown = []
        for each in read:
            try:
                reading = self.reader.read(each.capture, source)
                found = reading.article
                doubts = tuple(chrome.warnings(found.title, found.paragraphs)) if found else ()
                shown.append(SampleRead(each.capture.answered, found, reading.layout, doubts=doubts))
            except ParseError as wrong:
                shown.append(SampleRead(each.capture.answered, None, why=str(wrong)))
        return tuple(shown)


def _is_as_good(ours: Article, known: Article) -> bool:
    """Whether a layout reads what was read without it. The title may be better: it is the same element on all samples."""
    is_dated = known.published is None or ours.published == known.published
    return is_dated and likeness(ours.paragraphs, known.paragraphs)[0] >= _LIKE


def _publication(site: Site, read: Sequence[Sampled]) -> str:
    """What the site calls itself; else what stands in all its titles; else what its articles call it; else its host."""
    host = addresses.parts(read[0].capture.answered).host
    fronts: list[Front] = [*site.pages.values(), *(front_of(each.capture) for each in read)]
    named = [front.name for front in fronts if front.name]
    said = [each.article.publication for each in read if each.article.publication.removeprefix("www.") != host]
    titled = name_in([front.title for front in fronts[-len(read) :]])
    common = Counter(said).most_common(1)[0][0] if said else ""
    found = (named[0] if named else "") or titled or common
    return _ORNAMENT.sub("", found) or found or host


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


def _notes(source: Source, places: Sequence[Place], read: Sequence[Sampled], why: str, now: datetime) -> dict[str, str]:
    """The comments of the file, by key."""
    find = source.find
    others = (
        ("find.next", find.next, "The link of a listing to its next page, and how many pages a round asks for at most."),
        ("find.series", find.series, "Listings in numbered pages; a round goes on while they bring new articles."),
        ("find.ignore", find.ignore, "Addresses that look like it, and are none."),
        ("identity", source.identity, "What names a page, whatever else its address says."),
    )
    return {
        "title": "What people call it, and the publication that its articles name.",
        "find.articles": f"What the address of an article looks like, after {len(read)} that were read.",
        **_of_places(places, now),
        "layouts": _of_layouts(source, len(read), why),
        **{key: what for key, is_there, what in others if is_there},
    }


def _of_places(places: Sequence[Place], now: datetime) -> dict[str, str]:
    """What each of the addresses under ``find`` brought."""
    notes = {}
    for kind, what in (("listing", "Pages that list articles."), ("feed", "Feeds."), ("sitemap", "Sitemaps.")):
        counted = [f"{each.url}: {each.articles} of {each.addresses} addresses" for each in places if each.kind == kind]
        if counted:
            notes[f"find.{kind}s"] = "\n".join([f"{what} On {now:%Y-%m-%d} these were articles':", *counted])
    return notes


def _of_layouts(source: Source, samples: int, why: str) -> str:
    """How many of the samples the layout reads; without one, why there is none."""
    if not source.layouts:
        return (
            f"No layout: its pages are read as those of any site. Why: {why}.\n"
            "With [[layouts]] here they would be read by selectors (README, Adding a source)."
        )
    if why:
        return f"How its pages are read: selectors that read {samples - 1} of {samples} articles. But: {why}."
    return f"How its pages are read: selectors that read all {samples} articles they were made from."
