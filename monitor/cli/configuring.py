"""``monitor config``: are the files right, and what may stand in them?"""

from __future__ import annotations

import json
from typing import Literal

import click

from monitor.assemble import DEFAULT_CONFIG, Options
from monitor.cli.main import database_options
from monitor.config import load, load_sources
from monitor.errors import EXIT_OK, ConfigError
from monitor.parsing.trees import check_selector


@click.group()
@database_options
def config(options: Options) -> int:  # noqa: ARG001 (its commands take them)
    """The config files: are they right, and what may stand in them?"""
    return EXIT_OK


@config.command()
@database_options
def check(options: Options) -> int:
    """Read every file of the config folder, and name every mistake at once, by file, line and key."""
    folder = options.config or (DEFAULT_CONFIG if DEFAULT_CONFIG.is_dir() else None)
    if folder is None:
        raise ConfigError(["there is no ./config folder; name one with --config or MONITOR_CONFIG"])
    problems: list[str] = []
    found: dict[str, int] = {}
    for within in ("sources", "library"):
        try:
            read = load(folder, check_selector).sources if within == "sources" else load_sources(folder, check_selector, within)
            found[within] = len(read)
        except ConfigError as wrong:
            problems += wrong.problems
    if problems:
        raise ConfigError(list(dict.fromkeys(problems)))
    click.echo(f"ok: {_sources(found['sources'])}" + (f", {found['library']} in the library" if found["library"] else ""))
    if not found["sources"]:
        click.echo("nothing is watched yet; `monitor add URL` makes a source", err=True)
    return EXIT_OK


@config.command("schema")
@click.argument("what", type=click.Choice(["program", "source"]), default="source")
@database_options
def print_schema(options: Options, what: Literal["program", "source"]) -> int:  # noqa: ARG001 (every command takes them)
    """Print the JSON Schema of monitor.toml (program), or of the files in sources/ (source), for an editor."""
    from monitor.config.schema import schema

    click.echo(json.dumps(schema(what), indent=2, ensure_ascii=True))
    return EXIT_OK


def _sources(count: int) -> str:
    return f"{count} source{'' if count == 1 else 's'}"
