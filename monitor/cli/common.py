"""What several commands share: consoles, the log on stderr, instants and addresses as people give them."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import FrameType

import click
from rich.console import Console

from monitor.assemble import House, SystemClock
from monitor.errors import InputError
from monitor.filters import parse_instant
from monitor.model import Page
from monitor.parsing.address import absolute
from monitor.protocols import Store
from monitor.settings import Source
from monitor.telling.structured import Structured
from monitor.visiting.knowing import known_page


def console() -> Console:
    """Standard output; markup off, since what it prints came from outside."""
    return Console(markup=False, highlight=False, emoji=False)


def to_stderr(level: str) -> None:
    """Send the program's log to stderr, structured, from ``level`` on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Structured())
    logger = logging.getLogger("monitor")
    logger.handlers[:] = [handler]
    logger.setLevel(level.upper())
    logger.propagate = False
    logging.getLogger("apscheduler").addHandler(logging.NullHandler())
    logging.getLogger("apscheduler").propagate = False


@contextmanager
def stopping(stop: threading.Event) -> Iterator[None]:
    """While inside, SIGTERM and SIGINT set ``stop``; a second SIGINT interrupts at once."""

    def handle(number: int, _: FrameType | None) -> None:
        if stop.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, handle) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Instant(click.ParamType[datetime]):
    """An instant, ``2026-01-31``, ``2026-01-31T12:00`` (UTC unless it names a zone), or a length of time ago, ``24h``."""

    name = "TIME"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The instant, aware, in UTC."""
        if isinstance(value, datetime):
            return value
        try:
            return parse_instant(str(value), SystemClock().now())
        except ValueError as wrong:
            self.fail(str(wrong), param, ctx)


class ChangeNumber(click.ParamType[int]):
    """The number of a change, as the log shows it: ``8`` or ``#8``."""

    name = "CHANGE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number."""
        text = str(value).removeprefix("#")
        if not text.isdecimal() or len(text) > 18:
            self.fail(f"{value!r} is no change; `monitor log` shows their numbers", param, ctx)
        return int(text)


def end_of(at: datetime, given: str) -> datetime:
    """A bare day means its end: what a page bore "at" a day is what it bore last on it."""
    return at + timedelta(days=1) - timedelta(milliseconds=1) if len(given) == 10 else at


def chosen(sources: Sequence[Source], name: str | None) -> list[Source]:
    """The source called ``name``, or all where none is named. Raises InputError where there is none."""
    found = [source for source in sources if name in (None, source.name)]
    if not found:
        raise InputError(f"there is no source {name!r} (there: {', '.join(source.name for source in sources)})")
    return found


def find_page(what: str, store: Store, house: House) -> Page:
    """The page that ``what`` names: a number, an address, or the NAME of a replayed page. Raises InputError."""
    page = store.page_by_id(int(what)) if what.isdecimal() and len(what) < 18 else None
    if page is not None:
        return page
    from monitor.fetching.replay import address_of

    address = absolute(what, "") if "://" in what else address_of(what)
    if address is not None:
        page = known_page(address, None, store) or store.page_at(address)
        identities = [source.identity for source in house.sources()] if page is None and "://" in what else []
        for identity in identities:
            page = page or known_page(address, identity, store)
    if page is None:
        raise InputError(f"no page is known at {what!r}; `monitor pages` lists them all")
    return page
