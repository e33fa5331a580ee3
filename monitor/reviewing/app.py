"""The application: pages, who asks, headers, errors. One thread serves one request; its store handle is its own."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, request
from jinja2 import StrictUndefined
from markupsafe import Markup

from monitor import __version__
from monitor.fingerprint import printed
from monitor.reviewing import api, auth, errors
from monitor.reviewing.addresses import url_with
from monitor.reviewing.asking import LONGEST_QUERY
from monitor.reviewing.marking import marked
from monitor.reviewing.notices import forget, told
from monitor.reviewing.pages import BLUEPRINTS
from monitor.reviewing.parts import Parts
from monitor.reviewing.remembered import Remembered
from monitor.reviewing.rows import Glances
from monitor.reviewing.security import names_host, with_headers
from monitor.reviewing.throttle import Throttle
from monitor.reviewing.unsent import unsent
from monitor.telling.harmless import harmless

_MOST_BYTES = 1_000_000  # of a form
_PLAIN = "text/plain; charset=utf-8"
_STATIC = Path(__file__).with_name("static")
_EDITION = sha256(b"".join(each.read_bytes() for each in sorted(_STATIC.iterdir()))).hexdigest()[:12]  # of the static files


def create_app(parts: Parts) -> Flask:
    """The review page around ``parts``."""
    app = Flask(__name__)
    app.config.update(MAX_CONTENT_LENGTH=_MOST_BYTES, MAX_FORM_PARTS=5000, TRAP_HTTP_EXCEPTIONS=False)
    app.extensions["monitor"] = parts
    app.extensions.update(throttle=Throttle(), glances=Glances(), remembered=Remembered())
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(harmless=harmless, when=when, iso=iso, link=link, short=short, printed=printed, marked=marked)
    app.jinja_env.filters["unsent"] = unsent
    app.context_processor(_names)
    app.before_request(_begin)
    app.after_request(_end)
    errors.register(app)
    for blueprint in (*BLUEPRINTS, api.blueprint):
        app.register_blueprint(blueprint)
    return app


def _begin() -> Response | None:
    g.user = None
    g.key = ""
    g.by_token = False
    g.is_open = False
    if not names_host(request.host):  # no address can be made with it, so no page either
        return Response("The header Host names no host; ask by the address that `monitor web` says.\n", 400, content_type=_PLAIN)
    if len(request.query_string) > LONGEST_QUERY:
        abort(414)
    if request.endpoint != "static":
        if auth.parts().renew():
            current_app.extensions.update(glances=Glances(), remembered=Remembered())  # what they know is of another database
        auth.identify()
    return None


def _end(answer: Response) -> Response:
    if g.get("is_new"):
        auth.keep(answer)
    forget(answer)
    is_fixed = request.endpoint == "static" and request.args.get("v") == _EDITION
    is_personal = g.get("user") is not None and not g.is_open and not g.by_token
    return with_headers(answer, is_fixed=is_fixed, is_personal=is_personal)


def _names() -> dict[str, Any]:
    """What every template can use."""
    return {
        "user": g.get("user"),
        "is_open": g.get("is_open", False),
        "form_token": auth.form_token,
        "form_token_field": _form_token_field,
        "version": __version__,
        "edition": _EDITION,
        "now": auth.parts().clock.now(),
        "path": request.path,
        "here": request.full_path.rstrip("?"),
        "url_with": url_with,
        "notice": told,
    }


def _form_token_field() -> Markup:
    """The hidden field that every form sends back."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(auth.FORM_TOKEN, auth.form_token())


def when(at: datetime | None) -> str:
    """An instant to the minute, in UTC; a dash for none."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M") if at else "–"


def short(text: str, most: int = 300) -> str:
    """A text from outside as one harmless line that leaves room for others."""
    return harmless(text if len(text) <= most else text[:most] + " …")


def iso(at: datetime) -> str:
    """An instant as a ``<time>`` has it (RFC 3339)."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def link(address: str | None) -> str:
    """An address of a site, where it is http or https; empty for any other, which no link leads to."""
    try:
        return address if address and urlsplit(address).scheme in ("http", "https") else ""
    except ValueError:
        return ""
