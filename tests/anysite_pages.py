"""The pages in ``tests/anysite/`` that the reader of any site is measured on, each with its truth.

A page is two files: ``NAME.html``, the bytes as a site in that style would serve them, and ``NAME.toml``, what a person
says of it. All sites and texts are invented. What counts as the text of an article: standfirst, paragraphs, headings
between them, items of lists, quotes, rows of tables (a row is one paragraph, its cells with a space between), notes at
the foot that belong to the text. What does not: the headline, captions, bylines, dates and places in an element of
their own, quotes repeated in a box beside the text, share bars, tags, related articles, newsletter boxes, notes on the
author, contacts, comments, boxes of facts, copyright lines.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, get_args

FOLDER = Path(__file__).resolve().parent / "anysite"

Sort = Literal["article", "paywall stub", "video", "live blog", "gallery", "listing", "forum"]
SORTS: tuple[Sort, ...] = get_args(Sort)


@dataclass(frozen=True, slots=True)
class AnySitePage:
    """A page of an invented site and the truth about it.

    - ``name``: the name of its two files; unique.
    - ``style``: the kind of site or page it imitates, in words; ``language``: two letters (ISO 639-1).
    - ``sort``: what a person calls the page.
    - ``body_counts``: whether ``paragraphs`` is fit to measure a reader with. It is not for listings, galleries and
      threads of several writers, where people differ about what the text is; they test ``sort``.
    - ``address``: where the page was found; it may hold the only date.
    - ``content_type``: the header it came with, sometimes without a charset; ``encoding``: the charset in truth.
    - ``publication``: the name of the site.
    - ``title``: the headline as a reader sees it, without the site's name, each run of white space one space.
    - ``published``: the day of publication as the page shows it, in the site's own time zone; ``None`` if the page
      does not say it, or says it in a way that leaves the day open: then any day is an invented one.
    - ``paragraphs``: the text in order, without markup.
    - ``html``: the bytes.
    """

    name: str
    style: str
    language: str
    sort: Sort
    body_counts: bool
    address: str
    content_type: str
    encoding: str
    publication: str
    title: str
    published: date | None
    paragraphs: tuple[str, ...]
    html: bytes

    @property
    def body(self) -> str:
        """The text with a line for each paragraph."""
        return "\n".join(self.paragraphs)


def pages(folder: Path = FOLDER) -> Iterator[AnySitePage]:
    """Every page of the folder, by name. A file without its other half raises ``FileNotFoundError``."""
    for name in sorted({file.stem for file in folder.iterdir()}):
        yield page(name, folder)


def page(name: str, folder: Path = FOLDER) -> AnySitePage:
    """The page of that name. Raises ``FileNotFoundError``, and ``KeyError`` or ``ValueError`` if the truth is amiss."""
    truth = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
    if truth["sort"] not in SORTS:
        raise ValueError(f"{name}.toml: the sort {truth['sort']!r} is none of {', '.join(SORTS)}.")
    return AnySitePage(
        name=name,
        style=truth["style"],
        language=truth["language"],
        sort=truth["sort"],
        body_counts=truth["body_counts"],
        address=truth["address"],
        content_type=truth["content_type"],
        encoding=truth["encoding"],
        publication=truth["publication"],
        title=truth["title"],
        published=truth.get("published"),
        paragraphs=tuple(truth["paragraphs"]),
        html=(folder / f"{name}.html").read_bytes(),
    )
