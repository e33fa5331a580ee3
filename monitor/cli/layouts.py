"""``monitor layout check``: do today's layouts still read what is kept?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import click

from monitor.assemble import House, Options
from monitor.cli.common import chosen
from monitor.cli.main import database_options
from monitor.cli.progress import Progress
from monitor.errors import EXIT_FAILED, EXIT_OK, InputError
from monitor.jobs.layoutcheck import LayoutChecker
from monitor.settings import Source
from monitor.telling.layoutcheck import Checked, as_object, lines

PAGES = Path("tests", "pages")


@click.group()
@database_options
def layout(options: Options) -> int:  # noqa: ARG001 (its commands take them)
    """The layouts of the sources: do they still read what is kept?"""
    return EXIT_OK


@layout.command("check")
@click.argument("name", metavar="[SOURCE]", required=False)
@click.option(
    "--pages", metavar="FOLDER", type=click.Path(path_type=Path), help="Golden pairs, NAME.html and NAME.txt [tests/pages]."
)
@click.option(
    "--most", metavar="N", type=click.IntRange(0), default=50, show_default=True, help="Captures of each source, the newest."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
@database_options
def check(options: Options, name: str | None, pages: Path | None, most: int, as_json: bool) -> int:
    """Read the last captures of each source again, and golden pairs, and say which are not read as they should be.

    Ends with 1 when something broke. Nothing is written.
    """
    house = House(options, with_sources=True)
    sources = chosen(house.needed_sources(), name)
    if pages is not None and not pages.is_dir():
        raise InputError(f"{pages}: no such folder; --pages names one with pairs of NAME.html and NAME.txt")
    checker = LayoutChecker(house.reader(), house.clock)
    checked = _kept(house, checker, sources, most)
    folder = pages or (PAGES if PAGES.is_dir() and name is None else None)
    if folder is not None:
        known = sources if name is not None else [*sources, *(each for each in house.shelf() if each not in sources)]
        checked += checker.pairs(folder, known)
    if as_json:
        click.echo(json.dumps(as_object(checked), ensure_ascii=True))
    else:
        for line in lines(checked):
            click.echo(line)
        if not any(each.pages for each in checked):
            click.echo("nothing to read yet: `monitor run` keeps captures, `--pages FOLDER` names saved pages", err=True)
    return EXIT_FAILED if any(each.broken for each in checked) else EXIT_OK


def _kept(house: House, checker: LayoutChecker, sources: Sequence[Source], most: int) -> list[Checked]:
    """The captures in the archive; none where there is no database."""
    if not house.store_file.path.exists():
        return []
    with house.store() as store, closing(house.archive()) as archive, Progress("read") as progress:
        return [checker.captures(source, store, archive, most, progress.step) for source in sources]
