"""The article, its cards and its pictures, as values, and text folded to one line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

# Control characters (Cc) that are no white space, lone surrogates, and the three invisible ones that `fold` names.
_DROPPED = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Card:
    """Another article as a "More From" block shows it. ``url`` is not part of the text, nor of equality."""

    title: str
    excerpt: str
    published: date
    url: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of an article as the page shows it: its address, absolute, its alternative text and its caption, a line each.

    ``name`` is what of the address is the picture, whatever size, host or token it is asked for with. ``place`` is the number
    of the paragraph in or before which it stands, counted from 1; one more than there are paragraphs behind the last, 0 where
    it stands outside the body.
    """

    url: str
    alt: str = ""
    caption: str = ""
    name: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """What a capture says, parsed. Every string is one line with single spaces (:func:`fold`).

    ``publication`` is the paper or agency the text was taken from (the format's "source"), ``site`` the watching
    site's short name, ``masthead`` the day on which the page was fetched as the site prints it, ``published`` the day
    the article was published. ``has_original`` says whether the page links to the origin; the link's address,
    ``original_url``, is outside the text and outside equality, as are the addresses of cards, and ``images``.
    """

    publication: str
    title: str
    published: date | None = None
    paragraphs: tuple[str, ...] = ()
    site: str | None = None
    masthead: date | None = None
    has_original: bool = False
    cards: tuple[Card, ...] = ()
    original_url: str | None = field(default=None, compare=False)
    images: tuple[Image, ...] = field(default=(), compare=False)


def fold(text: str) -> str:
    """``text`` as one line: white space folded to single spaces, control characters and lone surrogates dropped.

    Soft hyphens, zero-width spaces and stray byte order marks say nothing a reader sees, so they go too.
    """
    if text.isprintable() and "  " not in text and text.strip(" ") == text:
        return text
    line = " ".join(text.replace("\xad", "").replace("\u200b", "").replace("\ufeff", "").split())
    # Whatever else is to be dropped is not printable, and to ask costs a tenth of looking for it.
    return line if line.isprintable() else " ".join(_DROPPED.sub("", line).split())
