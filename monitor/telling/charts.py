"""Charts as what an SVG draws: paths, labels, marks. Values come in, coordinates go out; a template writes them down.

Nothing is told by colour alone: rows of bars have their own lines and names, the states of a band their own heights and hatching.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH = 960
LEFT = 168  # where the drawing begins; names stand before it
_RIGHT = 12
_TOP = 8
_ROW = 56  # height of a row of bars with its name
_BAR = 40  # of the highest bar
_BAND = 28  # height of a band with the gap to the next
_TALL = 160
_AXIS = 24
_MOST_TICKS = 8
_TITLES = 300  # characters


@dataclass(frozen=True, slots=True)
class Shape:
    """A path (SVG 2, section 9.3) of a class, with what a pointer on it is told. ``pattern``: the hatching on it, if any."""

    css: str
    path: str
    title: str = ""
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A text at a place: its class, and which end of it stands there (``start``, ``middle``, ``end``)."""

    x: float
    y: float
    text: str
    css: str = "name"
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of ``height`` with its name and what it shows, in a sentence."""

    name: str
    title: str
    desc: str
    height: float
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """A row of bars under a name."""

    name: str
    css: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a band, from column to column, the last included: its state as a class, and what it is in words."""

    css: str
    first: int
    last: int
    title: str


def rows_of_bars(
    name: str, title: str, desc: str, columns: Sequence[str], rows: Sequence[Bars], unseen: Sequence[int] = ()
) -> Chart:
    """A row of bars for each of ``rows``, each as high as its own highest value, over common ``columns``.

    ``unseen`` columns, in which nobody looked, are hatched: no bar there does not mean that nothing was.
    """
    step = _step(len(columns))
    height = _TOP + _ROW * len(rows) + _AXIS
    shapes = [Shape("unseen", _columns(unseen, step, _TOP, _ROW * len(rows)), "nobody looked", "hatch")] if unseen else []
    labels: list[Label] = []
    for at, row in enumerate(rows):
        base = _TOP + _ROW * at + _BAR + 8
        most = max(row.values, default=0)
        shapes.append(Shape("base", f"M{LEFT} {base}h{WIDTH - LEFT - _RIGHT}"))
        shapes.append(Shape(f"bar {row.css}", _bars(row.values, step, base, _BAR, most), row.name))
        labels.append(Label(0, base - 18, row.name))
        labels.append(Label(0, base - 2, f"{sum(row.values):,} in all, most {most:,}" if most else "none", "dim"))
    return Chart(name, title, desc, height, tuple(shapes), (*labels, *_ticks(columns, step, height)))


def one_row(name: str, title: str, desc: str, columns: Sequence[str], values: Sequence[int]) -> Chart:
    """One tall row of bars with a scale."""
    step, base = _step(len(columns)), _TOP + _TALL
    height = base + _AXIS
    most = _round_up(max(values, default=0))
    shapes = [Shape("grid", f"M{LEFT} {base - part * _TALL / 2:g}h{WIDTH - LEFT - _RIGHT}") for part in (1, 2)]
    shapes.append(Shape("base", f"M{LEFT} {base}h{WIDTH - LEFT - _RIGHT}"))
    shapes.append(Shape("bar", _bars(values, step, base, _TALL, most), title))
    scale = sorted({0, most // 2, most} if most % 2 == 0 else {0, most})
    labels = [Label(LEFT - 8, base - _TALL * value / (most or 1) + 4, f"{value:,}", "dim", "end") for value in scale]
    return Chart(name, title, desc, height, tuple(shapes), (*labels, *_ticks(columns, step, height)))


def bands(name: str, title: str, desc: str, columns: Sequence[str], rows: Mapping[str, Sequence[Stretch]]) -> Chart:
    """A band for each of ``rows``; each state has a height and a hatching of its own, by its class."""
    step = _step(len(columns))
    height = _TOP + _BAND * len(rows) + _AXIS
    shapes: list[Shape] = []
    labels: list[Label] = []
    for at, (row, stretches) in enumerate(rows.items()):
        top = _TOP + _BAND * at
        labels.append(Label(0, top + 15, row if len(row) <= 22 else f"{row[:21]}…"))
        for each in stretches:
            share, pattern = _STATES.get(each.css, (1.0, ""))
            size = 20 * share
            x, width = LEFT + each.first * step, (each.last - each.first + 1) * step
            path = f"M{x:.1f} {top + 20 - size:g}h{max(width - _gap(step), 1):.1f}v{size:g}h-{max(width - _gap(step), 1):.1f}z"
            shapes.append(Shape(f"day {each.css}", path, each.title[:_TITLES], pattern))
    return Chart(name, title, desc, height, tuple(shapes), (*labels, *_ticks(columns, step, height)))


_STATES = {
    "calm": (0.2, ""),
    "changed": (1.0, ""),
    "part": (0.6, "hatch"),
    "held": (1.0, "cross"),
    "blind": (1.0, "hatch"),
    "unvisited": (1.0, ""),
    "before": (0.1, ""),
}


def _step(columns: int) -> float:
    return (WIDTH - LEFT - _RIGHT) / max(1, columns)


def _gap(step: float) -> float:
    return 1 if step >= 4 else 0


def _bars(values: Sequence[int], step: float, base: float, height: float, most: int) -> str:
    """All bars as one path. Even the smallest is seen."""
    width = max(step - max(_gap(step), step * 0.15), 1)
    drawn = []
    for at, value in enumerate(values):
        if value > 0:
            size = max(1.5, height * value / most)
            drawn.append(f"M{LEFT + at * step:.1f} {base:g}v-{size:.1f}h{width:.1f}v{size:.1f}z")
    return "".join(drawn)


def _columns(which: Sequence[int], step: float, top: float, height: float) -> str:
    return "".join(f"M{LEFT + at * step:.1f} {top:g}h{step:.1f}v{height:g}h-{step:.1f}z" for at in which)


def _ticks(columns: Sequence[str], step: float, height: float) -> tuple[Label, ...]:
    """Names below some of the columns, as many as fit."""
    if not columns:
        return ()
    every = max(1, -(-len(columns) // _MOST_TICKS))
    if len(columns) <= 12 and max(map(len, columns)) <= 11:
        every = 1
    found = range(0, len(columns), every)
    return tuple(Label(LEFT + at * step, height - 6, columns[at], "dim") for at in found if LEFT + at * step < WIDTH - 60)


def _round_up(value: int) -> int:
    """The next number that is easy to read: 1, 2, 5 or 10 times a power of ten; 0 for 0."""
    if value <= 0:
        return 0
    power = int(10 ** (len(str(value)) - 1))
    return next(times * power for times in (1, 2, 4, 6, 8, 10) if times * power >= value)
