"""What people make of changes: the review log, acts on changes, undo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, request

from monitor.jobs import triage
from monitor.model import Act, Review, Role
from monitor.reviewing import asking, auth
from monitor.reviewing.api.parameters import AFTER_ID, limit
from monitor.reviewing.api.routes import BASE, Table
from monitor.reviewing.api.schemas import REVIEW, UNDO
from monitor.reviewing.pages.triage import also_of, text_of
from monitor.telling import objects
from monitor.telling.objects import Object

table = Table()
_MOST = 1000


@table.add("GET", "/reviews", "The review log, oldest first", "Reviews", queries=(AFTER_ID, limit(_MOST)))
def reviews() -> Object:
    """A page of the review log."""
    asked = asking.given(request.args.items(multi=True), ("after", "limit"))
    most = asking.number(asked, "limit", 1, _MOST, 100)
    found = auth.store().review_log(asking.number(asked, "after", 0, 10**17 - 1, 0), most + 1)
    shown = found[:most]
    further = f"{BASE}/reviews?{asking.address(asked, after=str(shown[-1].id))}" if len(found) > most else None
    return {"reviews": [objects.review_object(line) for line in shown], "next": further}


@table.add("POST", "/reviews", "Acknowledge, flag, dismiss, open again, assign or note", "Done", body=REVIEW, role=Role.REVIEWER)
def review(sent: Mapping[str, Any]) -> Object:
    """Do it, as one batch."""
    store, act = auth.store(), Act(sent["act"])
    states = store.reviewed(sent["changes"])
    seen = {number: states[number].last if number in states else 0 for number in sent["changes"]}
    text = text_of(act, sent.get("text", ""))
    also = also_of(seen, sent.get("scope", triage.Scope.THIS.value), "")
    done = triage.act(store, seen, act, auth.current().name, auth.parts().clock.now(), text, also)
    return _done(done.lines)


@table.add("POST", "/reviews/undo", "Take back what you did last, or one batch of yours", "Done", body=UNDO, role=Role.REVIEWER)
def undo(sent: Mapping[str, Any]) -> Object:
    """Take it back; nothing is deleted by that."""
    batch = sent.get("batch")
    lines = auth.store().undo(auth.current().name, auth.parts().clock.now(), batch)
    if batch is not None and not lines:
        abort(404, f"there is no batch {batch} of yours that could be taken back; GET {BASE}/reviews lists all acts")
    return _done(tuple(lines))


def _done(lines: tuple[Review, ...]) -> Object:
    return {"batch": lines[0].batch if lines else None, "reviews": [objects.review_object(line) for line in lines]}
