"""Watch words: which of them came into an article or went from it, and which stand in what was edited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from monitor.article import Article, fold
from monitor.model import Edit, EditClass

_LOOKS = (EditClass.TYPOGRAPHY, EditClass.SPELLING)
_HYPHEN = re.compile(r"[-‐‑\s]+")


def counted(word: str, text: str) -> int:
    """How often a watch word stands in a text: in any case of letters, with or without hyphens, Korean with any particle."""
    wanted = _plain(word)
    if not wanted:
        return 0
    pattern = re.escape(wanted)
    if wanted[0].isascii() and wanted[0].isalnum():
        pattern = rf"(?<![^\W_]){pattern}"
    if wanted[-1].isascii() and wanted[-1].isalnum():
        pattern = rf"{pattern}(?![^\W_가-힣])|{pattern}(?=[가-힣])"
    return len(re.findall(pattern, _plain(text)))


def _plain(text: str) -> str:
    return _HYPHEN.sub(" ", fold(text).casefold()).strip()


def whole(article: Article | None) -> str:
    """Title and paragraphs of an article as one text."""
    return "\n".join((article.title, *article.paragraphs)) if article else ""


def changed(watch: Iterable[str], before: Article | None, after: Article | None) -> list[tuple[str, int]]:
    """The watch words that stand there more or less often than before, and by how much."""
    old, new = whole(before), whole(after)
    counts = [(word, counted(word, new) - counted(word, old)) for word in dict.fromkeys(watch)]
    return [(word, by) for word, by in counts if by]


def near(watch: Iterable[str], edits: Sequence[Edit]) -> list[str]:
    """The watch words that stand in an edit."""
    texts = "\n".join(text for edit in edits if edit.what not in _LOOKS for text in (edit.before, edit.after))
    return [word for word in dict.fromkeys(watch) if counted(word, texts)]
