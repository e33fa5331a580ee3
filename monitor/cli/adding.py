"""``monitor add``: a new site, from one address of it to a file that watches it."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from ipaddress import ip_network
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from monitor.assemble import House, Options
from monitor.cli.common import console
from monitor.cli.main import database_options
from monitor.config.writing import keep, source_text
from monitor.errors import EXIT_OK, ConfigError, Forbidden, InputError
from monitor.jobs.adding.add import Adder
from monitor.jobs.adding.scouting import Scout
from monitor.parsing.address import absolute
from monitor.parsing.trees import check_selector
from monitor.storing.lock import holder
from monitor.telling import proposal as telling
from monitor.telling.harmless import harmless

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


@click.command()
@click.argument("url")
@click.option("--name", default="", help="What the source is called [made from the host].")
@click.option(
    "--reach", multiple=True, metavar="NETWORK", help="A network that is not public and may be asked, like 10.1.2.0/24."
)
@click.option("--yes", is_flag=True, help="Do not ask: write the file.")
@click.option("--print", "only_print", is_flag=True, help="Write nothing; print the file that would be written.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object; writes only with --yes.")
@database_options
def add(options: Options, url: str, name: str, reach: tuple[str, ...], yes: bool, only_print: bool, as_json: bool) -> int:
    """Put a new site under watch: an article of it, a page that lists articles, its front page, or a feed.

    Asks the site for a dozen pages, politely, shows what would be read as articles, and writes config/sources/NAME.toml after a
    yes. It never overwrites a file.
    """
    if yes and only_print:
        raise click.UsageError("--yes and --print exclude each other")
    address = absolute(url if "://" in url else f"https://{url}", "")
    if address is None:
        raise InputError(f"{url!r} is no address with http:// or https://")
    is_dry = only_print or (as_json and not yes)
    if not (yes or is_dry or sys.stdin.isatty()):
        raise click.UsageError("there is nobody to ask; say --yes to write the file, or --print to only look")
    house = House(options)
    folder = None if is_dry else _folder(house, name)
    _check(name, reach)
    found = _proposed(house, address, name, reach)
    head = f"{found.source.title}\nProposed by `monitor add` on {house.clock.now():%Y-%m-%d}, from {address}"
    written = source_text(found.source, found.notes, head)
    if as_json:
        click.echo(json.dumps(telling.as_object(found, written), ensure_ascii=True))
    elif only_print:
        telling.show(Console(stderr=True, markup=False, highlight=False, emoji=False), found)
        click.echo(written, nl=False)
    else:
        telling.show(console(), found)
        click.echo(f"\n{written}")
    if folder is not None and (yes or _is_wanted(folder, found.source.name)):
        keep(folder, found.source.name, written, check_selector)
        if not as_json:
            is_served = holder(house.store_file.path) is not None
            later = "the service that runs from its next start on" if is_served else "`monitor run` from now on"
            path = folder / "sources" / f"{found.source.name}.toml"
            click.echo(f"{path} is written.\n`monitor check {found.source.name}` visits it now, {later}.")
    return EXIT_OK


def _proposed(house: House, address: str, name: str, reach: tuple[str, ...]) -> telling.Proposal:
    """What a look around the site brings. Raises FetchError, InputError."""
    try:
        with closing(house.fetcher()) as fetcher, _asking() as step:
            scout = Scout(fetcher, house.reader(), reach, step=step)
            return Adder(scout, house.reader(), house.clock.now()).propose(address, name, _taken(house.folder))
    except Forbidden as wrong:
        raise Forbidden(f"{wrong}; of `monitor add` it is --reach that does") from wrong


def _folder(house: House, name: str) -> Path:
    """The config folder to write to. Raises ConfigError where there is none, InputError where the name is taken."""
    if house.folder is None:
        raise ConfigError(["there is no ./config folder; make one (`mkdir config`), or name one with --config or MONITOR_CONFIG"])
    path = house.folder / "sources" / f"{name}.toml"
    if name and path.exists():
        raise InputError(f"{path}: there is a source of that name; it is left as it is (--name gives another)")
    return house.folder


def _check(name: str, reach: tuple[str, ...]) -> None:
    if name and not _NAME.fullmatch(name):
        raise click.UsageError(f"--name {name!r}: use at most 64 small letters and digits, then also . _ and -")
    for each in reach:
        try:
            ip_network(each)
        except ValueError as wrong:
            raise click.UsageError(f"--reach {each!r} is no network; write it as 10.1.2.0/24, fd12::/48 or an address") from wrong


def _taken(folder: Path | None) -> Callable[[str], bool]:
    return lambda name: folder is not None and (folder / "sources" / f"{name}.toml").exists()


@contextmanager
def _asking() -> Iterator[Callable[[str], None]]:
    """While inside, a terminal shows which address is asked for."""
    err = Console(stderr=True, markup=False, highlight=False, emoji=False)
    with err.status(Text("asking")) as status:
        yield lambda url: status.update(Text(f"asking for {harmless(url)}", overflow="ellipsis", no_wrap=True))


def _is_wanted(folder: Path, name: str) -> bool:
    is_wanted = click.confirm(f"write {folder / 'sources' / name}.toml?")
    if not is_wanted:
        click.echo("nothing was written")
    return is_wanted
