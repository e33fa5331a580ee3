"""The page or the version that an address names; where there is none, the answer is 404 and says where they are listed."""

from __future__ import annotations

from flask import Response, abort

from monitor.article import to_text
from monitor.errors import NotWritable
from monitor.model import PageStatus, Version
from monitor.reviewing import auth


def status_of(page: int, where: str) -> PageStatus:
    """How a page stands."""
    found = auth.store().page_status(page)
    return found if found is not None else abort(404, f"there is no page {page}; {where}")


def version_of(page: int, number: int, where: str) -> Version:
    """A version of a page that there is."""
    found = auth.store().version(page, number)
    return found if found is not None else abort(404, f"page {page} has no version {number}; {where}")


def as_text(found: Version) -> Response:
    """A version in the article format. Aborts with 409 where that has no way to write it."""
    try:
        written = to_text(found.article)
    except NotWritable as wrong:
        abort(409, f"version {found.number} cannot be written in the article format: {wrong}")
    return Response(written.encode("utf-8", "surrogateescape"), mimetype="text/plain")
