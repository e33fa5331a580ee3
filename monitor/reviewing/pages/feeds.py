"""Feeds of the log: Atom and JSON Feed with any filter of the inbox, page by page, and only when something is new.

Feed readers send no headers of their own, so a token also counts as ``?key=``: one whose label begins with ``feed``, since an
address is seen by more than a header is. ``monitor user token NAME feeds`` makes one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, g, request
from flask.typing import ResponseReturnValue

from monitor import __version__
from monitor.filters import from_address, to_address
from monitor.jobs.asked import checked
from monitor.jobs.entries import entries
from monitor.jobs.passing_on.log import tell
from monitor.model import Entry, LogQuery, Role, Told
from monitor.protocols import Store
from monitor.reviewing import auth
from monitor.telling import feeds

blueprint = Blueprint("feeds", __name__)
PER_PAGE = 50
KEY = "key"
_Writer = Callable[[feeds.Feed, Sequence[Told]], str]


@blueprint.get("/feeds/atom.xml")
def atom() -> ResponseReturnValue:
    """The log as an Atom feed."""
    return _answer(feeds.atom, feeds.ATOM)


@blueprint.get("/feeds/feed.json")
def json_feed() -> ResponseReturnValue:
    """The log as a JSON Feed."""
    return _answer(feeds.json_feed, feeds.JSON_FEED)


def _answer(write: _Writer, kind: str) -> ResponseReturnValue:
    key = _checked_key()
    store, parts = auth.store(), auth.parts()
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name != KEY]
    asked = from_address(pairs, parts.clock.now(), PER_PAGE)
    query = checked(asked, store, parts.settled(), parts.sources)
    answer = Response(content_type=f"{kind}; charset=utf-8")
    limit = query.limit or PER_PAGE
    found = list(islice(entries(store, replace(query, limit=limit + 1)), limit + 1))
    answer.set_etag(_etag(store, found, kind))
    modified = _last_modified(store, query)
    if modified is not None:  # none would be written as now
        answer.last_modified = modified
    answer.headers["Cache-Control"] = "private, max-age=60"
    if request.if_none_match.contains(answer.get_etag()[0] or "") or _is_unmodified(modified):
        answer.status_code = 304
        return answer
    answer.set_data(write(_feed(store, asked, found, limit, key), list(tell(found[:limit], store))))
    return answer


def _checked_key() -> str:
    """The token in the address, if it counts. Aborts with 401 or 403."""
    key = request.args.get(KEY, "")
    if g.user is None and key:
        digest = auth.digest(key)
        label = auth.store().key_label(digest)
        if label is None or not label.startswith(auth.FOR_FEEDS):
            g.by_token = True  # no page to sign in: a feed reader cannot
            abort(401, f"this key is not known, was taken back, or its label does not begin with {auth.FOR_FEEDS!r}")
        g.user = auth.store().keyholder(digest, auth.parts().clock.now())
    if g.user is None or not g.user.role.may(Role.READER):
        abort(401, "sign in, or add ?key= with a token: `monitor user token NAME feeds` makes one")
    return key


def _last_modified(store: Store, query: LogQuery) -> datetime | None:
    """When the newest change was seen; nothing where a feed may change without a newer one, and only its ETag can tell."""
    if query.states or query.assigned or query.watch or store.settled() < store.newest():
        return None
    newest = next(store.changes(replace(query, limit=1, is_ranked=False, start=None)), None)
    return newest.at if newest else None


def _is_unmodified(modified: datetime | None) -> bool:
    """By the date alone, which counts only where no ETag was sent (RFC 9110, section 13.1.3)."""
    since = request.if_modified_since
    return not request.if_none_match and since is not None and modified is not None and modified.replace(microsecond=0) <= since


def _etag(store: Store, found: Sequence[Entry], kind: str) -> str:
    """What a page of a feed is made of: its entries as they are judged now, its address, and what people did."""
    seen = (kind, __version__, request.url, store.database_id(), store.review_mark(), found)
    return hashlib.sha256(repr(seen).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def _feed(store: Store, query: LogQuery, rows: Sequence[Entry], limit: int, key: str) -> feeds.Feed:
    filters = to_address(replace(query, start=None), request.args.get("since", ""), request.args.get("until", ""))
    following = ""
    if len(rows) > limit:
        last = rows[limit - 1].change
        after = replace(query, start=(last.judged.score if last.judged else 0.0, last.id))
        following = _address(to_address(after, request.args.get("since", ""), request.args.get("until", "")), key, limit)
    first = _address(filters, key, limit)
    return feeds.Feed(
        store.database_id(),
        "Changes" + (f": {filters.replace('&', ', ')}" if filters else " of articles"),
        filters,
        request.host_url,
        request.url if query.start is not None else first,
        following,
        first,
    )


def _address(filters: str, key: str, limit: int) -> str:
    size = urlencode([("limit", str(limit))]) if limit != PER_PAGE else ""
    pieces = [piece for piece in (filters, size, urlencode([(KEY, key)]) if key else "") if piece]
    return request.base_url + (f"?{'&'.join(pieces)}" if pieces else "")
