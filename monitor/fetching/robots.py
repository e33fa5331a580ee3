"""robots.txt (RFC 9309): what a site does not want fetched, and how much time it wants between two requests.

protego reads the rules and matches addresses. Which group of rules is ours is decided here, by the whole product token,
as the RFC wants it; so protego gets one group, and a file of endless groups costs no more than its bytes.
"""

from __future__ import annotations

import codecs
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from protego import Protego

from monitor.errors import BadAnswer, Disallowed, Resting, TooLarge, Unreachable
from monitor.fetching.backoff import Way, way_of
from monitor.fetching.failures import short
from monitor.protocols import Clock
from monitor.settings import Source

AGENT = "article-monitor"  # our product token (section 2.2.1)
MOST_BYTES = 500 * 1024  # what is read of the file (section 2.5)
MOST_REDIRECTS = 5  # that are followed (section 2.3.1.2)
LONGEST_GAP = timedelta(minutes=10)  # between two requests, whatever the file asks for
_KEPT = 24 * 3600.0  # seconds (section 2.4)
_CLOSED = 3600.0  # seconds until a host whose file cannot be had is asked for it again
_GIVEN_UP = 30 * 24 * 3600.0  # seconds after which such a host counts as one without a file (section 2.3.1.4)
_MANY_HOSTS = 500
_MOST_LINES_NAMED = 2000
_NO_GAP = timedelta(0)

_Key = tuple[str, Way]  # scheme, host and port of an address, and the way there

Ask = Callable[[str, Source], tuple[int, bytes]]
"""The status and the first bytes of a robots.txt, after redirects. Raises FetchError, Stopped."""


class Rules:
    """The rules of a robots.txt that are for us."""

    def __init__(self, body: bytes) -> None:
        self._lines = () if _is_html(body) else _our_lines(_text(body))
        self._protego = _parsed(line for _, line in self._lines)
        self.gap = _gap(self._protego)

    def refusal(self, url: str) -> str | None:
        """The rule that ``url`` is not to be fetched by, with its line; None when it may be."""
        if self._protego.can_fetch(url, AGENT):
            return None
        # protego does not say which rule it was: it is the longest of those that alone would refuse (section 2.2.2).
        found = [(number, line) for number, line in self._lines[:_MOST_LINES_NAMED] if not _parsed([line]).can_fetch(url, AGENT)]
        number, line = max(found, key=lambda each: len(each[1].partition(":")[2].strip()), default=(0, "a rule of it"))
        return f"line {number}: {short(line)}" if number else line


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a host until the monotonic instant ``until``. ``closed`` says why nothing may be fetched from it."""

    until: float
    rules: Rules
    closed: str = ""
    unreachable_since: float | None = None


class Robots:
    """What the robots.txt of each host says. May be used by many threads; ``ask`` fetches the file.

    It is known by the way to the host, too: a proxy that is down closes a host to those alone who go by it.
    """

    def __init__(self, ask: Ask, clock: Clock, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._ask = ask
        self._clock = clock
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._known: dict[_Key, _Known] = {}
        self._asking: dict[_Key, threading.Lock] = {}

    def gap(self, url: str, source: Source) -> timedelta:
        """The time that the host of ``url`` wants between two requests.

        Raises Disallowed where it does not want this one, Resting while it is closed, whatever fetching robots.txt raises.
        """
        if not source.polite.robots:
            return _NO_GAP
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc.lower()}"
        key = origin, way_of(source)
        known = self._known.get(key)
        if known is None or known.until <= self._monotonic():
            known = self._learn(key, url, source)
        elif known.closed:
            until = self._clock.now() + timedelta(seconds=known.until - self._monotonic())
            raise Resting(host=parts.netloc, until=until, why=known.closed)
        refusal = known.rules.refusal(url)
        if refusal is not None:
            raise Disallowed(
                f"{short(url)}: {origin}/robots.txt does not want it fetched ({refusal}); `polite.robots = false` ignores that"
            )
        return known.rules.gap

    def _learn(self, key: _Key, url: str, source: Source) -> _Known:
        """Fetch the file, once for all threads that want it. Raises Unreachable where that closes the host."""
        with self._lock:
            asking = self._asking.setdefault(key, threading.Lock())
        with asking:
            known, now = self._known.get(key), self._monotonic()
            if known is not None and known.until > now and not known.closed:
                return known
            if known is None or known.until <= now:
                since = known.unreachable_since if known is not None else None
                known = self._asked(f"{key[0]}/robots.txt", source, since)
                self._keep(key, known)
        if known.closed:
            raise Unreachable(f"{short(url)}: not fetched: {known.closed}")
        return known

    def _asked(self, address: str, source: Source, since: float | None) -> _Known:
        """What fetching the file brings. Raises what says nothing of the file: Forbidden, Resting, Stopped."""
        try:
            status, body = self._ask(address, source)
        except (Unreachable, BadAnswer, TooLarge) as wrong:
            why = str(wrong)
        else:
            if status < 500:  # 4xx: there is no file (section 2.3.1.3), and a redirect that goes nowhere leads to none
                return _Known(self._monotonic() + _KEPT, Rules(_whole_lines(body) if 200 <= status < 300 else b""))
            why = f"{address} answered {status}"
        now = self._monotonic()
        since = now if since is None else since
        if now - since >= _GIVEN_UP:
            return _Known(now + _CLOSED, Rules(b""), unreachable_since=since)
        return _Known(now + _CLOSED, Rules(b""), f"{why}; without it nothing is fetched (RFC 9309, section 2.3.1.4)", since)

    def _keep(self, key: _Key, known: _Known) -> None:
        with self._lock:
            self._known.pop(key, None)
            self._known[key] = known
            if len(self._known) > _MANY_HOSTS:
                oldest = next(iter(self._known))
                del self._known[oldest]
                self._asking.pop(oldest, None)


def _whole_lines(body: bytes) -> bytes:
    """``body`` without the rule in which it was cut at the limit: ``Disallow: /`` may be half of ``Disallow: /private``."""
    return body if len(body) < MOST_BYTES else body[: max(body.rfind(b"\n"), body.rfind(b"\r")) + 1]


def _text(body: bytes) -> str:
    """UTF-8 (section 2.3); other encodings only where a byte order mark says so."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if body.startswith(mark):
            return body.decode(name, "replace")
    return body.decode("utf-8", "replace")


