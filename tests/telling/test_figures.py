"""Figures: the numbers of the drawing, of the table and of the CSV file are the same; weeks and months where days are many."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

from monitor.model import Kind
from monitor.model.statistics import Band, DayCount, Days, Delay, Delays, Standing
from monitor.telling import figures
from monitor.telling.figures import Table, buckets, to_csv
from monitor.telling.life import Run, State

DAYS = Days(date(2026, 1, 1), date(2026, 1, 11))
COUNTS = [
    DayCount(date(2026, 1, 2), 3, kind=Kind.EDITED, band=Band.HIGH),
    DayCount(date(2026, 1, 2), 2, kind=Kind.EDITED, band=Band.LOW),
    DayCount(date(2026, 1, 9), 1, kind=Kind.REMOVED, band=Band.HIGH),
]
NOBODY = frozenset({date(2026, 1, 5)})


def test_changes_are_counted_by_day_and_kind() -> None:
    figure = figures.by_kind(DAYS, COUNTS, NOBODY)
    assert figure.table.head == ("day", "edited", "removed", "looked")
    rows = {row[0]: row[1:] for row in figure.table.rows}
    assert rows["2026-01-02"] == (5, 0, "yes")
    assert rows["2026-01-09"] == (0, 1, "yes")
    assert rows["2026-01-05"] == (0, 0, "no")
    assert "6 changes" in figure.chart.desc
    assert figure.note == "In 1 of 10 days nobody looked; they are hatched."


def test_changes_are_counted_by_score_and_what_is_not_judged_has_a_row_only_where_there_is_some() -> None:
    figure = figures.by_score(DAYS, COUNTS, frozenset())
    assert figure.table.head == ("day", "0.60 and more", "0.30 to 0.59", "below 0.30", "looked")
    unjudged = [*COUNTS, DayCount(date(2026, 1, 1), 1, kind=Kind.NEW, band=Band.NONE)]
    assert "not judged yet" in figures.by_score(DAYS, unjudged, frozenset()).table.head


def test_many_days_become_weeks_and_very_many_months_and_no_change_is_lost() -> None:
    for length, size in ((120, "day"), (121, "week"), (840, "week"), (841, "month"), (7000, "month")):
        days = Days(date(2026, 1, 11) - timedelta(days=length), date(2026, 1, 11))
        starts, named = buckets(days)
        assert named == size
        assert starts[0] == days.first
        table = figures.by_kind(days, COUNTS, frozenset()).table
        assert sum(int(str(cell)) for row in table.rows for cell in row[1:-1]) == 6
        assert len(table.rows) < 260


def test_a_source_that_was_not_seen_says_so_in_words() -> None:
    runs = [
        Run(State.CALM, date(2026, 1, 1), date(2026, 1, 3), 9, 0),
        Run(State.BLIND, date(2026, 1, 4), date(2026, 1, 10), 20, 0, ("blind",)),
    ]
    figure = figures.lives(DAYS, {"a": runs})
    assert "a was not seen on 7 days" in figure.chart.desc
    assert ("a", "2026-01-04", "2026-01-10", 7, "nothing seen", 20, 0, "blind") in figure.table.rows
    assert len(figure.legend) == len(State)
    assert any("nothing seen (blind)" in shape.title for shape in figure.chart.shapes)


def test_where_nothing_was_missed_it_says_since_when() -> None:
    figure = figures.lives(DAYS, {"a": [Run(State.BEFORE, date(2026, 1, 1), date(2026, 1, 10), 0, 0)]})
    assert "none went unseen on a day since it came under watch" in figure.chart.desc


def test_delays_fall_into_their_steps() -> None:
    in_days = (Delay(-1, 4), Delay(0, 1), Delay(1, 2), Delay(5, 3), Delay(4000, 7))
    found = Delays(in_days, (Delay(0, 2), Delay(25, 1)), 20, is_cut=True)
    days = {row[0]: row[1] for row in figures.after_publication(found).table.rows}
    assert days == {
        "before it": 4, "same day": 1, "1 day": 2, "2 days": 0, "3-7 days": 3, "8-30 d": 0, "31-90 d": 0, "91-365 d": 0,
        "over a year": 7,
    }  # fmt: skip
    hours = {row[0]: row[1] for row in figures.after_sight(found).table.rows}
    assert (hours["first h"], hours["1 day"]) == (2, 1)
    assert "newest 20" in figures.after_sight(found).note


def test_a_term_has_its_weeks() -> None:
    figure = figures.rise_and_fall("<b>", Standing(((date(2026, 1, 5), 3), (date(2026, 1, 12), 0)), is_cut=True))
    assert figure.table.rows == (("2026-01-05", 3), ("2026-01-12", 0))
    assert "at most 3 in a week, 0 in the last one" in figure.chart.desc
    assert figure.note


def test_csv_holds_the_table_and_no_formula() -> None:
    written = to_csv(Table(("source", "days"), (("=1+1", 3), ("a,b\n", -1), ("\u202ex", 2))))
    assert list(csv.reader(io.StringIO(written))) == [["source", "days"], ["'=1+1", "3"], ["a,b ¶ ", "-1"], ["\\u202ex", "2"]]
