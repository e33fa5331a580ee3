"""From a list of feeds to sources that watch them, none of which is there yet. Nothing is fetched and nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from monitor.jobs.adding.add import free, name_of
from monitor.parsing.address import host
from monitor.parsing.opml import Subscription
from monitor.settings import Finding, Source

_NOTES = {
    "title": "What people call it, and the publication that its articles name.",
    "find.feeds": "From a list of feeds. `monitor add` with this address also finds listings, sitemap and selectors.",
    "find.articles": "Whatever the feed names on this host.",
    "layouts": "No layout: its pages are read as those of any site.",
}


@dataclass(frozen=True, slots=True)
class Imported:
    """What becomes of a feed of the list: a source with comments for its file, or the name of the source that has the feed."""

    feed: str
    source: Source | None = None
    known: str = ""

    @property
    def notes(self) -> dict[str, str]:
        """The comments of the file, by key."""
        return _NOTES


def imported(feeds: Sequence[Subscription], sources: Sequence[Source], taken: Callable[[str], bool]) -> Iterator[Imported]:
    """A source for each feed that no source has. ``taken`` knows which names there are."""
    have = {feed: source.name for source in sources for feed in source.find.feeds}
    names: set[str] = set()

    def is_taken(name: str) -> bool:
        return name in names or taken(name)

    for each in feeds:
        if each.feed in have:
            yield Imported(each.feed, known=have[each.feed])
            continue
        home = each.site or each.feed
        title = each.title or host(home)
        name = free(name_of(home, title), is_taken)
        names.add(name)
        pattern = rf"^https?://(?:www\.)?{re.escape(host(home).removeprefix('www.')).replace(chr(92) + '-', '-')}/."
        find = Finding(feeds=(each.feed,), articles=(pattern,))
        yield Imported(each.feed, Source(name, (), title, title, find))
