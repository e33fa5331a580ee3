"""``monitor web``: the review page."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import click

from monitor.assemble import House, Options
from monitor.cli.common import stopping, to_stderr
from monitor.cli.main import database_options
from monitor.errors import EXIT_OK
from monitor.reviewing.server import Server
from monitor.telling.structured import fields

log = logging.getLogger("monitor")
_LINGERS = 2.5  # seconds that answers under way get once the service has ended


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
    parts = Parts(house.own_store, house.clock, house.program, house.sources(), house.judge(), house.archive(), house.user())
    return Server(create_app(parts), settings, has_users=has_users)


@contextmanager
def served_beside(house: House, listen: str) -> Iterator[None]:
    """While inside, the review page answers in a thread of its own, until ``house.stop`` is set.

    ``listen`` is empty for what the settings say. Trouble of the page is logged, and none of the service's. Raises InputError,
    before anything is served, when it cannot be listened on; StoreError.
    """
    server = server_of(house, listen or None)
    log.info("review page started", extra=fields(address=server.address))
    thread = threading.Thread(target=_answer, args=(server, house.stop), name="review page", daemon=True)
    thread.start()
    try:
        yield
    finally:
        house.stop.set()
        thread.join(_LINGERS)


def _answer(server: Server, stop: threading.Event) -> None:
    try:
        server.run(stop)
    except OSError as wrong:
        log.error("the review page failed", extra=fields(address=server.address, why=str(wrong)))
    if not stop.is_set():
        log.error("the review page ended by itself; the service goes on, and a restart brings it back")
