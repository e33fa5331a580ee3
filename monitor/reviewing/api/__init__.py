"""The API: everything the pages show, as JSON under /api/v1, with a description (OpenAPI 3.1) that is made of the same table."""

from __future__ import annotations

from flask import Blueprint

from monitor.reviewing.api import changes, pages, reviews, searching, sources, statistics, users, views
from monitor.reviewing.api.describing import description
from monitor.reviewing.api.routes import BASE, Route, Table, view_of

__all__ = ["ROUTES", "blueprint"]
blueprint = Blueprint("api", __name__, url_prefix=BASE)
_resources = (changes, pages, searching, sources, statistics, reviews, views, users)
_table = Table([route for resource in _resources for route in resource.table.rows])


@_table.add("GET", "/openapi.json", "This description", "OpenAPI")
def describe() -> dict[str, object]:
    """The description of all routes."""
    return description(ROUTES)


ROUTES: tuple[Route, ...] = tuple(_table.rows)
for _route in ROUTES:
    _name = f"{_route.method} {_route.path}".replace(".", "_")
    blueprint.add_url_rule(_route.rule, _name, view_of(_route), methods=[_route.method])
