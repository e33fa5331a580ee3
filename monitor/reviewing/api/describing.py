"""The description of the API (OpenAPI 3.1, https://spec.openapis.org/oas/v3.1.1), made from the table of its routes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from monitor import __version__
from monitor.reviewing.api.routes import BASE, Query, Route, is_number
from monitor.reviewing.api.schemas import NUMBER, SCHEMAS, Schema, ref

_ABOUT = (
    "What the review page shows. Ask with `Authorization: Bearer TOKEN`, a token of `monitor user token NAME LABEL`. Every answer"
    " to a GET has an ETag; with `If-None-Match` what is as before is a 304 without a body."
)
_NAME: Schema = {"type": "string", "minLength": 1, "maxLength": 60}


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
        "summary": route.summary,
        "description": f"For those who are {route.role} or more.",
        "parameters": [*map(_in_path, route.parameters), *map(_in_query, route.queries)],
        "responses": {
            "200": {"description": route.summary, "content": {route.media: {"schema": schema}}},
            "304": {"description": "As before: the ETag still holds."},
            "default": {
                "description": "What went wrong.",
                "content": {"application/problem+json": {"schema": ref("Problem")}},
            },
        },
    }
    if route.method != "GET":
        del found["responses"]["304"]
    if route.body is not None:
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": route.body}}}
    return found


def _in_path(name: str) -> dict[str, Any]:
    schema = NUMBER | {"maximum": 10**17} if is_number(name) else _NAME
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _in_query(query: Query) -> dict[str, Any]:
    schema = {"type": "array", "items": query.schema} if query.is_many else query.schema
    return {"name": query.name, "in": "query", "required": query.is_required, "description": query.text, "schema": schema}
