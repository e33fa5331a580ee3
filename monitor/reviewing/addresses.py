"""Addresses of the inbox: the filters of an address, and the address of filters."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import g, request

from monitor.filters import from_address, to_address
from monitor.jobs.asked import hints, spelled, unknown
from monitor.model import LogQuery, ReviewState
from monitor.reviewing.auth import parts, store
from monitor.telling.sentences import sentence

PER_PAGE = 50
_ALL = "order=new"  # says nothing, and is not empty: an address without any filter is what is new for a user


def asked(now: datetime, limit: int = PER_PAGE) -> LogQuery:
    """The filters of the address that was asked for. Raises WrongFilter.

    What they name and there is not is said by :func:`remarks`: a view whose watch word is gone still opens, and is empty.
    """
    found = from_address(request.query_string.decode("ascii", "replace"), now, limit)
    return spelled(found, parts().settled(), parts().sources)


def remarks(query: LogQuery) -> list[str]:
    """What is to be said of the filters: those that name what there is not, and words that were not taken as they are."""
    found = unknown(query, store(), parts().settled(), parts().sources)
    return [*(sentence(str(each)) for each in found), *hints(query)]


def usual(looked: int) -> LogQuery:
    """What the inbox shows when nothing is asked for: what is open and new since somebody last looked, by score."""
    return LogQuery(states=frozenset({ReviewState.OPEN}), above=looked, is_ranked=True, limit=PER_PAGE)


def url_with(query: LogQuery, **altered: Any) -> str:
    """The address of the inbox with these filters, some ``altered``. Times are as they were asked for, like ``24h``."""
    altered.setdefault("start", None)
    return f"/?{filters_of(replace(query, **altered))}"


def filters_of(query: LogQuery) -> str:
    """The query part of an address that stands for these filters; never empty."""
    given = {name: request.args.get(name, "") for name in ("since", "until")}
    kept = {name: given[name] if getattr(query, name) is not None else "" for name in given}
    return to_address(query, **kept) or _ALL


def canonical(text: str, now: datetime) -> str:
    """The query part of an address as a view keeps it: without the page of the list, and what was new for somebody.

    Raises InputError.
    """
    query, given = from_address(text, now), dict(parse_qsl(text))
    return to_address(replace(query, start=None, above=0), given.get("since", ""), given.get("until", "")) or _ALL


def own(target: str) -> str:
    """An address of ours, without scheme and host; empty for any other."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    is_ours = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return target if is_ours and target.isprintable() and "\\" not in target else ""


def looked() -> int:
    """The newest change that was in the log when the user last said that they had seen it all."""
    known: int = g.user.looked
    kept = request.cookies.get(LOOKED, "")
    return max(known, int(kept) if g.is_open and kept.isascii() and kept.isdecimal() and len(kept) < 18 else 0)


LOOKED = "monitor_looked"  # the cookie that remembers it where there are no users
