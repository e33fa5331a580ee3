"""HTTP fetching: robots.txt asked first, resting hosts left alone, paced, redirects followed; failures are our errors.

Redirects are followed here, not by requests, so that each hop is recorded, paced and checked like an address of its own.
"""

from __future__ import annotations

import threading
from datetime import timedelta

from monitor import __version__
from monitor.errors import BadAnswer, ConfigError, Unreachable
from monitor.fetching import cookies, redirects
from monitor.fetching.asking import Answer, Asker, Secrets, too_late
from monitor.fetching.backoff import Backoff, way_of
from monitor.fetching.body import ACCEPTED, decode
from monitor.fetching.failures import clean, short
from monitor.fetching.guard import LookUp, look_up
from monitor.fetching.pace import Pace
from monitor.fetching.robots import AGENT, MOST_BYTES, MOST_REDIRECTS, Robots
from monitor.model import Capture, Hop, Request
from monitor.protocols import Clock
from monitor.settings import Source

_NO_CONDITIONS: dict[str, str] = {}
_FOR_ROBOTS = {"Accept": "text/plain,*/*;q=0.1", "Accept-Encoding": "identity"}  # so that its first bytes can be read alone


def no_secrets(reference: str) -> str:
    """What looks secrets up where there are none."""
    raise ConfigError([f"nothing looks up {reference} here"])


class HttpFetcher:
    """Visits addresses over HTTP. May be used by many threads; each has its own connections.

    ``contact`` is named to the sites with every request. ``stop`` ends waiting and reading. ``backoff`` knows which hosts
    rest, ``resolve`` looks names up, ``secrets`` what a source's config only refers to. :meth:`close` gives the connections
    back.
    """

    def __init__(
        self,
        clock: Clock,
        pace: Pace,
        *,
        contact: str | None,
        stop: threading.Event,
        backoff: Backoff | None = None,
        resolve: LookUp = look_up,
        secrets: Secrets = no_secrets,
    ) -> None:
        self._clock = clock
        self._pace = pace
        self._backoff = backoff or Backoff(clock)
        self._robots = Robots(self._robots_txt, clock)
        self._asker = Asker(clock, stop, resolve, secrets)
        self._headers = {
            "User-Agent": _agent(contact),
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Encoding": ACCEPTED,
        }

    def fetch(self, request: Request, source: Source) -> Capture:
        """What answered at ``request.url``, whatever its status, redirects followed.

        The request is conditional when it has validators, but not after a redirect: they belong to the first address, and so
        do the cookies of its jar, which go to its origin alone. A body that cannot be decoded is kept as it came (``damage``).
        Raises Unreachable, Forbidden, Disallowed, TooLarge or BadAnswer when nothing usable answered, Resting when the host
        is left alone for now, Stopped when the service is told to stop.
        """
        url, form, conditions = request.url, request.form, _conditions(request)
        hops: tuple[Hop, ...] = ()
        took = 0.0
        while True:
            answer = self._visit(url, conditions | _cookies(request, url), source, took, form)
            took += answer.took
            if request.jar is not None and _is_at_home(request, url):
                cookies.take_up(request.jar, answer.cookies, url, self._clock.now())
            if answer.target is None:
                break
            hop = Hop(url, answer.status, answer.target, answer.sent, answer.head, answer.wire, answer.at)
            hops = redirects.followed(hops, hop, source.polite, may_return=request.jar is not None or form is not None)
            form = redirects.form_after(hop, form)
            url, conditions = answer.target, _NO_CONDITIONS
            _check_time(took, url, source)
        return _capture(request, hops, url, answer, took, source)

    def permitted(self, url: str, source: Source) -> timedelta:
        """The gap that the host of ``url`` asks for in its robots.txt, which is fetched where it is not known.

        Raises what :meth:`fetch` raises before it asks for the page: Disallowed, Resting, whatever fetching robots.txt raises.
        """
        self._backoff.check(redirects.host_of(url), way_of(source))
        return self._robots.gap(url, source)

    def close(self) -> None:
        """Close all connections that are not in use. Idempotent; the fetcher can be used again."""
        self._asker.close()

    def _visit(self, url: str, headers: dict[str, str], source: Source, spent: float, form: redirects.Form | None) -> Answer:
        """One page asked for, if its host will have it. Raises FetchError, Stopped."""
        host, way = redirects.host_of(url), way_of(source)
        self._backoff.check(host, way)
        gap = max(source.polite.gap, self._robots.gap(url, source))
        self._backoff.check(host, way)  # asking for its robots.txt may have shown that it is not well
        self._pace.wait(host, gap)
        return self._ask(host, url, headers, source, spent=spent, form=form)

    def _robots_txt(self, url: str, source: Source) -> tuple[int, bytes]:
        """The status and the beginning of a robots.txt. Raises FetchError, Stopped."""
        took = 0.0
        for _ in range(MOST_REDIRECTS + 1):
            host = redirects.host_of(url)
            self._backoff.check(host, way_of(source))
            self._pace.wait(host, source.polite.gap)
            answer = self._ask(host, url, _FOR_ROBOTS, source, spent=took, only=MOST_BYTES)
            took += answer.took
            if answer.target is None:
                break
            url = answer.target
            _check_time(took, url, source)
        return answer.status, decode(answer.wire, answer.codings, limit=MOST_BYTES, url=short(url), only=True)

    def _ask(
        self,
        host: str,
        url: str,
        headers: dict[str, str],
        source: Source,
        *,
        spent: float,
        only: int | None = None,
        form: redirects.Form | None = None,
    ) -> Answer:
        """One request, and what its answer says of the host. Raises FetchError, Stopped."""
        try:
            answer = self._asker.ask(url, self._headers | headers, source, spent=spent, only=only, form=form)
        except Unreachable as wrong:
            self._backoff.failed(host, str(wrong), way_of(source))
            raise
        self._backoff.answered(host, answer.status, answer.retry_after, way_of(source))
        return answer


