"""What requests, urllib3, ssl and socket raise, told as one of our errors in one sentence."""

from __future__ import annotations

import http.client
import re
import socket
import ssl
from collections.abc import Iterator
from typing import Any

import urllib3.exceptions as urllib3

from monitor.errors import BadAnswer, FetchError, Forbidden, Unreachable
from monitor.fetching.guard import Refused
from monitor.settings import Politeness

LIBRARY = (urllib3.HTTPError, http.client.HTTPException, OSError, ValueError, Refused)
"""All that the libraries and our guard raise: ``requests.RequestException`` and ``ssl.SSLError`` are OSErrors,
UnicodeError is a ValueError."""


class ProxyRefused(OSError):
    """The proxy would not connect to the server. The text is its status and reason."""


class NoNameInTime(urllib3.ConnectTimeoutError):
    """A name was not found within the time for a connection."""


class OtherCertificate(OSError):
    """A server has another certificate than the one that is to be accepted. The text is its fingerprint."""


_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]+")
_LONGEST = 200


def clean(text: str) -> str:
    """``text`` from a server without control characters, so that it can stand in a line and on a terminal."""
    return text if text.isprintable() else _CONTROLS.sub("", text)


def short(text: str) -> str:
    """``text`` from a server as it may stand in a sentence: clean, and not too long."""
    text = clean(text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def is_stale(error: BaseException) -> bool:
    """Whether a kept-open connection had been closed by the server before it took the request (RFC 9112, section 9.3.1)."""
    gone = (http.client.RemoteDisconnected, ConnectionResetError, ConnectionAbortedError, BrokenPipeError)
    return any(isinstance(cause, gone) for cause in _causes(error))


def told(error: BaseException, url: str, host: str, polite: Politeness, proxy: str = "") -> FetchError:
    """The error of ours that says what ``error`` means for a request to ``url`` (through ``proxy``). To be raised ``from`` it."""
    causes = list(_causes(error))
    given = {"host": short(host), "timeout": polite.timeout.total_seconds(), "proxy": proxy}
    for kind, ours, sentence in _SENTENCES:
        for cause in causes:
            if isinstance(cause, kind):
                return ours(f"{short(url)}: {sentence.format(why=_why(cause), **given)}")
    system = next((cause for cause in causes if isinstance(cause, OSError) and cause.strerror), error)
    return Unreachable(f"{short(url)}: the connection to {short(host)} failed: {_why(system)}")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """``error`` and the errors it carries, outermost first. The libraries pack them in ``args``, ``reason`` or ``from``."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, BaseException) and id(each) not in seen:
            seen.add(id(each))
            yield each
            waiting += [getattr(each, "reason", None), each.__cause__, *each.args]


def _why(cause: Any) -> str:
    """What an error of a library says itself, as far as it tells a person anything."""
    if isinstance(cause, urllib3.ProxyError):
        return next((_why(each) for each in _causes(cause) if isinstance(each, OSError) and each is not cause), short(str(cause)))
    if isinstance(cause, http.client.IncompleteRead):
        if isinstance(cause.partial, int) and isinstance(cause.expected, int):
            return f"{cause.partial} of {cause.partial + cause.expected} bytes came"
        return "its last chunk did not come"
    for name in ("verify_message", "reason", "strerror"):  # those of ssl's and the system's errors, the clearest first
        text = getattr(cause, name, None)
        if isinstance(text, str) and text:
            return short(text).rstrip(".")
    return short(str(cause)) or type(cause).__name__


# The first kind that is among the causes decides, so the telling ones stand before those that contain them.
_SENTENCES: tuple[tuple[type[BaseException], type[FetchError], str], ...] = (
    (Refused, Forbidden, "{why}"),
    (ProxyRefused, Unreachable, "the proxy {proxy} would not connect to {host}: it answered {why}"),
    (urllib3.ProxyError, Unreachable, "no connection to the proxy {proxy}: {why}"),
    (
        OtherCertificate,
        Unreachable,
        "TLS: {host} has another certificate than `connection.certificate` names; its fingerprint is {why}",
    ),
    (ssl.SSLCertVerificationError, Unreachable, "TLS: the certificate of {host} is not trusted: {why}"),
    (ssl.SSLError, Unreachable, "TLS: no secure connection to {host}: {why}"),
    (socket.gaierror, Unreachable, "the name {host} was not found ({why})"),
    (NoNameInTime, Unreachable, "the name {host} was not found within {timeout:g} s (polite.timeout): {why}"),
    (ConnectionRefusedError, Unreachable, "{host} refused the connection"),
    (urllib3.ConnectTimeoutError, Unreachable, "no connection to {host} within {timeout:g} s (polite.timeout)"),
    (urllib3.ReadTimeoutError, Unreachable, "{host} sent nothing for {timeout:g} s (polite.timeout)"),
    (TimeoutError, Unreachable, "{host} sent nothing for {timeout:g} s (polite.timeout)"),
    (http.client.RemoteDisconnected, Unreachable, "{host} closed the connection without an answer"),
    (ConnectionResetError, Unreachable, "{host} broke off the connection"),
    (http.client.IncompleteRead, BadAnswer, "the body was cut short: {why}"),
    (http.client.HTTPException, BadAnswer, "this is no whole HTTP answer: {why}"),
    (urllib3.InvalidHeader, BadAnswer, "this is no whole HTTP answer: {why}"),
    (urllib3.LocationValueError, BadAnswer, "no request can be made of this address: {why}"),
    (UnicodeError, BadAnswer, "no request can be made of this address: {why}"),
    (urllib3.SSLError, Unreachable, "TLS: no secure connection to {host}: {why}"),
)
