"""``monitor export``: the log as files for others."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from monitor.assemble import House, Options
from monitor.cli.common import console
from monitor.cli.filtering import check_sources, log_filters, query_of
from monitor.cli.main import database_options
from monitor.cli.progress import Progress
from monitor.errors import EXIT_OK
from monitor.jobs.exports import Texts, summary, wordings, write_file
from monitor.jobs.passing import every, folded
from monitor.jobs.watching import resolved, with_kept
from monitor.model import LogQuery, Story, Told
from monitor.protocols import Store
from monitor.storing.publishing import publish
from monitor.telling.exports import csv_lines, json_lines
from monitor.telling.harmless import harmless
from monitor.telling.records import iso, whole_object
from monitor.telling.report import report

FORMATS = ("csv", "jsonl", "texts", "report", "datasette")
_REPORTED = 1000  # entries of a report, unless --limit says otherwise
_NAMED = 20  # wordings without text form that are named


@click.command()
@click.argument("what", metavar="FORMAT", type=click.Choice(FORMATS))
@click.option("--out", metavar="PATH", required=True, help="A new file, or the folder of `texts`; - is standard output.")
@click.option("--limit", "-n", type=click.IntRange(1), help="At most so many; a report has 1000 unless this says otherwise.")
@log_filters
@database_options
def export(options: Options, what: str, out: str, limit: int | None, **filters: Any) -> int:
    """The change log as a file: csv for spreadsheets, jsonl for programs, texts (a folder with each wording in the article
    format), report (one HTML file to read and print), datasette (a database to browse). With the filters of `monitor log`.
    """
    if out == "-" and what in ("texts", "datasette"):
        raise click.UsageError(f"{what} cannot go to standard output; name a path")
    house = House(options)
    with house.store() as store, Progress("exported") as progress:
        query = query_of(filters, limit)
        check_sources(query, store)
        if query.watch is not None:
            query = resolved(query, with_kept(house.program, store), house.sources())
        _WRITERS[what](out, store, query, house, progress.step)
    return EXIT_OK


Step = Callable[[int], None]


def _csv(out: str, store: Store, query: LogQuery, _house: House, step: Step) -> None:
    _write(out, csv_lines(every(store, query)), step)


def _jsonl(out: str, store: Store, query: LogQuery, _house: House, step: Step) -> None:
    _write(out, json_lines(every(store, query)), step)


def _report(out: str, store: Store, query: LogQuery, house: House, step: Step) -> None:
    from dataclasses import replace

    query = replace(query, limit=query.limit or _REPORTED)
    _write(out, report(summary(store, query, house.clock.now()), folded(store, query)), step)


def _texts(out: str, store: Store, query: LogQuery, _house: House, step: Step) -> None:
    texts = Texts(Path(out))
    for version, url in wordings(store, query):
        texts.write(version, url)
        step(1)
    click.echo(f"{texts.written} wordings written to {out}" + (f", {texts.kept} were there" if texts.kept else ""), err=True)
    for each in texts.left_out[:_NAMED]:
        click.echo(harmless(f"left out, it has no text form: {each}"), err=True)
    if len(texts.left_out) > _NAMED:
        click.echo(f"and {len(texts.left_out) - _NAMED} more left out", err=True)


def _datasette(out: str, store: Store, query: LogQuery, _house: House, step: Step) -> None:
    beside = publish(Path(out), _records(every(store, query)), store.head(), step)
    console().print(f"browse it: datasette {out} --metadata {beside}", soft_wrap=True)


def _records(rows: Iterable[Told]) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    for told in rows:
        yield whole_object(told), _story(told.story) if told.story else None


def _story(story: Story) -> dict[str, Any]:
    first, last = iso(story.first), iso(story.last)
    what = {"id": story.id, "kind": story.kind.value, "what": story.what, "pages": story.pages, "changes": story.changes}
    return what | {"first": first, "last": last}


def _write(out: str, pieces: Iterable[str], step: Step) -> None:
    if out != "-":
        write_file(Path(out), pieces, step)
        return
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode("utf-8", "replace"))


_WRITERS = {"csv": _csv, "jsonl": _jsonl, "report": _report, "texts": _texts, "datasette": _datasette}
