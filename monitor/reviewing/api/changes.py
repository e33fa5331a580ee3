"""Changes and stories: the log by its filters, one change with its words, judgement, captures and reviews."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from flask import abort, request

from monitor.errors import StoreDamaged
from monitor.filters import from_address, to_address
from monitor.fingerprint import printed
from monitor.jobs.watching import resolved
from monitor.model import Change, LogQuery, Part, Reviewed
from monitor.protocols import Store
from monitor.reviewing import asking, auth
from monitor.reviewing.api.parameters import FILTERS, SINCE, SOURCE, limit
from monitor.reviewing.api.routes import BASE, Table
from monitor.reviewing.pages.triage import change_of
from monitor.reviewing.rows import parts_of
from monitor.telling import objects
from monitor.telling.objects import Object

table = Table()
_PER_PAGE = 50
_STORIES = 200


@table.add("GET", "/changes", "The changes that the filters ask for, one line each", "Changes", queries=FILTERS)
def changes() -> Object:
    """A page of the log; nothing is folded into stories."""
    store = auth.store()
    asked = from_address(request.query_string.decode("ascii", "replace"), auth.parts().clock.now(), _PER_PAGE)
    asking.check_sources(asked.sources, [each.source for each in store.known_since()])
    query = resolved(asked, auth.parts().settled(), auth.parts().sources)
    most = query.limit or _PER_PAGE
    found = list(islice(store.changes(replace(query, limit=most + 1)), most + 1))
    return {"changes": lines(store, found[:most]), "next": _next(asked, found[most - 1]) if len(found) > most else None}


def lines(store: Store, found: list[Change]) -> list[Object]:
    """Changes with their stories and reviewers."""
    numbers = [change.id for change in found]
    stories, states = store.story_of(numbers), store.reviewed(numbers)
    return [objects.change_object(each, stories.get(each.id), states.get(each.id, Reviewed())) for each in found]


def _next(query: LogQuery, last: Change) -> str:
    further = replace(query, start=(last.judged.score if last.judged else 0.0, last.id))
    return f"{BASE}/changes?{to_address(further)}&limit={query.limit}"


@table.add("GET", "/changes/{id}", "One change, whole", "Change")
def change(id: int) -> Object:  # noqa: A002  as the path names it
    """A change with everything that its page shows."""
    store, found = auth.store(), change_of(id)
    stories, sides, pictured = store.stories(id), store.kept_sides(id), store.pictured(id)
    copy, seal = store.outside_copy(id), next((link for link in store.sealed_from(id) if link.change == id), None)
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
    }  # fmt: skip


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
        abort(400, f"limit should be from 1 to {_STORIES}")
    asking.check_sources(query.sources, [each.source for each in store.known_since()])
    return {"stories": [objects.story_object(each) for each in store.campaigns(query)]}


@table.add("GET", "/stories/{id}", "One story, and its changes by their numbers", "WholeStory")
def story(id: int) -> Object:  # noqa: A002
    """A story."""
    found = auth.store().story(id)
    if found is None:
        abort(404, f"there is no story {id}")
    return {"story": objects.story_object(found), "changes": auth.store().story_changes(id)}
