"""``monitor review``: what a person makes of changes, noted in the review log as on the review page."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from monitor.assemble import House, Options
from monitor.cli.common import ChangeNumber
from monitor.cli.main import database_options
from monitor.errors import EXIT_OK, InputError
from monitor.jobs import triage
from monitor.jobs.triage import Scope
from monitor.model import Act, Change, Review
from monitor.protocols import Store
from monitor.telling.harmless import harmless
from monitor.telling.reviews import done_line, meanwhile_line
from monitor.telling.terminal import when

_SCOPES = [scope.value for scope in Scope if scope is not Scope.THIS]
_SHOWN = 10  # changes that are shown before one is asked


@click.command()
@click.argument("numbers", metavar="CHANGE...", type=ChangeNumber(), nargs=-1)
@click.option("--ack", is_flag=True, help="Seen, and nothing to be done.")
@click.option("--flag", is_flag=True, help="It matters: somebody should look into it.")
@click.option("--dismiss", is_flag=True, help="It does not matter.")
@click.option("--reopen", is_flag=True, help="Open again, as if nobody had decided.")
@click.option("--note", metavar="TEXT", help="Leave a note; the state stays as it is.")
@click.option("--assign", metavar="WHO", help="Assign it to a user, or to yourself; '' is nobody.")
@click.option("--undo", is_flag=True, help="Take back what you did last, or what you did last with these changes.")
@click.option("--like", type=click.Choice(_SCOPES), help="Also the open changes of its story, class, or words.")
@click.option("--yes", is_flag=True, help="Do not ask before --like is done.")
@database_options
def review(options: Options, numbers: tuple[int, ...], like: str | None, yes: bool, **given: object) -> int:
    """Acknowledge, flag, dismiss, open again, assign or note changes. Nothing is deleted by it; every act can be taken back."""
    act, text = _act(given)
    if like and (len(numbers) != 1 or act is Act.UNDO):
        raise click.UsageError("--like goes with one change, and not with --undo, which takes back all that was done at once")
    if not numbers and act is not Act.UNDO:
        raise click.UsageError("name the changes, like 8 or #8; `monitor log` shows their numbers")
    house = House(options)
    who = house.user()
    with house.store() as store:
        changes = _known(store, numbers)
        if act is Act.UNDO:
            _undo(store, changes, who, house)
            return EXIT_OK
        text = triage.text_for(store, act, who, text)
        states = store.reviewed(numbers)
        seen = {number: states[number].last if number in states else 0 for number in numbers}
        also = _like(store, changes[0], Scope(like), act, is_sure=yes) if like else []
        done = triage.act(store, seen, act, who, house.clock.now(), text, also)
    for line in done.meanwhile:
        click.echo(meanwhile_line(line))
    click.echo(f"{done_line(act, _changes(done.lines), text)}; `monitor review --undo` takes it back")
    return EXIT_OK


def _act(given: dict[str, object]) -> tuple[Act, str]:
    """What is to be done, and the text that goes with it."""
    names = {"ack": Act.ACKNOWLEDGE, "flag": Act.FLAG, "dismiss": Act.DISMISS, "reopen": Act.REOPEN, "undo": Act.UNDO}
    names |= {"note": Act.NOTE, "assign": Act.ASSIGN}
    chosen = [name for name in names if given[name] not in (False, None)]
    if len(chosen) > 1:
        raise click.UsageError(f"one act at a time, not {' and '.join(f'--{name}' for name in chosen)} at once; call it for each")
    if not chosen:
        raise click.UsageError("say one of --ack, --flag, --dismiss, --reopen, --note, --assign and --undo")
    text = given[chosen[0]]
    return names[chosen[0]], text if isinstance(text, str) else ""


def _known(store: Store, numbers: Sequence[int]) -> list[Change]:
    """The changes of these numbers. Raises InputError where there is none of one, before anything is done."""
    if len(numbers) > triage.MOST:
        raise InputError(f"{len(numbers)} changes at once are too many; {triage.MOST} is the most")
    found = {number: store.change(number) for number in numbers}
    missing = [f"#{number}" for number, change in found.items() if change is None]
    if missing:
        raise InputError(f"there is no change {', '.join(missing)}; `monitor log` lists them. Nothing was done")
    return [change for change in found.values() if change is not None]


def _like(store: Store, change: Change, scope: Scope, act: Act, *, is_sure: bool) -> list[int]:
    """The open changes that are like ``change``, after they were shown and somebody said yes; none where there is none."""
    found = triage.like(store, change, scope)
    others = found.changes[1:]
    if not others:
        click.echo(harmless(f"no other open change is like #{change.id} in its {scope}"))
        return []
    click.echo(harmless(f"{found.what}: {len(found.changes)} changes{', the newest of more' if found.is_more else ''}"))
    for each in (change, *store.changes_of(others[:_SHOWN])):
        click.echo(harmless(f"  #{each.id} {each.kind} {when(each.at)} {each.source}  {each.title[:100]}"))
    if len(others) > _SHOWN:
        click.echo(f"  and {len(others) - _SHOWN} more")
    if is_sure:
        return list(others)
    if not sys.stdin.isatty():
        raise click.UsageError("there is nobody to ask; say --yes to do it with all of them")
    click.confirm(f"{act} all {len(found.changes)}?", abort=True)
    still = triage.like(store, change, scope).changes  # somebody may have decided meanwhile, and is not overruled
    return [number for number in others if number in still]


def _undo(store: Store, changes: Sequence[Change], who: str, house: House) -> None:
    """Take back what ``who`` did last, or did last with each of ``changes``. Raises InputError where that is nothing."""
    now = house.clock.now()
    if changes:
        batches = {batch for change in changes if (batch := _last_of(store.reviews(change.id), who)) is not None}
        lines = [line for batch in sorted(batches) for line in store.undo(who, now, batch)]
    else:
        lines = store.undo(who, now)
    if not lines:
        raise InputError(f"there is nothing left of {who} to take back" + (" with these changes" if changes else ""))
    taken = _changes(lines)
    of = f"change {taken[0]}" if len(taken) == 1 else f"{len(taken)} changes"
    click.echo(f"what you did with {of} is taken back; `monitor show CHANGE` has the whole review log")


def _last_of(lines: Sequence[Review], who: str) -> int | None:
    """The batch of the last act of ``who`` that still holds."""
    mine = [line for line in lines if line.who == who and line.act is not Act.UNDO and not line.is_undone]
    return mine[-1].batch if mine else None


def _changes(lines: Sequence[Review]) -> list[int]:
    return list(dict.fromkeys(line.change for line in lines))
