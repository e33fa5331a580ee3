"""``monitor import``: captures made elsewhere become earlier versions of the pages."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

import click

from monitor.assemble import House, Options
from monitor.cli.common import stopping
from monitor.cli.main import database_options
from monitor.cli.progress import Progress
from monitor.errors import EXIT_FAILED, EXIT_OK
from monitor.fetching.archive.foreign import WarcFiles
from monitor.jobs.keeping.imports import Importer, Tally
from monitor.telling.harmless import harmless
from monitor.telling.sentences import counted


@click.command(name="import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@database_options
def import_(options: Options, files: tuple[Path, ...]) -> int:
    """Read captures made elsewhere (WARC files) as earlier versions of the pages.

    They are taken in at their own time, marked as imported, and never shown as news. Importing a file again changes nothing.
    Ends with 1 when a file was damaged; what came before the damage is kept.
    """
    stop = threading.Event()
    house = House(options, stop, with_sources=True)
    sources = house.needed_sources()
    found = WarcFiles(files, limit=max(source.polite.max_bytes for source in sources))
    tally = Tally()
    with stopping(stop), closing(house.archive()) as archive, house.store(create=True) as store:
        tools = house.tools(store, house.fetcher(), archive)
        importer = Importer(sources, store, tools.reader, house.clock, archive, tally)
        try:
            with Progress("read") as progress:
                importer.run(found, stop, progress.step)
        finally:
            _report(tally)
    return EXIT_FAILED if tally.damage else EXIT_OK


def _report(tally: Tally) -> None:
    for damage in tally.damage:
        click.echo(harmless(damage), err=True)
    pages = f", {counted(tally.pages, 'page')} taken up" if tally.pages else ""
    click.echo(
        f"{counted(tally.read, 'capture')} read: {tally.imported} imported ({counted(tally.versions, 'new version')}{pages}),"
        f" {tally.known} known already, {tally.skipped.total()} skipped"
    )
    for why, count in tally.skipped.most_common():
        click.echo(f"{count:>8}  {harmless(why)}")
