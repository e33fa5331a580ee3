"""What stood in an article's element and was left out of the article, line by line, and why: for a person who looks."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.parsing.anysite.blocks import Block, Outline
from monitor.parsing.anysite.density import Own
from monitor.parsing.anysite.names import Role

_MOST = 100  # lines
_LONGEST = 500  # characters of a line
_NAMES = (
    (Role.HIDDEN, "hidden"),
    (Role.COMMENT, "a comment"),
    (Role.CAPTION, "a caption"),
    (Role.REPEATED | Role.RELATED | Role.TEASER, "other news"),
    (Role.AD, "an advertisement"),
    (Role.SHARE, "to share or to subscribe"),
    (Role.META, "of the article, not in it"),
    (Role.FORM, "a form"),
    (Role.CHROME, "the page's own"),
)


def left_out(page: Outline, own: Own, taken: Iterable[int]) -> tuple[tuple[str, str], ...]:
    """The lines between an article's first and last, or in its element, that are no part of it: why, and the line."""
    within = set(taken)
    ends = range(min(within), max(within)) if within else range(0)
    numbers = sorted((own.inside | set(ends)) - within)
    return tuple((_why(page.blocks[number], own), page.blocks[number].text[:_LONGEST]) for number in numbers[:_MOST])


def _why(block: Block, own: Own) -> str:
    why = own.why_not.get(block.number, "")
    if why and why != "role":
        return why
    return next((name for role, name in _NAMES if block.role & role), "the readers do not agree on it")
