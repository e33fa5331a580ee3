"""How the elements of a page are looked at beyond what their tags say: what is a paragraph, what stands apart, what is hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.parsing.walk import Kind
from monitor.settings import Layout

_DISPLAY_NONE = re.compile(r"(?:^|;)\s*display\s*:\s*none\b", re.IGNORECASE)
_PAGE = ("html", "body")


@dataclass(frozen=True, slots=True)
class Look:
    """CSS selectors: ``paragraph`` is one paragraph each; ``apart`` are inline, but the words around them are others.

    ``hidden``: what the page hides is read, too.
    """

    paragraph: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    hidden: bool = False

    @property
    def kinds(self) -> tuple[tuple[str, Kind], ...]:
        """The selectors of elements of a kind; a later one counts where two fit."""
        return (*((css, Kind.APART) for css in self.apart), *((css, Kind.ONE) for css in self.paragraph))


PLAIN = Look()


def look_of(layout: Layout) -> Look:
    """How ``layout`` looks at elements."""
    return Look(layout.paragraph, layout.apart, layout.hidden)


def is_hidden(tag: str, hidden: object, style: object) -> bool:
    """Whether an element of these attributes is certainly not shown. A whole page that is hidden waits for its script."""
    if tag in _PAGE:
        return False
    is_attributed = hidden is not None and str(hidden).strip().lower() != "until-found"
    return is_attributed or (style is not None and _DISPLAY_NONE.search(str(style)) is not None)
