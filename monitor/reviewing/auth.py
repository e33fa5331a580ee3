"""Who asks: sessions and tokens, roles, and the token that every form must send back.

A session is a random cookie of which the database has only the digest; so a copy of the database opens no session. The form's
token is made from the cookie (HMAC, RFC 2104), so that no other site can know it, and none must be kept. Without users everybody
on this machine is the owner.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Response, abort, current_app, g, request

from monitor.model import Role, User
from monitor.protocols import Store
from monitor.reviewing.parts import Parts
from monitor.reviewing.security import host_of, is_from_elsewhere, is_handed_on, is_loopback

COOKIE = "monitor_session"
SESSION = "session"  # what the database calls one; any other key is a token of that label
FOR_FEEDS = "feed"  # how the label of a token begins that opens nothing but feeds
FORM_TOKEN = "token"  # noqa: S105  the field's name
LASTS = timedelta(days=14)
_UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
_BEARER = "bearer "
Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


def parts() -> Parts:
    """What the pages work with."""
    found: Parts = current_app.extensions["monitor"]
    return found


def store() -> Store:
    """The store handle of this thread. Raises StoreError."""
    return parts().store()


def current() -> User:
    """Who asks. Only in views that :func:`needs` guards."""
    user: User = g.user
    return user


def digest(key: str) -> bytes:
    """What the database keeps of a session or a token."""
    return hashlib.sha256(key.encode("utf-8", "replace")).digest()


def new_key() -> str:
    """A new session or token: 256 random bits."""
    return secrets.token_urlsafe(32)


def identify() -> None:
    """Before every request: find out who asks (``g.user``, None for nobody) and refuse what comes from another site's page."""
    g.key = request.cookies.get(COOKIE, "")
    g.by_token = False
    g.is_open = not store().users()
    if g.is_open:
        _check_this_machine()
        g.user = User(parts().owner, Role.ADMIN)
        g.is_new = not g.key
        g.key = g.key or new_key()  # nobody signs in, but forms have a token all the same
    else:
        g.user = _user()
    if request.method in _UNSAFE and not g.by_token:
        _check_origin()


def _user() -> User | None:
    header = request.headers.get("Authorization", "")
    if header[: len(_BEARER)].lower() == _BEARER:
        g.by_token = True
        given = digest(header[len(_BEARER) :].strip())
        found = store().keyholder(given, parts().clock.now())
        if found is None:
            abort(401, "this token is not known, or it was taken back")
        if (store().key_label(given) or "").startswith(FOR_FEEDS):  # such stand in addresses, which get about
            abort(403, f"a token whose label begins with {FOR_FEEDS!r} opens feeds alone, as ?key= in their addresses")
        return found
    return _of_session() if g.key else None


def _of_session() -> User | None:
    """Whose session the cookie is. A token is none: one that is for feeds alone would open everything there."""
    given = digest(g.key)
    return store().keyholder(given, parts().clock.now()) if store().key_label(given) == SESSION else None


def _check_this_machine() -> None:
    """Aborts with 403 where somebody elsewhere may be asking, or nobody can tell: what a proxy hands on comes from here, too."""
    if not (is_loopback(request.remote_addr) and is_loopback(host_of(request.host))):
        abort(403, "without users only this machine is answered, at localhost; `monitor user add NAME` adds a user")
    if parts().program.web.proxy or is_handed_on(request.headers):
        abort(403, "without users nobody is answered who comes through a proxy; `monitor user add NAME` adds a user")


def _check_origin() -> None:
    headers = request.headers
    if is_from_elsewhere(headers.get("Origin"), headers.get("Sec-Fetch-Site"), request.host):
        abort(403, "this form was sent from another site's page; nothing was done")


def keep(answer: Response) -> Response:
    """``answer`` with the session's cookie."""
    answer.set_cookie(COOKIE, g.key, max_age=LASTS, httponly=True, samesite="Lax", secure=request.is_secure, path="/")
    return answer


def form_token() -> str:
    """The token that the forms of this session send back; empty where there is no session."""
    return hmac.new(g.key.encode(), b"form", hashlib.sha256).hexdigest() if g.key else ""


def is_form_ours() -> bool:
    """Whether the form that was sent bears this session's token. A request with a token of its own needs none."""
    if g.by_token:
        return True
    sent = request.form.get(FORM_TOKEN) or request.headers.get("X-Form-Token") or ""
    return bool(g.key) and hmac.compare_digest(sent.encode(), form_token().encode())


def needs(role: Role) -> Callable[[Callable[Arguments, Answer]], Callable[Arguments, Answer]]:
    """Only for those who have ``role`` or more, and in forms only with the session's token. Aborts with 401, 403 or 400."""

    def around(view: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
        @wraps(view)
        def guarded(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
            if g.user is None:
                abort(401, "sign in first")
            if not g.user.role.may(role):
                abort(403, f"this takes the role {role}; yours is {g.user.role}")
            if request.method in _UNSAFE and not is_form_ours():
                abort(400, "this form is too old, or your session ended meanwhile; nothing was done. Send it again")
            return view(*args, **kwargs)

        return guarded

    return around
