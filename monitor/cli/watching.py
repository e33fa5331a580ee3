"""``monitor run`` and ``monitor check``: the service, and a visit out of turn."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, closing, nullcontext, suppress
from datetime import datetime, timedelta
from pathlib import Path

import click

from monitor.assemble import House, Options
from monitor.cli.common import stopping, to_stderr
from monitor.cli.main import database_options
from monitor.cli.progress import Progress
from monitor.config.altered import altered
from monitor.errors import EXIT_FAILED, EXIT_OK, AlreadyRunning, ConfigError, InputError
from monitor.jobs.keeping import outside
from monitor.jobs.keeping.prune import Retention
from monitor.jobs.resting import Mindful
from monitor.jobs.round import OnVisit, Visited, check_page, close_round, visit_pages
from monitor.model import Outcome, Page, Run
from monitor.parsing.address import absolute, is_article
from monitor.protocols import Store
from monitor.settings import Source
from monitor.storing.lock import instance_lock
from monitor.telling.harmless import harmless
from monitor.telling.structured import fields
from monitor.visit import new_pages

log = logging.getLogger("monitor")
NO_CONTACT = (
    "the sites are not told whom to write to; set `contact` in monitor.toml to a mail address or web page of yours, so that "
    "somebody who minds the visits can ask for fewer instead of blocking them"
)


SHORT = timedelta(minutes=1)
NOTHING_WATCHED = "nothing is watched: every source is paused or retired; `monitor sources resume NAME` goes on with one"


@click.command()
@click.option("--once", is_flag=True, help="Make one round over every page of every source, then end.")
@click.option(
    "--web", is_flag=False, flag_value="", metavar="[HOST:PORT]", help="Serve the review page, too [web.listen of monitor.toml]."
)
@database_options
def run(options: Options, once: bool, web: str | None) -> int:
    """Watch the configured sources until told to stop (SIGTERM, Ctrl-C)."""
    if once and web is not None:
        raise click.UsageError("--once ends after a round, so there is no page to look at; `monitor web` serves it")
    stop = threading.Event()
    house = House(options, stop, with_sources=True)
    sources = house.needed_sources()
    to_stderr(house.program.log_level)
    if house.program.contact is None:
        log.warning("no contact", extra=fields(why=NO_CONTACT))
    for source in sources:
        if source.interval < SHORT:
            why = f"every page is asked for anew after {source.interval.total_seconds():g} s; that is for a server of your own"
            log.warning("short interval", extra=fields(source=source.name, why=why))
    with instance_lock(house.store_file.path, house.clock.now()), stopping(stop):
        if once:
            return _once(house, sources)
        with house.store(create=True) as store:
            _sync(house, sources, store)
        with _page(house, web):
            return _serve(house, sources)


def _page(house: House, web: str | None) -> AbstractContextManager[None]:
    """The review page beside the service, where it is wanted. Raises InputError when it cannot be listened on."""
    if web is None:
        return nullcontext()
    from monitor.cli.serving import served_beside  # Flask takes long to import

    return served_beside(house, web)


def _serve(house: House, sources: Sequence[Source]) -> int:
    from monitor.service import Service  # APScheduler takes long to import, and --once needs none

    fetcher, archive = house.fetcher(), house.archive()
    retention = Retention(house.program, archive, house.clock, house.user())
    notifier = house.notifier()

    reminded, started = set[str](), house.clock.now()

    def beside(store: Store) -> None:
        _remind(house.folder, started, reminded)
        notifier.work(store)
        retention.apply(store)
        outside.save_all(sources, store, fetcher, house.clock)

    service = Service(
        sources,
        lambda: house.store(create=True),
        lambda store: house.tools(store, fetcher, archive),
        house.clock,
        house.stop,
        hosts_at_once=house.program.hosts_at_once,
        beside=beside,
    )
    if not service.run():
        _leave_at_once()
    archive.close()
    fetcher.close()
    return EXIT_OK


def _remind(folder: Path | None, started: datetime, reminded: set[str]) -> None:
    """Log once of each config file that it was altered since the start, which the service does not read again."""
    for name in () if folder is None else altered(folder, started):
        if name not in reminded:
            why = "the service goes on as it was; restart it to take that in"
            log.warning("config altered", extra=fields(file=name, why=why))
            reminded.add(name)


def _leave_at_once() -> None:
    """End the process with visits still under way. They have written nothing, and their pages stay due."""
    import os
    import sys

    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(EXIT_OK)


def _once(house: House, sources: Sequence[Source]) -> int:
    """One round over everything, sources side by side; removals are judged when all of them were visited."""
    with house.store(create=True) as store:
        store.release_all()
        _sync(house, sources, store)
        runs = visit_sources(house, _active(store, sources), None)
        Retention(house.program, house.archive(), house.clock, house.user()).apply(store)
        with closing(house.fetcher()) as fetcher:
            outside.save_all(sources, store, fetcher, house.clock)
        house.notifier().work(store)
    if not runs:
        click.echo(NOTHING_WATCHED, err=True)
    return EXIT_OK if runs else EXIT_FAILED


def _active(store: Store, sources: Sequence[Source]) -> list[Source]:
    """The sources that are neither paused nor retired. One that the store does not know yet is neither."""
    return [source for source in sources if store.source_state(source.name) in (None, "active")]


def _sync(house: House, sources: Sequence[Source], store: Store) -> None:
    """Have the store know the sources, and from when on their changes are handed to an archive outside."""
    store.sync_sources([source.name for source in sources], house.clock.now())
    outside.switch(sources, store, house.clock.now())


def visit_sources(house: House, sources: Sequence[Source], on_visit: OnVisit | None, *, is_mindful: bool = False) -> list[Run]:
    """A round over every page of ``sources``, each in its own thread. Raises Stopped, StoreError.

    ``is_mindful`` of rests that a service noted: beside it, its hosts are left alone as it leaves them alone.
    """
    fetcher, archive = house.fetcher(), house.archive()

    def visit(source: Source) -> Visited:
        with house.store(create=True) as store:
            asking = Mindful.of(fetcher, house.clock, store, source, house.sources()) if is_mindful else fetcher
            return visit_pages(source, house.tools(store, asking, archive), everything=True, on_visit=on_visit)

    try:
        with ThreadPoolExecutor(house.program.hosts_at_once) as pool:
            visited = list(pool.map(visit, sources))
        with house.store(create=True) as store:
            return [close_round(each, house.tools(store, fetcher)) for each in visited]
    finally:
        archive.close()
        fetcher.close()


@click.command()
@click.argument("what", metavar="[SOURCE|URL]", required=False)
@click.option("--explain", "explained", is_flag=True, help="Fetch the page once, keep nothing, and say what it is and why.")
@click.option("--json", "as_json", is_flag=True, help="With --explain: one JSON object.")
@database_options
def check(options: Options, what: str | None, explained: bool, as_json: bool) -> int:
    """Visit a page, or all pages of a source (of every source), now, and say what was seen."""
    if as_json and not explained:
        raise click.UsageError("--json goes with --explain")
    if explained and (what is None or "://" not in what):
        raise click.UsageError("--explain wants the address of a page, with http:// or https://")
    stop = threading.Event()
    house = House(options, stop, with_sources=True)
    sources = house.sources() if explained else house.needed_sources()
    to_stderr("error")
    with ExitStack() as stack:
        stack.enter_context(stopping(stop))
        if explained and what is not None:
            from monitor.cli.explaining import explain

            return explain(house, sources, what, as_json=as_json)
        with suppress(AlreadyRunning):  # then the service's claims stand, and this visit works beside them
            stack.enter_context(instance_lock(house.store_file.path, house.clock.now()))
            with house.store(create=True) as store:
                store.release_all()
        if what is not None and "://" in what:
            return _check_page(house, sources, what)
        return _check_sources(house, _watched(house, sources) if what is None else _chosen(sources, what))


def _watched(house: House, sources: Sequence[Source]) -> list[Source]:
    """The sources that are visited by themselves; of the others it is said that they are left out."""
    with house.store(create=True) as store:
        active = _active(store, sources)
        for name in (source.name for source in sources if source not in active):
            click.echo(f"{name} is {store.source_state(name)}, and left out; `monitor check {name}` visits it all the same")
    return active


def _chosen(sources: Sequence[Source], name: str) -> list[Source]:
    found = [source for source in sources if name == source.name]
    if not found:
        names = ", ".join(source.name for source in sources)
        raise InputError(f"there is no source {name!r}, and it is no address with http:// (sources: {names})")
    return found


def _check_sources(house: House, sources: Sequence[Source]) -> int:
    if not sources:
        click.echo(NOTHING_WATCHED, err=True)
        return EXIT_FAILED
    with Progress("visited") as progress:

        def show(page: Page, outcome: Outcome) -> None:
            progress.say(said(page.url, outcome))

        runs = visit_sources(house, sources, show, is_mindful=True)
    with house.store() as store:
        open_now = store.incidents()
        for source in sources:
            _tell_state(store, source.name)
    for each in runs:
        counts = [*(f"{count} {seen}" for seen, count in each.seen), *([harmless(each.resting)] if each.resting else [])]
        click.echo(f"{each.source}: {', '.join(counts) or 'no page is due or known'}; {each.changes} changes")
        for incident in open_now:
            if incident.source == each.source:
                click.echo(harmless(f"{each.source}: {incident.kind}: {incident.detail}"))
    return EXIT_OK if any(seen.is_well for each in runs for seen, _ in each.seen) else EXIT_FAILED


def _check_page(house: House, sources: Sequence[Source], what: str) -> int:
    address = absolute(what, "")
    source = next((each for each in sources if address and _belongs(address, each)), None)
    if address is None or source is None:
        raise InputError(f"{what!r} is no article of any source; its `find.articles` patterns say which addresses are")
    fetcher, archive = house.fetcher(), house.archive()
    with house.store(create=True) as store, closing(archive), closing(fetcher):
        store.sync_sources([source.name], house.clock.now())
        (wanted,) = new_pages([address], source)
        if store.add_pages(source.name, [wanted], house.clock.now()):
            click.echo(harmless(f"{address} is a page of {source.name} now, and watched from here on"))
        page = store.page(wanted.key)
        if page is None:
            raise ConfigError([f"{source.name}: the page {address} could not be taken up"])
        _tell_state(store, page.source)
        status = store.page_status(page.id)
        if status is not None and status.state != "active":
            click.echo(harmless(f"{page.url} is {status.state}, and stays so; it is visited because you asked for it"))
        asking = Mindful.of(fetcher, house.clock, store, source, sources)
        outcome = check_page(page.id, source, house.tools(store, asking, archive))
    if outcome is None:
        raise InputError(f"{address} is being visited by another process just now; try again in a minute")
    click.echo(said(page.url, outcome))
    article = outcome.observation.reading.article if outcome.observation.reading else None
    if article is not None:
        click.echo(f"  {harmless(article.title)}\n  {len(article.paragraphs)} paragraphs, {len(article.cards)} cards")
    return EXIT_OK if outcome.observation.seen.is_well else EXIT_FAILED


def _tell_state(store: Store, source: str) -> None:
    """Say of a source that is not visited by itself that it was visited all the same."""
    state = store.source_state(source)
    if state not in (None, "active"):
        click.echo(f"{source} is {state}, and stays so; it is visited because you asked for it")


def _belongs(address: str, source: Source) -> bool:
    return is_article(address, source) or address in source.find.pages


def said(url: str, outcome: Outcome) -> str:
    """What one visit saw, in a line."""
    observation = outcome.observation
    changes = ", ".join(outcome.decision.changes) or ("as it was" if observation.seen.is_well else "")
    detail = observation.detail.replace(f"{url}: ", "", 1)
    why = f": {detail}" if detail else ""
    return harmless(f"{observation.seen}{f' ({changes})' if changes else ''}  {url}{why}")
