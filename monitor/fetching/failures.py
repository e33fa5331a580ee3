"""What requests, urllib3, ssl and socket raise, told as one of our errors in one sentence."""

from __future__ import annotations

import http.client
import re
import socket
import ssl
from collections.abc import Callable, Iterator
from typing import Any

import urllib3.exceptions as urllib3

from monitor.errors import BadAnswer, FetchError, Unreachable
from monitor.settings import Politeness

LIBRARY = (urllib3.HTTPError, http.client.HTTPException, OSError, ValueError)
"""All that the libraries raise: ``requests.RequestException`` and ``ssl.SSLError`` are OSErrors, UnicodeError is a ValueError."""

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]+")
_LONGEST = 200
Say = Callable[[Any, str, Politeness], str]


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


def told(error: BaseException, url: str, host: str, polite: Politeness) -> FetchError:
    """The error of ours that says what ``error`` means for a request to ``url``. To be raised ``from`` it."""
    causes = list(_causes(error))
    for kind, ours, say in _SENTENCES:
        for cause in causes:
            if isinstance(cause, kind):
                return ours(f"{short(url)}: {say(cause, short(host), polite)}")
    for cause in causes:
        if isinstance(cause, OSError) and cause.strerror:
            return Unreachable(f"{short(url)}: the connection to {short(host)} failed: {short(cause.strerror)}")
    return Unreachable(f"{short(url)}: {short(str(error)) or type(error).__name__}")


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


def _name(cause: Any, host: str, polite: Politeness) -> str:
    return f"the name {host} was not found ({cause.strerror or cause})"


def _connect_time(cause: Any, host: str, polite: Politeness) -> str:
    return f"no connection to {host} within {polite.timeout.total_seconds():g} s (polite.timeout)"


def _read_time(cause: Any, host: str, polite: Politeness) -> str:
    return f"{host} sent nothing for {polite.timeout.total_seconds():g} s (polite.timeout)"


def _certificate(cause: Any, host: str, polite: Politeness) -> str:
    return f"TLS: the certificate of {host} is not trusted: {short(cause.verify_message or str(cause))}"


def _tls(cause: Any, host: str, polite: Politeness) -> str:
    return f"TLS: no secure connection to {host}: {short(getattr(cause, 'reason', None) or str(cause))}"


def _cut(cause: Any, host: str, polite: Politeness) -> str:
    if isinstance(cause.partial, int) and isinstance(cause.expected, int):
        return f"the body was cut short: {cause.partial} of {cause.partial + cause.expected} bytes came"
    return "the body was cut short before its last chunk"


def _not_http(cause: Any, host: str, polite: Politeness) -> str:
    return f"this is no whole HTTP answer: {short(str(cause)) or type(cause).__name__}"


def _address(cause: Any, host: str, polite: Politeness) -> str:
    return f"no request can be made of this address: {short(str(cause))}"


def _plain(sentence: str) -> Say:
    return lambda cause, host, polite: sentence.format(host=host)


# The first kind that is among the causes decides, so the telling ones stand before those that contain them.
_SENTENCES: tuple[tuple[type[BaseException], type[FetchError], Say], ...] = (
    (ssl.SSLCertVerificationError, Unreachable, _certificate),
    (ssl.SSLError, Unreachable, _tls),
    (socket.gaierror, Unreachable, _name),
    (ConnectionRefusedError, Unreachable, _plain("{host} refused the connection")),
    (urllib3.ConnectTimeoutError, Unreachable, _connect_time),
    (urllib3.ReadTimeoutError, Unreachable, _read_time),
    (TimeoutError, Unreachable, _read_time),
    (http.client.RemoteDisconnected, Unreachable, _plain("{host} closed the connection without an answer")),
    (ConnectionResetError, Unreachable, _plain("{host} broke off the connection")),
    (http.client.IncompleteRead, BadAnswer, _cut),
    (http.client.HTTPException, BadAnswer, _not_http),
    (urllib3.InvalidHeader, BadAnswer, _not_http),
    (urllib3.LocationValueError, BadAnswer, _address),
    (UnicodeError, BadAnswer, _address),
    (urllib3.SSLError, Unreachable, _tls),
)
