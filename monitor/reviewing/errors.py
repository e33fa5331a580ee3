"""Every error as a page that says what to do; as JSON (RFC 9457) where the API was asked."""

from __future__ import annotations

import logging

from flask import Flask, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from monitor.errors import InputError, MonitorError, StoreBusy, StoreError, StoreFull, StoreReadOnly
from monitor.reviewing import auth
from monitor.telling.harmless import harmless
from monitor.telling.structured import fields

log = logging.getLogger("monitor")
API = "/api/"
_RETRY = 10  # seconds


def register(app: Flask) -> None:
    """Have ``app`` answer errors so."""
    app.register_error_handler(HTTPException, _on_http)
    app.register_error_handler(MonitorError, _on_ours)
    app.register_error_handler(Exception, _on_fault)


def _on_http(wrong: HTTPException) -> ResponseReturnValue:
    status = wrong.code or 500
    if wrong.response is not None:
        return wrong.response
    what = wrong.description or HTTP_STATUS_CODES.get(status, "Error")
    return _answer(status, what, dict(wrong.get_headers()))


def _on_ours(wrong: MonitorError) -> ResponseReturnValue:
    """An error that the program raises on purpose: what was asked for cannot be, or the store cannot do it now."""
    if isinstance(wrong, InputError):
        return _answer(400, str(wrong))
    status = 507 if isinstance(wrong, StoreFull) else 503
    if isinstance(wrong, StoreError) and not isinstance(wrong, (StoreBusy, StoreFull, StoreReadOnly)):
        status = 500
    log.error("request failed", extra=fields(path=request.path, status=status, why=str(wrong)))
    return _answer(status, str(wrong), {"Retry-After": str(_RETRY)} if status == 503 else {})


def _on_fault(wrong: Exception) -> ResponseReturnValue:
    log.exception("request failed", extra=fields(path=request.path))
    return _answer(500, f"a fault of the program ({type(wrong).__name__}); its log says more. Nothing recorded is lost")


def _answer(status: int, what: str, headers: dict[str, str] | None = None) -> ResponseReturnValue:
    kept = {name: value for name, value in (headers or {}).items() if name in ("Retry-After", "Allow", "WWW-Authenticate")}
    phrase = HTTP_STATUS_CODES.get(status, "Error")
    if request.path.startswith(API):
        problem = jsonify(type="about:blank", title=phrase, status=status, detail=harmless(what))
        problem.mimetype = "application/problem+json"
        return problem, status, kept
    if status == 401 and not g.get("by_token"):
        return _sign_in(what), status, kept
    return render_template("error.html", status=status, phrase=phrase, what=harmless(what)), status, kept


def _sign_in(what: str) -> str:
    """The page to sign in, which keeps what was written into a form meanwhile."""
    target = request.full_path.rstrip("?") if request.method == "GET" else ""
    written = [(name, value) for name, value in request.form.items(multi=True) if name != auth.FORM_TOKEN]
    why = "" if request.path == "/" and not written else what
    return render_template("login.html", why=why, target=target, action=request.path if written else "", written=written)


