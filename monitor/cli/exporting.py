"""``monitor export``: the log as files for others."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from monitor.assemble import House, Options
from monitor.cli.common import console
from monitor.cli.filtering import known, log_filters, query_of
from monitor.cli.main import database_options
from monitor.cli.progress import Progress
from monitor.errors import EXIT_FAILED, EXIT_OK
from monitor.jobs.passing_on.exports import Texts, summary, wordings, write_file
from monitor.jobs.passing_on.log import every, folded
from monitor.model import LogQuery, Story, Told
from monitor.protocols import Store
from monitor.storing.publishing import publish
from monitor.telling.exports import csv_lines, json_lines
from monitor.telling.harmless import harmless
from monitor.telling.records import iso, whole_object
from monitor.telling.report import report

FORMATS = ("csv", "jsonl", "texts", "report", "datasette")
_REPORTED = 1000  # entries of a report, unless --limit says otherwise
_NAMED = 20  # wordings that were not written and are named


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
        query = known(query_of(filters, limit), store, house)
        return _WRITERS[what](out, store, query, house, progress.step)


Step = Callable[[int], None]


def _csv(out: str, store: Store, query: LogQuery, _house: House, step: Step) -> int:
    return _write(out, csv_lines(every(store, query)), step)


def _jsonl(out: str, store: Store, query: LogQuery, _house: House, step: Step) -> int:
    return _write(out, json_lines(every(store, query)), step)


def _report(out: str, store: Store, query: LogQuery, house: House, step: Step) -> int:
    from dataclasses import replace

    query = replace(query, limit=query.limit or _REPORTED)
    return _write(out, report(summary(store, query, house.clock.now()), folded(store, query)), step)


def _texts(out: str, store: Store, query: LogQuery, _house: House, step: Step) -> int:
    texts = Texts(Path(out))
    for version, url in wordings(store, query):
        texts.write(version, url)
        step(1)
    click.echo(harmless(f"{_many(texts.written)} written to {out}{_also(texts)}"), err=True)
    _name("in the way", texts.in_the_way)
    _name("left out, it has no text form", texts.left_out)
    return EXIT_FAILED if texts.in_the_way else EXIT_OK


def _also(texts: Texts) -> str:
    said = [f"{_many(texts.same)} there already with the same text"] if texts.same else []
    said += [f"{_many(len(texts.in_the_way))} not written, as a file with another text is in the way"] if texts.in_the_way else []
    said += [f"{_many(len(texts.left_out))} left out"] if texts.left_out else []
    return "".join(f"; {each}" for each in said)


def _many(count: int) -> str:
    return f"{count} wording{'' if count == 1 else 's'}"


def _name(what: str, found: Sequence[str]) -> None:
    for each in found[:_NAMED]:
        click.echo(harmless(f"{what}: {each}"), err=True)
    if len(found) > _NAMED:
        click.echo(f"{what}: {len(found) - _NAMED} more", err=True)


def _datasette(out: str, store: Store, query: LogQuery, _house: House, step: Step) -> int:
    beside = publish(Path(out), _records(every(store, query)), store.head(), step)
    console().print(f"browse it: datasette {out} --metadata {beside}", soft_wrap=True)
    return EXIT_OK


def _records(rows: Iterable[Told]) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    for told in rows:
        yield _shown(whole_object(told)), _shown(_story(told.story)) if told.story else None


def _shown(value: Any) -> Any:
    """A record with all its texts harmless: a browser would obey the marks that reorder text."""
    if isinstance(value, str):
        return harmless(value.replace("\n", " ¶ "))
    if isinstance(value, dict):
        return {name: _shown(each) for name, each in value.items()}
    return [_shown(each) for each in value] if isinstance(value, list) else value


def _story(story: Story) -> dict[str, Any]:
    first, last = iso(story.first), iso(story.last)
    what = {"id": story.id, "kind": story.kind.value, "what": story.what, "pages": story.pages, "changes": story.changes}
    return what | {"first": first, "last": last}


def _write(out: str, pieces: Iterable[str], step: Step) -> int:
    if out != "-":
        write_file(Path(out), pieces, step)
        return EXIT_OK
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode("utf-8", "replace"))
    return EXIT_OK


_WRITERS = {"csv": _csv, "jsonl": _jsonl, "report": _report, "texts": _texts, "datasette": _datasette}
