"""The description of the API (OpenAPI 3.1, https://spec.openapis.org/oas/v3.1.1), made from the table of its routes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from monitor import __version__
from monitor.reviewing.api.routes import BASE, Query, Route, is_number
from monitor.reviewing.api.schemas import NUMBER, SCHEMAS, Schema, ref
from monitor.reviewing.asking import LONGEST_QUERY
from monitor.reviewing.naming import LONGEST

_ABOUT = (
    "What the review page shows. Ask with `Authorization: Bearer TOKEN`, a token of `monitor user token NAME LABEL`. Every answer"
    " to a GET has an ETag; with `If-None-Match` what is as before is a 304 without a body."
)
_NAMES: dict[str, Schema] = {  # by the first part of the path
    "sources": {"type": "string", "pattern": "^[a-z0-9][a-z0-9._-]{0,63}$"},
    "views": {
        "type": "string",
        "minLength": 1,
        "maxLength": LONGEST,
        "pattern": r"^[^\s/](?: ?[^\s/])*$",
        "description": "with single spaces, without a slash and invisible marks: there can be no view of another name (404)",
    },
}


def description(routes: Iterable[Route]) -> dict[str, Any]:
    """The whole description."""
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {"title": "article-monitor", "version": __version__, "description": _ABOUT},
        "servers": [{"url": BASE}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": SCHEMAS | {"OpenAPI": {"type": "object"}},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(route: Route) -> dict[str, Any]:
    texts = {"type": "string"} if route.media.startswith("text/") else {"type": "string", "format": "binary"}
    schema = ref(route.answer) if route.media == "application/json" else texts
    words = [route.method.lower(), *(part.strip("{}") for part in route.path.replace(".", "/").split("/") if part)]
    found: dict[str, Any] = {
        "operationId": "-".join(words),
        "tags": [words[1]],
        "summary": route.summary,
        "description": f"For those who are {route.role} or more.",
        "parameters": [*(_in_path(name, words[1]) for name in route.parameters), *map(_in_query, route.queries)],
        "responses": {
            "200": {"description": route.summary, "content": {route.media: {"schema": schema}}},
            "304": {"description": "As before: the ETag still holds."},
            "414": _problem(f"The query part of the address has more than {LONGEST_QUERY:,} characters."),
            "default": _problem("What went wrong."),
        },
    }
    if route.method != "GET":
        del found["responses"]["304"]
    if route.body is not None:
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": route.body}}}
    return found


def _problem(what: str) -> dict[str, Any]:
    return {"description": what, "content": {"application/problem+json": {"schema": ref("Problem")}}}


def _in_path(name: str, resource: str) -> dict[str, Any]:
    schema = NUMBER | {"maximum": 10**17} if is_number(name) else _NAMES[resource]
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _in_query(query: Query) -> dict[str, Any]:
    schema = {"type": "array", "items": query.schema} if query.is_many else query.schema
    return {"name": query.name, "in": "query", "required": query.is_required, "description": query.text, "schema": schema}
