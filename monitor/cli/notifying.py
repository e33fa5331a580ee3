"""``monitor notify``: messages about what was logged: what is due, what waits, and whether they arrive."""

from __future__ import annotations

import click

from monitor.assemble import House, Options
from monitor.cli.main import database_options
from monitor.errors import EXIT_FAILED, EXIT_OK
from monitor.telling.harmless import harmless
from monitor.telling.terminal import when


@click.command()
@click.option("--test", "rule", metavar="NAME", help="Send a test message of this rule to all its addresses.")
@click.option("--pending", is_flag=True, help="Show what waits in the outbox, and why.")
@database_options
def notify(options: Options, rule: str | None, pending: bool) -> int:
    """Follow the rules of `notify` in monitor.toml and send what is due, as `monitor run` does by itself."""
    if rule is not None and pending:
        raise click.UsageError("--test and --pending exclude each other")
    house = House(options)
    with house.store() as store:
        if pending:
            waiting = store.pending()
            for each in waiting:
                line = f"#{each.id} {each.rule} to {each.to}: {each.letter.title} | made {when(each.made)}, due {when(each.due)}"
                click.echo(harmless(line + (f" | {each.tries} tries: {each.problem}" if each.tries else "")))
            if not waiting:
                click.echo("nothing waits in the outbox", err=True)
            return EXIT_OK
        notifier = house.notifier()
        if rule is None:
            if not house.program.notify:
                click.echo("there is no rule in `notify` of monitor.toml", err=True)
            notifier.work(store)
            left = store.pending()
            said = f"{len(left)} messages wait (`monitor notify --pending`)" if left else "nothing waits in the outbox"
            click.echo(said, err=True)
            return EXIT_OK
        results = notifier.test(rule, store)
    for to, problem in results:
        click.echo(harmless(f"{to}: {problem or 'sent'}"))
    return EXIT_FAILED if any(problem for _, problem in results) else EXIT_OK
