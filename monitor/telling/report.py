"""A report of the log as one HTML file that stands alone: no script, no picture, nothing that is loaded; made to be printed.

It is written piece by piece, so that a long one takes no memory. Everything from a site is escaped and harmless.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.fingerprint import printed
from monitor.model import Head, Reviewed, ReviewState, Story, Told
from monitor.telling.marked import clean, link, marked
from monitor.telling.terminal import when

_TITLE = 300  # characters of a title
_STYLE = """
:root { color-scheme: light dark; --line: #8888; --cut: #a4161a; --added: #14612f; }
@media (prefers-color-scheme: dark) { :root { --cut: #ff9a94; --added: #7fd99a; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; } h3 { font-size: 1rem; margin: 0; }
table { border-collapse: collapse; } th, td { text-align: left; padding: 4px 16px 4px 0; border-bottom: 1px solid var(--line); }
td.n { text-align: right; font-variant-numeric: tabular-nums; }
article { border-top: 1px solid var(--line); padding: 16px 0; overflow-wrap: anywhere; break-inside: avoid-page; }
article p { margin: 4px 0; } .meta { font-size: .875rem; } .why { font-weight: 600; }
.note { border-left: 3px solid var(--line); padding-left: 8px; }
del { color: var(--cut); } ins { color: var(--added); text-decoration: underline; }
code { overflow-wrap: anywhere; } a { color: inherit; }
@page { margin: 18mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt system-ui, sans-serif; } }
@media print { body { font-size: 10pt; max-width: none; margin: 0; padding: 0; } a { text-decoration: none; }
  :root { color-scheme: light; --cut: #a4161a; --added: #14612f; } h2, h3 { break-after: avoid; } }
"""


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands on top of a report: which part of the log it is of (``filters``, in words), when it was made, its numbers."""

    made: datetime
    filters: str
    total: int
    shown: int | None
    kinds: Sequence[tuple[str, int]] = ()
    sources: Sequence[tuple[str, int]] = ()
    campaigns: Sequence[Story] = ()
    head: Head | None = None


def report(summary: Summary, rows: Iterable[Told]) -> Iterator[str]:
    """The report in pieces. ``rows`` are shown in their order."""
    title = "What changed" + (f": {clean(summary.filters)}" if summary.filters else "")
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">\n"""
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    yield from _numbers(summary)
    yield "<h2>Changes</h2>\n"
    is_empty = True
    for told in rows:
        is_empty = False
        yield _article(told)
    if is_empty:
        yield "<p>No change fits.</p>\n"
    yield "</main>\n</body>\n</html>\n"


def _numbers(summary: Summary) -> Iterator[str]:
    said = ("1 change fits" if summary.total == 1 else f"{summary.total} changes fit") + (
        f"; {summary.shown} entries are shown" if summary.shown and summary.shown < summary.total else ""
    )
    yield f'<p class="meta">Made {when(summary.made)} UTC by article-monitor. {said}.</p>\n'
    if summary.head is not None:
        digest = printed(summary.head.digest)
        yield f'<p class="meta">Head of the evidence chain, up to change {summary.head.change}: <code>{digest}</code></p>\n'
    for name, counts in (("Kind", summary.kinds), ("Source", summary.sources)):
        rows = "".join(f'<tr><td>{clean(what)}</td><td class="n">{count}</td></tr>' for what, count in counts if count)
        if rows:
            yield f'<h2>By {name.lower()}</h2>\n<table><thead><tr><th scope="col">{name}</th><th scope="col">Changes</th></tr>'
            yield f"</thead><tbody>{rows}</tbody></table>\n"
    if summary.campaigns:
        lines = "".join(f"<li>{clean(_story(story))}</li>" for story in summary.campaigns)
        yield f"<h2>Campaigns</h2>\n<ul>{lines}</ul>\n"


def _article(told: Told) -> str:
    change, judged = told.change, told.change.judged
    score = f", score {judged.score:.2f}" if judged else ""
    stands = _stands(told.reviewed)
    address = link(change.url)
    url = f'<a href="{address}" rel="noreferrer noopener nofollow">{address}</a>' if address else clean(change.url)
    lines = [
        f'<article id="change-{change.id}">',
        f'<h3 dir="auto">{clean(change.title[:_TITLE])}</h3>',
        f'<p class="meta">#{change.id} · {change.kind} · {clean(change.source)} · {when(change.at)} UTC{score}{stands}</p>',
        f'<p class="meta">{url}</p>',
    ]
    if judged:
        lines.append(f'<p class="why" dir="auto">{clean(judged.reason)}</p>')
    if told.story is not None:
        lines.append(f"<p>One of a story: {clean(_story(told.story))}</p>")
    lines += [f'<div dir="auto">{each}</div>' for each in marked(told.parts)]
    for note in told.notes:
        said = "<br>".join(map(clean, note.text.split("\n")))
        lines.append(f'<p class="note" dir="auto">Note by {clean(note.who)}, {when(note.at)} UTC: {said}</p>')
    return "\n".join([*lines, "</article>", ""])


def _stands(reviewed: Reviewed) -> str:
    """Where a change stands with its reviewers; nothing where nobody decided."""
    by = f" by {clean(reviewed.who)}" if reviewed.who else ""
    state = "" if reviewed.state is ReviewState.OPEN else f", {reviewed.state}{by}"
    return state + (f", assigned to {clean(reviewed.assigned)}" if reviewed.assigned else "")


def _story(story: Story) -> str:
    return f"{story.what[:_TITLE]} ({story.kind}; {story.changes} changes on {story.pages} pages, from {story.first:%Y-%m-%d})"
