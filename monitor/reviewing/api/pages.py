"""Pages under watch and their versions: as JSON, as text in the article format, and any two of them compared."""

from __future__ import annotations

from flask import Response, request

from monitor.jobs.comparing import compare as compared
from monitor.model import Page, PageStatus, Version
from monitor.reviewing import asking, auth
from monitor.reviewing.api.parameters import AFTER_ID, ONE_SOURCE, STAND, limit
from monitor.reviewing.api.routes import BASE, Query, Table
from monitor.reviewing.api.schemas import NUMBER
from monitor.reviewing.versions import as_text, status_of, version_of
from monitor.telling import objects
from monitor.telling.objects import Object

table = Table()
_PER_PAGE, _MOST = 100, 200
_NUMBER = NUMBER | {"minimum": 1, "maximum": 10**17 - 1}
_FROM = Query("from", _NUMBER, "the number of the version before", is_required=True)
_TO = Query("to", _NUMBER, "the number of the version after", is_required=True)


@table.add("GET", "/pages", "Pages, by their numbers", "Pages", queries=(ONE_SOURCE, STAND, AFTER_ID, limit(_MOST)))
def pages() -> Object:
    """A page of the list of pages."""
    store = auth.store()
    asked = asking.given(request.args.items(multi=True), asking.PAGES)
    source = asking.one_source(asked)
    asking.check_sources([source] if source else [], [each.source for each in store.known_since()])
    most = asking.number(asked, "limit", 1, _MOST, _PER_PAGE)
    found = store.some_pages(source, asking.stand_of(asked), asking.number(asked, "after", 0, 10**17 - 1, 0), most)
    further = f"{BASE}/pages?{asking.address(asked, after=str(found.further))}" if found.further is not None else None
    return {"pages": [objects.page_object(each) for each in found.pages], "next": further}


@table.add("GET", "/pages/{id}", "A page with its versions, changes and captures", "WholePage")
def page(id: int) -> Object:  # noqa: A002
    """A page, whole."""
    store, status = auth.store(), _status(id)
    return {
        "page": objects.page_object(status),
        "versions": _versions(id),
        "changes": [change.id for change in store.history(id)],
        "captures": [objects.kept_object(kept) for kept in store.kept(id)],
    }


@table.add("GET", "/pages/{id}/versions", "The versions of a page, oldest first", "Versions")
def versions(id: int) -> Object:  # noqa: A002
    """All versions, without their texts."""
    _status(id)
    return {"versions": _versions(id)}


@table.add("GET", "/pages/{id}/versions/{version}", "A version with its article", "Version")
def version(id: int, version: int) -> Object:  # noqa: A002
    """One version."""
    found, store = _version(id, version), auth.store()
    line = objects.version_object(found, store.stays(id)[version], store.origins(id).get(version))
    return line | {"article": objects.article_object(found.article)}


@table.add("GET", "/pages/{id}/versions/{version}/text", "A version in the article format", "", media="text/plain")
def text(id: int, version: int) -> Response:  # noqa: A002
    """One version as text."""
    return as_text(_version(id, version))


@table.add("GET", "/pages/{id}/compare", "What differs between two versions", "Comparison", queries=(_FROM, _TO))
def compare(id: int) -> Object:  # noqa: A002
    """Two versions held against each other."""
    asked, status = asking.given(request.args.items(multi=True), ("from", "to")), _status(id)
    first, second = (_version(id, asking.number(asked, name, 1, 10**17 - 1, 1)).number for name in ("from", "to"))
    known = Page(id=id, source=status.source, key="", url=status.url)
    found = compared(known, first, second, auth.store(), auth.parts().judge)
    stays, origins = auth.store().stays(id), auth.store().origins(id)
    return {
        "before": objects.version_object(found.before, stays[first], origins.get(first)),
        "after": objects.version_object(found.after, stays[second], origins.get(second)),
        "parts": objects.part_objects(found.parts),
        "judgement": objects.judgement_object(found.judgement),
    }


def _versions(page: int) -> list[Object]:
    store = auth.store()
    origins, stays = store.origins(page), store.stays(page)
    return [objects.version_object(each, stays[each.number], origins.get(each.number)) for each in store.versions(page)]


def _status(page: int) -> PageStatus:
    return status_of(page, f"GET {BASE}/pages lists those there are")


def _version(page: int, number: int) -> Version:
    _status(page)
    return version_of(page, number, "its versions are listed without one")
