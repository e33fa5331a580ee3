"""One change: its words, why it matters, its page and captures, what people made of it. Its address stays valid."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass

from flask import Blueprint, Response, abort, g, render_template, request, send_file
from flask.typing import ResponseReturnValue

from monitor.errors import StoreDamaged
from monitor.jobs.following.alone import Alone
from monitor.jobs.keeping.evidence import evidence, pack
from monitor.judging.words import differences
from monitor.model import Act, Change, Judgement, Kind, Reviewed, Role, Story, Version
from monitor.protocols import Store
from monitor.reviewing import auth, wording
from monitor.reviewing.pages.triage import change_of
from monitor.reviewing.seals import seal_of
from monitor.reviewing.wording import Laid
from monitor.telling.pictures import moved
from monitor.telling.reviews import DONE

blueprint = Blueprint("change", __name__)
_FROM_ELSEWHERE = (Kind.COPIED, Kind.SYNDICATED, Kind.MOVED)
_BACK = (Kind.REMOVED, Kind.RESTORED)
_OTHERS = 12  # changes of a story, pages with the same text, that are listed
_VERSIONS = 60  # on the line of time; more are on a page of their own
_HELD = 8 * 1024 * 1024  # bytes of a zip file that are held in memory


@dataclass(frozen=True, slots=True)
class Options:
    """How words are shown: inline or ``is_side`` by side, changed ones or the ``is_whole`` article, ``is_all`` of a long one."""

    is_side: bool
    is_whole: bool
    is_all: bool

    @property
    def most(self) -> int | None:
        """Bytes of words that are shown. Side by side unchanged ones stand there twice."""
        return None if self.is_all else wording.MOST // (2 if self.is_side else 1)


def options() -> Options:
    """What the address says. Aborts with 400 for a value that there is not."""
    values = {"view": ("inline", "side"), "words": ("changed", "whole"), "all": ("no", "yes")}
    for name, known in values.items():
        if request.args.get(name, known[0]) not in known:
            abort(400, f"the option {name} of this page is one of {', '.join(known)}")
    return Options(*(request.args.get(name, known[0]) == known[1] for name, known in values.items()))


@dataclass(frozen=True, slots=True)
class _Others:
    """A story of the change, with some of its other changes."""

    story: Story
    changes: tuple[Change, ...]


@blueprint.get("/changes/<int(max=999999999999999999):number>")
@auth.needs(Role.READER)
def show(number: int) -> ResponseReturnValue:
    """A change, whole."""
    store, change, how = auth.store(), change_of(number), options()
    before, after = _versions(store, change)
    count = getattr(store.page_status(change.page), "versions", 0)
    shown = after or before
    return render_template(
        "change.html",
        change=change,
        how=how,
        laid=_laid(change, before, after, how),
        judgement=_judgement(store, change),
        before=before,
        after=after,
        original=shown.article.original_url if shown else None,
        version_count=count,
        versions=store.versions(change.page) if count <= _VERSIONS else [],
        origins=store.origins(change.page),
        stays=store.stays(change.page) if count <= _VERSIONS else {},
        history=store.history(change.page) if count <= _VERSIONS else [],
        sides=store.kept_sides(number),
        seal=seal_of(number),
        outside=store.outside_copy(number),
        pictures=moved(*sides) if (sides := store.pictured(number)) is not None else None,
        stories=[_others(store, story, number) for story in store.stories(number)],
        bearers=store.bearers(change.page, change.after)[:_OTHERS] if change.kind in _FROM_ELSEWHERE and change.after else [],
        reviews=store.reviews(number),
        done=DONE | {Act.NOTE: "noted", Act.UNDO: "took something back"},
        reviewed=store.reviewed([number]).get(number, Reviewed()),
        users=[user.name for user in store.users()] or [g.user.name],
    )


def _versions(store: Store, change: Change) -> tuple[Version | None, Version | None]:
    """The wordings before and after. Aborts with 500 where one is damaged."""
    try:
        before = store.version(change.page, change.before) if change.before else None
        return before, store.version(change.page, change.after) if change.after else None
    except StoreDamaged as wrong:
        abort(500, f"a text of this change is damaged: {wrong}. `monitor verify` says more; the log itself is whole")


def _laid(change: Change, before: Version | None, after: Version | None, how: Options) -> Laid | None:
    """The words: what differs, or where nothing stood before or stands any more, the article as it is."""
    if before and after and change.kind not in _BACK:
        found = differences(before.article, after.article)
        return wording.laid_out(found, after.article if how.is_whole else None, how.most)
    shown = after or before
    return wording.plain(shown.article, how.most) if shown else None


def _judgement(store: Store, change: Change) -> Judgement | None:
    """The judgement with its sum, as it would be made now; None where that cannot be."""
    with Alone("judging failed", change=change.id, url=change.url):  # what was judged when it was logged is shown all the same
        return auth.parts().judge.judgement(change, store)
    return None


def _others(store: Store, story: Story, number: int) -> _Others:
    found = [each for each in store.story_changes(story.id)[: _OTHERS + 1] if each != number][:_OTHERS]
    return _Others(story, tuple(each for each in map(store.change, found) if each is not None))


@blueprint.get("/changes/<int(max=999999999999999999):number>/evidence.zip")
@auth.needs(Role.REVIEWER)
def proof(number: int) -> Response:
    """All that proves a change, as one zip file."""
    change, now = change_of(number), auth.parts().clock.now()
    bundle = evidence(change, auth.store(), auth.parts().archive, now)
    file = tempfile.SpooledTemporaryFile(max_size=_HELD)  # noqa: SIM115  the answer closes it
    pack(bundle, file, now)
    file.seek(0)
    return send_file(file, mimetype="application/zip", as_attachment=True, download_name=f"change-{number}.zip")
