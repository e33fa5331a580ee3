"""Validators: which of those that a server gives are of use, and by which it would have answered 304 (RFC 9110, 8.8 and 13.1)."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from monitor.model import Capture, Validators


def given(capture: Capture) -> Validators:
    """What an answer is recognised by, verbatim.

    A Last-Modified that is not before the answer's own Date is left out: the page may be altered again in the same second
    (RFC 9110, section 8.8.2.2), or the server names the present time, or a time to come, with every answer.
    """
    etag, modified = capture.header("etag"), capture.header("last-modified")
    date, altered = _instant(capture.header("date")), _instant(modified)
    is_early = date is None or altered is None or altered < date
    return Validators(etag, modified if is_early else None)


def would_vouch(known: Validators, now: Validators) -> str | None:
    """The name of the header by which a server that gives ``now`` answers 304 to a request with ``known``; None: it does not.

    A server that is given an ETag does not look at the date (RFC 9110, section 13.1.3).
    """
    if known.etag is not None:
        return "ETag" if is_same_tag(known.etag, now.etag) else None
    if known.last_modified is None or now.last_modified is None:
        return None
    return "Last-Modified" if _is_not_later(now.last_modified, known.last_modified) else None


def is_same_tag(one: str | None, other: str | None) -> bool:
    """The weak comparison, which ``If-None-Match`` calls for (RFC 9110, sections 8.8.3.2 and 13.1.2)."""
    return one is not None and other is not None and one.strip().removeprefix("W/") == other.strip().removeprefix("W/")


def _is_not_later(one: str, other: str) -> bool:
    first, second = _instant(one), _instant(other)
    return one == other if first is None or second is None else first <= second


def _instant(value: str | None) -> datetime | None:
    """The instant that an HTTP date names; None for what is none."""
    try:
        at = parsedate_to_datetime(value) if value else None
        if at is None:
            return None
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)  # "-0000" gives one without a zone
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
