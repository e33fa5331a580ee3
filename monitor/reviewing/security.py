"""What every answer says to the browser, and which requests are not answered at all.

The policy allows nothing but what this program serves: no inline script or style, no frame, no form to elsewhere
(https://www.w3.org/TR/CSP3/). Without users only this machine is answered, by a name of its own: a site that had its name
lead here could read the log otherwise (DNS rebinding).
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Response
from werkzeug.datastructures import Headers

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # without any, browsers would send `Origin: null` with our own forms
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_HANDED_ON = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")


def with_headers(answer: Response, *, is_fixed: bool, is_personal: bool = False) -> Response:
    """``answer`` with the headers of every answer. What ``is_fixed`` (a static file whose address names its edition) is asked
    for once a year (RFC 8246); what ``is_personal`` (a page of somebody who signed in) is kept nowhere, so that going back after
    signing out shows nothing (RFC 9111, 5.2.2.5); anything else is asked for anew each time."""
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if is_fixed:
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    else:
        answer.headers.setdefault("Cache-Control", "no-store" if is_personal else "private, no-cache")
    return answer


def is_loopback(address: str | None) -> bool:
    """Whether an address, or ``localhost``, is this machine itself."""
    if address in ("localhost", "localhost."):
        return True
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False


def host_of(header: str) -> str:
    """The host that a ``Host`` header names, without its port and brackets; empty where it names none."""
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def names_host(header: str) -> bool:
    """Whether a ``Host`` header names a host that there can be: labels of 63 characters at most (RFC 1035), or an address."""
    host = host_of(header)
    return ":" in host or all(0 < len(label) < 64 and label.isascii() for label in host.removesuffix(".").split("."))


def is_handed_on(headers: Headers) -> bool:
    """Whether a proxy says that it hands on somebody else's request (RFC 7239, and what was used before it)."""
    return any(name in headers for name in _HANDED_ON)


def is_from_elsewhere(origin: str | None, fetch_site: str | None, host: str) -> bool:
    """Whether a request that would alter something comes from another site's page.

    Browsers say so in ``Sec-Fetch-Site`` and ``Origin`` (https://www.w3.org/TR/fetch-metadata/); programs send neither.
    """
    if fetch_site is not None:
        return fetch_site not in ("same-origin", "none")
    if origin is None:
        return False
    try:
        return urlsplit(origin).netloc.lower() != host.lower()
    except ValueError:
        return True
