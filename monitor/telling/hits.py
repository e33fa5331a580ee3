"""What a search found, for the terminal: where each wording stands or stood, and the words around what was looked for."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from monitor.model import Hit, Span
from monitor.telling.harmless import harmless
from monitor.telling.records import iso
from monitor.telling.stays import stay_objects, stays_text

_TITLE = 100  # characters of a title shown


def show(console: Console, hits: Sequence[Hit]) -> None:
    """Print hits, two lines each: the wording, and a few of its words; what was found is bold, or in square brackets."""
    for hit in hits:
        console.print(hit_text(hit, marks=not console.is_terminal), soft_wrap=True)


def hit_text(hit: Hit, *, marks: bool) -> Text:
    """One hit. With ``marks`` what was found stands in square brackets."""
    stands = "now" if hit.is_current else "past"
    text = Text(f"{stays_text(hit.stays)}  {stands:<4}  ", "dim").append(hit.source).append("  ")
    text.append_text(_spans(_shortened(hit.title), marks)).append(f"  {harmless(hit.url)}", "dim")
    text.append(f"  version {hit.version}\n    ", "dim").append_text(_spans(hit.snippet, marks))
    return text


def _spans(spans: Sequence[Span], marks: bool) -> Text:
    text = Text()
    for span in spans:
        words = harmless(span.text)
        text.append(f"[{words}]" if marks and span.is_match else words, "bold yellow" if span.is_match else "")
    return text


def _shortened(title: Sequence[Span]) -> list[Span]:
    """A title as far as there is room for it on a line with others."""
    found: list[Span] = []
    left = _TITLE
    for span in title:
        if len(span.text) > left:
            return [*found, Span(span.text[:left], span.is_match), Span(" …")]
        found.append(span)
        left -= len(span.text)
    return found


def as_object(hit: Hit) -> dict[str, object]:
    """A hit as the object that ``--json`` prints. Instants are ISO 8601 in UTC."""
    return {
        "page": hit.page,
        "url": hit.url,
        "source": hit.source,
        "title": "".join(span.text for span in hit.title),
        "version": hit.version,
        "first_seen": iso(hit.first_seen),
        "last_seen": iso(hit.last_seen),
        "stood": stay_objects(hit.stays),
        "current": hit.is_current,
        "snippet": [{"text": span.text, "match": span.is_match} for span in hit.snippet],
    }
