"""``monitor sources export`` and ``import``: lists of feeds, out and in."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.assemble import House, Options
from monitor.cli.main import database_options
from monitor.errors import EXIT_OK, ConfigError, InputError
from monitor.settings import Source
from monitor.telling.harmless import harmless
from monitor.telling.opml import opml

if TYPE_CHECKING:  # parsers, which `monitor pages` and `completion` beside these commands do without
    from monitor.jobs.adding.opml import Imported


@click.command("export")
@click.option("--opml", "file", metavar="FILE", required=True, help="Where to write the list; - is standard output.")
@database_options
def export_sources(options: Options, file: str) -> int:
    """Write the sources as a list of feeds (OPML) that any feed reader takes."""
    house = House(options, with_sources=True)
    sources = house.needed_sources()
    text = opml(sources, house.clock.now())
    _say_left_out(sources)
    if file == "-":
        sys.stdout.buffer.write(text.encode("utf-8"))
        return EXIT_OK
    try:
        with Path(file).open("x", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except FileExistsError as wrong:
        raise InputError(f"{file}: it is there already, and left as it is; name another") from wrong
    except OSError as wrong:
        raise InputError(f"{file}: it cannot be written ({wrong.strerror})") from wrong
    return EXIT_OK


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask: write the files.")
@database_options
def import_sources(options: Options, file: Path, yes: bool) -> int:
    """Make a source of every feed in a list (OPML) that no source has. It never overwrites a file."""
    from monitor.jobs.adding.opml import imported
    from monitor.parsing.opml import subscriptions

    house = House(options, with_sources=True)
    folder = house.folder
    if folder is None:
        raise ConfigError(["there is no ./config folder; make one (`mkdir config`), or name one with --config or MONITOR_CONFIG"])
    found = subscriptions(_bytes(file))
    if found.problem:
        raise InputError(f"{file}: {found.problem}")
    made = list(imported(found.feeds, house.sources(), lambda name: (folder / "sources" / f"{name}.toml").exists()))
    for each in made:
        click.echo(harmless(f"{each.source.name}: {each.feed}" if each.source else f"{each.feed} is in {each.known} already"))
    for why, count in found.skipped:
        click.echo(f"{count} left out: {why}")
    new = [each for each in made if each.source is not None]
    if not new:
        click.echo("no new feed in it", err=True)
        return EXIT_OK
    if not yes and not sys.stdin.isatty():
        raise click.UsageError("there is nobody to ask, and nothing was written; say --yes to write the files")
    if not yes and not click.confirm(f"write {_files(len(new))} to {folder / 'sources'}?"):
        click.echo("nothing was written")
        return EXIT_OK
    for each in new:
        _keep(folder, each, file)
    click.echo(f"{len(new)} written to {folder / 'sources'}; `monitor check` visits them now")
    return EXIT_OK


def _keep(folder: Path, each: Imported, file: Path) -> None:
    from monitor.config.writing import keep, source_text
    from monitor.parsing.trees import check_selector

    if each.source is not None:
        head = f"{each.source.title}\nFrom the list of feeds {file.name}"
        keep(folder, each.source.name, source_text(each.source, each.notes, head), check_selector)


def _say_left_out(sources: Sequence[Source]) -> None:
    """Name the sources that a feed reader can do nothing with, on standard error."""
    bare = [each for each in sources if not each.find.feeds]
    unlisted = [each.name for each in bare if not each.find.listings]
    listed = [each.name for each in bare if each.find.listings]
    if unlisted:
        click.echo(f"left out, for they have neither feed nor listing: {', '.join(unlisted)}", err=True)
    if listed:
        click.echo(f"without a feed, so only as a link to their listing: {', '.join(listed)}", err=True)


def _files(count: int) -> str:
    return f"{count} file{'' if count == 1 else 's'}"


def _bytes(file: Path) -> bytes:
    from monitor.parsing.opml import MOST_BYTES

    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as wrong:
        raise InputError(f"{file}: it cannot be read ({wrong.strerror})") from wrong
