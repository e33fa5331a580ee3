"""Where a redirect leads, and how far a chain of them is followed."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit

from monitor.errors import BadAnswer, Forbidden
from monitor.fetching.failures import clean, short
from monitor.fetching.guard import BAD_PORTS
from monitor.model import Hop
from monitor.settings import Politeness

CODES = frozenset({301, 302, 303, 307, 308})  # RFC 9110, section 15.4; the other 3xx lead nowhere by themselves
_REPEATING = frozenset({307, 308})  # with the same method and body
_DEFAULT_PORTS = {"http": 80, "https": 443}
_LONGEST_ADDRESS = 2000

Form = tuple[tuple[str, str], ...]


def host_of(url: str) -> str:
    """The host that ``url`` asks, in lower case, with its port where one is named.

    Raises BadAnswer for what is no address, Forbidden for a port that belongs to another service.
    """
    try:
        parts = urlsplit(url)
        problem = _problem(parts)
    except ValueError as wrong:
        raise BadAnswer(f"{short(url)}: this is no address ({wrong})") from wrong
    if problem:
        raise BadAnswer(f"{short(url)}: {problem}")
    if parts.port in BAD_PORTS:
        raise Forbidden(f"{short(url)}: port {parts.port} is another service's, not asked (a bad port of the Fetch standard)")
    return parts.netloc.rpartition("@")[2].lower()


def target(url: str, location: str) -> str:
    """The absolute address to which the header ``Location`` of ``url`` points, without fragment. Raises BadAnswer."""
    location = clean(_as_utf8(location)).strip()
    try:
        found = urljoin(url, location).partition("#")[0]
        parts = urlsplit(found)
        problem = "too long an address" if len(found) > _LONGEST_ADDRESS else _problem(parts)
    except ValueError:
        problem = "no address"
    if problem:
        raise BadAnswer(f"{short(url)}: it redirects to {short(location)!r}, {problem}")
    return found


def followed(hops: tuple[Hop, ...], hop: Hop, polite: Politeness, *, may_return: bool = False) -> tuple[Hop, ...]:
    """``hops`` and one more. Raises BadAnswer, naming them all, when they go in a circle or are too many.

    ``may_return``: an address may come up again. With a new cookie, or after a form was sent, it answers otherwise.
    """
    hops = (*hops, hop)
    way = " → ".join(short(url) for url in (*(each.url for each in hops), hop.location))
    if not may_return and any(each.url == hop.location for each in hops):
        raise BadAnswer(f"{short(hops[0].url)}: it redirects in a circle: {way}")
    if len(hops) > polite.redirects:
        raise BadAnswer(f"{short(hops[0].url)}: it redirects more than {polite.redirects} times (polite.redirects): {way}")
    return hops


def form_after(hop: Hop, form: Form | None) -> Form | None:
    """The form that is sent on after a redirect: none after 301, 302 and 303, the same after 307 and 308.

    So RFC 9110, section 15.4, and every browser. Raises BadAnswer where it would go to another origin: it was not meant for it.
    """
    if form is None or hop.status not in _REPEATING:
        return None
    if origin(hop.location) != origin(hop.url):
        raise BadAnswer(f"{short(hop.url)}: it redirects a form to another host, {short(hop.location)}; it is not sent there")
    return form


def origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port of an address that :func:`host_of` took (RFC 6454, section 4)."""
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").lower(), parts.port or _DEFAULT_PORTS.get(parts.scheme)


def _problem(parts: SplitResult) -> str | None:
    """Why no request can be made of an address, or None. Raises ValueError for a port that is none."""
    if parts.scheme not in ("http", "https"):
        return "no http or https address"
    if not parts.hostname or parts.port == 0:
        return "an address without a host or port to ask"
    if parts.username is not None:
        return "an address with a user name in it"
    return None


def _as_utf8(header: str) -> str:
    """A header's text, which HTTP hands over as Latin-1, as the UTF-8 that it mostly is where it is not ASCII."""
    try:
        return header if header.isascii() else header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header
