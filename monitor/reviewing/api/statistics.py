"""The numbers of the charts, and the state of the whole in a few."""

from __future__ import annotations

from flask import request

from monitor import __version__
from monitor.errors import WrongFilter
from monitor.filters import from_address
from monitor.fingerprint import printed
from monitor.jobs.asked import checked
from monitor.model import ReviewState
from monitor.reviewing import asking, auth
from monitor.reviewing.api.parameters import FILTERS, SPAN, TERM
from monitor.reviewing.api.routes import Table
from monitor.reviewing.pages.charts import Asked, figure_of
from monitor.telling import objects
from monitor.telling.objects import Object

table = Table()
_COUNTED = 1000
_CHARTS = {
    "kinds": "Changes by day and kind",
    "scores": "Changes by day and score",
    "life": "What was seen of each source, by day",
    "published": "Days from publication to an edit or removal",
    "seen": "Time from the first sight of an article to an edit or removal",
}


def _numbers(name: str) -> Object:
    figure = figure_of(name, Asked(asking.given(request.args.items(multi=True), asking.SPAN)))
    if figure is None:
        raise WrongFilter("term", "the parameter term is missing; add it to the address")
    return objects.figure_object(figure)


def _add(name: str, summary: str) -> None:
    @table.add("GET", f"/statistics/{name}", summary, "Numbers", queries=SPAN)
    def numbers() -> Object:
        return _numbers(name)


for _name, _summary in _CHARTS.items():
    _add(_name, _summary)


@table.add("GET", "/statistics/term", "On how many pages a term stood, week by week", "Numbers", queries=(*SPAN, TERM))
def term() -> Object:
    """A term's rise and fall."""
    return _numbers("term")


@table.add("GET", "/statistics/changes", "How many changes the filters let through", "Count", queries=FILTERS)
def count() -> Object:
    """Up to a thousand are counted; ``more``: there are more."""
    store, parts = auth.store(), auth.parts()
    asked = from_address(request.query_string.decode("ascii", "replace"), parts.clock.now())
    found = store.count(checked(asked, store, parts.settled(), parts.sources), _COUNTED)
    return {"changes": min(found, _COUNTED), "more": found > _COUNTED}


@table.add("GET", "/status", "The whole in a few numbers, and who asks", "Status")
def status() -> Object:
    """Who asks, and how much there is."""
    store, user = auth.store(), auth.current()
    head, found, states = store.head(), store.incidents(), store.news_by_state()
    return {
        "user": user.name,
        "role": user.role.value,
        "version": __version__,
        "newest": store.newest(),
        "changes": store.news_count(),
        "pages": sum(source.pages for source in store.sources()),
        "last_visit": objects.maybe_iso(store.last_visit()),
        "head": {"change": head.change, "digest": printed(head.digest)} if head else None,
        "incidents": len(found),
        "states": {state.value: states.get(state, 0) for state in ReviewState},
        "looked": user.looked,
        "assignees": [each.name for each in store.users()] or [auth.parts().owner],
    }
