"""How pages are read: rules, layouts, and what makes two addresses one page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from monitor.settings.described import STRICT, about


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to find a field on a page: a place (``css``, ``text`` or ``link``) and what to take from it.

    A rule written as a plain string is a CSS selector. ``match`` is a regular expression searched in the place's text,
    folded to one line, of which it sees the first 20,000 characters; its first group is the value (the whole match when it
    has none). In it ``{publication}`` and ``{title}`` stand for what was read of those fields. In a rule for paragraphs it
    is searched in each of them, and one in which it finds nothing is left out.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    css: str | None = field(default=None, metadata=about("CSS selector of the place"))
    text: str | None = field(default=None, metadata=about("the innermost element whose own text holds these words"))
    link: str | None = field(default=None, metadata=about("the link whose whole text is these words"))
    attr: str | None = field(default=None, metadata=about("take this attribute's value instead of the text"))
    match: str | None = field(default=None, metadata=about("regular expression; its first group is the value"))

    def __str__(self) -> str:
        place = self.css or (f"text {self.text!r}" if self.text else f"link {self.link!r}")
        ending = f" @{self.attr}" if self.attr else ""
        return place + ending + (f" ~ {self.match}" if self.match else "")


@dataclass(frozen=True, slots=True)
class CardLayout:
    """How a page's "More From" cards are read: ``item`` is one card, the rest is looked for inside it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    item: str = field(metadata=about("CSS selector of one card"))
    link: str = field(default="a[href]", metadata=about("CSS selector of the card's link, inside the item"))
    title: str = field(default="a", metadata=about("CSS selector of the card's title, inside the item"))
    excerpt: str = field(default="p", metadata=about("CSS selector of the card's excerpt, inside the item"))
    date: str = field(default="time", metadata=about("CSS selector of the card's date, inside the item"))


@dataclass(frozen=True, slots=True)
class Layout:
    """The selectors that read a source's pages. Each field is a list of rules tried in order; the first that reads wins."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    name: str = field(metadata=about("the layout's name, remembered with every version it read", min_length=1))
    title: tuple[Rule, ...] = field(metadata=about("the headline", min_length=1))
    paragraphs: tuple[Rule, ...] = field(
        metadata=about("the elements that hold the body; block elements inside become paragraphs", min_length=1)
    )
    publication: tuple[Rule, ...] = field(default=(), metadata=about("the paper or agency the text was taken from"))
    published: tuple[Rule, ...] = field(default=(), metadata=about("the day of publication"))
    dates: tuple[str, ...] = field(
        default=("%Y-%m-%d",),
        metadata=about(
            "how `published`, `masthead` and card dates are written: iso, rfc2822, juche, korean, chinese, japanese, or a pattern"
            " of strptime's codes, like %d/%m/%Y or ru: %d %B %Y; tried in order"
        ),
    )
    time_zone: str | None = field(
        default=None, metadata=about("IANA name of the zone in which an instant that is written with its offset becomes a day")
    )
    since: date | None = field(
        default=None, metadata=about("the day from which the layout holds; for captures of before it is tried last")
    )
    site: tuple[Rule, ...] = field(default=(), metadata=about("the site's own short name"))
    masthead: tuple[Rule, ...] = field(default=(), metadata=about("the day of the fetch, as the site prints it"))
    original: tuple[Rule, ...] = field(default=(), metadata=about("the link to the article at its origin"))
    cards: CardLayout | None = field(default=None, metadata=about("other articles shown on the page"))
    drop: tuple[str, ...] = field(default=(), metadata=about("CSS selectors of what is no part of the body"))
    images: tuple[Rule, ...] = field(
        default=(), metadata=about("places of pictures outside `paragraphs`, like a lead photograph above the text")
    )
    drop_text: tuple[str, ...] = field(
        default=(), metadata=about("regular expressions of whole paragraphs that are no part of the body")
    )
    paragraph: tuple[str, ...] = field(
        default=(), metadata=about("CSS selectors of what is one paragraph, whatever its tag and the blocks in it")
    )
    apart: tuple[str, ...] = field(
        default=(), metadata=about("CSS selectors of inline elements that stand apart from the words around them")
    )
    hidden: bool = field(default=False, metadata=about("read what the page hides (`hidden`, style `display: none`), too"))


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes two addresses one page: ``pattern`` is searched in the address, ``key`` names the page."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    pattern: str = field(metadata=about("regular expression with at least one group"))
    key: str = field(metadata=about("the page's name, with {1}, {2} for the groups", min_length=3))
