"""``monitor web``: the review page."""

from __future__ import annotations

import threading

import click

from monitor.assemble import House, Options
from monitor.cli.common import stopping, to_stderr
from monitor.cli.main import database_options
from monitor.errors import EXIT_OK
from monitor.reviewing.server import Server


@click.command()
@click.option("--listen", metavar="HOST:PORT", help="Where to listen [web.listen of monitor.toml, else 127.0.0.1:8380].")
@database_options
def web(options: Options, listen: str | None) -> int:
    """The change log as a page in the browser, to review it. It needs no running service."""
    stop = threading.Event()
    house = House(options, stop, with_sources=True)
    to_stderr(house.program.log_level)
    with stopping(stop):
        server = server_of(house, listen)
        click.echo(f"the review page is at {server.address} (Ctrl-C ends it)")
        server.run(stop)
    return EXIT_OK


def server_of(house: House, listen: str | None) -> Server:
    """The server of the review page on the database of ``house``. Raises InputError, StoreError."""
    from dataclasses import replace

    from monitor.reviewing.app import create_app
    from monitor.reviewing.parts import Parts

    with house.store() as store:  # also says now that there is none
        has_users = bool(store.users())
    settings = replace(house.program.web, listen=listen) if listen else house.program.web
    parts = Parts(house.store, house.clock, house.program, house.sources(), house.judge(), house.archive(), house.user())
    return Server(create_app(parts), settings, has_users=has_users)
