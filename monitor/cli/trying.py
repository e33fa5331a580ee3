"""``monitor try``: one page, saved or fetched, read by every way there is. Nothing is kept."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import click

from monitor.assemble import House, Options
from monitor.cli.common import console
from monitor.cli.main import database_options
from monitor.errors import EXIT_FAILED, EXIT_OK, InputError
from monitor.fetching.saved import saved_page
from monitor.jobs.trying import Trier
from monitor.judging import quality
from monitor.model import Capture, Request
from monitor.parsing.address import absolute
from monitor.parsing.proposing.pages import front_of
from monitor.settings import Source
from monitor.telling import trying as telling
from monitor.telling.harmless import harmless


@click.command("try")
@click.argument("what", metavar="FILE|URL")
@click.option("--source", "-s", "name", help="Read it as a page of this source [that whose articles have such an address].")
@click.option("--url", help="Of a FILE: the address it was saved from [as the page says].")
@click.option("--reach", multiple=True, metavar="NETWORK", help="Of a URL: a network that is not public and may be asked.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@database_options
def try_(options: Options, what: str, name: str | None, url: str | None, reach: tuple[str, ...], as_json: bool) -> int:
    """Read one page, and say field by field which selector found what, what was dropped, and what other layouts make of it.

    A FILE is a saved page, in any encoding; nothing is fetched for it. Keeps nothing. Ends with 1 where nothing reads the page.
    """
    house = House(options, with_sources=True)
    sources = house.sources()
    named = _named(name, sources)
    trier = Trier(sources, house.reader())
    if "://" in what:
        address = absolute(what, "")
        if address is None:
            raise InputError(f"{what!r} is no address with http:// or https://")
        source = named or trier.source_of(address)
        capture = _fetched(house, address, source or Source(telling.NOBODY, ()), reach)
    else:
        if url is not None and absolute(url, "") is None:
            raise InputError(f"--url {url!r} is no address with http:// or https://")
        capture = _at_home(saved_page(Path(what), url, house.clock, (named or Source(telling.NOBODY, ())).polite.max_bytes), url)
        source = named or trier.source_of(capture.url)
    trial = trier.tried(capture, source)
    if as_json:
        click.echo(json.dumps(telling.as_object(trial), ensure_ascii=True))
    else:
        telling.show(console(), trial)
        _hint(trial, sources)
    return EXIT_OK if trial.best else EXIT_FAILED


def _named(name: str | None, sources: tuple[Source, ...]) -> Source | None:
    """The source of that name; None where none was named. Raises InputError."""
    if name is None:
        return None
    found = next((each for each in sources if each.name == name), None)
    if found is None:
        raise InputError(f"there is no source {name!r} (there: {', '.join(each.name for each in sources) or 'none'})")
    return found


def _fetched(house: House, address: str, source: Source, reach: tuple[str, ...]) -> Capture:
    """What answered. Raises FetchError; InputError where that is no page."""
    with closing(house.fetcher()) as fetcher:
        capture = fetcher.fetch(Request(address), replace(source, reach=(*source.reach, *reach)))
    found = quality.from_status(capture, is_conditional=False)
    if found is not None:
        raise InputError(f"{address}: {found[1]}; `monitor check --explain` says more")
    return capture


def _at_home(capture: Capture, url: str | None) -> Capture:
    """A saved page at the address that it gives itself, where none was named."""
    own = None if url else front_of(capture).own
    return replace(capture, url=own, answered=own) if own else capture


def _hint(trial: telling.Trial, sources: tuple[Source, ...]) -> None:
    if not sources:
        click.echo("no source is configured, so only the reader for any site was tried; `monitor add URL` makes one", err=True)
    elif trial.best is None:
        click.echo(
            harmless("nothing reads this page; a layout of a source can be given rules for it (README, Adding a source)"),
            err=True,
        )
