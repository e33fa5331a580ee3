"""The inbox: what is new, what matters most first, as the filters of the address ask for it; saved views."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, abort, g, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from monitor.jobs.entries import entries
from monitor.jobs.watching import words
from monitor.model import EditClass, Kind, LogQuery, ReviewState, Role, Story, View
from monitor.protocols import Store
from monitor.reviewing import addresses, auth
from monitor.reviewing.chips import chips
from monitor.reviewing.naming import name_of
from monitor.reviewing.notices import Notice, tell
from monitor.reviewing.rows import Row, rows

blueprint = Blueprint("inbox", __name__)
_CAMPAIGNS = 3  # told above the list
_NEWER = 99  # changes that came in since a list was made; more are not counted
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class _Tab:
    """One of the states, with its address and how many changes are in it."""

    name: str
    address: str
    count: int
    is_current: bool


@blueprint.get("/")
@auth.needs(Role.READER)
def show() -> ResponseReturnValue:
    """The list of changes."""
    store, looked = auth.store(), addresses.looked()
    query = addresses.asked(auth.parts().clock.now()) if request.query_string else addresses.usual(looked)
    limit = query.limit or addresses.PER_PAGE
    found = list(entries(store, replace(query, limit=limit + 1)))
    shown = rows(store, found[:limit], looked, folds=query.story is None and not query.hidden)
    return render_template(
        "inbox.html",
        remarks=addresses.remarks(query),
        query=query,
        asked=query,
        args=request.args,
        kinds=list(Kind),
        classes=list(EditClass),
        rows=shown,
        campaigns=_campaigns(store, query),
        story=store.story(query.story) if query.story is not None else None,
        tabs=_tabs(store, query),
        chips=chips(query),
        further=_further(query, shown) if len(found) > limit else "",
        incidents=store.incidents(),
        is_new=_is_new(query),
        newest=store.newest(),
        looked=looked,
        sources=_sources(query),
        watch=[word.name for word in words(auth.parts().settled(), auth.parts().sources)],
        users=[user.name for user in store.users()] or [auth.parts().owner],
        views=store.views(),
        filters=addresses.filters_of(replace(query, start=None)),
    )


def _sources(query: LogQuery) -> list[tuple[str, str]]:
    """The sources to choose from, by name and title."""
    known = {source.name: source.title for source in auth.parts().sources}
    return sorted(({name: name for name in query.sources} | known).items())


def _campaigns(store: Store, query: LogQuery) -> list[Story]:
    """The widest campaigns there were since the user last looked; on the first page alone."""
    if query.start is not None or query.story is not None:
        return []
    last = store.change(query.above) if query.above else None
    since = query.since or (last.at if last else None)
    return store.campaigns(LogQuery(sources=query.sources, since=since, limit=_CAMPAIGNS))


def _tabs(store: Store, query: LogQuery) -> list[_Tab]:
    counts = store.news_by_state()
    found = {state.value: counts.get(state, 0) for state in ReviewState} | {"all": sum(counts.values())}
    states: list[tuple[str, frozenset[ReviewState]]] = [(state.value, frozenset({state})) for state in ReviewState]
    is_new = _is_new(query)
    return [
        _Tab(name, addresses.url_with(query, states=some, above=0), found[name], not is_new and query.states == some)
        for name, some in [*states, ("all", frozenset())]
    ]


def _is_new(query: LogQuery) -> bool:
    """Whether it is the list of what is new for the user."""
    return not request.query_string or bool(query.above)


def _further(query: LogQuery, shown: list[Row]) -> str:
    """The address of the next page: the list goes on after the last change of this one."""
    last = shown[-1].change
    return addresses.url_with(query, start=(last.judged.score if last.judged else 0.0, last.id))


@blueprint.get("/newer")
@auth.needs(Role.READER)
def newer() -> ResponseReturnValue:
    """What came into a list since it was made, in words; ``above`` in the address is the newest change there was then."""
    query = addresses.asked(auth.parts().clock.now())
    count = auth.store().count(query, _NEWER) if query.above else 0
    some = f"more than {_NEWER}" if count > _NEWER else str(count)
    return jsonify(said=f"{some} change{'s' if count != 1 else ''} came in since this list was made." if count else "")


@blueprint.post("/seen")
@auth.needs(Role.READER)
def seen() -> ResponseReturnValue:
    """Note that the user has seen the log up to a change."""
    upto = request.form.get("upto", "")
    if not (upto.isascii() and upto.isdecimal() and len(upto) < 18):
        abort(400, "which change you saw last is missing; go back to the inbox and try again")
    before = addresses.looked()
    answer = Response(status=303, headers={"Location": addresses.own(request.form.get("back", "")) or "/"})
    last = min(int(upto), auth.store().newest())  # nobody has seen what is not there yet
    auth.store().looked(auth.current().name, last)
    if g.is_open:  # there is no user with whom to keep it
        answer.set_cookie(addresses.LOOKED, str(last), max_age=_YEAR, httponly=True, samesite="Lax", secure=request.is_secure)
    if last < before:
        return tell(answer, Notice("What you had marked as seen is new again."))
    return tell(answer, Notice("Everything up to now is marked as seen.", seen=before))


@blueprint.post("/views")
@auth.needs(Role.REVIEWER)
def save_view() -> ResponseReturnValue:
    """Save the filters of an address under a name, or delete a saved view. Before another is replaced it is shown, and asked."""
    name = name_of(request.form.get("name", ""))
    if request.form.get("do") == "delete":
        if not auth.store().drop_view(name):
            abort(404, f"there is no view {name!r}; somebody else may have deleted it")
        return tell(redirect("/", 303), Notice(f"The view “{name}” is deleted."))
    kept = addresses.canonical(request.form.get("query", ""), auth.parts().clock.now())
    known = next((view for view in auth.store().views() if view.name == name), None)
    if known is not None and known.query not in (kept, request.form.get("over")):
        return render_template("replace.html", known=known, query=kept), 409
    auth.store().keep_view(View(name, kept, auth.current().name))
    instead = f" in place of the one by {known.who}" if known is not None and known.query != kept else ""
    return tell(redirect(f"/?{kept}", 303), Notice(f"The view “{name}” is saved{instead}."))
