"""Copies outside: an archive that the source names is asked to save a page when it changed, and its link is kept.

A copy that others keep proves to those who do not trust ours what stood there. Nothing waits for it: it is asked for beside the
rounds, a few at a time, and what goes wrong is noted and tried again later, less often each time.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

from monitor.errors import FetchError, Resting
from monitor.fetching.memento import links_of, save_address
from monitor.model import Capture, OutsideCopy, Request
from monitor.parsing.address import absolute
from monitor.protocols import Clock, Fetcher, Store
from monitor.settings import Connection, Source
from monitor.telling.structured import fields

MOST_TRIES = 5
FIRST_WAIT = timedelta(minutes=10)  # after the first try; four times as long after each further one
OLDEST = timedelta(days=3)  # a copy made later would show another page
MOST_AT_ONCE = 20  # addresses of a source in one run
_LONGEST_PROBLEM = 300
log = logging.getLogger("monitor")


def switch(sources: Sequence[Source], store: Store, now: datetime) -> None:
    """Note which sources' changes are handed over from now on; what was logged before is not. Raises StoreError."""
    for source in sources:
        store.saved_since(source.name, now, is_on=source.outside.save is not None)


def save_all(sources: Sequence[Source], store: Store, fetcher: Fetcher, clock: Clock) -> int:
    """Hand over what is due of all sources; see :func:`save`. The number of copies."""
    return sum(save(source, store, fetcher, clock) for source in sources)


def save(source: Source, store: Store, fetcher: Fetcher, clock: Clock) -> int:
    """Hand over the source's changes that have no copy yet and are due. The number of pages that an archive says it saved.

    An archive that wants rest gets it: the rest is for the next time. Raises Stopped, StoreError.
    """
    now = clock.now()
    since = store.saved_since(source.name, now, is_on=source.outside.save is not None)
    if since is None:
        return 0
    wanted = [each for each in store.copies_wanted(source.name, max(since, now - OLDEST), MOST_TRIES) if _is_due(each, now)]
    copies = 0
    for url, changes in _by_page(wanted)[:MOST_AT_ONCE]:
        try:
            link, problem = _asked(url, source, fetcher)
        except Resting as wrong:
            log.info("the archive rests", extra=fields(source=source.name, why=str(wrong)))
            break
        for each in changes:
            store.keep_outside_copy(each.change, clock.now(), link, problem)
        copies += link is not None
        level = logging.INFO if link else logging.WARNING
        log.log(level, "copy outside", extra=fields(source=source.name, url=url, link=link or "none", why=problem))
    return copies


def _is_due(copy: OutsideCopy, now: datetime) -> bool:
    return copy.asked is None or now - copy.asked >= FIRST_WAIT * float(4 ** (copy.tries - 1))


def _by_page(copies: Iterable[OutsideCopy]) -> list[tuple[str, list[OutsideCopy]]]:
    """One copy is one of the page as it is now, and so of all its changes."""
    ordered = sorted(copies, key=lambda each: each.url)
    pages = [(url, list(some)) for url, some in groupby(ordered, key=lambda each: each.url)]
    return sorted(pages, key=lambda page: page[1][0].change)


def _asked(url: str, source: Source, fetcher: Fetcher) -> tuple[str | None, str]:
    """The link to the copy, or why there is none. Raises Resting, Stopped."""
    asked = save_address(source.outside.save or "", url)
    try:
        capture = fetcher.fetch(Request(asked), as_archive(source))
    except Resting:
        raise
    except FetchError as wrong:
        return None, str(wrong)[:_LONGEST_PROBLEM]
    if not 200 <= capture.status < 300:
        return None, f"the archive answered {capture.status} {capture.reason}".strip()[:_LONGEST_PROBLEM]
    link = _link(capture)
    return link, "" if link else "the archive answered without saying where the copy is"


def _link(capture: Capture) -> str | None:
    """The copy's address, absolute and of the web; None where there is no such address, or only that which was asked."""
    found = (absolute(link, capture.answered) for link in links_of(capture))
    return next((link for link in found if link and link != capture.url), None)


def as_archive(source: Source) -> Source:
    """How the archive of ``source`` is asked: as its own host, with the time that saving takes, and inwards only where allowed.

    Its robots.txt is for crawlers; this is an address that a person told us to ask.
    """
    outside = source.outside
    polite = replace(source.polite, robots=False, gap=outside.gap, timeout=outside.timeout, total=outside.timeout)
    # the proxy is the way out of here; whom TLS trusts is a matter of the site
    through = Connection(proxy=source.connection.proxy, proxy_login=source.connection.proxy_login)
    return replace(source, polite=polite, reach=outside.reach, connection=through)
