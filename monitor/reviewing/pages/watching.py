"""Watch words: those of the settings, to look at, and those kept here, which reviewers add and take away."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from monitor.jobs.watching import read
from monitor.model import LogQuery, Role, Watched
from monitor.reviewing import addresses, auth
from monitor.reviewing.notices import Notice, tell
from monitor.settings import WatchWord
from monitor.telling.harmless import harmless

blueprint = Blueprint("watching", __name__)
_MOST = 500  # words that are kept
_ANEW = "The log is scored anew with it at the end of the next rounds."


@dataclass(frozen=True, slots=True)
class _Settled:
    """A watch word of the settings, and the file in which it stands."""

    word: WatchWord
    file: str


@blueprint.get("/watch")
@auth.needs(Role.READER)
def show() -> ResponseReturnValue:
    """The list, and the form for a new word."""
    return render_template(
        "watch.html",
        kept=auth.store().watched(),
        settled=settled_words(),
        may_review=auth.current().role.may(Role.REVIEWER),
        filters=lambda name: addresses.filters_of(LogQuery(watch=name)),
    )


def settled_words() -> list[_Settled]:
    """The watch words of the settings."""
    parts = auth.parts()
    found = [_Settled(word, "monitor.toml") for word in parts.program.watch]
    return found + [_Settled(word, f"sources/{source.name}.toml") for source in parts.sources for word in source.watch]


@blueprint.post("/watch")
@auth.needs(Role.REVIEWER)
def add() -> ResponseReturnValue:
    """Keep a word, or give one other spellings."""
    store, word = auth.store(), read(request.form.get("name", ""), request.form.get("spellings", ""))
    files = [each.file for each in settled_words() if each.word.name.casefold() == word.name.casefold()]
    if files:
        abort(409, f"{harmless(word.name)} stands in {files[0]}; add its spellings there")
    if len(store.watched()) >= _MOST:
        abort(409, f"{_MOST} watch words are the most that are kept here; remove some first")
    store.keep_watched(Watched(word.name, word.spellings, auth.current().name, auth.parts().clock.now()))
    return tell(redirect("/watch", 303), Notice(f"{word.name} is watched for. {_ANEW}"))


@blueprint.post("/watch/remove")
@auth.needs(Role.REVIEWER)
def remove() -> ResponseReturnValue:
    """Take a word away."""
    name = request.form.get("name", "")
    if not auth.store().drop_watched(name):
        abort(404, f"there is no watch word {harmless(name[:40])!r} here; the page /watch lists them")
    return tell(redirect("/watch", 303), Notice(f"{name[:100]} is watched for no more. {_ANEW.replace('with', 'without')}"))
