"""``monitor replay``: saved pages, folder by folder, through the real visits, with no network."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

import click

from monitor.assemble import House, Options
from monitor.cli.common import Instant, console, to_stderr
from monitor.cli.looking import print_log
from monitor.cli.main import database_options
from monitor.cli.progress import Progress
from monitor.errors import EXIT_FAILED, EXIT_OK
from monitor.fetching.replay import Moment, ReplayFetcher, read_moments
from monitor.jobs.replay import Replay, ReplayClock, start_of
from monitor.model import LogQuery, Outcome, Page
from monitor.storing.lock import instance_lock
from monitor.telling.harmless import harmless


@click.command()
@click.argument("folders", nargs=-1, required=True, metavar="FOLDER...", type=click.Path(path_type=Path))
@click.option("--start", type=Instant(), help="When the clock starts [2026-01-01T00:00Z, or a day after the last visit].")
@click.option("--json", "as_json", is_flag=True, help="Print the change log as one JSON object a line.")
@database_options
def replay(options: Options, folders: tuple[Path, ...], start: datetime | None, as_json: bool) -> int:
    """Play folders of saved pages, each what a site held at one moment, a day apart; then print the change log.

    NAME.txt is an article in the text format, NAME.html a saved page; the same NAME is the same page throughout. Nothing
    is kept unless --db says where.
    """
    to_stderr("error")
    moments = read_moments(folders)
    if options.is_named:
        return _replay(House(options, with_sources=True), moments, start, as_json)
    with tempfile.TemporaryDirectory(prefix="monitor-replay-") as folder:
        kept = Options(Path(folder) / "replay.db", options.config, is_lasting=False)
        return _replay(House(kept, with_sources=True), moments, start, as_json)


def _replay(house: House, moments: list[Moment], start: datetime | None, as_json: bool) -> int:
    sources = house.sources()
    unread: dict[str, str] = {}

    def note(page: Page, outcome: Outcome) -> None:
        seen = outcome.observation.seen
        if seen.is_well or not outcome.observation.detail:
            unread.pop(page.url, None)
        else:
            unread[page.url] = f"{page.url}: {seen}: {outcome.observation.detail.replace(f'{page.url}: ', '', 1)}"

    with instance_lock(house.store_file.path, house.clock.now()), house.store(create=True) as store:
        store.release_all()
        clock = ReplayClock(start or start_of(store))
        fetcher = ReplayFetcher(clock)
        archive = house.archive(clock) if house.store_file.is_lasting else None
        tools = house.tools(store, fetcher, archive, clock)
        with Progress("replayed", len(moments)) as progress:
            Replay(sources, house.made_layout(), fetcher, clock, tools, note).run(moments, lambda _: progress.step())
        if archive is not None:
            archive.close()
        was_read = store.status().versions > 0
        if was_read:
            print_log(store, LogQuery(baseline=True, limit=None), as_json=as_json, to=console())
        else:
            click.echo("no page was read as an article; below is why", err=True)
    for line in unread.values():
        click.echo(harmless(f"not read at the end: {line}"), err=True)
    return EXIT_OK if was_read else EXIT_FAILED
