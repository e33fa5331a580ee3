"""Find a source's pages: the addresses its config names, and the articles its listings link to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from monitor.errors import FetchError, Resting
from monitor.judging import quality, validators
from monitor.model import Capture, Request, Seen, Validators
from monitor.parsing.address import key
from monitor.protocols import Clock, Fetcher, Reader, Store
from monitor.settings import Form, Source
from monitor.visit import new_pages

PAGE = "{page}"
# A form's answers have no validators: only what is asked for by GET is asked for conditionally. This is kept in their place
# once every page of a form was read, and is sent to nobody.
_READ_TO_ITS_END = Validators(etag="read to its end")


@dataclass(frozen=True, slots=True)
class Found:
    """What looking for pages brought: how many were new, what is wrong with listings, why some were not asked for."""

    added: int = 0
    problems: tuple[str, ...] = ()
    resting: str = ""


@dataclass(frozen=True, slots=True)
class _Listed:
    """The addresses that a listing links to, what its answer is recognised by, and what is wrong with it."""

    urls: tuple[str, ...]
    validators: Validators
    problem: str = ""


def discover(source: Source, fetcher: Fetcher, reader: Reader, store: Store, clock: Clock) -> Found:
    """Take up the source's pages that are not known yet. Raises Stopped and StoreError.

    ``fetcher`` carries the session of a source that needs one.
    """
    look = _Look(source, fetcher, reader, store)
    added = store.add_pages(source.name, new_pages(source.find.pages, source), clock.now())
    problems, resting = [], ""
    listings: tuple[str | Form, ...] = (*source.find.listings, *source.find.forms)
    for listing in listings:
        name = _name(listing, source)
        known = store.validators(name)
        try:
            listed = look.at_form(listing, known) if isinstance(listing, Form) else look.at_page(listing, known)
        except Resting as wrong:
            resting = str(wrong)
            continue
        if listed.problem:
            problems.append(listed.problem)
        with store.atomic():  # a listing that is recognised, but whose links got lost, would not be read again
            added += store.add_pages(source.name, new_pages(listed.urls, source), clock.now())
            if listed.validators != known:
                store.keep_validators(name, listed.validators)
    return Found(added, tuple(problems), resting)


def _name(listing: str | Form, source: Source) -> str:
    """A listing as this source reads it: another source, or other rules, may find other links in the same answer."""
    rules: tuple[object, ...] = (source.name, source.find, source.identity)
    address = listing
    if isinstance(listing, Form):
        rules, address = (*rules, listing), f"POST {listing.address}"
    return f"{address} {hashlib.sha256(repr(rules).encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class _Look:
    """Looks at the listings of one source. Its methods raise Resting, Stopped and StoreError."""

    source: Source
    fetcher: Fetcher
    reader: Reader
    store: Store

    def at_page(self, url: str, known: Validators) -> _Listed:
        """What a listing holds; nothing when it is not modified."""
        if self.store.are_validators_off(self.source.name):
            known = Validators()
        try:
            capture = self.fetcher.fetch(Request(url, known.etag, known.last_modified), self.source)
        except Resting:
            raise
        except FetchError as wrong:
            return _Listed((), known, _sentence(url, url, str(wrong)))
        found = quality.from_status(capture, is_conditional=known != Validators())
        if found is not None:
            return _Listed((), known, "" if found[0] is Seen.NOT_MODIFIED else _sentence(url, url, found[1]))
        urls = self._links(capture)
        if not urls:
            return _Listed((), known, _sentence(url, url, self._no_link()))
        given = Validators() if capture.hops else validators.given(capture)
        return _Listed(urls, given)

    def at_form(self, form: Form, known: Validators) -> _Listed:
        """What the pages of a form hold, up to the first that brings nothing new.

        What is new to the store counts only when the form was read to its end before. Else its first pages may be known while
        those behind them are not: a page failed the last time, or the config was another.
        """
        urls: dict[str, None] = {}
        for number in range(form.first, form.last + 1):
            page = self._post(form, number)
            if isinstance(page, str):
                where = form.address if form.first == form.last else f"{form.address}, page {number}"
                return _Listed(tuple(urls), Validators(), _sentence(where, form.address, page))
            new = [url for url in page if url not in urls]
            urls.update(dict.fromkeys(new))
            if not new or (known == _READ_TO_ITS_END and all(map(self._is_known, new))):
                break
        return _Listed(tuple(urls), _READ_TO_ITS_END)

    def _post(self, form: Form, number: int) -> tuple[str, ...] | str:
        """The links on one page of a form, or what is wrong with it. Only the first page has to be there and to have any."""
        fields = tuple((name, text.replace(PAGE, str(number))) for name, text in form.fields)
        try:
            capture = self.fetcher.fetch(Request(form.address, form=fields), self.source)
        except Resting:
            raise
        except FetchError as wrong:
            return str(wrong)
        found = quality.from_status(capture, is_conditional=False)
        if found is not None:
            is_none = found[0] is Seen.GONE or (capture.status == 200 and not capture.damage)  # there is no such page
            return () if is_none and number > form.first else found[1]
        return self._links(capture) or (self._no_link() if number == form.first else ())

    def _links(self, capture: Capture) -> tuple[str, ...]:
        return tuple(link.url for link in self.reader.listed(capture, self.source).links)

    def _no_link(self) -> str:
        find = self.source.find
        return f"no link to an article in it (tried: {'; '.join(find.links)}; articles: {'; '.join(find.articles) or 'none set'})"

    def _is_known(self, url: str) -> bool:
        return self.store.page(key(url, self.source.identity)) is not None


def _sentence(where: str, url: str, problem: str) -> str:
    """A problem of the listing at ``url``, whose address errors begin with."""
    return f"the listing {where}: {problem.removeprefix(f'{url}: ')}"
