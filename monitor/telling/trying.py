"""What is made of one page by every way of reading that there is: for a person, and as an object for a program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Console

from monitor.article import Article, to_text
from monitor.errors import NotWritable
from monitor.fingerprint import fingerprint, printed
from monitor.model import Reading, Trace
from monitor.telling import tracing
from monitor.telling.explanation import Attempt, article_object, article_rows, attempt_object, attempted, show_rows
from monitor.telling.harmless import harmless

NOBODY = "none"  # the source of a page that is of no source
_TITLE = 60  # characters shown of another way's title


@dataclass(frozen=True, slots=True)
class Way:
    """One way of reading a page: a layout of a source, or none (``any site``). ``reading`` or ``failed`` says what came."""

    source: str
    layout: str
    reading: Reading | None = None
    failed: Attempt | None = None

    @property
    def article(self) -> Article | None:
        """The article that was read."""
        return self.reading.article if self.reading else None


@dataclass(frozen=True, slots=True)
class Trial:
    """A page, what reads it (``best``; None where nothing does) and how, and what the other ways make of it.

    ``source`` says which source it was taken for, ``charset`` which encoding for, and why.
    """

    url: str
    source: str
    charset: tuple[str, str]
    size: int
    best: Way | None
    trace: Trace | None
    others: tuple[Way, ...]


def show(console: Console, trial: Trial) -> None:
    """Print a trial. What came from outside is harmless."""
    show_rows(console, _head(trial), {"seen": "bold green" if trial.best else "bold red"})
    article = trial.best.article if trial.best else None
    if article is not None:
        console.print("\nthe article", style="bold")
        for line in text_of(article).split("\n"):
            console.print(harmless(line), soft_wrap=not console.is_terminal)
    if trial.others:
        console.print("\nother ways to read it", style="bold")
        show_rows(console, _others(trial), {})


def text_of(article: Article) -> str:
    """The article in the text format, or why it has no such form, and then its paragraphs."""
    try:
        return to_text(article)
    except NotWritable as wrong:
        return "\n\n".join([f"({wrong})", article.title, *article.paragraphs])


def _head(trial: Trial) -> Iterator[tuple[str, str]]:
    yield "address", harmless(trial.url)
    yield "source", harmless(trial.source)
    yield "charset", harmless(f"{trial.charset[0]}: {trial.charset[1]}; {trial.size:,} bytes")
    best = trial.best
    if best is None or best.reading is None or best.article is None:
        yield "seen", "no article: none of the ways below reads it"
        return
    yield "seen", "an article"
    yield from article_rows(best.reading, best.article, trial.trace)


def _others(trial: Trial) -> Iterator[tuple[str, str]]:
    best = trial.best.article if trial.best else None
    for way in trial.others:
        name = harmless(way.layout if way.source in (NOBODY, trial.source) else f"{way.layout} ({way.source})")
        yield "layout", name
        yield "", _said(way, best)


def _said(way: Way, best: Article | None) -> str:
    article = way.article
    if article is None or way.reading is None:
        return attempted(way.failed) if way.failed else "reads nothing"
    sure = f", sure: {way.reading.sure:.0%}" if way.reading.sure < 1 else ""
    if best is not None and fingerprint(article) == fingerprint(best):
        return f"reads the same{sure}"
    day = article.published.isoformat() if article.published else "no day"
    words = sum(len(each.split()) for each in article.paragraphs)
    return harmless(
        f"reads otherwise: {article.title[:_TITLE]!r}, {day}, {len(article.paragraphs)} paragraphs, {words:,} words{sure}"
    )


def as_object(trial: Trial) -> dict[str, object]:
    """A trial as the object that ``--json`` prints."""
    article = trial.best.article if trial.best else None
    return {
        "url": trial.url,
        "source": trial.source,
        "charset": {"name": trial.charset[0], "why": trial.charset[1]},
        "best": _way(trial.best) if trial.best else None,
        "trace": tracing.as_object(trial.trace),
        "text": text_of(article) if article else None,
        "others": [_way(each) for each in trial.others],
    }


def _way(way: Way) -> dict[str, object]:
    return {
        "source": way.source,
        "layout": way.reading.layout if way.reading else way.layout,
        "sure": way.reading.sure if way.reading else None,
        "article": article_object(way.article) if way.article else None,
        "fingerprint": printed(fingerprint(way.article)) if way.article else None,
        "failed": attempt_object(way.failed) if way.failed else None,
    }
