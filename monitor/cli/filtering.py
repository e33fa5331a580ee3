"""The filters of the log as options of a command: ``log``, ``export``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from monitor.assemble import House
from monitor.cli.common import Instant
from monitor.cli.main import Command
from monitor.jobs.asked import checked, hints
from monitor.jobs.watching import with_kept
from monitor.model import EditClass, Kind, LogQuery, ReviewState
from monitor.protocols import Store
from monitor.settings import Program

KINDS = [kind.value for kind in Kind]
CLASSES = [each.value for each in EditClass]
STATES = [state.value for state in ReviewState]
_OPTIONS = (
    click.option("--source", "-s", "sources", multiple=True, help="Only this source; may be given several times."),
    click.option("--kind", "-k", "kinds", multiple=True, type=click.Choice(KINDS), help="Only this kind of change."),
    click.option("--since", type=Instant(), help="Only what happened since: 2026-01-31, 2026-01-31T12:00, or 24h ago."),
    click.option("--until", type=Instant(), help="Only what happened before."),
    click.option("--text", "-t", help="Only changes whose wordings hold these words, as in `monitor search`."),
    click.option("--changed", help="Only changes that cut or added these words."),
    click.option("--watch", "-w", help="Only changes near a spelling of this watch word."),
    click.option("--state", "states", multiple=True, type=click.Choice(STATES), help="Only what stands so with its reviewers."),
    click.option("--baseline", is_flag=True, help="Also what a source's first round took in."),
    click.option("--top", is_flag=True, help="What matters most first, instead of the newest."),
    click.option("--class", "-c", "classes", multiple=True, type=click.Choice(CLASSES), help="Only edits of this class."),
    click.option("--least", type=click.FloatRange(0, 1), default=0.0, help="Only what scores so much, from 0 to 1."),
    click.option("--story", type=click.IntRange(1), help="Only the changes of this story, all of them."),
    click.option("--hidden", is_flag=True, help="Also what `mute` rules keep out of sight, and each to and fro."),
)


def log_filters(command: Command) -> Command:
    """Add the filters of the log to a command; :func:`query_of` makes a query of what was given."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def query_of(filters: Mapping[str, Any], limit: int | None) -> LogQuery:
    """The query that the options ask for, ``limit`` entries of it."""
    return LogQuery(
        sources=frozenset(filters["sources"]),
        kinds=frozenset(Kind(kind) for kind in filters["kinds"]),
        since=filters["since"],
        until=filters["until"],
        text=filters["text"],
        changed=filters["changed"],
        watch=filters["watch"],
        states=frozenset(ReviewState(state) for state in filters["states"]),
        baseline=filters["baseline"] or Kind.IMPORTED.value in filters["kinds"],
        limit=limit,
        classes=frozenset(EditClass(name) for name in filters["classes"]),
        least=filters["least"],
        is_ranked=filters["top"],
        hidden=filters["hidden"],
        story=filters["story"],
    )


def known(query: LogQuery, store: Store, house: House) -> LogQuery:
    """``query`` with the spellings of its watch word; what its words could not be taken for is said on stderr.

    Raises InputError where it names a source, story or watch word that there is not.
    """
    if query.watch is None:  # the settings need not be read
        found = checked(query, store, Program())
    else:
        found = checked(query, store, with_kept(house.program, store), house.sources())
    for hint in hints(query):
        click.echo(f"--{hint}", err=True)
    return found
