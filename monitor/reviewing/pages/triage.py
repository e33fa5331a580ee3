"""Triage: acts on changes, what is like a change, undo. Each act is a form, and as JSON what ``app.js`` asks for."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, abort, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from monitor.jobs import triage
from monitor.jobs.triage import Done, Scope
from monitor.model import Act, Change, Review, Reviewed, ReviewState, Role
from monitor.reviewing import addresses, auth
from monitor.reviewing.notices import Notice, tell
from monitor.telling.harmless import harmless
from monitor.telling.reviews import DONE

blueprint = Blueprint("triage", __name__)
_TOLD = 3  # acts of others that are told


@blueprint.post("/review")
@auth.needs(Role.REVIEWER)
def review() -> ResponseReturnValue:
    """Act on the changes that were chosen, or on all like one of them.

    ``changes`` are numbers, each with the last line of its reviews that was seen, ``12:345``; ``one`` is the button of a row:
    act, change and scope at once, ``dismiss 12:345 story``.
    """
    form = request.form
    what, chosen, scope = form.get("act", ""), form.getlist("changes"), form.get("scope", "") or Scope.THIS.value
    if form.get("one"):
        what, one, scope = [*form["one"].split(" "), "", ""][:3]
        chosen = [one]
    act = _act(what)
    seen, text = _seen(chosen), text_of(act, form.get("text", ""))
    also = also_of(seen, scope, form.get("upto", ""))
    done = triage.act(auth.store(), seen, act, auth.current().name, auth.parts().clock.now(), text, also)
    return _answer(act, done)


def _act(name: str) -> Act:
    if name not in {each.value for each in Act} or name == Act.UNDO:
        acts = ", ".join(each.value for each in Act if each is not Act.UNDO)
        abort(400, f"{harmless(name[:40])!r} cannot be done with a change; what can be done is {acts}")
    return Act(name)


def _seen(chosen: Iterable[str]) -> dict[int, int]:
    """The changes that were chosen, each with the last line of its reviews that was seen."""
    found: dict[int, int] = {}
    for each in chosen:
        number, _, last = each.partition(":")
        if not all(part.isascii() and part.isdecimal() and len(part) < 18 for part in (number, last or "0")):
            abort(400, f"{harmless(each[:40])!r} is no change; go back and choose again")
        found[int(number)] = int(last or 0)
    if not found:
        abort(400, "no change was chosen; tick some, or use the buttons of a row")
    if len(found) > triage.MOST:
        abort(400, f"{len(found)} changes at once are too many; {triage.MOST} is the most")
    return found


def text_of(act: Act, text: str) -> str:
    """The text that goes with an act. Raises InputError where it cannot be."""
    return triage.text_for(auth.store(), act, auth.current().name, text)


def also_of(seen: dict[int, int], scope: str, upto: str) -> list[int]:
    """What else an act on one change takes in; nothing that was logged after ``upto``, since nobody saw that."""
    if scope not in {each.value for each in Scope}:
        abort(400, f"there is no scope {harmless(scope[:40])!r}; there are {', '.join(Scope)}")
    if scope == Scope.THIS:
        return []
    if len(seen) != 1:
        abort(400, "all that is like a change can be taken in for one change at a time")
    last = int(upto) if upto.isascii() and upto.isdecimal() and len(upto) < 18 else auth.store().newest()
    found = triage.like(auth.store(), change_of(next(iter(seen))), Scope(scope))
    return [number for number in found.changes if number <= last and number not in seen]


def change_of(number: int) -> Change:
    """The change of this number. Aborts with 404."""
    found = auth.store().change(number)
    return found if found is not None else abort(404, f"there is no change {number}; the inbox lists those there are")


@blueprint.post("/undo")
@auth.needs(Role.REVIEWER)
def undo() -> ResponseReturnValue:
    """Take back what the user did last, or one batch of theirs."""
    batch = request.form.get("batch", "")
    if batch and not (batch.isascii() and batch.isdecimal() and len(batch) < 18):
        abort(400, "what is to be taken back is missing; go back and try again")
    lines = auth.store().undo(auth.current().name, auth.parts().clock.now(), int(batch) if batch else None)
    if not lines:
        return _say(Notice("There is nothing left of yours to take back.", is_warning=True), {}, [])
    return _answer(Act.UNDO, Done(tuple(lines)))


@blueprint.get("/changes/<int(max=999999999999999999):number>/like")
@auth.needs(Role.REVIEWER)
def like(number: int) -> ResponseReturnValue:
    """What is like a change, and how many changes an act on all of it would take in."""
    change = change_of(number)
    act = _act(request.args.get("act", Act.DISMISS.value))
    store = auth.store()
    return render_template(
        "like.html",
        change=change,
        act=act,
        acts=(Act.ACKNOWLEDGE, Act.FLAG, Act.DISMISS),
        likes=triage.likes(store, change),
        examples=lambda found: [each for n in found.changes[1:4] if (each := store.change(n)) is not None],
        reviewed=store.reviewed([number]).get(number, Reviewed()),
        newest=store.newest(),
        back=addresses.own(request.args.get("back", "")) or "/",
    )


# Answers


def _answer(act: Act, done: Done) -> ResponseReturnValue:
    numbers = list(dict.fromkeys(line.change for line in done.lines))
    one, some = len(numbers) == 1, f"{len(numbers)} changes"
    said = f"Change {numbers[0]} is {DONE[act]}." if one else f"{some} are {DONE[act]}."
    if act is Act.UNDO:
        said = f"What you did with {f'change {numbers[0]}' if one else some} is taken back."
    if done.meanwhile:
        told = [f"{line.who} {_acted(line)} change {line.change} before you" for line in done.meanwhile[:_TOLD]]
        more = len(done.meanwhile) - len(told)
        said += f" Meanwhile {', '.join(told)}{f', and {more} more such acts' if more else ''}; both stand in the review log."
    states = auth.store().reviewed(numbers)
    stays = _stays(states) if act is Act.UNDO else ""
    batch = done.lines[0].batch if act is not Act.UNDO else None
    return _say(Notice(said + stays, batch, is_warning=bool(done.meanwhile or stays)), states, numbers)


def _stays(states: dict[int, Reviewed]) -> str:
    """What others decided, which taking back one's own act does not alter."""
    found = [(number, each) for number, each in states.items() if each.who not in (None, auth.current().name)]
    told = [f"change {number} stays {each.state} by {each.who}" for number, each in found if each.state is not ReviewState.OPEN]
    more = f", and {len(told) - _TOLD} more" if len(told) > _TOLD else ""
    return f" But {', '.join(told[:_TOLD])}{more}." if told else ""


def _acted(line: Review) -> str:
    return {Act.ASSIGN: "assigned", Act.NOTE: "left a note on", Act.UNDO: "took something back on"}.get(line.act, DONE[line.act])


def _say(notice: Notice, states: dict[int, Reviewed], numbers: list[int]) -> ResponseReturnValue:
    if request.accept_mimetypes.best != "application/json":
        return tell(redirect(addresses.own(request.form.get("back", "")) or "/", 303), notice)
    found = {number: states.get(number, Reviewed()) for number in numbers}
    counts = auth.store().news_by_state()
    return jsonify(
        counts={state.value: counts.get(state, 0) for state in ReviewState} | {"all": sum(counts.values())},
        said=notice.text,
        batch=notice.batch,
        warning=notice.is_warning,
        changes={
            str(number): {"state": each.state, "assigned": each.assigned, "notes": each.notes, "who": each.who, "last": each.last}
            for number, each in found.items()
        },
    )
