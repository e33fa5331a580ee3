"""``monitor reparse``: what is kept is read again with today's layouts and parser, silently."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import closing

import click

from monitor.assemble import House, Options
from monitor.cli.common import chosen, console, stopping
from monitor.cli.main import database_options
from monitor.cli.progress import Progress
from monitor.errors import EXIT_OK
from monitor.jobs.keeping.reparse import Reparser, Tally, size
from monitor.judging.words import differences
from monitor.telling import diff
from monitor.telling.harmless import harmless


@click.command()
@click.argument("name", metavar="[SOURCE]", required=False)
@click.option("--all", "is_whole", is_flag=True, help="The captures of all versions, not only of those that pages bear now.")
@click.option("--yes", is_flag=True, help="Do it; without this it only says what would read otherwise.")
@database_options
def reparse(options: Options, name: str | None, is_whole: bool, yes: bool) -> int:
    """Read the captures that are kept again, with today's layouts and parser, of a source or of all.

    What reads otherwise becomes the wording that its page is known by. That is no change, and the wording before stays.
    """
    stop = threading.Event()
    house = House(options, stop, with_sources=True)
    sources = chosen(house.needed_sources(), name)
    tallies: list[Tally] = []
    with stopping(stop), house.store() as store, closing(house.archive()) as archive:
        reparser = Reparser(store, house.reader(), house.clock, archive, house.user(), is_dry=not yes, is_whole=is_whole)
        known = {each.name for each in store.sources()}
        try:
            with Progress("read again", size(sources, store)) as progress:
                for source in sources:
                    if source.name in known:
                        tallies.append(Tally(source.name))
                        reparser.run(source, stop, progress.step, tallies[-1])
        finally:
            _report(tallies, yes)
    return EXIT_OK


def _report(tallies: Sequence[Tally], done: bool) -> None:
    out = console()
    for tally in tallies:
        fields = ", ".join(f"{field} {count}" for field, count in tally.fields.most_common())
        ending = f"; {tally.adopted} adopted" if done else ""
        click.echo(
            f"{tally.source}: {tally.read} captures read again: {tally.otherwise} {'read' if done else 'would read'} otherwise"
            f"{f' ({fields})' if fields else ''}{ending}, {tally.unread.total()} left as they are"
        )
        for why, count in tally.unread.most_common():
            click.echo(f"{count:>8}  {harmless(why)}")
        if tally.busy:
            click.echo(f"{tally.busy:>8}  being visited just now, or visited meanwhile; do it again for these")
        for each in tally.examples:
            click.echo(f"\nlike {harmless(each.url)}")
            out.print(diff.parts(differences(each.before, each.after)), soft_wrap=True, end="")
    if not done and any(tally.otherwise for tally in tallies):
        click.echo("\nnothing was written; --yes adopts what reads otherwise")
