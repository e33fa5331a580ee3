"""Texts too long to be judged whole: what is the same at both ends is left out, and what is too much beyond."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.article import Article
from monitor.judging.edits.sides import first_difference
from monitor.model import Edit, EditClass

_MOST = 50_000  # bytes of both texts that are judged word by word: some 4,000 words before and as many after
_AROUND = 100_000  # bytes of the paragraphs that stay, before those that differ, that are looked at for what is known
_SHOWN = 300  # characters of what is beyond
_TITLE = 2_000  # characters of a title


def clipped(before: Article, after: Article) -> tuple[Article, Article, list[Edit]]:
    """Both articles, short enough; and what differs beyond, told as a rewording. Most come back as they are."""
    if max(len(before.title), len(after.title)) > _TITLE:
        titles = _around(before.title, after.title, _TITLE)
        before, after = replace(before, title=titles[0]), replace(after, title=titles[1])
    if _size(before.paragraphs) + _size(after.paragraphs) <= _MOST:
        return before, after, []
    old, new = before.paragraphs, after.paragraphs
    most = min(len(old), len(new))
    start = next((at for at in range(most) if old[at] != new[at]), most)
    end = next((at for at in range(most - start) if old[-1 - at] != new[-1 - at]), most - start)
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    heads = _head(old), _head(new)
    beyond = _edit("\n".join(old)[len("\n".join(heads[0])) :], "\n".join(new)[len("\n".join(heads[1])) :], start + len(heads[1]))
    shared = _tail(before.paragraphs[:start])
    return replace(before, paragraphs=(*shared, *heads[0])), replace(after, paragraphs=(*shared, *heads[1])), beyond


def _size(paragraphs: Sequence[str]) -> int:
    """Bytes in UTF-8: a script of many letters has more words in as many characters."""
    return sum(len(text) if text.isascii() else len(text.encode("utf-8", "replace")) for text in paragraphs)


def _head(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """The paragraphs from the first on, as far as there is room."""
    found, left = [], _MOST // 2
    for paragraph in paragraphs:
        part = paragraph[:left] if paragraph.isascii() else paragraph.encode("utf-8", "replace")[:left].decode("utf-8", "ignore")
        found.append(part)
        left -= _size([part])
        if left <= 0:
            break
    return tuple(found)


def _tail(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """The last of the paragraphs, as far as there is room, behind as many empty ones: those after them keep their numbers."""
    left, first = _AROUND, len(paragraphs)
    while first and (left := left - _size(paragraphs[first - 1 : first])) >= 0:
        first -= 1
    return (*[""] * first, *paragraphs[first:])


def _edit(old: str, new: str, at: int) -> list[Edit]:
    if old.strip() == new.strip():
        return []
    return [Edit(EditClass.WORDING, *_around(old, new, _SHOWN), f"paragraph {at}, and beyond")]


def _around(old: str, new: str, longest: int) -> tuple[str, str]:
    """So much of both texts, from the same place on, that where they first differ is in it."""
    start = max(0, first_difference(old, new) - longest // 2)
    return old[start : start + longest], new[start : start + longest]
