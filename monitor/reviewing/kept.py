"""What was written into a form that could not be done: it stands in the page that says so, and waits for signing in.

On the page to sign in its fields bear a mark before their names: a form may have a ``name`` of its own.
"""

from __future__ import annotations

from flask import request
from werkzeug.exceptions import HTTPException

from monitor.reviewing.auth import FORM_TOKEN

MARK = "kept-"
_AT_ONCE = (400, 409, 500, 503, 507)  # errors after which it makes sense to send the same again, or a little altered
_NOT = ("/login", "/logout", "/seen")  # in which nobody writes anything
Fields = list[tuple[str, str]]


def written() -> Fields:
    """The fields of the form that was sent; none where it cannot be read, as when it is too large."""
    try:
        return [(name, value) for name, value in request.form.items(multi=True) if name != FORM_TOKEN]
    except HTTPException:
        return []


def to_send_again(status: int) -> Fields:
    """The fields of a form that ended in an error with this status, where it can be sent again."""
    return written() if request.method == "POST" and status in _AT_ONCE and request.path not in _NOT else []


def kept() -> Fields:
    """What the page to sign in kept of another form."""
    return [(name.removeprefix(MARK), value) for name, value in request.form.items(multi=True) if name.startswith(MARK)]
