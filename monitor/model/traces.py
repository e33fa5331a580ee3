"""How a layout reads a page, field by field: which rule found what, and where; what was dropped."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Traced:
    """A field of a layout: the ``rule`` that found it, at which ``place`` of the page, in which ``text``, out of how many places.

    ``vain`` are the rules that were tried before and found nothing; where no rule found anything, those are all of them.
    """

    field: str
    rule: str
    place: str = ""
    text: str = ""
    places: int = 0
    vain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """What a selector of ``drop`` took out: how many elements, and how many words stood in them.

    Without a layout it is one line, ``text``, and ``selector`` says why it is none of the article.
    """

    selector: str
    elements: int
    words: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """How a layout reads a page. Fields without a rule are left out."""

    layout: str
    fields: tuple[Traced, ...] = ()
    dropped: tuple[Dropped, ...] = ()
