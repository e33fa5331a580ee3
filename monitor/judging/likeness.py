"""Likeness: the words of a text, and how many of them two texts share."""

from __future__ import annotations

import re

from monitor.article import Article

# Scripts that are written without spaces count character by character.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")


def words(article: Article) -> list[str]:
    """The words of title and paragraphs, in small letters."""
    return _WORD.findall("\n".join([article.title, *article.paragraphs]).lower())


def shared(one: list[str], other: list[str]) -> float:
    """Which share of the different words of the shorter text stand in the other; 1 where a text was only cut or added to."""
    first, second = set(one), set(other)
    least = min(len(first), len(second))
    return len(first & second) / least if least else 0.0
