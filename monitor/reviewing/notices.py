"""A notice for the next page: what was done, and what can be taken back. It travels in a cookie that nobody else can make."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass

from flask import g, request
from werkzeug.wrappers import Response

_COOKIE = "monitor_notice"
_LASTS = 60  # seconds
_LONGEST = 500  # characters


@dataclass(frozen=True, slots=True)
class Notice:
    """What to say. ``batch`` is the act that the notice offers to take back, ``seen`` the mark that it offers to set back."""

    text: str
    batch: int | None = None
    seen: int | None = None
    is_warning: bool = False


def tell(answer: Response, notice: Notice) -> Response:
    """``answer``, with a notice for the page that it leads to."""
    short = Notice(notice.text[:_LONGEST], notice.batch, notice.seen, notice.is_warning)
    said = urlsafe_b64encode(json.dumps(asdict(short), ensure_ascii=False).encode("utf-8", "replace")).decode()
    answer.set_cookie(
        _COOKIE, f"{said}.{_seal(said)}", max_age=_LASTS, httponly=True, samesite="Lax", secure=request.is_secure, path="/"
    )
    g.has_told = True
    return answer


def told() -> Notice | None:
    """The notice that the last answer left; it is shown once."""
    said, _, seal = request.cookies.get(_COOKIE, "").partition(".")
    if not said or not hmac.compare_digest(seal.encode(), _seal(said).encode()):
        return None
    g.was_told = True
    return Notice(**json.loads(urlsafe_b64decode(said)))


def forget(answer: Response) -> Response:
    """``answer``; what was shown is forgotten."""
    if g.get("was_told") and not g.get("has_told"):
        answer.delete_cookie(_COOKIE, path="/")
    return answer


def _seal(said: str) -> str:
    return hmac.new(g.key.encode(), b"notice " + said.encode(), hashlib.sha256).hexdigest()
