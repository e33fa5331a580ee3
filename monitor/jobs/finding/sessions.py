"""The session that a source needs (``find.session``): a fetcher around another that opens it, carries it and renews it.

Cookies and token live here, in memory, for one round. Neither is in any error, and both go only to the scheme, host and
port of the page that opened the session.
"""

from __future__ import annotations

from dataclasses import replace

from monitor.errors import FetchError, NoSession, Resting
from monitor.judging import quality
from monitor.model import Capture, Jar, Request
from monitor.protocols import Fetcher, Reader
from monitor.settings import Session, Source

TOKEN = "{token}"  # noqa: S105  where a form's field has the token, not one
_REFUSED = (401, 403, 419)  # 419 is no registered status; Laravel answers so to a token that is over
_MOST_RENEWALS = 5  # in one round
_LONGEST_TOKEN = 4096  # characters


def with_session(source: Source, fetcher: Fetcher, reader: Reader) -> Fetcher:
    """What fetches for one round of ``source``: ``fetcher`` itself where the source has no session."""
    session = source.find.session
    return fetcher if session is None else SessionFetcher(session, fetcher, reader)


class SessionFetcher:
    """Implements ``Fetcher``: adds the cookies to the requests that need them, and the token to their forms.

    The session is opened when it is first needed. An answer that looks as if it was over is asked for once more in a new
    one: not when the last renewal did not help, nor more than five times in all. Belongs to one thread.
    """

    def __init__(self, session: Session, fetcher: Fetcher, reader: Reader) -> None:
        self._session = session
        self._fetcher = fetcher
        self._reader = reader
        self._jar: Jar | None = None
        self._token = ""
        self._problem = ""
        self._has_worked = True
        self._renewals = 0

    def fetch(self, request: Request, source: Source) -> Capture:
        """What answered, as of the fetcher inside. Raises NoSession besides, when there is none to be had in this round."""
        if not self._is_needed(request, source):
            return self._fetcher.fetch(request, source)
        if self._jar is None:
            self._open(source)
        capture = self._carry(request, source)
        is_over = self._looks_over(capture, request, source)
        if is_over and self._has_worked and self._renewals < _MOST_RENEWALS:
            self._renewals += 1
            self._open(source)
            capture = self._carry(request, source)
            is_over = self._looks_over(capture, request, source)
        self._has_worked = not is_over
        return capture

    def _is_needed(self, request: Request, source: Source) -> bool:
        is_visit = not _is_listing(request, source)
        return self._session.covers(request.url) and (self._session.in_visits or not is_visit)

    def _open(self, source: Source) -> None:
        """A session that is new altogether. Raises FetchError, Stopped."""
        if self._problem:  # pages by the hundred would ask for it again
            raise NoSession(self._problem)
        self._jar = None
        jar: Jar = {}
        try:
            capture = self._fetcher.fetch(Request(self._session.open, jar=jar), source)
        except Resting:
            raise
        except FetchError as wrong:
            raise type(wrong)(f"the session of {source.name}: {wrong}") from wrong
        token, why = self._given(capture, jar)
        if why:
            self._problem = f"the session of {source.name}: {why}"
            raise NoSession(self._problem)
        self._jar, self._token = jar, token

    def _given(self, capture: Capture, jar: Jar) -> tuple[str, str]:
        """The token that the session's page bears, and what is wrong with the page."""
        url, tried = self._session.open, self._session.token
        found = quality.from_status(capture, is_conditional=False)
        if found is not None:
            return "", f"{url}: {found[1]}"
        if not tried:
            return "", "" if jar else f"{url} gave no cookie"
        token = self._reader.value(capture, tried) or ""
        if not token:
            return "", f"no token on {url} (tried: {'; '.join(map(str, tried))})"
        if len(token) > _LONGEST_TOKEN:
            return "", f"the token on {url} has {len(token):,} characters, more than {_LONGEST_TOKEN:,}"
        return token, ""

    def _carry(self, request: Request, source: Source) -> Capture:
        form = request.form and tuple((name, text.replace(TOKEN, self._token)) for name, text in request.form)
        return self._fetcher.fetch(replace(request, form=form, jar=self._jar), source)

    def _looks_over(self, capture: Capture, request: Request, source: Source) -> bool:
        """Whether an answer is one that a site gives without a session: refused, a listing without links, an empty page."""
        if capture.status != 200 or capture.damage:
            return capture.status in _REFUSED
        if _is_listing(request, source):
            listed = self._reader.listed(capture, source)
            return not (listed.links or listed.further)
        return b"<main" in capture.body.lower() and self._reader.facts(capture).is_main_empty


def _is_listing(request: Request, source: Source) -> bool:
    return request.is_listing or request.form is not None or request.url in source.find.listings
