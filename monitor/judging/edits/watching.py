"""Watch words: which of them came into an article or went from it, and which stand in what was edited.

All spellings of a watch word are one word: where one takes the place of another, nothing came and nothing went.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from monitor.article import Article, fold
from monitor.model import Edit, EditClass
from monitor.settings import WatchWord

_LOOKS = (EditClass.TYPOGRAPHY, EditClass.SPELLING)
_HYPHENS = "-‐‑"
_BETWEEN = "\n|\n"  # no watch word goes over from one edit to the next

Watch = WatchWord | str  # a plain string is spelled in one way


def counted(word: Watch, text: str) -> int:
    """How often a watch word stands in a text: in any spelling, any case of letters, with or without hyphens, Korean with any

    particle. Where one spelling is a part of another, the longer one counts.
    """
    plain = _plain_text(text)
    forms = {_plain_form(form) for form in _forms(word)} - {""}
    wanted = sorted((form for form in forms if form in plain), key=len, reverse=True)
    return len(re.findall("|".join(map(_pattern, wanted)), plain)) if wanted else 0


def name_of(word: Watch) -> str:
    """What a watch word is called."""
    return word if isinstance(word, str) else word.name


def _forms(word: Watch) -> tuple[str, ...]:
    return (word,) if isinstance(word, str) else word.forms


def _pattern(wanted: str) -> str:
    pattern = re.escape(wanted)
    if wanted[0].isascii() and wanted[0].isalnum():
        pattern = rf"(?<![^\W_]){pattern}"
    if wanted[-1].isascii() and wanted[-1].isalnum():
        pattern = rf"{pattern}(?![^\W_가-힣])|{pattern}(?=[가-힣])"
    return pattern


def _plain(text: str) -> str:
    text = fold(text).casefold()
    for hyphen in _HYPHENS:
        text = text.replace(hyphen, " ")
    return " ".join(text.split())


_plain_text = lru_cache(maxsize=4)(_plain)  # of an article before and after, in which many words are looked for
_plain_form = lru_cache(maxsize=4096)(_plain)


def whole(article: Article | None) -> str:
    """Title and paragraphs of an article as one text."""
    return "\n".join((article.title, *article.paragraphs)) if article else ""


def changed(watch: Iterable[Watch], before: Article | None, after: Article | None) -> list[tuple[str, int]]:
    """The names of the watch words that stand there more or less often than before, and by how much."""
    old, new = whole(before), whole(after)
    counts = [(name_of(word), counted(word, new) - counted(word, old)) for word in dict.fromkeys(watch)]
    return [(word, by) for word, by in counts if by]


def near(watch: Iterable[Watch], edits: Sequence[Edit]) -> list[str]:
    """The names of the watch words that stand in an edit."""
    texts = _BETWEEN.join(text for edit in edits if edit.what not in _LOOKS for text in (edit.before, edit.after))
    return [name_of(word) for word in dict.fromkeys(watch) if counted(word, texts)]
