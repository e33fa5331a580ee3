"""Exports of the log with the filters of the inbox: CSV, JSON Lines, a report; written while they are sent, of any length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from monitor.filters import from_address
from monitor.jobs.asked import checked
from monitor.jobs.passing_on.exports import summary
from monitor.jobs.passing_on.log import every, folded
from monitor.model import LogQuery, Role
from monitor.reviewing import auth
from monitor.telling.exports import csv_lines, json_lines
from monitor.telling.report import report

blueprint = Blueprint("exports", __name__)
_REPORTED = 1000  # entries of a report


@blueprint.get("/export/changes.csv")
@auth.needs(Role.READER)
def as_csv() -> ResponseReturnValue:
    """Every change that the filters let through, for a spreadsheet."""
    return _file(csv_lines(every(auth.store(), _asked())), "changes.csv", "text/csv")


@blueprint.get("/export/changes.jsonl")
@auth.needs(Role.READER)
def as_json_lines() -> ResponseReturnValue:
    """Every change that the filters let through, an object a line."""
    return _file(json_lines(every(auth.store(), _asked())), "changes.jsonl", "application/jsonl")


@blueprint.get("/export/report.html")
@auth.needs(Role.READER)
def as_report() -> ResponseReturnValue:
    """What the filters let through as a file to read and print."""
    query = _asked()
    query = replace(query, limit=query.limit or _REPORTED)
    about = summary(auth.store(), query, auth.parts().clock.now())
    return _file(report(about, folded(auth.store(), query)), "report.html", "text/html")


def _asked() -> LogQuery:
    """The filters of the address; without a limit of their own all that fits."""
    parts = auth.parts()
    asked = from_address(list(request.args.items(multi=True)), parts.clock.now())
    query = checked(asked, auth.store(), parts.settled(), parts.sources)  # what cannot be asked is said before anything is sent
    return query if "limit" in request.args else replace(query, limit=None)


def _file(pieces: Iterator[str], name: str, kind: str) -> ResponseReturnValue:
    """An answer that is saved and not shown: the style of a report is its own, and this page's policy would forbid it."""
    lines = (piece.encode("utf-8", "replace") for piece in pieces)
    answer = Response(lines, content_type=f"{kind}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
