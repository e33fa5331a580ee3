"""Changes and stories: the log by its filters, one change with its words, judgement, captures and reviews."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import islice

from flask import Response, abort, request

from monitor import __version__
from monitor.errors import StoreDamaged, WrongFilter
from monitor.filters import from_address, to_address
from monitor.fingerprint import printed
from monitor.jobs import triage
from monitor.jobs.asked import checked
from monitor.jobs.entries import entries
from monitor.model import Change, LogQuery, Page, Part, Reviewed, Role
from monitor.protocols import Store
from monitor.reviewing import asking, auth
from monitor.reviewing.api.parameters import FILTERS, SINCE, SOURCE, limit
from monitor.reviewing.api.routes import BASE, Table
from monitor.reviewing.pages.change import proof
from monitor.reviewing.pages.triage import change_of
from monitor.reviewing.rows import parts_of
from monitor.reviewing.seals import seal_of
from monitor.telling import objects
from monitor.telling.objects import Object

table = Table()
_PER_PAGE = 50
_STORIES = 200
_BEARERS = 100


@table.add("GET", "/changes", "The changes that the filters ask for, one line each", "Changes", queries=FILTERS)
def changes() -> Object:
    """A page of the log; nothing is folded into stories."""
    store = auth.store()
    asked = from_address(request.query_string.decode("ascii", "replace"), auth.parts().clock.now(), _PER_PAGE)
    query = checked(asked, store, auth.parts().settled(), auth.parts().sources)
    most = query.limit or _PER_PAGE
    found = list(islice(store.changes(replace(query, limit=most + 1)), most + 1))
    return {"changes": lines(store, found[:most]), "next": _next(asked, found[most - 1]) if len(found) > most else None}


@table.add("GET", "/entries", "The rows of the inbox: the changes of a story are one", "Entries", queries=FILTERS)
def folded() -> Object:
    """The same as ``/changes``, folded; nothing is where one story is asked for, or what is hidden."""
    store = auth.store()
    asked = from_address(request.query_string.decode("ascii", "replace"), auth.parts().clock.now(), _PER_PAGE)
    query = checked(asked, store, auth.parts().settled(), auth.parts().sources)
    most = query.limit or _PER_PAGE
    found = list(entries(store, replace(query, limit=most + 1)))
    shown = found[:most]
    told = [
        line | {"whole_story": objects.story_object(entry.story) if entry.story else None}
        for line, entry in zip(lines(store, [entry.change for entry in shown]), shown, strict=True)
    ]
    return {"entries": told, "next": _next(asked, shown[-1].change, "entries") if len(found) > most else None}


def lines(store: Store, found: list[Change]) -> list[Object]:
    """Changes with their stories and reviewers."""
    numbers = [change.id for change in found]
    stories, states = store.story_of(numbers), store.reviewed(numbers)
    return [objects.change_object(each, stories.get(each.id), states.get(each.id, Reviewed())) for each in found]


def _next(query: LogQuery, last: Change, name: str = "changes") -> str:
    further = replace(query, start=(last.judged.score if last.judged else 0.0, last.id))
    return f"{BASE}/{name}?{to_address(further)}&limit={query.limit}"


@table.add("GET", "/changes/{id}", "One change, whole", "Change")
def change(id: int) -> Object:  # noqa: A002  as the path names it
    """A change with everything that its page shows."""
    store, found = auth.store(), change_of(id)
    stories, sides, pictured = store.stories(id), store.kept_sides(id), store.pictured(id)
    copy, (seal, _) = store.outside_copy(id), seal_of(id)
    return objects.change_object(found, stories[0] if stories else None, store.reviewed([id]).get(id, Reviewed())) | {
        "parts": objects.part_objects(_parts(store, found)),
        "judgement": _judgement(store, found),
        "reviews": [objects.review_object(line) for line in store.reviews(id)],
        "captures": {
            name: objects.kept_object(kept) if kept else None for name, kept in zip(("before", "after"), sides, strict=True)
        },
        "stories": [objects.story_object(story) for story in stories],
        "pictures": {
            name: objects.picture_objects(side) for name, side in zip(("before", "after"), pictured, strict=True)
        } if pictured else None,
        "seal": printed(seal.digest) if seal else None,
        "outside": objects.outside_object(copy) if copy else None,
        "bearers": [{"page": each.id, "source": each.source, "url": each.url} for each in _bearers(store, found)],
    }  # fmt: skip


@table.add("GET", "/changes/{id}/like", "What is like a change, in which respect", "Likes", role=Role.REVIEWER)
def like(id: int) -> Object:  # noqa: A002
    """The open changes that an act with a ``scope`` would take in, itself the first."""
    found = triage.likes(auth.store(), change_of(id))
    return {"likes": [{"scope": each.scope, "what": each.what, "changes": each.changes, "more": each.is_more} for each in found]}


@table.add(
    "GET", "/changes/{id}/evidence", "All that proves a change, as a zip file", "", media="application/zip", role=Role.REVIEWER
)
def evidence(id: int) -> Response:  # noqa: A002
    """What `monitor evidence` writes. It names when it was made, so its ETag is a weak one: of what it proves."""
    store, change = auth.store(), change_of(id)
    proved = (change, store.kept_sides(id), store.pictured(id), seal_of(id), __version__)
    tag = sha256(repr(proved).encode("utf-8", "replace")).hexdigest()[:32]
    answer: Response = Response(status=304) if request.if_none_match.contains_weak(tag) else proof(id)
    answer.set_etag(tag, weak=True)
    return answer


def _bearers(store: Store, found: Change) -> Sequence[Page]:
    """The other pages with the text that a change brought."""
    return store.bearers(found.page, found.after)[:_BEARERS] if found.after else ()


def _parts(store: Store, found: Change) -> Sequence[Part]:
    try:
        return parts_of(store, found)
    except StoreDamaged as wrong:
        abort(500, f"a text of this change is damaged: {wrong}. `monitor verify` says more; the log itself is whole")


def _judgement(store: Store, found: Change) -> Object | None:
    try:
        return objects.judgement_object(auth.parts().judge.judgement(found, store))
    except StoreDamaged:
        return None


@table.add("GET", "/stories", "Campaigns, the widest first", "Stories", queries=(SOURCE, SINCE, limit(_STORIES)))
def stories() -> Object:
    """Campaigns that lasted until ``since`` or longer."""
    store, now = auth.store(), auth.parts().clock.now()
    query = from_address(request.query_string.decode("ascii", "replace"), now, _STORIES)
    if query.limit is not None and query.limit > _STORIES:
        raise WrongFilter("limit", f"the parameter limit should be from 1 to {_STORIES}")
    asking.check_sources(query.sources, [each.source for each in store.known_since()])
    return {"stories": [objects.story_object(each) for each in store.campaigns(query)]}


@table.add("GET", "/stories/{id}", "One story, and its changes by their numbers", "WholeStory")
def story(id: int) -> Object:  # noqa: A002
    """A story."""
    found = auth.store().story(id)
    if found is None:
        abort(404, f"there is no story {id}; GET {BASE}/stories lists campaigns, and each change names its stories")
    return {"story": objects.story_object(found), "changes": auth.store().story_changes(id)}
