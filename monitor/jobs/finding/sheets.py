"""What all listings have in common: how one answer of them is asked for, and how what it lists becomes pages."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.errors import FetchError, Resting
from monitor.judging import quality, validators
from monitor.model import Link, Listed, ListingState, NewPage, Request, Seen, Validators
from monitor.parsing.address import keys
from monitor.protocols import Clock, Fetcher, Reader, Store
from monitor.settings import Source
from monitor.visit import new_pages
from monitor.visiting.hearing import Hearing


@dataclass(frozen=True, slots=True)
class Sheet:
    """One answer of a listing: what it lists, what it is recognised by, and what is wrong with it.

    ``is_same``: it was not modified. ``is_none``: what is wrong is that there is no such page.
    """

    listed: Listed = field(default=Listed())
    validators: Validators = field(default=Validators())
    problem: str = ""
    is_same: bool = False
    is_none: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What a listing lists: on its first page, and on the ``deeper`` ones.

    All of it was there before when the listing is read for the first time: it is taken up as baseline, and no news. Where it was
    read before by other rules, its first page brings news. ``is_old`` says which it is, where that is known.
    """

    links: Sequence[Link]
    deeper: Sequence[Link] = ()
    is_old: bool | None = None


@dataclass(slots=True)
class Tally:
    """What looking for pages brought so far: new pages, pages brought forward, links left out and why, problems.

    ``wholes`` says of each listing whether it was read to its end; ``resting`` why some were not asked for.
    """

    added: int = 0
    forward: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    wholes: list[bool] = field(default_factory=list)
    resting: str = ""


@dataclass(frozen=True, slots=True)
class Finder:
    """Asks for listings of one source, and takes up what they list. Methods raise Resting, Stopped and StoreError."""

    source: Source
    fetcher: Fetcher
    reader: Reader
    store: Store
    clock: Clock
    hearing: Hearing
    tally: Tally = field(default_factory=Tally)

    def name(self, kind: str, address: str, *more: object) -> str:
        """A listing as this source reads it: another source, or other rules, may find other links in the same answer."""
        rules = (self.source.name, self.source.find, self.source.identity, *more)
        return f"{kind} {address} {hashlib.sha256(repr(rules).encode()).hexdigest()[:16]}"

    def ask(self, request: Request, known: Validators = Validators()) -> Sheet:  # noqa: B008  it is frozen
        """What answers to a request, which is made conditional by what is ``known``."""
        if self.store.are_validators_off(self.source.name):
            known = Validators()
        asked = Request(request.url, known.etag, known.last_modified, request.form, is_listing=True)
        try:
            capture = self.fetcher.fetch(asked, self.source)
        except Resting:
            raise
        except FetchError as wrong:
            return Sheet(problem=str(wrong).removeprefix(f"{request.url}: "))
        found = quality.from_status(capture, is_conditional=known != Validators())
        if found is not None:
            is_none = found[0] is Seen.GONE or (capture.status == 200 and not capture.damage)
            is_same = found[0] is Seen.NOT_MODIFIED
            return Sheet(problem="" if is_same else found[1], is_same=is_same, is_none=is_none)
        listed = self.reader.listed(capture, self.source)
        self.tally.skipped.update(dict(listed.skipped))
        given = Validators() if capture.hops or request.form is not None else validators.given(capture)
        return Sheet(listed, given, listed.problem)

    def take(self, listed: Taken, name: str, state: ListingState, known: ListingState) -> None:
        """Take up the pages that are not known yet, bring forward those that are said to be altered, remember the listing."""
        now, links = state.read or self.clock.now(), [*listed.links, *listed.deeper]
        pages, deeper = (new_pages([each.url for each in some], self.source) for some in (listed.links, listed.deeper))
        is_first = known == ListingState()
        with self.store.atomic():  # a listing that is recognised, but whose links got lost, would not be read again
            is_old = is_first and listed.is_old is not False and (listed.is_old or not self._is_known_otherwise(name))
            self.tally.added += self.store.add_pages(self.source.name, pages, now, is_old)
            self.tally.added += self.store.add_pages(self.source.name, deeper, now, is_first)
            self.tally.forward += self._bring_forward(links, [*pages, *deeper])
            self.hearing.listen(links)
            if state != known:
                self.store.keep_listing(name, state)

    def _is_known_otherwise(self, name: str) -> bool:
        """Whether the listing was read by other rules."""
        return self.store.is_listing_known(name.rpartition(" ")[0] + " ")

    def _bring_forward(self, links: Sequence[Link], pages: Sequence[NewPage]) -> int:
        """Have those pages visited now that are said to be altered since their last visit. It is second-hand: no change."""
        altered = {link.url: link.altered for link in links if link.altered}
        said = {key: altered[page.url] for page in pages if page.url in altered for key in (page.key, page.formerly)}
        visits = self.store.last_visits(list(said)) if said else {}
        late = [key for key, visit in visits.items() if said[key] > visit]
        return self.store.bring_forward(late, self.clock.now()) if late else 0

    def is_known(self, link: Link, read: datetime | None) -> bool:
        """Whether the page of a link was known when its listing was ``read`` last.

        What another listing, or a round that was cut short, took up since is as new to this one.
        """
        found = self.store.taken_up(keys(link.url, self.source.identity)).values()
        return any(read is None or at <= read for at in found)

    def no_link(self) -> str:
        """The sentence about a page that links to no article."""
        find = self.source.find
        return f"no link to an article in it (tried: {'; '.join(find.links)}; articles: {'; '.join(find.articles) or 'none set'})"
