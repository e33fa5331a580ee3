"""The sources: what each should be doing and what it does, what ails it and what to do about that; what admins do with it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue

from monitor.config.writing import length
from monitor.jobs.steering import Steer, steer
from monitor.model import Incident, Role, SourceStatus
from monitor.model.statistics import Backfilled
from monitor.protocols import Store
from monitor.reviewing import addresses, asking, auth
from monitor.reviewing.notices import Notice, tell
from monitor.reviewing.remembered import Remembered
from monitor.settings import Source
from monitor.telling.advice import Advice, advice
from monitor.telling.harmless import harmless
from monitor.telling.terminal import until

blueprint = Blueprint("sources", __name__)
_PER_PAGE = 100
_ENDED = 30  # incidents that are over, listed
ACTS = tuple(each for each in Steer if each is not Steer.RETIRE)  # that is for the command line, where somebody means it


@dataclass(frozen=True, slots=True)
class Card:
    """A source as its page shows it: what is ``settings`` of it (None: its file is gone), and what is so.

    ``is_late``: it should have been visited by now, and more than one interval ago; so nobody knows what it says.
    """

    name: str
    settings: Source | None
    status: SourceStatus | None
    incidents: tuple[tuple[Incident, Advice], ...]
    backfill: Backfilled | None
    due: str
    every: str
    is_late: bool
    can: tuple[Steer, ...]

    @property
    def is_ill(self) -> bool:
        """Whether there is something to look after."""
        return bool(self.incidents) or self.is_late


@blueprint.get("/sources")
@auth.needs(Role.READER)
def show() -> ResponseReturnValue:
    """All of them."""
    asking.given(request.args.items(multi=True), ())
    return render_template("sources.html", cards=cards(auth.store()))


@blueprint.get("/sources/<name>")
@auth.needs(Role.READER)
def one(name: str) -> ResponseReturnValue:
    """A source with its pages, by how they stand."""
    store = auth.store()
    card = card_of(store, name)
    asked = asking.given(request.args.items(multi=True), ("stand", "after"))
    stand = asking.stand_of(asked)
    found = store.some_pages(name, stand, asking.number(asked, "after", 0, 10**17, 0), _PER_PAGE)
    return render_template(
        "source.html",
        card=card,
        stand=stand,
        stands=asking.STANDS,
        counts={str(seen or "not yet visited"): count for seen, count in card.status.by_seen} if card.status else {},
        pages=found.pages,
        asked=asked,
        further=f"/sources/{name}?{asking.address(asked, after=str(found.further))}" if found.further else "",
        over=[each for each in store.incidents(open_only=False) if each.source == name and each.ended][:_ENDED],
        advice=advice,
        address=asking.address,
    )


@blueprint.post("/sources/<name>/<act>")
@auth.needs(Role.ADMIN)
def do(name: str, act: str) -> ResponseReturnValue:
    """Pause, resume, accept or trust a source."""
    said = act_on(auth.store(), name, act)
    back = addresses.own(request.form.get("back", "")) or "/sources"
    return tell(redirect(back, 303), Notice(f"{name}: {said}."))


def act_on(store: Store, name: str, act: str) -> str:
    """Do it, and say what is so now. Aborts with 404 and 409, raises StoreError."""
    if act not in {each.value for each in ACTS}:
        abort(404, f"{harmless(act[:40])!r} cannot be done with a source; what can be done is {', '.join(ACTS)}")
    now = auth.parts().clock.now()
    store.sync_sources([source.name for source in auth.parts().sources], now)
    if store.source_state(name) is None:
        abort(404, f"there is no source {harmless(name[:64])!r}; the page of the sources lists them")
    if Steer(act) not in _can(store, name):
        abort(409, f"{name} has nothing to {act}; somebody else may have done it meanwhile")
    said = steer(store, name, Steer(act), now)
    current_app.extensions["remembered"].forget()
    return said.split("; `monitor")[0]


def cards(store: Store) -> list[Card]:
    """Every source that the config or the database has, by name."""
    remembered: Remembered = current_app.extensions["remembered"]
    found = {each.name: each for each in remembered.of("sources", store.sources)}
    backfills = {each.source: each for each in remembered.of("backfilled", store.backfilled)}
    names = sorted({*found, *(source.name for source in auth.parts().sources)})
    return [_card(store, name, found.get(name), backfills.get(name)) for name in names]


def card_of(store: Store, name: str) -> Card:
    """One source. Aborts with 404."""
    found = next((card for card in cards(store) if card.name == name), None)
    return found or abort(404, f"there is no source {harmless(name[:64])!r}; the page of the sources lists them")


def _card(store: Store, name: str, status: SourceStatus | None, backfill: Backfilled | None) -> Card:
    incidents = tuple((each, advice(each.kind)) for each in (status.incidents if status else ()))
    settings, now = auth.parts().source(name), auth.parts().clock.now()
    is_active = status is None or status.state == "active"
    next_visit = status.next_visit if status else None
    due = until(next_visit, now) if is_active else "–"
    is_late = bool(is_active and settings and next_visit and now - next_visit > settings.interval)
    every = length(settings.interval) if settings else ""
    return Card(name, settings, status, incidents, backfill, due, every, is_late, _can(store, name) if status else ())


def _can(store: Store, name: str) -> tuple[Steer, ...]:
    """What can be done with a source as it is now."""
    found = [Steer.PAUSE if store.source_state(name) == "active" else Steer.RESUME]
    if store.drift(name):
        found.append(Steer.ACCEPT)
    if store.is_shortcut_off(name) or store.are_validators_off(name):
        found.append(Steer.TRUST)
    return tuple(found)
