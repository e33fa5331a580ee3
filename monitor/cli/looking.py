"""``monitor log``, ``show``, ``article``, ``status``: looking at what was recorded."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from monitor.article import to_text
from monitor.assemble import House, Options
from monitor.cli.common import ChangeNumber, Instant, console, end_of, find_page
from monitor.cli.filtering import known, log_filters, query_of
from monitor.cli.main import database_options
from monitor.cli.searching import index
from monitor.errors import EXIT_OK, InputError, StoreDamaged
from monitor.fingerprint import printed
from monitor.jobs.entries import entries, with_notes, with_reviews
from monitor.judging.words import differences
from monitor.model import Change, Kind, LogQuery, PageStatus, Part, Reviewed
from monitor.protocols import Store
from monitor.storing.lock import holder
from monitor.telling import changelog, diff, terminal
from monitor.telling.elsewhere import elsewhere
from monitor.telling.harmless import harmless
from monitor.telling.pictures import pictures_text
from monitor.telling.records import as_object
from monitor.telling.reviews import reviews_text
from monitor.telling.stays import stays_text

_MOST_CAMPAIGNS = 5  # named above the log
_MOST_OTHERS = 8  # changes of a story that are shown with one of them
_BATCH = 200

_FROM_ELSEWHERE = (Kind.COPIED, Kind.SYNDICATED, Kind.MOVED)


@click.command()
@log_filters
@click.option("--limit", "-n", type=click.IntRange(1), default=100, show_default=True, help="At most so many.")
@click.option("--all", "everything", is_flag=True, help="All of them, however many.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@database_options
def log(options: Options, as_json: bool, everything: bool, limit: int, **filters: Any) -> int:
    """The change log, newest first, or with --top what matters most."""
    house = House(options)
    query = query_of(filters, None if everything else limit)
    with house.store() as store:
        query = known(query, store, house)
        if query.text or query.changed or query.any_of:
            index(store)
        print_log(store, query, as_json=as_json, to=console())
    return EXIT_OK


def print_log(store: Store, query: LogQuery, *, as_json: bool, to: Console) -> None:
    """Print the changes that ``query`` asks for; where there are none, say why (on stderr when JSON is asked for)."""
    everything = replace(query, limit=None)
    more: object
    if as_json:
        changes = store.changes(everything)
        shown = _print_json(store, islice(changes, query.limit))
        more = next(changes, None)
    else:
        if query.story is None:
            to.print(changelog.campaigns_text(store.campaigns(replace(query, limit=_MOST_CAMPAIGNS))), soft_wrap=True, end="")
        found = entries(store, everything)
        lines = with_notes(with_reviews(islice(found, query.limit), store), store, query)
        shown = changelog.log_lines(to, lines, lambda change: _words(store, change))
        more = next(found, None)
    if not shown:
        click.echo(_nothing(store, query), err=as_json)
    elif more is not None:
        which = "first" if query.is_ranked else "newest"
        click.echo(f"the {which} {shown} are shown; --limit N or --all shows more", err=True)


def _print_json(store: Store, changes: Iterator[Change]) -> int:
    """Print changes as JSON, one a line; how many there were."""
    shown = 0
    while some := list(islice(changes, _BATCH)):
        numbers = [change.id for change in some]
        stories, reviewed = store.story_of(numbers), store.reviewed(numbers)
        for change in some:
            told = as_object(change, stories.get(change.id), reviewed.get(change.id, Reviewed()))
            click.echo(json.dumps(told, ensure_ascii=True))
        shown += len(some)
    return shown


def _words(store: Store, change: Change) -> Sequence[Part]:
    """What differs between the wordings before and after a change."""
    try:
        before = store.version(change.page, change.before) if change.before else None
        after = store.version(change.page, change.after) if change.after else None
    except StoreDamaged:  # the log says so in place of the title
        return ()
    return differences(before.article, after.article) if before and after else ()


def _nothing(store: Store, query: LogQuery) -> str:
    status = store.status()
    if replace(query, limit=None, baseline=False, hidden=False, is_ranked=False) != LogQuery(limit=None):
        return f"no change fits these filters; {status.changes} are in the log without them"
    if not status.baseline and status.imported:
        return f"no change yet; {status.imported} captures were imported (`monitor log --kind imported` shows them)"
    if not status.baseline:
        return "the log is empty: no article was read yet; `monitor sources` shows what the visits saw"
    return f"no change yet; {status.baseline} articles were taken in as baseline (`monitor log --baseline` shows them)"


@click.command()
@click.argument("number", metavar="CHANGE", type=ChangeNumber())
@click.option("--whole", is_flag=True, help="Show unchanged words whole, not only those near a change.")
@click.option("--why", is_flag=True, help="Say what was edited, class by class, and how the score comes about.")
@database_options
def show(options: Options, number: int, whole: bool, why: bool) -> int:
    """One change, with the words that changed: [-cut-] and {+added+}."""
    house, out = House(options), console()
    with house.store() as store:
        change = store.change(number)
        if change is None:
            raise InputError(f"there is no change {number}; `monitor log` lists them")
        out.print(changelog.head(change), soft_wrap=True)
        out.print(_about(house, store, change, why=why), soft_wrap=not out.is_terminal, end="")
        kept = store.kept_sides(number)[1] if change.kind is Kind.IMPORTED else None
        out.print(elsewhere(kept, store.outside_copy(number)), soft_wrap=True, end="")
        before = store.version(change.page, change.before) if change.before else None
        after = store.version(change.page, change.after) if change.after else None
        pictured = store.pictured(number)
        status = store.page_status(change.page)
        twins = store.bearers(change.page, change.after) if change.kind in _FROM_ELSEWHERE and change.after else []
        told = _told_of(store, number)
    if before and after and change.kind not in (Kind.REMOVED, Kind.RESTORED):
        out.print(diff.parts(differences(before.article, after.article), whole=whole), soft_wrap=not out.is_terminal, end="")
        out.print(pictures_text(*pictured) if pictured else "", soft_wrap=True, end="")
        later = f"\n         to {printed(after.fingerprint)}" if change.before != change.after else ""
        out.print(f"\nfingerprint {printed(before.fingerprint)}{later}", style="dim")
    elif version := after or before:
        out.print(terminal.twins(twins), soft_wrap=True, end="")
        out.print(terminal.excerpt(version, status), soft_wrap=not out.is_terminal, end="")
        out.print(f"\nfingerprint {printed(version.fingerprint)}", style="dim")
    out.print(told, soft_wrap=True, end="")
    return EXIT_OK


def _about(house: House, store: Store, change: Change, *, why: bool) -> Text:
    """Why a change matters, in a line or with the sum of its score, and what became of its page since."""
    text = changelog.judgement_text(house.judge().judgement(change, store)) if why else changelog.reason_text(change)
    later = [each for each in store.history(change.page) if each.id > change.id and each.kind is not Kind.IMPORTED]
    return text.append_text(changelog.later_text(later))


def _told_of(store: Store, number: int) -> Text:
    """The stories that a change belongs to, with others of their changes, and what reviewers did with it."""
    text = Text()
    for story in store.stories(number):
        others = [each for each in store.story_changes(story.id)[: _MOST_OTHERS + 1] if each != number]
        text.append_text(changelog.group_text(story, list(store.changes_of(others[:_MOST_OTHERS]))))
    reviewed = store.reviewed([number]).get(number, Reviewed())
    return text.append_text(reviews_text(reviewed, store.reviews(number)))


@click.command()
@click.argument("what", metavar="URL|ID")
@click.option("--version", "number", type=click.IntRange(1), help="This version of it; 1 is the first.")
@click.option("--at", metavar="TIME", help="As it stood then: 2026-01-31 (its end), 2026-01-31T12:00, or 24h ago.")
@click.option("--versions", "list_them", is_flag=True, help="List its versions instead.")
@database_options
def article(options: Options, what: str, number: int | None, at: str | None, list_them: bool) -> int:
    """The article at an address, as text in the article format."""
    if number is not None and at is not None:
        raise click.UsageError("--version and --at exclude each other")
    instant = end_of(Instant().convert(at, None, None), at) if at else None
    house = House(options)
    with house.store() as store:
        page = find_page(what, store, house)
        if list_them:
            origins, stays = store.origins(page.id), store.stays(page.id)
            for each in store.versions(page.id):
                seen = stays_text(stays[each.number])
                origin = f"  (imported from {harmless(origins[each.number])})" if each.number in origins else ""
                click.echo(f"{each.number}  {seen}  {printed(each.fingerprint)}  {harmless(each.article.title)}{origin}")
            return EXIT_OK
        version = store.version(page.id, number, instant)
        status = store.page_status(page.id)
    if version is None:
        raise InputError(_no_version(page.url, number, at, status))
    text = to_text(version.article)
    if sys.stdout.isatty():
        click.echo("\n".join(harmless(line) for line in text.split("\n")))
    else:
        sys.stdout.buffer.write(text.encode())
    return EXIT_OK


def _no_version(url: str, number: int | None, at: str | None, status: PageStatus | None) -> str:
    count = status.versions if status else 0
    if count == 0:
        why = f" ({status.detail})" if status and status.detail else ""
        return f"{url} was never read as an article{why}"
    if number is not None:
        return f"{url} has no version {number}; it has {count}"
    if at is None:
        return f"{url} was not read by a visit yet; `--version N` and `--at TIME` show what was imported ({count} versions)"
    return f"{url} was not yet known at {at}"


@click.command()
@database_options
def status(options: Options) -> int:
    """The database, the service and open incidents, in a few lines."""
    house = House(options)
    with house.store() as store:
        path = house.store_file.path
        shown = path.resolve() if ".." in path.parts else path
        text = terminal.status_text(store.status(), str(shown), holder(path))
        text.append_text(terminal.unread_text(store.sources()))
        text.append_text(terminal.unsent_text(sum(message.tries > 0 for message in store.pending())))
    text.append_text(terminal.room_text(house.room()))
    text.append_text(terminal.altered_text(house.not_taken_in()))
    console().print(text, soft_wrap=True)
    return EXIT_OK
