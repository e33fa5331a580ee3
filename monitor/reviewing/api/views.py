"""Saved views and watch words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort

from monitor.jobs.watching import words
from monitor.model import Role, View
from monitor.reviewing import auth
from monitor.reviewing.addresses import canonical
from monitor.reviewing.api.routes import Table
from monitor.reviewing.api.schemas import VIEW
from monitor.telling import objects
from monitor.telling.harmless import harmless
from monitor.telling.objects import Object

table = Table()
_LONGEST = 60  # characters of a name, as on the inbox


@table.add("GET", "/views", "The saved views", "Views")
def views() -> Object:
    """All of them."""
    return {"views": [objects.view_object(view) for view in auth.store().views()]}


@table.add("PUT", "/views/{name}", "Save filters under a name", "View", body=VIEW, role=Role.REVIEWER)
def save(name: str, sent: Mapping[str, Any]) -> Object:
    """Save, or replace."""
    if name != " ".join(name.split()) or not 0 < len(name) <= _LONGEST or not name.isprintable():
        abort(400, f"a view has a name of up to {_LONGEST} characters in one line")
    view = View(name, canonical(sent["query"], auth.parts().clock.now()), auth.current().name)
    auth.store().keep_view(view)
    return objects.view_object(view)


@table.add("DELETE", "/views/{name}", "Delete a saved view", "Said", role=Role.REVIEWER)
def drop(name: str) -> Object:
    """Delete it."""
    if not auth.store().drop_view(name):
        abort(404, f"there is no view {harmless(name[:60])!r}")
    return {"said": "the view is deleted"}


@table.add("GET", "/watch", "The watch words", "Watch")
def watch() -> Object:
    """Those of the program and of its sources."""
    parts = auth.parts()
    return {"words": [{"name": word.name, "spellings": list(word.spellings)} for word in words(parts.settled(), parts.sources)]}
