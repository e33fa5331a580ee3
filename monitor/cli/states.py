"""``monitor sources``, ``pages``, ``completion``: the state of what is watched, and changing it."""

from __future__ import annotations

import sys

import click

from monitor.assemble import House, Options
from monitor.cli.common import console, find_page
from monitor.cli.lists import export_sources, import_sources
from monitor.cli.main import database_options
from monitor.errors import EXIT_OK
from monitor.jobs.steering import Steer, steer
from monitor.model import PageState
from monitor.telling import terminal
from monitor.telling.harmless import harmless


@click.group(invoke_without_command=True)
@database_options
def sources(options: Options) -> int:
    """The sources: state, last visit, next visit, health. With a command: pause, resume or retire one."""
    if click.get_current_context().invoked_subcommand:
        return EXIT_OK
    house = House(options, with_sources=True)
    now, out = house.clock.now(), console()
    with house.store(create=True) as store:
        store.sync_sources([source.name for source in house.sources()], now)
        found = store.sources()
    if not found:
        click.echo("no source yet; `monitor add URL` makes one, or add a file NAME.toml to config/sources/", err=True)
    elif out.is_terminal:
        out.print(terminal.source_table(found, now))
    else:
        for each in found:
            click.echo("\n".join(terminal.source_lines(each, now)))
    if files := house.not_taken_in():
        click.echo(terminal.altered_text(files).plain.strip(), err=True)
    return EXIT_OK


def _steer(options: Options, name: str, what: Steer) -> int:
    """Do it with a source that the config or the database has."""
    is_state = what in (Steer.PAUSE, Steer.RESUME, Steer.RETIRE)
    house = House(options, with_sources=is_state)
    with house.store(create=is_state) as store:
        if is_state:
            store.sync_sources([source.name for source in house.sources()], house.clock.now())
        said = steer(store, name, what, house.clock.now())
    click.echo(f"{name}: {said}")
    return EXIT_OK


@sources.command()
@click.argument("name")
@database_options
def pause(options: Options, name: str) -> int:
    """Visit a source no more until it is resumed."""
    return _steer(options, name, Steer.PAUSE)


@sources.command()
@click.argument("name")
@database_options
def resume(options: Options, name: str) -> int:
    """Go on with a source that was paused or retired."""
    return _steer(options, name, Steer.RESUME)


@sources.command()
@click.argument("name")
@database_options
def accept(options: Options, name: str) -> int:
    """What looks like a redesign is what its articles say now: log it from the next round on."""
    return _steer(options, name, Steer.ACCEPT)


@sources.command()
@click.argument("name")
@database_options
def trust(options: Options, name: str) -> int:
    """Use its shortcut and its server's ETag and Last-Modified again, which were found to mislead."""
    return _steer(options, name, Steer.TRUST)


@sources.command()
@click.argument("name")
@database_options
def retire(options: Options, name: str) -> int:
    """End the watch over a source for good. Everything recorded of it stays."""
    return _steer(options, name, Steer.RETIRE)


sources.add_command(export_sources)
sources.add_command(import_sources)


@click.group(invoke_without_command=True)
@click.option("--source", "-s", help="Only pages of this source.")
@database_options
def pages(options: Options, source: str | None) -> int:
    """The pages: what their last visit proved. With a command: pause, resume or forget one."""
    if click.get_current_context().invoked_subcommand:
        return EXIT_OK
    house = House(options)
    with house.store() as store:
        shown = terminal.page_lines(console(), store.pages(source))
    if not shown:
        click.echo("no page is known yet; `monitor run` finds them", err=True)
    return EXIT_OK


def _set_page(options: Options, what: str, state: PageState, said: str) -> int:
    house = House(options)
    with house.store() as store:
        page = find_page(what, store, house)
        store.set_page_state(page.id, state)
    click.echo(harmless(f"{page.url}: {said}"))
    return EXIT_OK


@pages.command("pause")
@click.argument("url")
@database_options
def pause_page(options: Options, url: str) -> int:
    """Visit a page no more until it is resumed."""
    return _set_page(options, url, "paused", "paused; `monitor pages resume` goes on with it")


@pages.command("resume")
@click.argument("url")
@database_options
def resume_page(options: Options, url: str) -> int:
    """Go on with a page that was paused or forgotten."""
    return _set_page(options, url, "active", "active again")


@pages.command("forget")
@click.argument("url")
@click.option("--yes", is_flag=True, help="Do not ask.")
@database_options
def forget_page(options: Options, url: str, yes: bool) -> int:
    """Watch a page no more, whoever links to it. Its log and its wordings stay."""
    if not yes and not sys.stdin.isatty():
        raise click.UsageError("there is nobody to ask; say --yes to forget the page")
    if not yes:
        click.confirm(harmless(f"watch {url} no more? (its log and its wordings stay)"), abort=True)
    return _set_page(options, url, "forgotten", "forgotten; its log and its wordings stay")


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print the completion script for a shell, to be sourced: eval "$(monitor completion bash)"."""
    from click.shell_completion import get_completion_class

    from monitor.cli.main import monitor

    kind = get_completion_class(shell)
    if kind is not None:
        click.echo(kind(monitor, {}, "monitor", "_MONITOR_COMPLETE").source())
    return EXIT_OK
