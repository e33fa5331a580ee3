"""Sources, what is done with them, and incidents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from monitor.model import Role
from monitor.reviewing import asking, auth
from monitor.reviewing.api.parameters import ONE_SOURCE
from monitor.reviewing.api.routes import Query, Table
from monitor.reviewing.api.schemas import STEER, one_of
from monitor.reviewing.pages.sources import Card, act_on, card_of, cards
from monitor.telling import objects
from monitor.telling.objects import Object

table = Table()
_MOST = 1000
_WHICH = Query("which", one_of(("open", "all")), "those that last, or also those that are over, the newest 1,000")


@table.add("GET", "/sources", "What every source should be doing and what it does", "Sources")
def sources() -> Object:
    """All sources."""
    return {"sources": [_object(card) for card in cards(auth.store())]}


@table.add("GET", "/sources/{name}", "One source", "Source")
def source(name: str) -> Object:
    """One source."""
    return _object(card_of(auth.store(), name))


def _object(card: Card) -> Object:
    settings = card.settings
    title = settings.title if settings else ""
    interval = settings.interval.total_seconds() if settings else None
    known = card.backfill
    return objects.source_object(card.status, card.name, title, interval, is_late=card.is_late) | {
        "can": [act.value for act in card.can],
        "backfill": {"listings": known.listings, "taken": known.taken, "unvisited": known.unvisited} if known else None,
    }


@table.add("POST", "/sources/{name}/acts", "Pause, resume, accept or trust a source", "Said", body=STEER, role=Role.ADMIN)
def steer(name: str, sent: Mapping[str, Any]) -> Object:
    """Do it, and say what is so now."""
    return {"said": act_on(auth.store(), name, sent["act"])}


@table.add("GET", "/incidents", "Incidents, newest first, with what to do about them", "Incidents", queries=(ONE_SOURCE, _WHICH))
def incidents() -> Object:
    """Incidents of all sources, or of one."""
    store = auth.store()
    asked = asking.given(request.args.items(multi=True), ("source", "which"))
    name = asking.one_source(asked)
    asking.check_sources([name] if name else [], [each.source for each in store.known_since()])
    found = store.incidents(open_only=asking.choice(asked, "which", ("open", "all")) == "open")
    return {"incidents": [objects.incident_object(each) for each in found if name in (None, each.source)][:_MOST]}
