"""A source under watch, and the signs of its pages that are no articles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from monitor.settings.conduct import Connection, Outside, Politeness, Removal
from monitor.settings.described import STRICT, Duration, about
from monitor.settings.finding import Finding
from monitor.settings.layouts import Identity, Layout
from monitor.settings.watching import WatchWord


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign that a page is no article. A page that bears one proves nothing of the article that was asked for.

    ``where`` the words stand: in the page's source, in its visible text, or as its title (the whole of it, or a whole part
    between bars or dashes). On a page that a layout could read, text and title are those of the article.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    name: str = field(metadata=about("what such a page is, as observations say it", min_length=3))
    words: tuple[str, ...] = field(metadata=about("the words, one of which stands there", min_length=1))
    example: str = field(metadata=about("a piece of such a page that holds one of the words", min_length=3))
    where: Literal["source", "text", "title"] = field(default="source", metadata=about("where the words stand"))
    proves: Literal["blocked", "broken"] = field(default="blocked", metadata=about("what the visit is noted as"))
    longest: int = field(default=300, metadata=about("most words that the text of such a page has", ge=1, le=100_000))
    in_articles: bool = field(default=False, metadata=about("whether it counts on pages that a layout could read, too"))


@dataclass(frozen=True, slots=True)
class Source:
    """A site or section under watch. ``name`` is its file's name; without ``layouts`` it is read as any site."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    name: str = field(metadata=about("the file's name without .toml", pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$"))
    layouts: tuple[Layout, ...] = field(
        default=(), metadata=about("the layouts that read its pages; without any, they are read as those of any site")
    )
    title: str = field(default="", metadata=about("what people call it"))
    publication: str | None = field(
        default=None, metadata=about("the publication its articles name; also used where a page names none")
    )
    find: Finding = field(default=Finding(), metadata=about("where its articles are found"))
    identity: Identity | None = field(
        default=None, metadata=about("what makes two addresses one page; without it the normalised address")
    )
    interval: Duration = field(default=Duration(hours=6), metadata=about("time between two rounds of visits"))
    jitter: Duration = field(default=Duration(minutes=5), metadata=about("a round starts up to this much earlier or later"))
    removal: Removal = field(default=Removal(), metadata=about("when an article counts as removed"))
    polite: Politeness = field(default=Politeness(), metadata=about("how its host is treated"))
    reach: tuple[str, ...] = field(
        default=(), metadata=about("networks that are not public, and may be reached all the same, like 10.1.2.0/24")
    )
    connection: Connection = field(default=Connection(), metadata=about("proxy and TLS, where they are not the usual ones"))
    marks: tuple[Mark, ...] = field(default=(), metadata=about("signs of this site's pages that are no articles"))
    images: bool = field(
        default=False, metadata=about("whether the files of an article's pictures are fetched, too, to tell a retouched one")
    )
    outside: Outside = field(default=Outside(), metadata=about("a web archive that is asked to save what changed"))
    watch: tuple[WatchWord, ...] = field(
        default=(), metadata=about("words and names that lift an edit of this source; those of monitor.toml count, too")
    )
