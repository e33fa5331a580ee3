"""Find a source's pages: the addresses its config names, and the articles its listings link to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from monitor.errors import FetchError, Resting
from monitor.judging import quality
from monitor.model import Request, Seen, Validators
from monitor.protocols import Clock, Fetcher, Reader, Store
from monitor.settings import Source
from monitor.visit import new_pages


@dataclass(frozen=True, slots=True)
class Found:
    """What looking for pages brought: how many were new, what is wrong with listings, why some were not asked for."""

    added: int = 0
    problems: tuple[str, ...] = ()
    resting: str = ""


@dataclass(frozen=True, slots=True)
class _Listed:
    """The addresses that a listing links to, and what its answer is recognised by."""

    urls: tuple[str, ...]
    validators: Validators


def discover(source: Source, fetcher: Fetcher, reader: Reader, store: Store, clock: Clock) -> Found:
    """Take up the source's pages that are not known yet. Raises Stopped and StoreError."""
    added = store.add_pages(source.name, new_pages(source.find.pages, source), clock.now())
    problems, resting = [], ""
    for url in source.find.listings:
        name = _name(url, source)
        known = store.validators(name)
        try:
            listed = _listed(url, known, source, fetcher, reader)
        except Resting as wrong:
            resting = str(wrong)
            continue
        except FetchError as wrong:
            listed = str(wrong)
        if isinstance(listed, str):
            problems.append(f"the listing {url}: {listed.removeprefix(f'{url}: ')}")
            continue
        with store.atomic():  # a listing that is recognised, but whose links got lost, would not be read again
            added += store.add_pages(source.name, new_pages(listed.urls, source), clock.now())
            if listed.validators != known:
                store.keep_validators(name, listed.validators)
    return Found(added, tuple(problems), resting)


def _name(url: str, source: Source) -> str:
    """A listing as this source reads it: another source, or other rules, may find other links in the same answer."""
    rules = repr((source.name, source.find, source.identity))
    return f"{url} {hashlib.sha256(rules.encode()).hexdigest()[:16]}"


def _listed(url: str, known: Validators, source: Source, fetcher: Fetcher, reader: Reader) -> _Listed | str:
    """What a listing holds (nothing new when it is not modified), or what is wrong with it. Raises FetchError, Stopped."""
    capture = fetcher.fetch(Request(url, known.etag, known.last_modified), source)
    found = quality.from_status(capture, is_conditional=known != Validators())
    if found is not None:
        return _Listed((), known) if found[0] is Seen.NOT_MODIFIED else found[1]
    urls = tuple(link.url for link in reader.listed(capture, source))
    if not urls:
        selectors = "; ".join(source.find.links)
        return f"no link to an article in it (tried: {selectors}; articles: {'; '.join(source.find.articles) or 'none set'})"
    given = Validators() if capture.hops else Validators(capture.header("etag"), capture.header("last-modified"))
    return _Listed(urls, given)
