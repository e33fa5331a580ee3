"""What a person sees on a terminal: the change log, one change with its words, states. Plain lines where there is no terminal.

Everything that came from a site goes through :func:`harmless` and is never read as markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from monitor.fingerprint import printed
from monitor.model import (
    ArchiveFile,
    Flaw,
    Incident,
    Page,
    PageStatus,
    Seen,
    SourceStatus,
    StoreStatus,
    Version,
)
from monitor.telling.harmless import harmless

_SEEN_STYLES = {Seen.PARSED: "green", Seen.NOT_MODIFIED: "green", Seen.GONE: "red", Seen.BLOCKED: "yellow"}
_SOURCE_COLUMNS = ("source", "state", "pages", "last visit (UTC)", "next visit")
_INDENT = 4  # of an incident below its source
_LATE = timedelta(minutes=5)  # after which it is said since when a source is due
_ROOM = 100_000_000  # bytes on the disk, below which it is said how many
_TWINS = 5  # addresses shown of those that bear the same text
_EXCERPT = 3  # paragraphs shown of an article that is new, gone or back


def when(at: datetime | None) -> str:
    """An instant to the minute, in UTC; a dash for none."""
    return at.strftime("%Y-%m-%d %H:%M") if at else "-"


def plain_table() -> Table:
    """A table as all of them look."""
    return Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, show_edge=False, expand=True)


# One change


def twins(pages: Sequence[Page]) -> Text:
    """Where else the text of a copy stands."""
    text = Text()
    for page in pages[:_TWINS]:
        text.append("the same text stands at ", "dim").append(harmless(page.url) + "\n")
    if len(pages) > _TWINS:
        text.append(f"and at {len(pages) - _TWINS} more addresses\n", "dim")
    return text


def excerpt(version: Version, status: PageStatus | None) -> Text:
    """The beginning of an article that is new, gone or back, and what is known of its page now."""
    article = version.article
    text = Text("\n")
    for paragraph in article.paragraphs[:_EXCERPT]:
        text.append(harmless(paragraph) + "\n\n")
    more = len(article.paragraphs) - _EXCERPT
    if more > 0:
        text.append(f"… and {more} more paragraphs (`monitor article {version.page}` prints them)\n", "dim")
    if status is not None:
        text.append(f"last read {when(status.last_read)} UTC, last visited {when(status.last_visit)} UTC", "dim")
        if status.detail:
            text.append(f": {harmless(status.detail)}", "dim")
        text.append("\n")
    return text


# States


def source_table(sources: Sequence[SourceStatus], now: datetime) -> Group:
    """Every source with its state, its visits and its health, each incident on lines of its own below it."""
    rows = [_cells(source, now) for source in sources]
    widths = [max(cell_len(cell.plain) for cell in column) for column in zip(*rows, strict=True)]
    parts: list[RenderableType] = []
    for source, row in zip(sources, rows, strict=True):
        table = plain_table()
        table.show_header = not parts
        for name, width in zip(_SOURCE_COLUMNS, widths, strict=True):
            justify: Literal["left", "right"] = "right" if name == "pages" else "left"
            table.add_column(name, no_wrap=True, width=max(width, len(name)), justify=justify)
        table.add_column("health", ratio=1)
        table.add_row(*row, _health(source))
        parts.append(table)
        for incident in source.incidents:
            said = Text().append(f"{incident.kind} since {when(incident.started)}: ", "bold red")
            parts.append(Padding(said.append(harmless(incident.detail)), (0, 0, 0, _INDENT)))
    return Group(*parts)


def _cells(source: SourceStatus, now: datetime) -> tuple[Text, ...]:
    """What stands of a source in the columns before its health."""
    state = Text(source.state, "green" if source.state == "active" else "yellow")
    visits = Text(when(source.last_visit)), Text(_next_visit(source, now))
    return Text(source.name), state, Text(str(source.pages)), *visits


def _next_visit(source: SourceStatus, now: datetime) -> str:
    return until(source.next_visit, now) if source.state == "active" else "-"


def source_lines(source: SourceStatus, now: datetime) -> list[str]:
    """:func:`source_table` as plain lines: the source, then each of its incidents, indented."""
    health = [f"{count} {seen or 'not yet visited'}" for seen, count in source.by_seen] or ["no pages yet"]
    state = f"{source.name} {source.state} pages={source.pages} last={when(source.last_visit)} next={_next_visit(source, now)}"
    told = [f"{' ' * _INDENT}{each.kind} since {when(each.started)}: {each.detail}" for each in source.incidents]
    return [harmless(line) for line in (f"{state} {'; '.join(health)}", *told)]


def _health(source: SourceStatus) -> Text:
    text = Text()
    for seen, count in source.by_seen:
        text.append(f"{count} {seen or 'not yet visited'}", _SEEN_STYLES.get(seen, "yellow") if seen else "dim").append("  ")
    if not source.by_seen:
        text.append("no pages yet", "dim")
    return text


def page_lines(console: Console, pages: Iterable[PageStatus]) -> int:
    """Print the pages and what their last visit proved. The number of pages."""
    count = 0
    for page in pages:
        seen = str(page.seen or "not yet visited")
        if page.gone and page.seen is not Seen.GONE:
            seen = f"gone, then {seen}"
        state = "" if page.state == "active" else f" ({page.state})"
        versions = f"{page.versions} version{'' if page.versions == 1 else 's'}"
        line = f"{seen}{state}  {versions}  last read {when(page.last_read)}  {page.source}  {page.url}"
        console.out(harmless(line), highlight=False)
        if page.detail:
            console.out(f"    {harmless(page.detail)}", highlight=False)
        count += 1
    return count


def status_text(status: StoreStatus, path: str, served: str | None) -> Text:
    """The whole store in a few lines."""
    imported = f", {status.imported} captures imported" if status.imported else ""
    lines = [
        ("database", f"{path}  ({status.size / 1e6:.1f} MB, schema {status.schema})"),
        ("service", served or "not running"),
        ("pages", str(status.pages)),
        ("versions", f"{status.versions}  ({status.texts} texts)"),
        ("changes", f"{status.changes}, and {status.baseline} articles taken in as baseline{imported}"),
        ("last visit", f"{when(status.last_visit)} UTC" if status.last_visit else "none yet"),
        ("chain head", _chain_head(status)),
    ]
    text = Text()
    for name, value in lines:
        text.append(f"{name:<11}", "bold").append(harmless(value) + "\n")
    for incident in status.incidents:
        text.append(incident_line(incident) + "\n", "bold red")
    if not status.incidents:
        text.append("incidents  ", "bold").append("none open", "green")
    return text


def _chain_head(status: StoreStatus) -> str:
    """The head of the hash chain, to be noted elsewhere."""
    if status.head is not None:
        return f"change {status.head.change}, {printed(status.head.digest)}"
    return "not sealed yet; that is done at the end of every round"


def flaw_line(flaw: Flaw) -> str:
    """Something missing, altered or cut, in a line. Changes and their seals go by number, all else by the row of its table."""
    number = "" if flaw.row is None else f" #{flaw.row}" if flaw.table in ("change", "seal") else f" row {flaw.row}"
    return harmless(f"{flaw.table}{number}{f' ({flaw.where})' if flaw.where else ''}: {flaw.what}")


def archive_line(file: ArchiveFile) -> str:
    """A file of the archive in a line."""
    captures = f"{file.captures} capture{'' if file.captures == 1 else 's'}"
    return f"{file.name}  {captures} from {when(file.first)} to {when(file.last)}, {amount(file.used)}"


def amount(size: int) -> str:
    """So many bytes, in the unit that fits."""
    return f"{size} bytes" if size < 1000 else (f"{size / 1e3:.1f} kB" if size < 1_000_000 else f"{size / 1e6:.1f} MB")


def dropped_line(file: ArchiveFile) -> str:
    """A file that was dropped, by whom and when."""
    digest = f", SHA-256 {file.digest.hex()}" if file.digest else ""
    return f"dropped on {when(file.dropped)} UTC by {file.by}: {archive_line(file)}{digest}"


def unread_text(sources: Sequence[SourceStatus]) -> Text:
    """How many pages are watched in vain just now; nothing where all were read, or are known to be gone."""
    counts = [count for each in sources for seen, count in each.by_seen if seen and not seen.is_well and seen is not Seen.GONE]
    if not counts:
        return Text()
    pages = f"{sum(counts)} page{'' if sum(counts) == 1 else 's'}"
    said = f"\n{'unread':<11}{pages} could not be read at the last visit; `monitor pages` says why"
    return Text(said, "yellow")


def unsent_text(count: int) -> Text:
    """How many messages were tried in vain and wait; nothing where there are none."""
    if not count:
        return Text()
    said = "message was" if count == 1 else "messages were"
    return Text(f"\n{'unsent':<11}{count} {said} not taken yet; `monitor notify --pending` says why", "yellow")


def room_text(free: int | None) -> Text:
    """How many bytes are left on the disk, where that may soon be too few; nothing while there is room."""
    if free is None or free >= _ROOM:
        return Text()
    return Text(f"\n{'room':<11}{amount(free)} left on the disk; without room nothing that is seen can be recorded", "bold red")


def altered_text(files: Sequence[str]) -> Text:
    """Which config files hold only from the service's next start on; nothing where there are none."""
    if not files:
        return Text()
    names = harmless(", ".join(files))
    return Text(f"\n{'config':<11}altered since the service started, which goes on as it was: {names}; restart it", "yellow")


def incident_line(incident: Incident) -> str:
    """An incident in a line."""
    return f"{incident.source}: {incident.kind} since {when(incident.started)}: {harmless(incident.detail)}"


def note_line(note: Incident) -> str:
    """What was done to a source at one moment, in a line."""
    return f"{when(note.started)} {note.kind} {note.source}: {harmless(note.detail)}"


def until(at: datetime | None, now: datetime) -> str:
    """How far off an instant is: ``in 20 s``, ``in 3 h``, ``due``; ``due for 3 h`` where nobody came for longer than _LATE."""
    if at is None:
        return "-"
    left = at - now
    if left <= timedelta(0):
        return "due" if -left < _LATE else f"due for {_span(-left)}"
    return f"in {_span(left)}"


def _span(length: timedelta) -> str:
    if length < timedelta(minutes=1):
        return f"{max(1, round(length.total_seconds()))} s"
    minutes = int(length.total_seconds() // 60)
    return f"{minutes} min" if minutes < 120 else (f"{minutes // 60} h" if minutes < 2880 else f"{minutes // 1440} d")
