"""The filters that are set, each with the address of the list without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.model import LogQuery
from monitor.reviewing.addresses import url_with

_SETS = (("source", "sources"), ("kind", "kinds"), ("class", "classes"))
_PLAIN = (
    ("text", "text", None),
    ("words in the change", "changed", None),
    ("watch word", "watch", None),
    ("assigned to", "assigned", None),
    ("score from", "least", 0.0),
    ("story", "story", None),
)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter: what it is called, its value, and the address without it."""

    name: str
    value: str
    without: str


def chips(query: LogQuery) -> list[Chip]:
    """The filters of ``query`` that are no tab and no order."""
    return [*_sets(query), *_single(query)]


def _sets(query: LogQuery) -> Iterator[Chip]:
    for name, field in _SETS:
        values: frozenset[str] = getattr(query, field)
        for value in sorted(values):
            yield Chip(name, str(value), url_with(query, **{field: values - {value}}))


def _single(query: LogQuery) -> Iterator[Chip]:
    for name, field, nothing in _PLAIN:
        value = getattr(query, field)
        if value not in (nothing, None):
            yield Chip(name, f"{value:g}" if isinstance(value, float) else str(value), url_with(query, **{field: nothing}))
    for name, field in (("since", "since"), ("until", "until")):
        at = getattr(query, field)
        if at is not None:
            yield Chip(name, f"{at:%Y-%m-%d %H:%M}", url_with(query, **{field: None}))
    if query.above:
        yield Chip("only", "new since you last looked", url_with(query, above=0))
    for field, said in (("baseline", "with baseline"), ("hidden", "with what is muted and folded")):
        if getattr(query, field):
            yield Chip("", said, url_with(query, **{field: False}))
