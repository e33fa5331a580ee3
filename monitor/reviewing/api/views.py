"""Saved views and watch words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, request

from monitor.errors import InputError
from monitor.jobs.watching import words
from monitor.model import Role, View
from monitor.reviewing import auth
from monitor.reviewing.addresses import canonical
from monitor.reviewing.api.routes import BASE, Table
from monitor.reviewing.api.schemas import VIEW
from monitor.reviewing.naming import name_of
from monitor.reviewing.pages.watching import settled_words
from monitor.telling import objects
from monitor.telling.harmless import harmless
from monitor.telling.objects import Object
from monitor.telling.records import iso

table = Table()


@table.add("GET", "/views", "The saved views", "Views")
def views() -> Object:
    """All of them."""
    return {"views": [objects.view_object(view) for view in auth.store().views()]}


@table.add("PUT", "/views/{name}", "Save filters under a name", "SavedView", body=VIEW, role=Role.REVIEWER)
def save(name: str, sent: Mapping[str, Any]) -> Object:
    """Save, or replace, and say what was replaced. With ``If-None-Match: *`` nothing is replaced (RFC 9110, section 13.1.2)."""
    _check(name)
    view = View(name, canonical(sent["query"], auth.parts().clock.now()), auth.current().name)
    known = next((each for each in auth.store().views() if each.name == name), None)
    if known is not None and request.if_none_match.star_tag:
        abort(412, f"there is a view {harmless(name)!r} already, by {known.who}; without If-None-Match it is replaced")
    auth.store().keep_view(view)
    return objects.view_object(view) | {"replaced": objects.view_object(known) if known else None}


def _check(name: str) -> None:
    """A name that no view can have is no part of an address that there can be: 404, as for one with a slash in it."""
    try:
        problem = "" if name == name_of(name) else "it has single spaces, and none at its ends"
    except InputError as wrong:
        problem = str(wrong)
    if problem:
        abort(404, f"there can be no view of this name: {problem}")


@table.add("DELETE", "/views/{name}", "Delete a saved view", "Said", role=Role.REVIEWER)
def drop(name: str) -> Object:
    """Delete it."""
    if not auth.store().drop_view(name):
        abort(404, f"there is no view {harmless(name[:60])!r}; GET {BASE}/views lists those there are")
    return {"said": "the view is deleted"}


@table.add("GET", "/watch", "The watch words, and where each is written", "Watch")
def watch() -> Object:
    """``words``: those of the program, of its sources and of the page, as filters take them; ``kept``: those of the page."""
    store, parts = auth.store(), auth.parts()
    return {
        "words": [{"name": word.name, "spellings": list(word.spellings)} for word in words(parts.settled(), parts.sources)],
        "kept": [
            {"name": each.name, "spellings": list(each.spellings), "who": each.who, "at": iso(each.at)}
            for each in store.watched()
        ],
        "settled": [
            {"name": each.word.name, "spellings": list(each.word.spellings), "file": each.file} for each in settled_words()
        ],
    }
