"""Search: where words stand or ever stood, present and past wordings, with a link to each and to what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from monitor.jobs.asked import unknown_sources
from monitor.model import Found, Hit, LogQuery, Role, SearchQuery, Span
from monitor.protocols import Store
from monitor.reviewing import asking, auth
from monitor.telling.sentences import sentence

blueprint = Blueprint("search", __name__)
PER_PAGE = 30
_MANY = 200  # changes that are counted
_TITLE = 300  # characters of a title shown
_SNIPPET = 1000  # and of the words around what was found


@dataclass(frozen=True, slots=True)
class _Row:
    """A hit, with title and words cut to a few lines, and the version to hold it against: the newer one, or the one before.

    ``is_gone``: the page was removed when it bore this.
    """

    hit: Hit
    title: tuple[Span, ...]
    snippet: tuple[Span, ...]
    versions: tuple[int, int] | None
    is_gone: bool = False


@blueprint.get("/search")
@auth.needs(Role.READER)
def show() -> ResponseReturnValue:
    """The form, and what it finds. What could not be taken as it was typed is said on the page."""
    store = auth.store()
    asked = asking.given(request.args.items(multi=True), asking.SEARCH)
    query = asking.search_of(asked, auth.parts().clock.now(), PER_PAGE)
    names = [each.name for each in auth.parts().sources]
    known = sorted({*names, *(each.source for each in store.known_since())})
    found, changes = _found(store, query)
    return render_template(
        "search.html",
        remarks=[sentence(str(each)) for each in unknown_sources(query.sources, store, auth.parts().sources)],
        query=query,
        asked=asked,
        sources=known,
        rows=[_row(store, hit) for hit in found.hits],
        hint=found.hint,
        further=_further(asked, found),
        changes=changes,
        is_many=changes > _MANY,
        missing=store.unindexed_texts(),
        address=asking.address,
    )


def _found(store: Store, query: SearchQuery) -> tuple[Found, int]:
    """What was found, and how many changes cut or added the words."""
    if not query.words:
        return Found(()), 0
    log = LogQuery(sources=query.sources, since=query.since, until=query.until, changed=query.words)
    return store.search(query), store.count(log, _MANY)


def _further(asked: asking.Given, found: Found) -> str:
    return f"/search?{asking.address(asked, after=f'{found.further[0]},{found.further[1]}')}" if found.further else ""


def _row(store: Store, hit: Hit) -> _Row:
    status = store.page_status(hit.page)
    newest = status.versions if status else hit.version
    versions = (hit.version, newest) if hit.version < newest else (hit.version - 1, hit.version)
    title, snippet = _short(hit.title, _TITLE), _short(hit.snippet, _SNIPPET)
    is_gone = status is not None and status.gone and hit.version == newest
    return _Row(hit, title, snippet, versions if versions[0] else None, is_gone)


def _short(spans: tuple[Span, ...], most: int) -> tuple[Span, ...]:
    """As many of the spans as fit: a word may be a million letters long."""
    found, left = [], most
    for span in spans:
        found.append(Span(span.text[:left] + (" …" if len(span.text) > left else ""), span.is_match))
        left -= len(span.text)
        if left <= 0:
            break
    return tuple(found)