def _agent(contact: str | None) -> str:
    """The name by which we go: product and comment (RFC 9110, section 10.1.5)."""
    said = clean(contact or "").strip().encode("ascii", "replace").decode().translate({40: None, 41: None, 92: None})
    return f"{AGENT}/{__version__}" + (f" (+{said})" if said else "")


def _check_time(spent: float, url: str, source: Source) -> None:
    """Raises Unreachable where redirects took all the time there is, of which ``url``, the next, is not to blame."""
    if spent >= source.polite.total.total_seconds():
        raise too_late(url, source.polite, is_redirected=True)


def _conditions(request: Request) -> dict[str, str]:
    """The headers that make a request conditional (RFC 9110, sections 13.1.2 and 13.1.3); none for a form."""
    if request.form is not None:
        return _NO_CONDITIONS
    conditions = {}
    if request.etag:
        conditions["If-None-Match"] = clean(request.etag)
    if request.last_modified:
        conditions["If-Modified-Since"] = clean(request.last_modified)
    return conditions


def _is_at_home(request: Request, url: str) -> bool:
    """Whether ``url`` is of the same origin as the first address, whose cookies the request's jar holds."""
    return url == request.url or redirects.origin(url) == redirects.origin(request.url)


def _cookies(request: Request, url: str) -> dict[str, str]:
    """The header that sends the session's cookies home; nothing where ``url`` is elsewhere, or without a session."""
    value = cookies.sent(request.jar) if request.jar and _is_at_home(request, url) else ""
    return {"Cookie": value} if value else {}


def _capture(request: Request, hops: tuple[Hop, ...], url: str, answer: Answer, took: float, source: Source) -> Capture:
    """What came of ``request``: behind all ``hops`` the last ``answer``, of ``url``. Raises TooLarge."""
    body, damage = _decoded(answer, source, url)
    return Capture(
        url=request.url,
        answered=url,
        status=answer.status,
        headers=answer.headers,
        wire=answer.wire,
        body=body,
        at=answer.at,
        took=took,
        reason=answer.reason,
        hops=hops,
        sent=answer.sent,
        head=answer.head,
        damage=damage,
    )


def _decoded(answer: Answer, source: Source, url: str) -> tuple[bytes, str]:
    """The body of an answer, or nothing and what is wrong with it. Raises TooLarge."""
    try:
        return decode(answer.wire, answer.codings, limit=source.polite.max_bytes, url=short(url)), ""
    except BadAnswer as wrong:
        return b"", str(wrong)
