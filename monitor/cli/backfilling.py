"""``monitor backfill``: a source's older articles are taken in, at its own pace."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import ExitStack, closing, suppress
from datetime import datetime, timedelta

import click

from monitor.assemble import House, Options
from monitor.cli.common import Instant, stopping, to_stderr
from monitor.cli.main import database_options
from monitor.cli.progress import Progress
from monitor.cli.watching import said
from monitor.errors import EXIT_FAILED, EXIT_OK, AlreadyRunning, InputError, Resting, Stopped
from monitor.jobs.finding.backfill import Backfill
from monitor.jobs.resting import Mindful
from monitor.model import Outcome, Page
from monitor.settings import Source
from monitor.storing.lock import instance_lock
from monitor.telling.harmless import harmless
from monitor.telling.sentences import counted

_TOLD_EVERY = 100  # visits after which the time that is left is said anew


@click.command()
@click.argument("name", metavar="SOURCE")
@click.option("--since", type=Instant(), help="Back to this day (in UTC).")
@click.option("--most", type=click.IntRange(min=1), metavar="N", help="Take up at most so many pages.")
@database_options
def backfill(options: Options, name: str, since: datetime | None, most: int | None) -> int:
    """Take in a source's older articles: walk its listings and sitemaps back to a day or a count, then visit what they list.

    That is baseline, and no news. Stopped with Ctrl-C, the same command goes on where it was. Ends with 1 when a listing could
    not be walked, or a host wants rest: the same command tries the rest again.
    """
    if since is None and most is None:
        raise click.UsageError("say how far back: --since DATE, --most N, or both")
    stop = threading.Event()
    house = House(options, stop, with_sources=True)
    source = _chosen(house.needed_sources(), name)
    to_stderr("error")
    with ExitStack() as stack:
        stack.enter_context(stopping(stop))
        with suppress(AlreadyRunning):  # then the service's claims stand, and these visits work beside them
            stack.enter_context(instance_lock(house.store_file.path, house.clock.now()))
            with house.store(create=True) as store:
                store.release_all()
        store = stack.enter_context(house.store(create=True))
        fetcher = stack.enter_context(closing(house.fetcher()))
        archive = stack.enter_context(closing(house.archive()))
        mindful = Mindful.of(fetcher, house.clock, store, source, house.sources())
        work = Backfill(source, house.tools(store, mindful, archive), since.date() if since else None, most)
        return _run(work)


def _chosen(sources: Sequence[Source], name: str) -> Source:
    found = next((source for source in sources if source.name == name), None)
    if found is None:
        raise InputError(f"there is no source {name!r} (sources: {', '.join(source.name for source in sources)})")
    find = found.find
    if not (find.listings or find.series or find.forms or find.sitemaps):
        raise InputError(f"{name} has no listing to walk: its [find] names no listings, series, forms or sitemaps")
    return found


def _run(work: Backfill) -> int:
    try:
        is_whole = _find(work)
        _visit(work)
    except Resting as wrong:
        click.echo(harmless(f"{wrong}; the same command goes on from here then"), err=True)
        return EXIT_FAILED
    except (Stopped, KeyboardInterrupt):
        click.echo(f"stopped with {counted(work.left(), 'page')} still to visit; the same command goes on from here", err=True)
        raise
    finally:
        _report(work)
    if is_whole:
        work.end()
    return EXIT_OK if is_whole else EXIT_FAILED


def _find(work: Backfill) -> bool:
    with Progress("listings read") as progress:
        return work.find(lambda where, taken: progress.say(harmless(f"{where}: {taken} taken up so far")))


def _visit(work: Backfill) -> None:
    total = work.left()
    click.echo(f"{counted(total, 'page')} to visit, {_long(work.time_left(total))} at the source's pace")
    done = 0
    with Progress("visited", total) as progress:

        def show(page: Page, outcome: Outcome) -> None:
            nonlocal done
            done += 1
            progress.say(said(page.url, outcome))
            if done % _TOLD_EVERY == 0:
                left = max(0, total - done)
                progress.print(f"{left} left, {_long(work.time_left(left))} at the source's pace")

        work.visit(show)


def _report(work: Backfill) -> None:
    filled = work.filled
    for problem in filled.problems:
        click.echo(harmless(problem), err=True)
    seen = ", ".join(f"{count} {what}" for what, count in sorted(filled.seen.items())) or "none visited"
    click.echo(f"{counted(filled.read, 'page')} of listings read, {counted(filled.taken, 'article')} taken up; {seen}")


def _long(time: timedelta) -> str:
    """A length of time in its two largest units, rounded up to a minute."""
    minutes = -(-int(time.total_seconds()) // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [f"{days} d" if days else "", f"{hours} h" if hours else "", f"{minutes} min" if minutes and not days else ""]
    return " ".join(filter(None, parts)) or "no time"
