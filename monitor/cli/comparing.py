"""``monitor compare``: any two wordings of a page, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import click

from monitor.assemble import House, Options
from monitor.cli.common import Instant, console, end_of, find_page
from monitor.cli.main import database_options
from monitor.errors import EXIT_OK, InputError
from monitor.jobs.comparing import compare as compared
from monitor.model import Page, Stay, Version
from monitor.protocols import Log
from monitor.telling import changelog, diff
from monitor.telling.harmless import harmless
from monitor.telling.stays import stays_text


@click.command()
@click.argument("what", metavar="URL|ID")
@click.option("--from", "start", metavar="VERSION|TIME", help="The wording before [the version before the other].")
@click.option("--to", "end", metavar="VERSION|TIME", help="The wording after [what the page bears now].")
@click.option("--whole", is_flag=True, help="Show unchanged words whole, not only those near a change.")
@database_options
def compare(options: Options, what: str, start: str | None, end: str | None, whole: bool) -> int:
    """Two wordings of a page, by number or as of a time: the words that differ, and what such an edit is judged to be."""
    house, out = House(options), console()
    with house.store() as store:
        page = find_page(what, store, house)
        after = _number(page, end, store)
        before = _number(page, start, store) if start is not None else max(1, after - 1)
        found = compared(page, before, after, store, house.judge())
        stays = store.stays(page.id)
    out.print(harmless(page.url), style="dim", soft_wrap=True)
    for name, version in (("from", found.before), ("to", found.after)):
        click.echo(f"{name:<4} {_line(version, stays[version.number])}")
    if not found.parts:
        click.echo("nothing differs between the two")
        return EXIT_OK
    out.print(changelog.judgement_text(found.judgement), soft_wrap=not out.is_terminal, end="")
    out.print(diff.parts(found.parts, whole=whole), soft_wrap=not out.is_terminal, end="")
    return EXIT_OK


def _number(page: Page, given: str | None, store: Log) -> int:
    """The number of the version that was named: by number, as of a time, or what the page bears now."""
    if given is not None and given.isdecimal() and len(given) < 8:
        return int(given)
    at: datetime | None = end_of(Instant().convert(given, None, None), given) if given else None
    version = store.version(page.id, at=at)
    if version is None:
        raise InputError(f"{page.url} {f'was not yet known at {given}' if given else 'was never read by a visit'}")
    return version.number


def _line(version: Version, stays: Sequence[Stay]) -> str:
    return f"version {version.number}, {stays_text(stays)}: {harmless(version.article.title)}"
