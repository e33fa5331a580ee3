"""Find a source's pages: the addresses its config names, and the articles its listings link to."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.errors import FetchError
from monitor.judging import quality
from monitor.model import Request, Seen, Validators
from monitor.protocols import Clock, Fetcher, Reader, Store
from monitor.settings import Source
from monitor.visit import new_pages


@dataclass(frozen=True, slots=True)
class Found:
    """What looking for pages brought: how many were new, and what is wrong with listings."""

    added: int = 0
    problems: tuple[str, ...] = ()


def discover(source: Source, fetcher: Fetcher, reader: Reader, store: Store, clock: Clock) -> Found:
    """Take up the source's pages that are not known yet. Raises Stopped and StoreError."""
    added = store.add_pages(source.name, new_pages(source.find.pages, source), clock.now())
    problems = []
    for url in source.find.listings:
        try:
            urls = _listed(url, source, fetcher, reader, store)
        except FetchError as wrong:
            problems.append(f"the listing {url}: {wrong}")
            continue
        if isinstance(urls, str):
            problems.append(f"the listing {url}: {urls}")
        else:
            added += store.add_pages(source.name, new_pages(urls, source), clock.now())
    return Found(added, tuple(problems))


def _listed(url: str, source: Source, fetcher: Fetcher, reader: Reader, store: Store) -> list[str] | str:
    """The addresses a listing links to (none when it is not modified), or what is wrong with it."""
    known = store.validators(url)
    capture = fetcher.fetch(Request(url, known.etag, known.last_modified), source)
    found = quality.from_status(capture, is_conditional=known != Validators())
    if found is not None:
        return [] if found[0] is Seen.NOT_MODIFIED else found[1]
    links = [link.url for link in reader.listed(capture, source)]
    if not links:
        selectors = "; ".join(source.find.links)
        return f"no link to an article in it (tried: {selectors}; articles: {'; '.join(source.find.articles) or 'none set'})"
    given = Validators() if capture.hops else Validators(capture.header("etag"), capture.header("last-modified"))
    if given != known:
        store.keep_validators(url, given)
    return links
