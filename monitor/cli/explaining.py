"""``monitor check --explain``: one address looked at as a visit would, with nothing kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import ExitStack, closing

import click

from monitor.assemble import House
from monitor.cli.common import console
from monitor.errors import EXIT_FAILED, EXIT_OK, InputError
from monitor.jobs.explain import Explainer
from monitor.model import Seen
from monitor.parsing.address import absolute
from monitor.parsing.reader import LayoutReader
from monitor.settings import Source
from monitor.telling import explanation


def explain(house: House, sources: Sequence[Source], what: str, *, as_json: bool) -> int:
    """Fetch an address once and print what it is taken for, and why. Raises InputError, Stopped, StoreError."""
    address = absolute(what, "")
    if address is None:
        raise InputError(f"{what!r} is no address with http:// or https://")
    with ExitStack() as stack:
        fetcher = stack.enter_context(closing(house.fetcher()))
        store = stack.enter_context(house.store()) if house.store_file.path.exists() else None
        explainer = Explainer(sources, fetcher, LayoutReader(), house.clock, store)
        found = explainer.explain(address)
    if as_json:
        click.echo(json.dumps(explanation.as_object(found), ensure_ascii=True))
    else:
        explanation.show(console(), found)
    return EXIT_OK if found.seen is Seen.PARSED else EXIT_FAILED
