"""``monitor search``: where words stand or ever stood."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import click

from monitor.assemble import House, Options
from monitor.cli.common import Instant, console
from monitor.cli.main import database_options
from monitor.errors import EXIT_OK, StoreBusy, StoreFull, StoreReadOnly
from monitor.jobs.asked import unknown_sources
from monitor.model import Found, SearchQuery
from monitor.protocols import Store
from monitor.telling import hits
from monitor.telling.harmless import harmless


class _Dashed(click.Command):
    """A command that says where words go which begin with a dash, and would be taken for options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """See click. Raises UsageError for an option that there is not."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as wrong:
            name = harmless(wrong.option_name)
            said = f"there is no option {name}; words that begin with a dash go behind --, as in `monitor search -- {name}`"
            raise click.UsageError(said, ctx) from wrong


@click.command(cls=_Dashed)
@click.argument("words", metavar="WORDS...", nargs=-1, required=True)
@click.option("--source", "-s", "sources", multiple=True, help="Only this source; may be given several times.")
@click.option("--since", type=Instant(), help="Only wordings that stood since: 2026-01-31, 2026-01-31T12:00, or 24h ago.")
@click.option("--until", type=Instant(), help="Only wordings that stood before.")
@click.option("--past/--now", "past", default=True, help="Also what pages said earlier, or only what they say now. [--past]")
@click.option("--best", is_flag=True, help="What fits best first, instead of the newest.")
@click.option("--limit", "-n", type=click.IntRange(1, 10_000), default=20, show_default=True, help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@database_options
def search(options: Options, words: tuple[str, ...], as_json: bool, limit: int, **filters: Any) -> int:
    """Where these words stand, or ever stood: all of them, in any wording of an article.

    In single quotes, so that the shell leaves it alone: '"jang song thaek"' for words next to one another, 'reunif*' for a
    beginning, 'north OR south' for one of the two, 'border -army' for what does not hold a word. Where the words themselves
    begin with a dash, put -- before them, and the options before that: search --now -- -army
    """
    query = _query_of(" ".join(words), limit, filters)
    with House(options).store() as store:
        for wrong in unknown_sources(query.sources, store):
            raise wrong
        index(store)
        found = _search(store, query)
    for hit in found.hits if as_json else ():
        click.echo(json.dumps(hits.as_object(hit), ensure_ascii=True))
    if not as_json:
        hits.show(console(), found.hits)
    if found.hint:
        click.echo(found.hint, err=True)
    if not found.hits:
        click.echo("no wording holds these words", err=True)
    elif found.further is not None:
        click.echo(f"the first {len(found.hits)} are shown; --limit N shows more", err=True)
    return EXIT_OK


def _query_of(words: str, limit: int, filters: Mapping[str, Any]) -> SearchQuery:
    return SearchQuery(
        words=words,
        sources=frozenset(filters["sources"]),
        since=filters["since"],
        until=filters["until"],
        past=filters["past"],
        is_ranked=filters["best"],
        limit=limit,
    )


def _search(store: Store, query: SearchQuery) -> Found:
    """Search on until there are as many hits as are wanted: one search looks at so many texts only."""
    found = store.search(query)
    while found.further is not None and len(found.hits) < query.limit:
        more = store.search(replace(query, start=found.further, limit=query.limit - len(found.hits)))
        found = Found((*found.hits, *more.hits), more.further, found.hint)
    return found


def index(store: Store) -> None:
    """Index what is not in the index yet; where the database cannot be written, say what is not searched."""
    missing = store.unindexed_texts()
    if not missing and not store.unindexed_changes(1):
        return
    from monitor.cli.progress import Progress
    from monitor.jobs.following.indexing import Indexing

    try:
        with Progress("indexed", missing) as progress:
            Indexing(store).finish(progress.step)
    except (StoreBusy, StoreFull, StoreReadOnly) as wrong:
        some = "1 wording is" if missing == 1 else f"{missing} wordings are"
        said = f"{some} not in the index yet, and not searched" if missing else "the index of what changed is not whole yet"
        click.echo(f"{said}: {wrong}", err=True)