def _is_html(body: bytes) -> bool:
    """Whether this is a page that came instead of the file: no line of a robots.txt begins so."""
    return body[:1000].removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<")


_NAMED = re.compile(r"user[- ]?agent\s*[:\s]\s*([a-z_-]+|\*)?", re.IGNORECASE)
_OUTSIDE = re.compile(r"site-?maps?\b|host\b", re.IGNORECASE)  # what belongs to no group (section 2.2.4)


def _our_lines(text: str) -> tuple[tuple[int, str], ...]:
    """The lines of the groups that are for us, with their numbers: those that name us, else those for everybody."""
    ours: list[tuple[int, str]] = []
    everybodys: list[tuple[int, str]] = []
    is_ours = is_everybodys = is_named = is_in_names = False
    for number, whole in enumerate(text.splitlines(), 1):
        line = whole.partition("#")[0].strip()
        named = _NAMED.match(line)
        if named:
            name = (named[1] or "").lower()
            is_ours = name == AGENT or (is_ours and is_in_names)
            is_everybodys = name == "*" or (is_everybodys and is_in_names)
            is_in_names, is_named = True, is_named or is_ours
        elif line and not _OUTSIDE.match(line):
            is_in_names = False
            if is_ours:
                ours.append((number, line))
            if is_everybodys:
                everybodys.append((number, line))
    return tuple(ours if is_named else everybodys)


def _parsed(lines: Iterator[str] | list[str]) -> Protego:
    return Protego.parse("\n".join(["User-agent: *", *lines]))


def _gap(rules: Protego) -> timedelta:
    """The longer of ``Crawl-delay`` and what ``Request-rate`` comes to. Both are widespread, neither is in the RFC."""
    seconds = rules.crawl_delay(AGENT) or 0.0
    rate = rules.request_rate(AGENT)
    try:
        seconds = max(seconds, rate.seconds / rate.requests if rate else 0.0)
    except OverflowError:
        seconds = LONGEST_GAP.total_seconds()
    return timedelta(seconds=min(seconds, LONGEST_GAP.total_seconds()))
