"""The cookies of a session with one site: taken up from its answers, sent back to it and to nobody else.

Only what a session needs of RFC 6265: names and values, and the end of a cookie. The standard library's ``http.cookies`` is of
no use for that: it drops a cookie for one attribute that it does not know (``Partitioned``), or takes it for another cookie.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from monitor.fetching.redirects import origin
from monitor.model import Jar

MOST = 50  # cookies of a site, as many as RFC 6265, section 6.1, wants kept
LONGEST = 4096  # bytes of a cookie's name and value (the same section)
_UNSOUND = re.compile(r"[\x00-\x1f\x7f;]|[^\x00-\xff]")  # controls, the end of a cookie, what no header can hold


def sent(jar: Jar) -> str:
    """The value of the header ``Cookie``; empty where there is nothing to send. What is unsound in ``jar`` is left out."""
    return "; ".join(f"{name}={value}" for name, value in jar.items() if _is_sound(name, value))


def take_up(jar: Jar, headers: Iterable[str], url: str, now: datetime) -> None:
    """Put into ``jar`` what the ``Set-Cookie`` headers of an answer from ``url`` say (RFC 6265, section 5.2).

    Left out are cookies for other sites, those with control characters or too long, and new ones where there are enough.
    """
    host = origin(url)[1]
    for header in headers:
        pair, *rest = header.split(";")
        name, is_pair, value = (part.strip(" \t") for part in pair.partition("="))
        attributes = _attributes(rest)
        if not is_pair or not _is_sound(name, value) or not _is_for(host, attributes.get("domain", "")):
            continue
        if _is_over(attributes, now):
            jar.pop(name, None)
        elif name in jar or len(jar) < MOST:
            jar[name] = value


def _attributes(parts: list[str]) -> dict[str, str]:
    """The attributes of a cookie by name, in lower case; of two of one name, the last."""
    pairs = (part.partition("=") for part in parts)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _is_sound(name: str, value: str) -> bool:
    return bool(name) and "=" not in name and len(name) + len(value) <= LONGEST and not _UNSOUND.search(name + value)


def _is_for(host: str, domain: str) -> bool:
    """Whether a cookie for ``domain`` may come from ``host`` (section 5.1.3). It goes back to that host alone in any case."""
    domain = domain.removeprefix(".").lower()
    return not domain or host == domain or host.endswith(f".{domain}")


def _is_over(attributes: dict[str, str], now: datetime) -> bool:
    """Whether this takes a cookie back: ``Max-Age`` first, then ``Expires`` (section 5.3)."""
    seconds = attributes.get("max-age", "")
    if re.fullmatch(r"-?[0-9]{1,15}", seconds):
        return int(seconds) <= 0
    try:
        expires = parsedate_to_datetime(attributes.get("expires", ""))
    except (ValueError, OverflowError):
        return False
    return (expires if expires.tzinfo else expires.replace(tzinfo=UTC)) <= now
