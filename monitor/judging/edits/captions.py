"""Captions of pictures: what was edited in one is told of the picture, not of the text too; a name that went from one is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from monitor.article import Article
from monitor.judging.edits.classes import edits
from monitor.model import Edit, EditClass

_NAMED = "caption"


def apart(before: Article, after: Article, further: Sequence[Edit]) -> Article:
    """``before`` with the captions of ``after`` in their paragraphs, where a layout reads captions as text."""
    found = [_sides(edit) for edit in further if edit.what is EditClass.PICTURE]
    became = {was: now for was, now in found if was and now}
    there = frozenset(after.paragraphs)
    kept = tuple(became[text] if became.get(text) in there else text for text in before.paragraphs)
    return before if kept == before.paragraphs else replace(before, paragraphs=kept)


def names(further: Sequence[Edit], after: Article | None) -> tuple[Edit, ...]:
    """The names that went from captions and stand nowhere in ``after``, each with the picture as its place."""
    text = "\n".join((after.title, *after.paragraphs)).casefold() if after else ""
    found = dict.fromkeys(edit for picture in further for edit in _names(picture))
    return tuple(edit for edit in found if edit.before.casefold() not in text)


def _names(picture: Edit) -> Iterator[Edit]:
    sides = _sides(picture)
    if picture.what is not EditClass.PICTURE or not all(sides) or picture.place.startswith("alternative text"):
        return
    was, now = (Article(_NAMED, _NAMED, None, (text,)) for text in sides)
    for edit in edits(was, now):
        if edit.what is EditClass.NAME and edit.before:
            yield replace(edit, place=picture.place)


def _sides(picture: Edit) -> tuple[str, str]:
    """The captions; of a picture in another's place they stand behind its name."""
    is_other = picture.place.startswith("picture ")
    old, new = (text.partition(": ")[2] if is_other else text for text in (picture.before, picture.after))
    return old, new
