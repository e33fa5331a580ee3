"""``monitor notify``: messages about what was logged: what is due, what waits, and whether they arrive."""

from __future__ import annotations

import click

from monitor.assemble import House, Options
from monitor.cli.main import database_options
from monitor.errors import EXIT_FAILED, EXIT_OK
from monitor.jobs.passing_on.notify import Notifier
from monitor.protocols import Store
from monitor.telling.harmless import harmless
from monitor.telling.terminal import when


@click.command()
@click.option("--test", "rule", metavar="NAME", help="Send a test message of this rule to all its addresses.")
@click.option("--pending", is_flag=True, help="Show what waits in the outbox, and why.")
@database_options
def notify(options: Options, rule: str | None, pending: bool) -> int:
    """Follow the rules of `notify` in monitor.toml, and send all that waits, as `monitor run` does by itself."""
    if rule is not None and pending:
        raise click.UsageError("--test and --pending exclude each other")
    house = House(options)
    with house.store() as store:
        if pending:
            return _pending(store)
        notifier = house.notifier()
        return _follow(notifier, store) if rule is None else _test(notifier, rule, store)


def _pending(store: Store) -> int:
    waiting = store.pending()
    for each in waiting:
        line = f"#{each.id} {each.rule} to {each.to}: {each.letter.title} | made {when(each.made)}, due {when(each.due)}"
        tries = "1 try" if each.tries == 1 else f"{each.tries} tries"
        click.echo(harmless(line + (f" | {tries}: {each.problem}" if each.problem else "")))
    if not waiting:
        click.echo("nothing waits in the outbox", err=True)
    return EXIT_OK


def _follow(notifier: Notifier, store: Store) -> int:
    if not notifier.program.notify:
        click.echo("there is no rule in `notify` of monitor.toml", err=True)
    failed = notifier.work(store, everything=True)
    for each in failed:
        click.echo(harmless(f"not sent: {each.rule} to {each.to}: {each.letter.title}: {each.problem}"), err=True)
    if failed:
        click.echo(f"{_WHAT_TO_DO.format(rule=failed[0].rule)}; what was not sent is kept, and tried again", err=True)
    left = len(store.pending())
    waiting = f"{left} message{'' if left == 1 else 's'} wait{'s' if left == 1 else ''} (`monitor notify --pending`)"
    click.echo(waiting if left else "nothing waits in the outbox", err=True)
    return EXIT_FAILED if failed else EXIT_OK


def _test(notifier: Notifier, rule: str, store: Store) -> int:
    results = notifier.test(rule, store)
    for to, problem in results:
        click.echo(harmless(f"{to}: {f'not sent: {problem}' if problem else 'sent'}"))
    if not any(problem for _, problem in results):
        return EXIT_OK
    click.echo(_WHAT_TO_DO.format(rule=rule), err=True)
    return EXIT_FAILED


_WHAT_TO_DO = (
    "mend the address where env:NAME or file:/path in `to` says it stands (https://github.com/caronc/apprise has the forms),"
    " or the server that it leads to, then try `monitor notify --test {rule}`"
)
