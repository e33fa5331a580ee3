"""The figures of the charts page: each a drawing, its numbers as a table, and the same as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.model import Kind
from monitor.model.statistics import Band, DayCount, Days, Delay, Delays, Standing
from monitor.telling.charts import Bars, Chart, Stretch, bands, one_row, rows_of_bars
from monitor.telling.exports import cell
from monitor.telling.life import MEANS, Run, State, each_day

_FEW_DAYS = 120  # up to which a bar stands for a day
_FEW_WEEKS = 840  # days up to which it stands for a week; then for a month
_DAYS = ((1, "same day"), (2, "1 day"), (3, "2 days"), (8, "3-7 days"), (31, "8-30 d"), (91, "31-90 d"), (366, "91-365 d"))
_HOURS = (
    *((1, "first h"), (3, "1-2 h"), (6, "3-5 h"), (12, "6-11 h"), (24, "12-23 h")),
    *((48, "1 day"), (168, "2-6 d"), (720, "7-29 d")),
)
_LOST = (State.BLIND, State.UNVISITED)
_CSS = {
    State.CALM: "calm", State.CHANGED: "changed", State.PART: "part", State.HELD: "held", State.BLIND: "blind",
    State.UNVISITED: "unvisited", State.BEFORE: "before",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers under their heads. The first column names the row."""

    head: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with its numbers; ``note`` is what must be said beside it. ``legend``: classes of the drawing, in words.

    ``is_empty``: there is nothing to draw, and the drawing would be an axis alone.
    """

    chart: Chart
    table: Table
    note: str = ""
    legend: tuple[tuple[str, str], ...] = ()
    is_empty: bool = False


def to_csv(table: Table) -> str:
    """A table as CSV (RFC 4180), no cell of which is a formula."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerows([cell(each) for each in row] for row in (table.head, *table.rows))
    return lines.getvalue()


# Changes by day


def by_kind(days: Days, counts: Sequence[DayCount], unseen: frozenset[date]) -> Figure:
    """Changes by day, week or month, a row for each kind that there is."""
    kinds = [kind for kind in Kind if any(each.kind is kind for each in counts)]
    rows = {kind.value: [each for each in counts if each.kind is kind] for kind in kinds}
    return _by_day("kinds", "Changes by kind", days, rows, unseen, dict.fromkeys(rows, ""))


def by_score(days: Days, counts: Sequence[DayCount], unseen: frozenset[date]) -> Figure:
    """Changes by day, week or month, a row for each band of scores."""
    names = {Band.HIGH: "0.60 and more", Band.MIDDLING: "0.30 to 0.59", Band.LOW: "below 0.30", Band.NONE: "not judged yet"}
    found = [band for band in Band if band is not Band.NONE or any(each.band is band for each in counts)]
    rows = {names[band]: [each for each in counts if each.band is band] for band in found}
    styles = {names[Band.HIGH]: "high", names[Band.MIDDLING]: "middling"}
    return _by_day("scores", "Changes by score", days, rows, unseen, styles)


def _by_day(
    name: str, title: str, days: Days, rows: Mapping[str, Sequence[DayCount]], unseen: frozenset[date], styles: Mapping[str, str]
) -> Figure:
    starts, size = buckets(days)
    place = {day: at for at, start in enumerate(starts) for day in _until(start, starts[at + 1 : at + 2], days)}
    drawn = []
    for row, counts in rows.items():
        values = [0] * len(starts)
        for each in counts:
            values[place[each.day]] += each.count
        drawn.append(Bars(row, styles.get(row, ""), tuple(values)))
    columns = [start.isoformat() for start in starts]
    blind = [at for at in range(len(starts)) if all(day in unseen for day, where in place.items() if where == at)]
    total = sum(sum(row.values) for row in drawn)
    when = f"{days.first} to {days.end - timedelta(days=1)}"
    bars = f", a bar for each {size}. Each row has its own scale." if total else "."
    desc = f"{total:,} changes from {when}{bars}"
    are_hatched = "; they are hatched" if total else ""
    hatched = f" In {len(blind)} of {len(starts)} {size}s nobody looked{are_hatched}." if blind else ""
    chart = rows_of_bars(name, title, desc + hatched, columns, drawn, blind)
    table = [(start, *(row.values[at] for row in drawn), "no" if at in blind else "yes") for at, start in enumerate(columns)]
    return Figure(chart, Table((size, *(row.name for row in drawn), "looked"), tuple(table)), hatched.strip(), is_empty=not total)


