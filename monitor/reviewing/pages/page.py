"""A page under watch: its versions on a line of time, any two of them compared, each as text in the article format."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from monitor.judging.words import differences
from monitor.model import PageStatus, Role, Version
from monitor.reviewing import auth, wording
from monitor.reviewing.pages.change import options
from monitor.reviewing.versions import as_text, status_of, version_of

blueprint = Blueprint("page", __name__)
_AT_ONCE = 200  # versions listed; those of a page that flaps are many
_NUMBER = "int(max=999999999999999999)"


@blueprint.get(f"/pages/<{_NUMBER}:number>")
@auth.needs(Role.READER)
def show(number: int) -> ResponseReturnValue:
    """A page with its versions and changes."""
    store, status = auth.store(), _status(number)
    found = store.versions(number)
    return render_template(
        "page.html",
        status=status,
        versions=found[-_AT_ONCE:],
        left_out=max(0, len(found) - _AT_ONCE),
        origins=store.origins(number),
        stays=store.stays(number),
        history=store.history(number)[-_AT_ONCE:],
        kept=store.kept(number)[-_AT_ONCE:],
        title=found[-1].article.title if found else status.url,
        original=found[-1].article.original_url if found else None,
    )


@blueprint.get(f"/pages/<{_NUMBER}:number>/compare")
@auth.needs(Role.READER)
def compare(number: int) -> ResponseReturnValue:
    """What differs between two versions of a page."""
    status, how = _status(number), options()
    first, second = _version(number, _asked("from")), _version(number, _asked("to"))
    found = differences(first.article, second.article)
    laid = wording.laid_out(found, second.article if how.is_whole else None, how.most)
    count = max(status.versions, first.number, second.number)
    return render_template("compare.html", status=status, how=how, laid=laid, before=first, after=second, version_count=count)


@blueprint.get(f"/pages/<{_NUMBER}:number>/versions/<{_NUMBER}:version>.txt")
@auth.needs(Role.READER)
def text(number: int, version: int) -> Response:
    """A version in the article format."""
    answer = as_text(_version(number, version))
    answer.headers["Content-Disposition"] = f'attachment; filename="page-{number}-version-{version}.txt"'
    return answer


def _asked(name: str) -> int:
    value = request.args.get(name, "")
    if not (value.isascii() and value.isdecimal() and len(value) < 18):
        abort(400, f"the option {name} is the number of a version; /compare?from=1&to=2 compares the first two")
    return int(value)


def _status(number: int) -> PageStatus:
    return status_of(number, "the pages of the sources list those there are")


def _version(page: int, number: int) -> Version:
    _status(page)
    return version_of(page, number, f"/pages/{page} lists them")
