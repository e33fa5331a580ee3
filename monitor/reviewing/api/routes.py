"""The table of routes: what the API answers and how it describes itself are the same rows, so that they cannot part ways."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Response, abort, g, jsonify, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from monitor.errors import WrongFilter
from monitor.model import Role
from monitor.reviewing import auth
from monitor.reviewing.api.checking import problem_of
from monitor.reviewing.api.schemas import Schema
from monitor.telling.harmless import harmless

BASE = "/api/v1"
_NUMBERS = ("id", "version")
_PARAMETER = re.compile(r"\{(\w+)\}")
_JSON = "application/json"
Handler = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Query:
    """A parameter of the query part of an address. ``is_many``: it may be given several times."""

    name: str
    schema: Schema
    text: str
    is_many: bool = False
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """What is answered at ``path``: with the schema of that name, or where ``media`` is no JSON, with a text.

    ``body`` is the schema of what is sent; ``role`` what somebody must be who asks.
    """

    method: str
    path: str
    handle: Callable[..., Any]
    summary: str
    answer: str
    queries: tuple[Query, ...] = ()
    body: Schema | None = None
    role: Role = Role.READER
    media: str = _JSON

    @property
    def rule(self) -> str:
        """The path as Flask has it."""
        return _PARAMETER.sub(lambda found: f"<{_converter(found[1])}{found[1]}>", self.path)

    @property
    def parameters(self) -> list[str]:
        """The names of the parameters in the path."""
        return _PARAMETER.findall(self.path)


def _converter(name: str) -> str:
    return "int(max=999999999999999999):" if name in _NUMBERS else ""


def is_number(name: str) -> bool:
    """Whether a parameter of a path is a number."""
    return name in _NUMBERS


@dataclass(slots=True)
class Table:
    """Rows, in the order in which they were added."""

    rows: list[Route] = field(default_factory=list)

    def add(self, method: str, path: str, summary: str, answer: str, **how: Any) -> Callable[[Handler], Handler]:
        """A decorator that puts a function into the table."""

        def around(handle: Handler) -> Handler:
            self.rows.append(Route(method, path, handle, summary, answer, **how))
            return handle

        return around


def view_of(route: Route) -> Callable[..., Response]:
    """The view of a route: who asks, what is asked, and the answer with its ETag (RFC 9110, section 8.8.3)."""

    def view(**path: Any) -> Response:
        _admit(route)
        _check_queries(route)
        found = route.handle(**path, **({"sent": _sent(route.body)} if route.body is not None else {}))
        answer: Response = found if isinstance(found, Response) else jsonify(found)
        if route.method == "GET":
            answer.add_etag()
            answer.make_conditional(request)
        return answer

    return view


def _admit(route: Route) -> None:
    """Whoever may ask. What would alter something is sent as JSON, which no other site's page can send unasked, or has a token.

    (https://fetch.spec.whatwg.org/#cors-preflight-fetch: a browser asks first, and is not answered.)
    """
    if g.user is None:
        said = "say who asks: `Authorization: Bearer TOKEN`, with a token of `monitor user token NAME LABEL`"
        raise Unauthorized(said, www_authenticate=WWWAuthenticate("bearer", {"realm": "monitor"}))
    if not g.user.role.may(route.role):
        abort(403, f"this takes the role {route.role}; yours is {g.user.role}")
    if route.method != "GET" and not (g.by_token or request.is_json or auth.is_form_ours()):
        abort(415 if route.body is not None else 400, f"send it as {_JSON}, or with a token")


def _check_queries(route: Route) -> None:
    known = [query.name for query in route.queries]
    for name, values in request.args.lists():
        if name not in known:
            there = ", ".join(known) or "none"
            raise WrongFilter(name[:40], f"there is no parameter {harmless(name[:40])!r} here; there are {there}")
        if len(values) > 1 and not next(query.is_many for query in route.queries if query.name == name):
            raise WrongFilter(name, f"the parameter {name} can be given once")
        is_word = any("minLength" in query.schema for query in route.queries if query.name == name)
        if not all(value if is_word else value.strip() for value in values):
            is_needed = any(query.is_required for query in route.queries if query.name == name)
            raise WrongFilter(name, f"the parameter {name} is empty; {'write something' if is_needed else 'leave it out'}")
    missing = [query.name for query in route.queries if query.is_required and not request.args.get(query.name)]
    if missing:
        raise WrongFilter(missing[0], f"the parameter {missing[0]} is missing; add it to the address")


def _sent(schema: Schema) -> Mapping[str, Any]:
    if not request.is_json:
        abort(415, f"what is sent is JSON; say so with the header Content-Type: {_JSON}")
    try:
        sent = _whole(json.loads(request.get_data()))
    except (ValueError, RecursionError) as wrong:
        abort(400, f"what was sent is no JSON ({wrong}); send an object with {', '.join(schema['properties'])}")
    problem = problem_of(sent, schema)
    if problem:
        abort(400, problem)
    found: Mapping[str, Any] = sent
    return found


def _whole(sent: Any) -> Any:
    """The same with whole numbers as such: to JSON Schema 2.0 is one, too."""
    if isinstance(sent, str):
        sent.encode()  # JSON can say half a character (RFC 8259, section 8.2), which no database takes: a ValueError
    if isinstance(sent, float) and sent.is_integer():
        return int(sent)
    if isinstance(sent, list):
        return [_whole(each) for each in sent]
    return {name: _whole(each) for name, each in sent.items()} if isinstance(sent, dict) else sent
