"""Signing in and out. What was written into a form when the session ended is shown again, to be sent."""

from __future__ import annotations

import math
from datetime import timedelta

from flask import Blueprint, Response, abort, current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from monitor.model import Role
from monitor.reviewing import auth
from monitor.reviewing.addresses import own
from monitor.reviewing.kept import kept
from monitor.reviewing.passwords import fits
from monitor.reviewing.throttle import Throttle, network_of
from monitor.telling.sentences import counted

blueprint = Blueprint("signing", __name__)
_LONGEST_NAME = 64


@blueprint.get("/login")
def form() -> ResponseReturnValue:
    """The page to sign in."""
    if g.user is not None:
        return redirect("/")
    return render_template("login.html", why="", target=own(request.args.get("target", "")), action="", written=[])


@blueprint.post("/login")
def sign_in() -> ResponseReturnValue:
    """Begin a session. Every failure says the same, and takes as long."""
    name, password = request.form.get("name", "")[:_LONGEST_NAME], request.form.get("password", "")
    throttle: Throttle = current_app.extensions["throttle"]
    own_name, address, now = f"name {name}", f"address {network_of(request.remote_addr)}", auth.parts().clock.now()
    wait = throttle.attempt((own_name, address), now)
    if wait > timedelta(0):
        seconds = math.ceil(wait.total_seconds())
        return _again(f"Too many tries; wait {counted(seconds, 'second')}, then try again."), 429, {"Retry-After": str(seconds)}
    store = auth.store()
    if g.is_open or not fits(password, store.secret(name)):
        return _again("Name and password do not fit; try again."), 401
    throttle.succeeded(own_name, address)
    if g.user is not None and not g.by_token:  # the same browser, signed in anew
        store.drop_key(auth.digest(g.key))
    g.key, g.user = auth.new_key(), store.user(name)
    store.keep_key(auth.digest(g.key), name, auth.SESSION, now + auth.LASTS)
    action, written = own(request.form.get("action", "")), kept()
    if action and written:
        answer = Response(render_template("again.html", action=action, written=written))
    else:
        answer = Response(status=303, headers={"Location": own(request.form.get("target", "")) or "/"})
    return auth.keep(answer)


@blueprint.post("/logout")
@auth.needs(Role.READER)
def sign_out() -> ResponseReturnValue:
    """End the session."""
    if g.is_open:
        abort(400, "there are no users, so nobody is signed in")
    auth.store().drop_key(auth.digest(g.key))
    answer = Response(status=303, headers={"Location": "/login"})
    answer.delete_cookie(auth.COOKIE, path="/")
    return answer


def _again(why: str) -> str:
    target, action = (own(request.form.get(name, "")) for name in ("target", "action"))
    return render_template("login.html", why=why, target=target, action=action, written=kept())
