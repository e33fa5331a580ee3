"""Which rule found a field of an article, where, and what was dropped: as rows for a person, as an object for a program."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.model import Trace
from monitor.telling.harmless import harmless

_LONGEST = 160  # characters shown of a text


def by_rows(trace: Trace | None, field: str) -> Iterator[tuple[str, str]]:
    """By which rule a field was found, and where; which rules found nothing before it."""
    found = next((each for each in trace.fields if each.field == field), None) if trace else None
    if found is None:
        return
    if found.rule:
        more = f", the first of {found.places}" if found.places > 1 and field != "paragraphs" else ""
        yield "  by", harmless(f"{found.rule} at {found.place}{more}" if found.place else found.rule)
        if field == "published" and found.text:
            yield "  from", harmless(f"{found.text[:_LONGEST]!r}")
    for rule in found.vain if found.rule else ():
        yield "  not", harmless(f"{rule}: found nothing")


def dropped_rows(trace: Trace | None) -> Iterator[tuple[str, str]]:
    """What was taken out of the page before its text was read."""
    for each in trace.dropped if trace else ():
        if each.text:
            yield "dropped", harmless(f"{each.selector}: {each.text[:_LONGEST]!r}")
            continue
        elements = f"{each.elements} element{'' if each.elements == 1 else 's'}"
        said = f"{elements}, {each.words:,} words" if each.elements else "nothing"
        yield "dropped", harmless(f"{said}: {each.selector}")


def as_object(trace: Trace | None) -> dict[str, object] | None:
    """A trace as an object for JSON."""
    if trace is None:
        return None
    return {
        "layout": trace.layout,
        "fields": [
            {
                "field": each.field,
                "rule": each.rule or None,
                "place": each.place or None,
                "text": each.text or None,
                "places": each.places,
                "vain": list(each.vain),
            }
            for each in trace.fields
        ],
        "dropped": [
            {"selector": each.selector, "elements": each.elements, "words": each.words}
            | ({"text": each.text} if each.text else {})
            for each in trace.dropped
        ],
    }
