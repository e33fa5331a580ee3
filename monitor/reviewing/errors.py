"""Every error as a page that says what to do; as JSON (RFC 9457) where the API was asked."""

from __future__ import annotations

import logging

from flask import Flask, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from monitor.errors import (
    InputError,
    MonitorError,
    NoSuchChange,
    StoreBusy,
    StoreError,
    StoreFull,
    StoreMissing,
    StoreReadOnly,
    StoreTooNew,
    UnknownName,
    WrongFilter,
)
from monitor.reviewing.addresses import own
from monitor.reviewing.kept import kept, to_send_again, written
from monitor.telling.harmless import harmless
from monitor.telling.sentences import counted, sentence
from monitor.telling.structured import fields

log = logging.getLogger("monitor")
API = "/api/"
_LOGIN = "/login"
_PASSING = (StoreBusy, StoreFull, StoreMissing, StoreReadOnly, StoreTooNew)  # somebody can mend these, and the page goes on
_RETRY = 10  # seconds
_USUAL = {
    400: "this request could not be read; go back, load the page again, and try once more",
    404: "there is nothing at this address; the inbox and the search lead to what there is",
    413: "what was sent is larger than a million bytes, or has too many fields; send less at once",
    414: "this address is too long; take some filters away",
    415: "what was sent is of a type that is not read here; send it as application/json",
    416: "this part of the file does not exist; ask for the whole file",
    500: "a fault of the program; its log says more. Nothing recorded is lost",
    503: "the page is too busy to answer just now; try again in a few seconds",
}


def register(app: Flask) -> None:
    """Have ``app`` answer errors so."""
    app.register_error_handler(HTTPException, _on_http)
    app.register_error_handler(MonitorError, _on_ours)
    app.register_error_handler(Exception, _on_fault)


def _on_http(wrong: HTTPException) -> ResponseReturnValue:
    status = wrong.code or 500
    if wrong.response is not None:
        return wrong.response
    headers = dict(wrong.get_headers())
    is_ours = wrong.description and wrong.description != type(wrong).description
    return _answer(status, str(wrong.description) if is_ours else _usual(status, headers), headers)


def _usual(status: int, headers: dict[str, str]) -> str:
    """What is said where the framework found the error and not a page of ours."""
    if status == 404 and request.path.startswith(API):
        return "there is nothing at this address; GET /api/v1/openapi.json describes what there is"
    if status == 405:
        allowed = ", ".join(sorted(headers.get("Allow", "GET").split(", ")))
        return f"{request.method} cannot be done at this address; {allowed} can"
    return _USUAL.get(status, f"this request was not answered ({HTTP_STATUS_CODES.get(status, 'Error')}); go back and try again")


def _on_ours(wrong: MonitorError) -> ResponseReturnValue:
    """An error that the program raises on purpose: what was asked for cannot be, or the store cannot do it now."""
    if isinstance(wrong, NoSuchChange):
        return _answer(404, str(wrong), missing=list(wrong.missing))
    if isinstance(wrong, WrongFilter):
        return _answer(404 if isinstance(wrong, UnknownName) else 400, str(wrong), parameter=wrong.name)
    if isinstance(wrong, InputError):
        return _answer(400, str(wrong))
    status = 507 if isinstance(wrong, StoreFull) else 503
    if isinstance(wrong, StoreError) and not isinstance(wrong, _PASSING):
        status = 500
    log.error("request failed", extra=fields(path=request.path, status=status, why=str(wrong)))
    said = str(wrong)
    if status == 503:
        said = f"{said.rstrip('.')}. Nothing was done; try again in {counted(_RETRY, 'second')}"
    return _answer(status, said, {"Retry-After": str(_RETRY)} if status == 503 else {})


def _on_fault(wrong: Exception) -> ResponseReturnValue:
    log.exception("request failed", extra=fields(path=request.path))
    return _answer(500, f"a fault of the program ({type(wrong).__name__}); its log says more. Nothing recorded is lost")


def _answer(status: int, what: str, headers: dict[str, str] | None = None, **more: object) -> ResponseReturnValue:
    """An error as a sentence. ``more`` stands in the problem beside it (RFC 9457, section 3.2)."""
    what = sentence(harmless(what))
    shown = {name: value for name, value in (headers or {}).items() if name in ("Retry-After", "Allow", "WWW-Authenticate")}
    phrase = HTTP_STATUS_CODES.get(status, "Error")
    if request.path.startswith(API):
        problem = jsonify(type="about:blank", title=phrase, status=status, detail=what, **more)
        problem.mimetype = "application/problem+json"
        return problem, status, shown
    if (status == 401 and not g.get("by_token")) or (request.path == _LOGIN and status in (503, 507)):
        return _sign_in(what), status, shown
    fields = to_send_again(status) if g.get("user") is not None else []
    page = render_template("error.html", status=status, phrase=phrase, what=what, written=fields, action=request.path)
    return page, status, shown


def _sign_in(what: str) -> str:
    """The page to sign in, which keeps what was written into a form meanwhile."""
    if request.path == _LOGIN:
        found = {name: own(request.form.get(name, "")) for name in ("target", "action")}
        return render_template("login.html", why=what, written=kept(), **found)
    target = request.full_path.rstrip("?") if request.method == "GET" else ""
    fields = written()
    why = "" if request.path == "/" and not fields else what
    return render_template("login.html", why=why, target=target, action=request.path if fields else "", written=fields)


