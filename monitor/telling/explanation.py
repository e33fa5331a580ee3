"""What a page was found to be when it was fetched once, step by step: as rows for a person, as an object for a program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from monitor.article import Article
from monitor.fingerprint import fingerprint, printed, text_digest
from monitor.model import Capture, Link, Reading, Seen, Trace
from monitor.telling import tracing
from monitor.telling.harmless import harmless

_HEADERS = (
    "content-type", "content-length", "content-encoding", "transfer-encoding", "etag", "last-modified", "cache-control", "age",
    "server", "retry-after", "location",
)  # fmt: skip
_LONGEST = 300  # characters shown of a value
_LINKS = 5  # addresses shown of those that were found
_WORDS = 12  # shown of a paragraph
_STYLES = {Seen.PARSED: "bold green", Seen.GONE: "bold red"}
_PICTURES = 5  # of a page, that are named


@dataclass(frozen=True, slots=True)
class Attempt:
    """A field that a layout did not find: why, and by which selectors it was looked for."""

    layout: str
    field: str
    why: str
    tried: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds: until robots.txt was known, waited for the host's sake, until the head of the answer came, until all of it had."""

    robots: float = 0.0
    waited: float = 0.0
    head: float = 0.0
    whole: float = 0.0


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was seen of the page at ``url``. ``seen`` is what a visit would have noted; None where it would have noted nothing.

    ``source`` says what it belongs to, ``watch`` whether it is under watch, ``charset`` is an encoding's name and why it is that
    one. ``listed`` are the articles that a listing links to. ``failed`` are the layouts that could not read the page, ``missing``
    the fields that the one which did found nothing for; ``trace`` is how it found the others. ``known`` says which version of the
    page this is.
    """

    url: str
    source: str
    watch: str
    robots: str
    seen: Seen | None
    why: str = ""
    times: Times = Times()
    capture: Capture | None = None
    charset: tuple[str, str] | None = None
    reading: Reading | None = None
    listed: tuple[Link, ...] | None = None
    failed: tuple[Attempt, ...] = ()
    missing: tuple[Attempt, ...] = ()
    known: str = ""
    trace: Trace | None = None

    @property
    def article(self) -> Article | None:
        """The article that was read."""
        return self.reading.article if self.reading else None


def show(console: Console, what: Explanation) -> None:
    """Print an explanation: a table on a terminal, else a line for each row."""
    show_rows(console, rows(what), {"seen": _STYLES.get(what.seen, "bold yellow") if what.seen else ""})


def show_rows(console: Console, named: Iterable[tuple[str, str]], styles: Mapping[str, str]) -> None:
    """Print names and values, which are harmless: a table on a terminal, else a line for each. ``styles`` are by name."""
    if not console.is_terminal:
        for name, value in named:
            console.out(f"{name:<14}{value}".rstrip(), highlight=False)
        return
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(ratio=1, overflow="fold")
    for name, value in named:
        table.add_row(name, Text(value, styles.get(name, "")))
    console.print(table)


def rows(what: Explanation) -> Iterator[tuple[str, str]]:
    """Names and values, in the order in which things happened. What came from outside is harmless."""
    yield "address", _cut(what.url)
    yield "source", _cut(what.source)
    yield "watch", _cut(what.watch)
    yield "robots.txt", harmless(what.robots)
    if what.capture is not None:
        yield from _of_capture(what.capture, what.times)
    if what.charset is not None:
        yield "charset", harmless(f"{what.charset[0]}: {what.charset[1]}")
    yield "seen", harmless(f"{what.seen or 'nothing was asked for'}{f': {what.why}' if what.why else ''}")
    for attempt in what.failed:
        yield "failed", attempted(attempt)
    if what.reading is not None and what.article is not None:
        yield from article_rows(what.reading, what.article, what.trace)
        for attempt in what.missing:
            yield attempt.field, attempted(attempt)
    if what.listed is not None:
        yield from _links(what.listed)
    if what.known:
        yield "known", harmless(what.known)


def _of_capture(capture: Capture, times: Times) -> Iterator[tuple[str, str]]:
    for hop in capture.hops:
        yield "hop", _cut(f"{hop.status} {hop.url} → {hop.location}")
    yield "answered", _cut(f"{capture.status} {capture.reason}".rstrip() + f" {capture.answered}")
    yield "at", f"{capture.at:%Y-%m-%d %H:%M:%S} UTC"
    yield (
        "times",
        f"robots.txt {_seconds(times.robots)}, waited {_seconds(times.waited)}, head after {_seconds(times.head)}, "
        f"whole after {_seconds(times.whole)}",
    )
    coding = capture.header("content-encoding") or "not compressed"
    yield "size", harmless(f"{len(capture.wire):,} bytes on the wire, {len(capture.body):,} decoded ({coding})")
    for name in _HEADERS:
        value = capture.header(name)
        if value is not None:
            yield "header", _cut(f"{name}: {value}")


def article_rows(reading: Reading, article: Article, trace: Trace | None = None) -> Iterator[tuple[str, str]]:
    """What an article says, field by field, by which rule each was found, and what was dropped."""
    yield "layout", harmless(reading.layout) + (f" (sure: {reading.sure:.0%})" if reading.sure < 1 else "")
    yield "publication", _cut(article.publication)
    yield from tracing.by_rows(trace, "publication")
    yield "title", _cut(article.title)
    yield from tracing.by_rows(trace, "title")
    if article.published:
        yield "published", article.published.isoformat()
        yield from tracing.by_rows(trace, "published")
    yield "paragraphs", f"{len(article.paragraphs)}, {sum(len(each.split()) for each in article.paragraphs):,} words"
    yield from tracing.by_rows(trace, "paragraphs")
    yield "  first", _glance(article.paragraphs[0])
    if len(article.paragraphs) > 1:
        yield "  last", _glance(article.paragraphs[-1])
    yield from tracing.dropped_rows(trace)
    for name, value in (("site", article.site), ("masthead", article.masthead), ("original", article.original_url)):
        if value:
            yield name, _cut(str(value))
            yield from tracing.by_rows(trace, name)
    yield "cards", str(len(article.cards))
    yield "pictures", str(len(article.images))
    yield from (("  picture", _glance(f"{each.name} ({each.url})")) for each in article.images[:_PICTURES])
    yield from _links(reading.links)
    yield "fingerprint", printed(fingerprint(article))
    yield "text digest", printed(text_digest(article))


def _links(links: tuple[Link, ...]) -> Iterator[tuple[str, str]]:
    yield "links", f"{len(links)} to articles of the source"
    for link in links[:_LINKS]:
        yield "", _cut(link.url)
    if len(links) > _LINKS:
        yield "", f"and {len(links) - _LINKS} more"


def attempted(attempt: Attempt) -> str:
    """What a layout did not find, in a line."""
    return _cut(f"layout {attempt.layout}: no {attempt.field}: {attempt.why} (tried: {'; '.join(attempt.tried) or 'nothing'})")


def _cut(text: str) -> str:
    return harmless(text if len(text) <= _LONGEST else text[:_LONGEST] + " …")


def _glance(paragraph: str) -> str:
    words = paragraph.split()
    return _cut(" ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else ""))


def _seconds(length: float) -> str:
    return f"{length * 1000:.0f} ms" if length < 1 else f"{length:.1f} s"


def as_object(what: Explanation) -> dict[str, object]:
    """An explanation as the object that ``--json`` prints. Lengths of time are in seconds, sizes in bytes."""
    capture, reading, article = what.capture, what.reading, what.article
    return {
        "url": what.url,
        "source": what.source,
        "watch": what.watch,
        "robots": what.robots,
        "seen": what.seen.value if what.seen else None,
        "why": what.why,
        "answer": _answer(capture, what.times) if capture else None,
        "charset": {"name": what.charset[0], "why": what.charset[1]} if what.charset else None,
        "layout": reading.layout if reading else None,
        "article": article_object(article) if article else None,
        "trace": tracing.as_object(what.trace),
        "links": [link.url for link in (reading.links if reading else what.listed or ())],
        "failed": [attempt_object(each) for each in what.failed],
        "missing": [attempt_object(each) for each in what.missing],
        "known": what.known,
    }


def _answer(capture: Capture, times: Times) -> dict[str, object]:
    return {
        "hops": [{"url": hop.url, "status": hop.status, "location": hop.location} for hop in capture.hops],
        "url": capture.answered,
        "at": capture.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "status": capture.status,
        "reason": capture.reason,
        "headers": [list(header) for header in capture.headers],
        "seconds": {name: round(getattr(times, name), 3) for name in ("robots", "waited", "head", "whole")},
        "wire": len(capture.wire),
        "decoded": len(capture.body),
    }


def article_object(article: Article) -> dict[str, object]:
    """An article as an object for JSON."""
    return {
        "publication": article.publication,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "paragraphs": list(article.paragraphs),
        "site": article.site,
        "masthead": str(article.masthead) if article.masthead else None,
        "original": article.original_url,
        "cards": len(article.cards),
        "fingerprint": printed(fingerprint(article)),
        "text_digest": printed(text_digest(article)),
    }


def attempt_object(attempt: Attempt) -> dict[str, object]:
    """What a layout did not find, as an object for JSON."""
    return {"layout": attempt.layout, "field": attempt.field, "why": attempt.why, "tried": list(attempt.tried)}
