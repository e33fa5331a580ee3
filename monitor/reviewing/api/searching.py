"""Search over the wordings of all pages."""

from __future__ import annotations

from flask import request

from monitor.reviewing import asking, auth
from monitor.reviewing.api.parameters import SINCE, SOURCE, UNTIL, Q, limit
from monitor.reviewing.api.routes import BASE, Query, Table
from monitor.reviewing.api.schemas import Schema, one_of
from monitor.telling import hits
from monitor.telling.objects import Object

table = Table()
_PER_PAGE, _MOST = 50, 200
_STANDS = Query("stands", one_of(("ever", "now")), "in any wording, or in what stands now")
_ORDER = Query("order", one_of(("new", "best")), "the newest texts first, or what fits best")
_PLACE: Schema = {"type": "string", "pattern": "^[0-9]{1,17},[0-9]{1,17}$"}
_AFTER = Query("after", _PLACE, "where to go on; the address in `next` has it")
_QUERIES = (Q, SOURCE, SINCE, UNTIL, _STANDS, _ORDER, _AFTER, limit(_MOST))


@table.add("GET", "/search", "Where words stand or ever stood", "Hits", queries=_QUERIES)
def search() -> Object:
    """A page of hits."""
    store = auth.store()
    asked = asking.given(request.args.items(multi=True), asking.SEARCH)
    query = asking.search_of(asked, auth.parts().clock.now(), _PER_PAGE)
    asking.check_sources(query.sources, [each.source for each in store.known_since()])
    found = store.search(query)
    further = asking.address(asked, after=f"{found.further[0]},{found.further[1]}") if found.further else None
    return {
        "hits": [hits.as_object(hit) for hit in found.hits],
        "hint": found.hint,
        "unindexed": store.unindexed_texts(),
        "next": f"{BASE}/search?{further}" if further else None,
    }
