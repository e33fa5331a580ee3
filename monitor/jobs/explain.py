"""Look at one address as a visit would, once, and keep nothing: what came, what it is taken for, and why.

It asks what a visit asks, in the same order. Two things it leaves out: conditions (so the page comes whole), and the other
addresses of the site that a visit compares a doubtful page with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from monitor.errors import Disallowed, FetchError, ParseError, Resting
from monitor.fingerprint import fingerprint, text_digest
from monitor.jobs.resting import noted
from monitor.jobs.trying import way
from monitor.judging import quality
from monitor.model import Capture, Page, Reading, Request, Seen
from monitor.parsing.address import host, is_article
from monitor.parsing.charset import charset
from monitor.parsing.tracing import trace, trace_any
from monitor.protocols import Clock, Fetcher, Reader, Store
from monitor.settings import Source
from monitor.telling.explanation import Attempt, Explanation, Times
from monitor.visiting.knowing import known_page, leads_elsewhere

_OPTIONAL = ("published", "site", "masthead", "original")


class PoliteFetcher(Fetcher, Protocol):
    """A fetcher that can say beforehand whether it may fetch."""

    def permitted(self, url: str, source: Source) -> timedelta:
        """The gap that the host of ``url`` asks for. Raises what ``fetch`` would raise before it asks for the page."""


@dataclass(frozen=True, slots=True)
class Explainer:
    """What explanations are made with. Without a ``store`` nothing is known."""

    sources: Sequence[Source]
    fetcher: PoliteFetcher
    reader: Reader
    clock: Clock
    store: Store | None = None

    def explain(self, url: str) -> Explanation:
        """Fetch ``url``, unless it is not to be fetched, and say what a visit would make of it. Raises Stopped, StoreError."""
        source, belongs = self._source(url)
        page = self._page(url, source)
        start = Explanation(url, belongs, self._watch(page, source), "not asked", None)
        resting = self._rest(url, source)
        if resting:
            return replace(start, why=resting)
        began = self.clock.now()
        try:
            robots = self._robots(url, source)
        except FetchError as wrong:
            return replace(start, seen=_seen(wrong), why=str(wrong), robots=_robots_said(wrong))
        start = replace(start, robots=robots)
        asked = self.clock.now()
        try:
            capture = self.fetcher.fetch(Request(url), source)
        except FetchError as wrong:
            return replace(start, seen=_seen(wrong), why=str(wrong))
        times = _times(capture, began, asked, self.clock.now())
        found = charset(capture.body, capture.header("content-type"))
        with_capture = replace(start, capture=capture, times=times, charset=(found.name, found.why) if capture.body else None)
        return self._judged(with_capture, page, source, capture)

    def _source(self, url: str) -> tuple[Source, str]:
        """The source that an address belongs to, or one with every layout there is."""
        for source in self.sources:
            if is_article(url, source) or url in source.find.pages:
                return source, source.name
        for source in self.sources:
            if url in source.find.listings:
                return source, f"{source.name}, of which it is a listing"
        layouts = tuple(dict.fromkeys(layout for source in self.sources for layout in source.layouts))
        tried = "every layout is tried" if layouts else "it is read as a page of any site"
        return Source("none", layouts), f"none: no source's `find.articles` fits; {tried}, the rest is as by default"

    def _page(self, url: str, source: Source) -> Page | None:
        return known_page(url, source.identity, self.store) or self.store.page_at(url) if self.store else None

    def _watch(self, page: Page | None, source: Source) -> str:
        if self.store is None:
            return "there is no database yet"
        if page is None:
            return "this page is not under watch"
        status = self.store.page_status(page.id)
        of_source = self.store.source_state(page.source)
        said = f"page {page.id} of {page.source}, {status.state if status else 'active'}"
        if page.source != source.name:
            said += f"; its address would now belong to {source.name}"
        return said if of_source in (None, "active") else f"{said}; the source is {of_source}"

    def _rest(self, url: str, source: Source) -> str:
        """What a running service noted of its host: that it is left alone until a moment yet to come."""
        incidents = self.store.incidents() if self.store else []
        rest = noted(incidents, [source.name], self.clock.now()).get(host(url))
        return str(rest) if rest else ""

    def _robots(self, url: str, source: Source) -> str:
        """What robots.txt says. Raises FetchError where the page is not to be fetched."""
        gap = self.fetcher.permitted(url, source)
        if not source.polite.robots:
            return "not read: the source says `polite.robots = false`"
        wanted = f"; it wants {gap.total_seconds():g} s between requests" if gap else ""
        return f"no rule for us is against it{wanted}"

    def _judged(self, so_far: Explanation, page: Page | None, source: Source, capture: Capture) -> Explanation:
        found = quality.at_sight(capture, source.find.listings, is_conditional=False)
        if found is not None:
            return replace(so_far, seen=found[0], why=found[1])
        reading, failed = self._read(capture, source)
        so_far = replace(so_far, failed=failed, reading=reading)
        if reading is None:
            why, is_walled = self._unread(capture, source)
            seen, why = quality.unread(self.reader.facts(capture), why, source.marks, is_walled=is_walled)
            listed = self.reader.listed(capture, source).links if so_far.url in source.find.listings else None
            return replace(so_far, seen=seen, why=why, listed=listed)
        seen, why = self._doubt(page, source, capture, reading) or (Seen.PARSED, "")
        missing, known = _missing(reading, source), self._known(page, reading)
        layout = next((each for each in source.layouts if each.name == reading.layout), None)
        how = trace(capture, layout, source) if layout else None if source.layouts else trace_any(capture)
        return replace(so_far, seen=seen, why=why, missing=missing, known=known, trace=how)

    def _read(self, capture: Capture, source: Source) -> tuple[Reading | None, tuple[Attempt, ...]]:
        """What the layout that reads it best makes of a page, and what the others did not find."""
        ways = [way(self.reader, capture, source, layout) for layout in source.layouts]
        failed = tuple(each.failed for each in ways if each.failed)
        try:
            return self.reader.read(capture, source), failed
        except ParseError:
            return next((each.reading for each in ways if each.reading), None), failed

    def _unread(self, capture: Capture, source: Source) -> tuple[str, bool]:
        """Why nothing reads a page, and whether that is for a paywall."""
        try:
            self.reader.read(capture, source)
        except ParseError as wrong:
            return str(wrong), wrong.is_walled
        return "", False

    def _doubt(self, page: Page | None, source: Source, capture: Capture, reading: Reading) -> tuple[Seen, str] | None:
        """Why what was read proves nothing of this page; None where it does."""
        article = reading.article
        if article is None:
            return None
        current = page.current if page else None
        if (current is None or fingerprint(article) != current.fingerprint) and quality.is_short(article, source.marks):
            version = self.store.version(page.id) if self.store and page and current else None
            before = version.article if version else None
            misread = quality.misread(self.reader.facts(capture), article, before, source.marks)
            if misread is not None:
                return misread
        lost = quality.lost_fields(page, frozenset(["published"] if article.published else [])) if page else ()
        if lost:
            return Seen.BROKEN, quality.lost_sentence(lost)
        if leads_elsewhere(capture, reading, page, source.identity, self.store):
            return Seen.REDIRECTED, f"it redirects to another page, {capture.answered}"
        return None

    def _known(self, page: Page | None, reading: Reading) -> str:
        """Which version of the page this is."""
        article = reading.article
        if self.store is None or article is None:
            return ""
        digest = fingerprint(article)
        versions = self.store.versions(page.id) if page else []
        number = next((version.number for version in versions if version.fingerprint == digest), None)
        if page is not None and page.current is not None and page.current.fingerprint == digest:
            return f"version {number} of the page, the current one"
        if number is not None:
            return f"version {number} of the page, which it does not bear now"
        elsewhere = self.store.is_known_elsewhere(text_digest(article), page.id if page else 0)
        where = "; another page bears or bore its text" if elsewhere else ""
        return (f"a wording not known of this page, which has {len(versions)}" if versions else "not read before") + where


def _seen(wrong: FetchError) -> Seen | None:
    """What a visit notes of a failure; nothing where nothing was asked."""
    return None if isinstance(wrong, Resting) else quality.failed(wrong)


def _robots_said(wrong: FetchError) -> str:
    return "it does not want this fetched" if isinstance(wrong, Disallowed) else "not known"


def _times(capture: Capture, began: datetime, asked: datetime, ended: datetime) -> Times:
    """From the instants around the fetch: the body came after the head's instant, and what was no asking was waiting."""
    body = max(0.0, (ended - capture.at).total_seconds())
    waited = max(0.0, (ended - asked).total_seconds() - capture.took)
    return Times((asked - began).total_seconds(), waited, max(0.0, capture.took - body), capture.took)


def _missing(reading: Reading, source: Source) -> tuple[Attempt, ...]:
    """The fields that the layout has rules for, and that they found nothing for."""
    article = reading.article
    layout = next((each for each in source.layouts if each.name == reading.layout), None)
    if article is None or layout is None:
        return ()
    found = {
        "published": article.published,
        "site": article.site,
        "masthead": article.masthead,
        "original": article.has_original or None,
    }
    rules = {name: getattr(layout, name) for name in _OPTIONAL}
    return tuple(
        Attempt(layout.name, name, "nothing matched", tuple(str(rule) for rule in rules[name]))
        for name in _OPTIONAL
        if found[name] is None and rules[name]
    )
