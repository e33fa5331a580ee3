"""A few words of a text around those that were looked for. The index keeps no texts: this is made from the text itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.model import Span
from monitor.storing.tokens import aligned

_AROUND = 60  # characters shown on each side of what was found
_MOST = 3  # places of a text that are shown
_LONGEST = 100_000  # characters of a text that are looked through
_GAP = " … "


def marked(text: str, pattern: re.Pattern[str]) -> tuple[Span, ...]:
    """The whole text, with what was found marked."""
    return tuple(_spans(text, _places(text, pattern), 0, len(text)))


def snippet(text: str, pattern: re.Pattern[str]) -> tuple[Span, ...]:
    """The first places of a text where something is found, with the words around; without such a place its beginning."""
    found = _places(text, pattern)
    if not found:
        return (Span(text[: 2 * _AROUND] + (_GAP.rstrip() if len(text) > 2 * _AROUND else "")),) if text else ()
    spans: list[Span] = []
    for start, end in _windows(text, found):
        if start:
            spans.append(Span(_GAP if spans else _GAP.lstrip()))
        spans += _spans(text, found, start, end)
        last = end
    return (*spans, Span(_GAP.rstrip())) if last < len(text) else tuple(spans)


def _places(text: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where something was found; words of it that follow one another are one place."""
    places: list[tuple[int, int]] = []
    for found in pattern.finditer(aligned(text[:_LONGEST])):
        start, end = found.span()
        if places and text[places[-1][1] : start].isspace():
            places[-1] = (places[-1][0], end)
        else:
            places.append((start, end))
    return places


def _windows(text: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts of a text that are shown: around the first places, one where these are near to each other."""
    windows: list[tuple[int, int]] = []
    for start, end in found:
        first, last = _word_start(text, max(0, start - _AROUND), start), _word_end(text, min(len(text), end + _AROUND), end)
        if windows and first <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(last, windows[-1][1]))
        elif len(windows) == _MOST:
            break
        else:
            windows.append((first, last))
    return windows


def _word_start(text: str, at: int, before: int) -> int:
    return at if at == 0 else text.find(" ", at, before) + 1 or at


def _word_end(text: str, at: int, after: int) -> int:
    end = text.rfind(" ", after, at)
    return at if at == len(text) or end < 0 else end


def _spans(text: str, found: list[tuple[int, int]], start: int, end: int) -> Iterator[Span]:
    at = start
    for first, last in found:
        if first < at or last > end:
            continue
        if first > at:
            yield Span(text[at:first])
        yield Span(text[first:last], is_match=True)
        at = last
    if at < end:
        yield Span(text[at:end])