def buckets(days: Days) -> tuple[list[date], str]:
    """The first days of the days, weeks or months into which a span is divided, and which of these they are."""
    every = each_day(days)
    if len(days) <= _FEW_DAYS:
        return every, "day"
    if len(days) <= _FEW_WEEKS:
        return [day for at, day in enumerate(every) if at == 0 or day.weekday() == 0], "week"
    return [day for at, day in enumerate(every) if at == 0 or day.day == 1], "month"


def _until(start: date, following: Sequence[date], days: Days) -> list[date]:
    end = following[0] if following else days.end
    return [start + timedelta(days=at) for at in range((end - start).days)]


# Sources


def lives(days: Days, found: Mapping[str, Sequence[Run]]) -> Figure:
    """A band for each source: what its days were, at their worst."""
    rows = {name: [_stretch(name, run, days) for run in runs] for name, runs in found.items()}
    lost = {name: sum(_length(run) for run in runs if run.state in _LOST) for name, runs in found.items()}
    said = "; ".join(f"{name} was not seen on {count} day{'' if count == 1 else 's'}" for name, count in lost.items() if count)
    every = "none went unseen on a day since it came under watch" if found else "there is none yet"
    sources = f"{len(found)} source{'' if len(found) == 1 else 's'}"
    desc = f"What was seen of {sources}, day by day, from {days.first} to {days.end - timedelta(days=1)}: {said or every}."
    chart = bands("life", "What was seen of each source", desc, [day.isoformat() for day in each_day(days)], rows)
    table = [(name, *_cells(run)) for name, runs in found.items() for run in runs]
    legend = tuple((_CSS[state], f"{state}: {MEANS[state]}") for state in State)
    head = ("source", "from", "to", "days", "state", "rounds", "changes", "incidents")
    return Figure(chart, Table(head, tuple(table)), legend=legend)


def _cells(run: Run) -> tuple[object, ...]:
    when = (run.first.isoformat(), run.last.isoformat(), _length(run))
    return (*when, run.state.value, run.rounds, run.changes, ", ".join(run.incidents))


def _length(run: Run) -> int:
    return (run.last - run.first).days + 1


def _stretch(name: str, run: Run, days: Days) -> Stretch:
    why = f" ({', '.join(run.incidents)})" if run.incidents else ""
    when = f"{run.first}" if run.first == run.last else f"{run.first} to {run.last}"
    said = f"{name}, {when}: {run.state}{why}; {run.rounds} rounds, {run.changes} changes"
    return Stretch(_CSS[run.state], (run.first - days.first).days, (run.last - days.first).days, said)


# Delays


def after_publication(found: Delays) -> Figure:
    """How many days after the day that an article bears it was edited or removed."""
    title = "Days from publication to an edit or removal"
    return _delays("published", title, found, found.days, _DAYS, "over a year", "before it")


def after_sight(found: Delays) -> Figure:
    """How many hours after an article was seen first it was edited or removed."""
    title = "Time from the first sight of a new article to an edit or removal"
    return _delays("seen", title, found, found.hours, _HOURS, "30 d on", "")


def _delays(
    name: str, title: str, found: Delays, delays: Iterable[Delay], steps: Sequence[tuple[int, str]], later: str, early: str
) -> Figure:
    columns = [*([early] if early else []), *(label for _, label in steps), later]
    values = [0] * len(columns)
    shift = 1 if early else 0
    for each in delays:
        if each.after < 0:
            values[0] += each.count
        else:
            values[shift + next((at for at, (below, _) in enumerate(steps) if each.after < below), len(steps))] += each.count
    which = f"the newest {found.looked_at:,}" if found.is_cut else f"all {found.looked_at:,}"
    desc = f"{title}, of {which} edits and removals of these days; {sum(values):,} of them have such a time."
    chart = one_row(name, title, desc, columns, values)
    table = tuple(zip(columns, values, strict=True))
    note = f"Of the newest {found.looked_at:,} edits and removals only." if found.is_cut else ""
    return Figure(chart, Table(("after", "edits and removals"), table), note, is_empty=not any(values))


# A term


def rise_and_fall(term: str, found: Standing) -> Figure:
    """On how many pages a term stood in each week."""
    columns = [week.isoformat() for week, _ in found.weeks]
    values = [count for _, count in found.weeks]
    title = f"Pages on which “{term[:100]}” stood"
    most, last = max(values, default=0), values[-1] if values else 0
    desc = f"{title}, by weeks that begin on these days: at most {most:,} in a week, {last:,} in the last one."
    chart = one_row("term", title, desc, columns, values)
    note = "So common a term is counted in the newest texts only; the older weeks have more." if found.is_cut else ""
    return Figure(chart, Table(("week", "pages"), tuple(zip(columns, values, strict=True))), note)
