"""What a new source would be: where its articles are found, what would be read of some, and how. For a person, before a yes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from monitor.article import Article
from monitor.settings import Source
from monitor.telling.harmless import harmless

_WORDS = 12  # shown of a first and of a last paragraph


@dataclass(frozen=True, slots=True)
class Place:
    """A feed, sitemap or listing: how many addresses it names, and how many of them are articles' by the patterns."""

    kind: str
    url: str
    addresses: int
    articles: int
    is_taken: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class SampleRead:
    """An article of the site as the new source reads it; ``article`` is None where it could not be read (``why``).

    ``doubts`` say what in the text is hardly its words.
    """

    url: str
    article: Article | None
    by: str = ""
    why: str = ""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A source, comments for its file by key, where its articles stand, and what would be read of some.

    ``tried`` is what was asked for, in order, and what came of it.
    """

    source: Source
    notes: dict[str, str]
    places: tuple[Place, ...] = ()
    samples: tuple[SampleRead, ...] = ()
    tried: tuple[str, ...] = field(default=())


def show(console: Console, proposal: Proposal) -> None:
    """Print what would be read. What came from outside is harmless; on a terminal long lines are folded below their beginning."""
    for indent, line in lines(proposal):
        if console.is_terminal:
            console.print(Padding(line, (0, 0, 0, indent)))
        else:
            console.print(Text(" " * indent) + line, soft_wrap=True)


def lines(proposal: Proposal) -> Iterator[tuple[int, Text]]:
    """The lines that are printed, each with how far it is moved in."""
    source = proposal.source
    yield 0, Text("where its articles are found", "bold")
    for place in proposal.places:
        left = "" if place.is_taken else f" (left out: {place.why})"
        yield 2, _text(f"{place.kind} {place.url}")
        yield 4, _text(f"{place.articles:,} of {place.addresses:,} addresses are articles{left}")
    yield 0, Text("\nwhat an article's address is", "bold")
    for pattern in source.find.articles:
        yield 2, _text(pattern)
    for pattern in source.find.ignore:
        yield 2, _text(f"but not {pattern}")
    for css in source.find.next:
        yield 2, _text(f"listings go on at {css}, {source.find.depth} pages deep")
    for series in source.find.series:
        yield 2, _text(f"listings are numbered: {series.address}, {series.first} to {series.last}")
    if source.identity:
        yield 2, _text(f"one page is {source.identity.key}, by {source.identity.pattern}")
    yield 0, Text("\nwhat would be read", "bold")
    for sample in proposal.samples:
        yield from _sample(sample)
    if (not source.layouts or "But: " in proposal.notes.get("layouts", "")) and proposal.notes.get("layouts"):
        yield 0, Text("\n" + harmless(proposal.notes["layouts"].partition("\n")[0]), "yellow")


def _sample(sample: SampleRead) -> Iterator[tuple[int, Text]]:
    article = sample.article
    if article is None:
        yield 2, _text(sample.url)
        yield 4, _text(f"not read: {sample.why}")
        return
    day = article.published.isoformat() if article.published else "no day"
    yield 2, Text(harmless(article.title), "bold green")
    yield 4, _text(f"{day}, {sum(len(p.split()) for p in article.paragraphs):,} words, read by {sample.by}")
    for name, paragraph in zip(("first", "last"), _ends(article.paragraphs), strict=False):
        yield 4, _text(f"{name}: {_glance(paragraph)}")
    for doubt in sample.doubts:
        yield 4, Text(harmless(f"careful: {doubt}"), "yellow", overflow="fold")
    yield 4, Text(harmless(sample.url), "dim", overflow="fold")


def _ends(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    return (paragraphs[0], paragraphs[-1]) if len(paragraphs) > 1 else paragraphs


def _glance(paragraph: str) -> str:
    """The first words of a paragraph."""
    words = paragraph.split()
    return " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")


def _text(said: str) -> Text:
    return Text(harmless(said), overflow="fold")


def as_object(proposal: Proposal, text: str) -> dict[str, object]:
    """A proposal as the object that ``--json`` prints; ``text`` is the file that would be written."""
    return {
        "name": proposal.source.name,
        "file": text,
        "places": [
            {"kind": each.kind, "url": each.url, "addresses": each.addresses, "articles": each.articles, "taken": each.is_taken}
            for each in proposal.places
        ],
        "articles": list(proposal.source.find.articles),
        "samples": [
            {
                "url": each.url,
                "title": each.article.title if each.article else None,
                "published": each.article.published.isoformat() if each.article and each.article.published else None,
                "paragraphs": list(each.article.paragraphs) if each.article else [],
                "by": each.by,
                "why": each.why,
                "doubts": list(each.doubts),
            }
            for each in proposal.samples
        ],
        "tried": list(proposal.tried),
    }
