"""Charts: changes by day, what was seen of each source, when edits come, a term's rise and fall, with numbers and as CSV."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, timedelta

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from monitor.errors import InputError
from monitor.model import Incident, LogQuery, Role
from monitor.model.statistics import By, DayCount, Days, Delays, Known, RoundDays, Standing
from monitor.reviewing import asking, auth
from monitor.reviewing.remembered import Remembered
from monitor.telling import figures
from monitor.telling.figures import Figure
from monitor.telling.life import Run, State, each_day, life

blueprint = Blueprint("charts", __name__)
SPANS = (("30d", "30 days"), ("90d", "90 days"), ("365d", "a year"), ("1095d", "3 years"))
_MONTH = timedelta(days=29)  # before the day of the newest change, where a span without any is led to
NAMES = ("kinds", "scores", "life", "published", "seen", "term")


class Asked:
    """The days and sources that were asked for, and their numbers, which are counted once. Raises InputError, StoreError."""

    def __init__(self, args: asking.Given) -> None:
        self.args = args
        self.days: Days = asking.days_of(args, auth.parts().clock.now())
        self.sources = tuple(sorted({*args.get("source", ())}))
        self.term = args.get("term", [""])[-1]
        self.known: list[Known] = auth.store().known_since()
        asking.check_sources(self.sources, [each.source for each in self.known])
        self._lives: dict[str, list[Run]] | None = None
        self._unseen: frozenset[date] | None = None
        self._remembered: Remembered = current_app.extensions["remembered"]

    def counts(self, by: By) -> list[DayCount]:
        """Changes by day."""
        make = auth.store().changes_per_day
        return self._remembered.of(("counts", by, self.days, self.sources), lambda: make(self.days, by, self.sources))

    def newest(self) -> date | None:
        """The day of the newest change of the sources, in these days or not; None before the first one."""
        query = LogQuery(sources=frozenset(self.sources), limit=1, hidden=True)
        found = next(auth.store().changes(query), None)
        return found.at.astimezone(UTC).date() if found is not None else None

    def delays(self) -> Delays:
        """When edits came."""
        make = auth.store().delays
        return self._remembered.of(("delays", self.days, self.sources), lambda: make(self.days, self.sources))

    def standing(self) -> Standing:
        """How many pages held the term. Raises InputError."""
        make = auth.store().standing
        key = ("term", self.term, self.days, self.sources)
        return self._remembered.of(key, lambda: make(self.term, self.days, self.sources))

    def lives(self) -> dict[str, list[Run]]:
        """What the days of each source were."""
        if self._lives is None:
            self._lives = self._made()
        return self._lives

    def _made(self) -> dict[str, list[Run]]:
        store = auth.store()
        rounds: list[RoundDays] = store.round_days(self.days, self.sources)
        incidents: list[Incident] = store.incidents_of(self.days, self.sources)
        names = self.sources or tuple(each.source for each in self.known)
        of_source: dict[str, tuple[list[RoundDays], list[DayCount]]] = {name: ([], []) for name in names}
        for each in rounds:
            of_source.get(each.source, ([], []))[0].append(each)
        for count in self.counts(By.SOURCE):
            of_source.get(count.source or "", ([], []))[1].append(count)
        found = of_source.items()
        return {name: life(name, self.days, visits, incidents, counts, self.known) for name, (visits, counts) in found}

    def unseen(self) -> frozenset[date]:
        """The days on which none of the sources was looked at."""
        if self._unseen is None:
            self._unseen = self._not_seen(self.lives())
        return self._unseen

    def _not_seen(self, lives: dict[str, list[Run]]) -> frozenset[date]:
        lost = (State.BLIND, State.UNVISITED, State.BEFORE)
        seen = {
            day for runs in lives.values() for run in runs if run.state not in lost
            for day in each_day(Days(run.first, run.last + timedelta(days=1)))
        }  # fmt: skip
        return frozenset(each_day(self.days)) - seen


@blueprint.get("/charts")
@auth.needs(Role.READER)
def show() -> ResponseReturnValue:
    """All charts of a span of days."""
    asked = Asked(asking.given(request.args.items(multi=True), asking.SPAN))
    found, problem = [], ""
    for name in NAMES:
        try:
            figure = _FIGURES[name](asked)
        except InputError as wrong:  # of the term; the other charts are drawn all the same
            figure, problem = None, str(wrong)
        if figure is not None:
            found.append(figure)
    page = render_template(
        "charts.html",
        asked=asked.args,
        chosen=asked.sources,
        days=asked.days,
        last=asked.days.end - timedelta(days=1),
        spans=SPANS,
        span=asked.args.get("since", [asking.USUAL])[-1] if "until" not in asked.args else "",
        sources=[each.source for each in asked.known],
        figures=found,
        newest=asked.newest() if any(each.is_empty for each in found) else None,
        month=_MONTH,
        term=asked.term,
        problem=problem,
        address=asking.address,
    )
    return page, 400 if problem else 200


@blueprint.get("/charts/<name>.csv")
@auth.needs(Role.READER)
def numbers(name: str) -> Response:
    """The numbers of a chart."""
    if name not in NAMES:
        abort(404, f"there is no such chart; there are {', '.join(NAMES)}")
    figure = _FIGURES[name](Asked(asking.given(request.args.items(multi=True), asking.SPAN)))
    if figure is None:
        abort(400, "which term? /charts/term.csv?term=WORDS has its numbers")
    answer = Response(figures.to_csv(figure.table), content_type="text/csv; charset=utf-8; header=present")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def figure_of(name: str, asked: Asked) -> Figure | None:
    """A chart of what was asked for, by one of NAMES; None for that of a term where none was given. Raises InputError."""
    return _FIGURES[name](asked)


def _kinds(asked: Asked) -> Figure:
    return figures.by_kind(asked.days, asked.counts(By.KIND), asked.unseen())


def _scores(asked: Asked) -> Figure:
    return figures.by_score(asked.days, asked.counts(By.BAND), asked.unseen())


_FIGURES: dict[str, Callable[[Asked], Figure | None]] = {
    "kinds": _kinds,
    "scores": _scores,
    "life": lambda asked: figures.lives(asked.days, asked.lives()),
    "published": lambda asked: figures.after_publication(asked.delays()),
    "seen": lambda asked: figures.after_sight(asked.delays()),
    "term": lambda asked: figures.rise_and_fall(asked.term, asked.standing()) if asked.term else None,
}
